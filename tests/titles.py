"""Titles as agencies write them: 80 to 140 code points, fully diacritised, each with its number."""

_BEGINNINGS = (
    "Hội nghị phổ biến các quy định mới về thủ tục đăng ký nhãn hiệu",
    "Tập huấn nghiệp vụ tra cứu thông tin sáng chế và khai thác cơ sở dữ liệu",
    "Khai mạc tuần lễ hưởng ứng ngày Sở hữu trí tuệ thế giới",
    "Trao văn bằng bảo hộ chỉ dẫn địa lý cho sản phẩm chủ lực của địa phương",
    "Lấy ý kiến góp ý dự thảo thông tư hướng dẫn thi hành Luật Sở hữu trí tuệ",
    "Công bố kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân",
    "Thứ trưởng làm việc với đoàn chuyên gia của Tổ chức Sở hữu trí tuệ thế giới",
)
_ENDS = (
    "đối với doanh nghiệp nhỏ và vừa",
    "trên địa bàn các tỉnh Tây Nguyên",
    "phục vụ phát triển kinh tế tập thể",
    "trong lĩnh vực đổi mới sáng tạo",
    "tại Thành phố Hồ Chí Minh",
)
_CLOSINGS = ("", ", gắn với chuyển đổi số", " giai đoạn 2026–2030")


def long_title(number: int) -> str:
    """Return the title of article *number*, which says so where no digest cuts it off."""
    beginning, end, closing = _BEGINNINGS[number % 7], _ENDS[number % 5], _CLOSINGS[number % 3]
    return f"Tin số {number}: {beginning} {end}{closing}"

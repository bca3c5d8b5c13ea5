"""Which changes of a text are small ones."""

import pytest

from bot.domain.text.rewording import is_small


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Hội nghị tổng kết", "Hội nghị  tổng kết."),
        ("Hội nghị tổng kết", "HỘI NGHỊ TỔNG KẾT"),
        ("Thông báo: nghỉ lễ", "Thông báo – nghỉ lễ"),
        ("bảo hộ sángchế", "bảo hộ sáng chế"),
        ("xử lí đơn", "xử lý đơn"),
        ("hoà giải ở cơ sở", "hòa giải ở cơ sở"),
        ("hội nghi tổng kết công tac", "hội nghị tổng kết công tác"),
        ("thẩm định nhãn hiẹu", "thẩm định nhãn hiệu"),
        ("đăng ký nhãn hiệuu", "đăng ký nhãn hiệu"),
        ("Phí 1.000 đồng", "Phí 1.000 đồng."),
    ],
)
def test_spelling_spaces_and_punctuation_are_small(before: str, now: str) -> None:
    assert is_small(before, now)
    assert is_small(now, before)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Nghỉ lễ từ 30/4", "Nghỉ lễ từ 29/4"),
        ("Phí 1.000 đồng", "Phí 1,000 đồng"),
        ("Phí 12 đồng", "Phí 1 2 đồng"),
        ("Nhiệt độ 5 độ", "Nhiệt độ -5 độ"),
        ("Giảm 5%", "Giảm 5"),
        ("được phép nộp", "không được phép nộp"),
        ("cần nộp bản chính", "cấm nộp bản chính"),
        ("Ông Nguyễn Văn Hạnh", "Ông Nguyễn Văn Hanh"),
        ("hai ngày", "ba ngày"),
        ("năm ngày", "tám ngày"),
        ("mức phí tăng", "mức phí tặng"),
        ("khai mạc hội thảo", "khai mạc hội nghị"),
        ("thu hồi bằng", "cấp bằng"),
        ("mot hai ba đơn vi nôp đon", "một hai ba đơn vị nộp đơn"),
        ("Hội nghị", "Hội nghị tổng kết"),
        ("Thẩm định đơn", ""),
    ],
)
def test_what_says_something_else_is_not(before: str, now: str) -> None:
    assert not is_small(before, now)
    assert not is_small(now, before)

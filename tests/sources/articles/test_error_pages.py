"""A portal's error page that comes with status 200, and the news that only speak of errors."""

import pytest

from bot.sources.articles.error_pages import error_said
from bot.sources.html.tree import parse_text

MENU = "".join(f"<li><a href='/muc-{n}'>Chuyên mục số {n} của Sở</a></li>" for n in range(30))
FOOTER = (
    "<div class=chan-trang>Sở Nội vụ tỉnh Mẫu. Địa chỉ: 12 đường Lê Lợi. Điện thoại: 0200 3123 456.</div>"
)
NEWS = "<p>Sở Nội vụ thông báo để các cơ quan, đơn vị và người dân biết, chủ động bố trí công việc.</p>" * 20


def said(title: str, body: str) -> str:
    return error_said(
        parse_text(f"<title>{title} - SỞ NỘI VỤ</title><body><ul>{MENU}</ul>{body}{FOOTER}</body>", url="")
    )


@pytest.mark.parametrize(
    "title",
    ["Trạng thái", "404", "Lỗi 404", "Error 404", "Bảo trì", "Page not found", "Lỗi", "Just a moment..."],
)
def test_the_title_says_it(title: str) -> None:
    assert said(title, "<p>Xin mời quay lại trang chủ.</p>") == title


def test_the_title_says_it_before_a_short_name_of_the_site() -> None:
    page = f"<title>Trạng thái - Sở Y tế</title><ul>{MENU}</ul>{FOOTER}"

    assert error_said(parse_text(page, url="")) == "Trạng thái"


@pytest.mark.parametrize(
    "notice",
    [
        "<h3 class='alert'>Không tìm thấy</h3>",
        "<p>Tài nguyên được yêu cầu không được tìm thấy.</p>",
        "<p>Xin lỗi, trang bạn đang tìm không tồn tại!</p>",
        "<div>Rất tiếc! Bài viết này đã bị xóa hoặc chuyển đi nơi khác.</div>",
        "<h1>404 - Không tìm thấy trang</h1>",
        "<center><b>Hệ thống đang bảo trì, vui lòng quay lại sau.</b></center>",
        "<h2>Cổng thông tin điện tử đang được nâng cấp</h2>",
        "<p>Máy chủ tạm thời gián đoạn</p>",
        "<p>Đã xảy ra lỗi trong quá trình xử lý.</p>",
        "<p>Lỗi hệ thống</p>",
        "<h1>503 Service Unavailable</h1>",
        "<p>The requested URL /tin was not found on this server.</p>",
        "<p>Bạn không có quyền truy cập trang này</p>",
    ],
)
def test_a_page_of_little_but_links_says_it(notice: str) -> None:
    assert said("Tin tức", notice)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Tin tức", "<p>Chuyên mục tin tức và sự kiện</p>"),
        ("Hệ thống một cửa đang được nâng cấp", f"<h1>Hệ thống một cửa đang được nâng cấp</h1>{NEWS}"),
        ("Thông báo bảo trì hệ thống thư điện tử công vụ", "<h1>Thông báo bảo trì hệ thống</h1>"),
        ("Tra cứu", "<form><label>Trạng thái</label><select><option>Không tìm thấy</option></select></form>"),
        ("Tin tức", f"{NEWS}<p>Không tìm thấy</p>"),
        ("", ""),
        ("Tin tức", "<p>404</p><p>Có 404 hồ sơ được giải quyết trước hạn</p>"),
        ("Lỗi - nguyên nhân và cách khắc phục", NEWS),
        ("Tuyên truyền phòng chống lỗi vi phạm giao thông", "<p>Không</p>"),
    ],
)
def test_a_page_that_has_something_to_say_is_no_error(title: str, body: str) -> None:
    assert said(title, body) == ""

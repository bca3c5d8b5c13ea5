"""How short answers are worded. Other tests expect them by key, so that only this one minds the words."""

from tests.commands.stage import wording

WORDED = {
    "article-gone": "Bài viết này không còn được lưu.",
    "button-latest": "📰 Tin mới nhất",
    "button-none": "Hủy đăng ký tất cả",
    "button-refresh": "Cập nhật",
    "button-save": "🔖 Lưu bài",
    "button-settings": "⚙️ Cài đặt",
    "button-stale": (
        "Lựa chọn này không còn hiệu lực. Vui lòng gửi lại lệnh hoặc gửi /trogiup để xem hướng dẫn."
    ),
    "card-open": "🔗 Xem trang web",
    "consent-declined": (
        "Khi chưa có sự đồng ý, bot sẽ không gửi tin. Bất cứ lúc nào, bạn có thể gửi /dangky để đăng ký hoặc"
        " /moinhat để xem tin mới nhất."
    ),
    "consent-title": "Đề nghị đồng ý cho xử lý dữ liệu cá nhân",
    "help-title": "Hướng dẫn sử dụng",
    "latest-none-today": "Hôm nay chưa có tin mới. Dưới đây là những tin gần đây nhất.",
    "not-allowed": "Bạn không có quyền thực hiện việc này.",
    "only-group-administrators": "Chỉ quản trị viên của nhóm mới thay đổi được mục này.",
    "start-title": "Xin chào bạn!",
    "unsubscribe-nothing": "Hiện không có chuyên mục nào được đăng ký tại đây.",
    "unsubscribed-title": "Đã hủy đăng ký",
    "welcome": "Rất hân hạnh được phục vụ bạn.",
}


def test_short_answers_are_worded_like_this() -> None:
    assert {key: wording(key) for key in WORDED} == WORDED


def test_short_answers_name_what_they_are_about() -> None:
    assert [
        wording("only-managers", role="admin"),
        wording("only-roles", roles=wording("role-name", role="owner")),
        wording("data-note", note="anh Nam"),
        wording("invitation-note", note="anh Nam"),
        wording("saved-address", form="đồng chí"),
        wording("settings-saved", what="không âm báo"),
        wording("subscribed", private="yes", topics="Hoạt động trong nước"),
        wording("subscribed-toast", topic="Hoạt động trong nước"),
        wording("timing", timing="weekly", hour=17, weekday="thứ Sáu"),
        wording("topic-unknown", words="thể thao"),
    ] == [
        "Chỉ quản trị viên của bot mới dùng được lệnh này.",
        "Việc này dành cho: người phụ trách bot. Bạn chưa được giao quyền này.",
        "Ghi chú của quản trị viên: anh Nam",
        "Dành cho: anh Nam",
        "cách xưng hô “đồng chí”",
        "✅ Đã lưu: không âm báo.",
        (
            "Đăng ký thành công. Bạn sẽ nhận tin mới của: Hoạt động trong nước."
            " Bất cứ lúc nào, bạn có thể gửi /huy để dừng nhận tin."
        ),
        "Đã đăng ký: Hoạt động trong nước",
        "bản tin hằng tuần lúc 17 giờ thứ Sáu",
        "Không tìm thấy chuyên mục “thể thao”. Vui lòng chọn một mục dưới đây.",
    ]

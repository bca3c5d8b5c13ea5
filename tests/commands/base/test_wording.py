"""How short answers are worded. Other tests expect them by key, so that only this one minds the words."""

from tests.commands.stage import wording

WORDED = {
    "button-stale": (
        "Lựa chọn này không còn hiệu lực. Vui lòng gửi lại lệnh hoặc gửi /trogiup để xem hướng dẫn."
    ),
    "consent-declined": (
        "Khi chưa có sự đồng ý, bot sẽ không gửi tin. Bất cứ lúc nào, bạn có thể gửi /dangky để đăng ký hoặc"
        " /moinhat để xem tin mới nhất."
    ),
    "help-title": "Hướng dẫn sử dụng",
    "not-allowed": "Bạn không có quyền thực hiện việc này.",
    "only-group-administrators": "Chỉ quản trị viên của nhóm mới thay đổi được mục này.",
    "unsubscribe-nothing": "Hiện không có chuyên mục nào được đăng ký tại đây.",
}


def test_short_answers_are_worded_like_this() -> None:
    assert {key: wording(key) for key in WORDED} == WORDED

"""The names of the commands, and what people type for them."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.text.utterance import Phrasebook


class Command(StrEnum):
    START = "start"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    TOPICS = "topics"
    LATEST = "latest"
    SEARCH = "search"
    READ = "read"
    PHOTOS = "photos"
    LISTEN = "listen"
    SAVED = "saved"
    FOLLOW = "follow"
    HELP = "help"
    SETTINGS = "settings"
    LANGUAGE = "language"
    DATA = "data"
    ERASE = "erase"
    PRIVACY = "privacy"
    ADMINS = "admins"
    CHANNELS = "channels"
    FEEDS = "feeds"
    FAILURES = "failures"
    INVITATIONS = "invitations"
    ANNOUNCE = "announce"
    PUBLICATIONS = "publications"
    APPROVALS = "approvals"
    PAUSE = "pause"
    AUDIT = "audit"
    FIGURES = "figures"
    SUPPORT = "support"
    CONSOLE = "console"


NAMES: Mapping[Command, Mapping[str, str]] = {
    Command.START: {"vi": "start", "en": "start"},
    Command.SUBSCRIBE: {"vi": "dangky", "en": "subscribe"},
    Command.UNSUBSCRIBE: {"vi": "huy", "en": "unsubscribe"},
    Command.TOPICS: {"vi": "chuyenmuc", "en": "topics"},
    Command.LATEST: {"vi": "moinhat", "en": "latest"},
    Command.SEARCH: {"vi": "timkiem", "en": "search"},
    Command.READ: {"vi": "toanvan", "en": "read"},
    Command.PHOTOS: {"vi": "xemanh", "en": "photos"},
    Command.LISTEN: {"vi": "nghe", "en": "listen"},
    Command.SAVED: {"vi": "daluu", "en": "saved"},
    Command.FOLLOW: {"vi": "theodoi", "en": "follow"},
    Command.HELP: {"vi": "trogiup", "en": "help"},
    Command.SETTINGS: {"vi": "caidat", "en": "settings"},
    Command.LANGUAGE: {"vi": "ngonngu", "en": "language"},
    Command.DATA: {"vi": "dulieu", "en": "mydata"},
    Command.ERASE: {"vi": "xoadulieu", "en": "deletedata"},
    Command.PRIVACY: {"vi": "quyenriengtu", "en": "privacy"},
    Command.ADMINS: {"vi": "admin", "en": "admin"},
    Command.CHANNELS: {"vi": "kenh", "en": "channels"},
    Command.FEEDS: {"vi": "nguon", "en": "feeds"},
    Command.FAILURES: {"vi": "loi", "en": "failures"},
    Command.INVITATIONS: {"vi": "moi", "en": "invite"},
    Command.ANNOUNCE: {"vi": "thongbao", "en": "announce"},
    Command.PUBLICATIONS: {"vi": "tinphathanh", "en": "publications"},
    Command.APPROVALS: {"vi": "choduyet", "en": "approvals"},
    Command.PAUSE: {"vi": "tamdung", "en": "pause"},
    Command.AUDIT: {"vi": "nhatky", "en": "audit"},
    Command.FIGURES: {"vi": "thongke", "en": "figures"},
    Command.SUPPORT: {"vi": "nguoinhan", "en": "recipient"},
    Command.CONSOLE: {"vi": "bangdieukhien", "en": "console"},
}
"""The name of each command in the menus, by language."""

_ALIASES: Mapping[Command, tuple[str, ...]] = {
    Command.START: ("bắt đầu",),
    Command.SUBSCRIBE: ("đăng ký", "đăng kí", "dk", "đk", "sub"),
    Command.UNSUBSCRIBE: ("hủy", "hủy đăng ký", "hủy đăng kí", "stop", "unsub", "dừng nhận tin"),
    Command.TOPICS: ("chuyên mục", "danh mục", "topic"),
    Command.LATEST: ("mới nhất", "tin mới nhất", "tin mới", "tin tức", "news"),
    Command.SEARCH: ("tìm kiếm", "tìm", "tra cứu", "find"),
    Command.READ: ("toàn văn", "đọc toàn văn", "đọc bài", "full text"),
    Command.PHOTOS: ("xem ảnh", "hình ảnh", "album"),
    Command.LISTEN: ("nghe bài", "nghe tin", "đọc cho tôi nghe"),
    Command.SAVED: ("đã lưu", "bài đã lưu", "tin đã lưu", "reading list"),
    Command.FOLLOW: (
        *("theo dõi trang", "trang theo dõi", "trang đang theo dõi", "follow page"),
        *("theo dõi bài", "theo dõi bài số", "theo dõi bài này", "follow article"),
    ),
    Command.HELP: ("trợ giúp", "hướng dẫn"),
    Command.SETTINGS: ("cài đặt", "tùy chọn", "thiết lập", "setting", "options"),
    Command.LANGUAGE: ("ngôn ngữ", "lang"),
    Command.DATA: ("dữ liệu", "data"),
    Command.ERASE: ("xóa dữ liệu",),
    Command.PRIVACY: ("quyền riêng tư",),
    Command.ADMINS: ("quản trị",),
    Command.CHANNELS: ("kênh", "kênh và nhóm"),
    Command.FEEDS: ("nguồn", "nguồn tin", "sources"),
    Command.FAILURES: ("lỗi", "lỗi gửi tin"),
    Command.INVITATIONS: ("mời", "lời mời", "thành viên", "members", "invitations"),
    Command.ANNOUNCE: ("soạn thông báo", "announcement"),
    Command.PUBLICATIONS: ("dungtin", "tin phát hành", "thu hồi", "thu hồi tin", "recall"),
    Command.APPROVALS: ("chờ duyệt", "duyệt bài", "duyệt tin", "bài chờ duyệt", "approve"),
    Command.PAUSE: ("tạm dừng",),
    Command.FIGURES: ("thống kê", "số liệu", "statistics", "stats"),
    Command.AUDIT: ("nhật ký", "nhật ký quản trị", "audit log"),
    Command.SUPPORT: ("người nhận", "người nhận tin"),
    Command.CONSOLE: ("bảng điều khiển",),
}
"""What else is understood, with its marks, which may be left out; so may its spaces."""


def _spellings() -> dict[str, Command]:
    spellings: dict[str, Command] = {}
    for command in Command:
        for alias in (*NAMES[command].values(), *_ALIASES[command]):
            spellings |= {alias: command, alias.replace(" ", ""): command}
    return spellings


BOOK = Phrasebook(_spellings())
"""The commands by what a line begins with that asks for them."""

ONLY_WITH_A_SLASH = frozenset(
    {"moi", "thongbao", "announce", "dungtin", "tamdung", "tam dung", "pause", "follow"}
)
"""Names that are also words with which people begin what they say, or that say something else: "Mới có tin
gì?", "tạm dừng gửi tin", "follow" (all news).
"""

NEEDS_MARKS = frozenset({"tim"})
"""Names that are another word where the rest is typed with marks: "tim mạch" looks for no "mạch"."""

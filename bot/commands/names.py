"""The names of the commands, and what people type for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.text import fold, one_line


class Command(StrEnum):
    START = "start"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    TOPICS = "topics"
    LATEST = "latest"
    SEARCH = "search"
    READ = "read"
    PHOTOS = "photos"
    SAVED = "saved"
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


NAMES: Mapping[Command, Mapping[str, str]] = {
    Command.START: {"vi": "start", "en": "start"},
    Command.SUBSCRIBE: {"vi": "dangky", "en": "subscribe"},
    Command.UNSUBSCRIBE: {"vi": "huy", "en": "unsubscribe"},
    Command.TOPICS: {"vi": "chuyenmuc", "en": "topics"},
    Command.LATEST: {"vi": "moinhat", "en": "latest"},
    Command.SEARCH: {"vi": "timkiem", "en": "search"},
    Command.READ: {"vi": "toanvan", "en": "read"},
    Command.PHOTOS: {"vi": "xemanh", "en": "photos"},
    Command.SAVED: {"vi": "daluu", "en": "saved"},
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
}
"""The name of each command in the menus, by language."""

_ALIASES: Mapping[Command, tuple[str, ...]] = {
    Command.START: ("bat dau",),
    Command.SUBSCRIBE: ("dang ky", "dang ki", "dk", "sub"),
    Command.UNSUBSCRIBE: ("huy dang ky", "huy dang ki", "stop", "unsub", "dung nhan tin"),
    Command.TOPICS: ("chuyen muc", "danh muc", "topic"),
    Command.LATEST: ("moi nhat", "tin moi nhat", "tin moi", "tin tuc", "news"),
    Command.SEARCH: ("tim kiem", "tim", "tra cuu", "find"),
    Command.READ: ("toan van", "doc toan van", "doc bai", "full text"),
    Command.PHOTOS: ("xem anh", "hinh anh", "album"),
    Command.SAVED: ("da luu", "bai da luu", "tin da luu", "reading list"),
    Command.HELP: ("tro giup", "huong dan"),
    Command.SETTINGS: ("cai dat", "tuy chon", "thiet lap", "setting", "options"),
    Command.LANGUAGE: ("ngon ngu", "lang"),
    Command.DATA: ("du lieu", "data"),
    Command.ERASE: ("xoa du lieu",),
    Command.PRIVACY: ("quyen rieng tu",),
    Command.ADMINS: ("quan tri",),
    Command.CHANNELS: ("kenh va nhom",),
    Command.FEEDS: ("nguon tin", "sources"),
    Command.FAILURES: ("loi gui tin",),
    Command.INVITATIONS: ("loi moi", "thanh vien", "members", "invitations"),
}
"""What else is understood, folded. Each is also understood with its spaces left out."""


def _spellings() -> tuple[tuple[str, Command], ...]:
    spellings: dict[str, Command] = {}
    for command in Command:
        for alias in (*NAMES[command].values(), *_ALIASES[command]):
            spellings |= {alias: command, alias.replace(" ", ""): command}
    return tuple(sorted(spellings.items(), key=lambda pair: -len(pair[0])))


_LONGEST_FIRST = _spellings()
_ONLY_WITH_A_SLASH = frozenset({"moi"})
"""Names that are also words with which people begin what they say: "Mới có tin gì?"."""
_SLASH = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: the command, if it is one of ours, and the words after it."""

    command: Command | None
    argument: str
    slash: bool


def read(text: str, username: str) -> Typed | None:
    """Return what *text* asks the bot called *username*; None if it is a command for another bot."""
    line = _without_mention(one_line(text), username)
    slash = _SLASH.match(line)
    if slash is None:
        return _plain(line.removeprefix("/"), slash=False)
    if slash["bot"] and slash["bot"].casefold() != username.casefold():
        return None
    # A name and its words may also be typed as people write them: "/đăng ký trong nước".
    return _plain(f"{slash['name']} {line[slash.end() :]}", slash=True)


def _plain(line: str, *, slash: bool) -> Typed:
    words = line.split()
    folded = [fold(word) for word in words]
    for spelling, command in _LONGEST_FIRST:
        size = spelling.count(" ") + 1
        if spelling in _ONLY_WITH_A_SLASH and not slash:
            continue
        if " ".join(folded[:size]).strip(".,:;!?") == spelling:
            return Typed(command, " ".join(words[size:]), slash=slash)
    return Typed(None, line, slash=slash)


def _without_mention(line: str, username: str) -> str:
    mention = re.compile(rf"(?:^|\s)@{re.escape(username)}(?=\W|$)[:,]?", re.IGNORECASE)
    return one_line(mention.sub(" ", line))

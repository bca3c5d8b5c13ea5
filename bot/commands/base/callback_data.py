"""Callback data: what a button sends back, as typed fields in at most 64 bytes (Bot API: callback_data).

The form is a version, a verb, perhaps the language of the message that the button stands under, and the
fields, separated by dots: `1t.c.1.quoc-te`, or `1t:en.c.1.quoc-te`. Fields state what is wished, never "the
other way round": a press that is handled twice, after a crash, ends as it was meant. They come back from
outside, so a handler checks that what they name exists; the codec has checked their bounds.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.base.codec import SEPARATOR, PackedFields

_VERSION = "1"
_LANGUAGE = ":"
LONGEST = 64


class Verb(StrEnum):
    """The verbs, short since every byte counts: the longest id of a feed has 61."""

    AGREE = "a"
    DECLINE = "d"
    TOPIC = "t"
    ALL_TOPICS = "T"
    UNDO = "u"
    OPEN = "o"
    OLDER = "m"
    LANGUAGE = "l"
    ADMINS = "X"
    DISMISS = "x"
    CHANNELS = "K"
    CHANNEL = "k"
    CHANNEL_TOPIC = "s"
    CHANNEL_STATUS = "p"
    CHANNEL_TEST = "e"
    CHANNEL_REMOVE = "r"
    CHANNEL_ADD = "n"
    FEEDS = "F"
    POLL = "f"
    FAILURES = "L"
    RETRY = "R"
    ERASE = "z"
    HOLD = "h"
    HELD_TITLES = "ht"
    WITHDRAW = "w"
    SEARCH_PAGE = "q"
    SHOW = "v"
    READ = "b"
    PHOTOS = "i"
    LISTEN = "ls"
    SAVE = "S"
    SAVED = "D"
    INVITATIONS = "iv"
    INVITE = "in"
    REVOKE = "ir"
    MEMBERS = "mb"
    SHUT_OUT = "mx"
    FOLLOW = "fo"
    FOLLOW_ARTICLE = "fa"
    FOLLOWED = "fl"
    SETTINGS = "st"
    SCHEDULE = "sc"
    FILTER = "sf"
    DIGEST_NOW = "sd"
    PREFER = "sp"
    CHANNEL_SETTINGS = "cs"
    PUBLICATIONS = "pl"
    PUBLICATION = "pb"
    STEP = "pa"
    WAITING = "wl"
    WAITING_ONE = "ws"
    ANSWER = "wa"
    RELEASE_AT = "wt"
    REJECT = "wx"
    PUT_BACK = "wb"
    EDIT = "we"
    EDIT_PHOTO = "wp"
    MOVE = "wm"
    DECIDE_SOURCE = "wc"
    PAUSES = "pz"
    PAUSE = "py"
    AUDIT = "au"
    FIGURES = "fg"
    APPOINT = "ap"
    ADMIN = "ad"
    ADMIN_ROLE = "ar"
    ADMIN_TOPIC = "at"
    KEEPER = "gk"
    ANNOUNCEMENT = "an"
    DRAFT = "dr"
    RELEASE = "rl"
    SUPPORT = "su"
    RESEND = "rs"


@dataclass(frozen=True, slots=True)
class CallbackData(PackedFields):
    """The fields of one verb."""

    verb: ClassVar[Verb]

    def pack(self) -> str:
        """Return the string for a button; raises ValueError where it would not fit. Defaults at the end are
        left out.
        """
        return _joined(self.verb, self.written())


@dataclass(frozen=True, slots=True)
class Raw:
    """Callback data whose fields have not been read; *language* is that of its message, if it says."""

    verb: Verb
    rest: str
    language: str | None = None


def read(data: str) -> Raw | None:
    """Return the verb in *data*, or None if no button of this version sends such a thing."""
    head, _, rest = data.partition(SEPARATOR)
    head, _, language = head.partition(_LANGUAGE)
    if head[:1] != _VERSION or head[1:] not in set(Verb):
        return None
    return Raw(Verb(head[1:]), rest, language or None)


def stamped(data: str, language: str) -> str:
    """Return *data* with the language of its message, for a chat of which nothing is stored; as it is, if
    that would not fit.
    """
    found = read(data)
    if found is None or found.language:
        return data
    head, dot, rest = data.partition(SEPARATOR)
    longer = f"{head}{_LANGUAGE}{language}{dot}{rest}"
    return longer if len(longer.encode()) <= LONGEST else data


def nest(verb: Verb, about: int, inner: str) -> str:
    """Return data that means what *inner* means, for something else than the chat it is tapped in."""
    return _joined(verb, [str(about), inner.removeprefix(_VERSION)])


def unnest(rest: str) -> Raw | None:
    """Return the data that stands inside another one."""
    return read(_VERSION + rest)


def _joined(verb: Verb, texts: list[str]) -> str:
    packed = SEPARATOR.join((f"{_VERSION}{verb}", *texts))
    if len(packed.encode()) > LONGEST:
        raise ValueError(f"{packed!r} has more than {LONGEST} bytes")
    return packed

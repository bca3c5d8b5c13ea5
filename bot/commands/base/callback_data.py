"""Callback data: what a button sends back, as typed fields in at most 64 bytes (Bot API: callback_data).

The form is a version, a verb, perhaps the language of the message that the button stands under, and the
fields, separated by dots: `1t.c.1.quoc-te`, or `1t:en.c.1.quoc-te`. Only the last field may hold a dot.
Fields state what is wished, never "the other way round": a press that is handled twice, after a crash, ends
as it was meant. They come back from outside, so `CallbackData.of` checks their number and their bounds, and a
handler checks that what they name exists.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NewType, Self, Union, get_args, get_origin, get_type_hints

from bot.domain.chats.chat import ChatId
from bot.domain.news.article import ArticleId

_VERSION = "1"
_SEPARATOR = "."
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
    SAVE = "S"
    SAVED = "D"
    INVITATIONS = "iv"
    INVITE = "in"
    REVOKE = "ir"
    MEMBERS = "mb"
    SHUT_OUT = "mx"
    SETTINGS = "st"
    SCHEDULE = "sc"
    FILTER = "sf"
    DIGEST_NOW = "sd"
    PREFER = "sp"
    CHANNEL_SETTINGS = "cs"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value of a number."""

    least: int
    greatest: int


ROW = Bounds(1, 2**63 - 1)
"""Ids of rows, as both databases count them."""

RowId = Annotated[int, ROW]
ArticleRow = Annotated[ArticleId, ROW]
ChatRow = Annotated[ChatId, ROW]
PageNumber = Annotated[int, Bounds(0, 9_999)]


@dataclass(frozen=True, slots=True)
class CallbackData:
    """The fields of one verb. Subclasses name them, in their order, with types that `read` understands:
    str, bool, a StrEnum, int with Bounds, or such an int or None.
    """

    verb: ClassVar[Verb]

    def pack(self) -> str:
        """Return the string for a button; raises ValueError where it would not fit. Defaults at the end are
        left out.
        """
        return _joined(self.verb, self._written())

    def _written(self) -> list[str]:
        values = [(getattr(self, each.name), each.default) for each in fields(self)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        texts = [_write(value) for value, _ in values]
        if any(_SEPARATOR in text for text in texts[:-1]):
            raise ValueError(f"only the last field of {type(self).__name__} may hold a dot")
        return texts

    @classmethod
    def of(cls, rest: str) -> Self:
        """Return the fields in *rest*, which follows the verb; raises ValueError for what is none of ours."""
        readers = _readers(cls)  # type: ignore[arg-type]  # mypy looks for __hash__ in instances
        texts = rest.split(_SEPARATOR, len(readers) - 1) if rest and readers else []
        if rest and not readers:
            raise ValueError(f"{cls.__name__} has no fields")
        given = {name: read(text) for (name, read), text in zip(readers.items(), texts, strict=False)}
        missing = [each.name for each in fields(cls) if each.name not in given and each.default is MISSING]
        if missing:
            raise ValueError(f"{cls.__name__} lacks {', '.join(missing)}")
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Raw:
    """Callback data whose fields have not been read; *language* is that of its message, if it says."""

    verb: Verb
    rest: str
    language: str | None = None


def read(data: str) -> Raw | None:
    """Return the verb in *data*, or None if no button of this version sends such a thing."""
    head, _, rest = data.partition(_SEPARATOR)
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
    head, dot, rest = data.partition(_SEPARATOR)
    longer = f"{head}{_LANGUAGE}{language}{dot}{rest}"
    return longer if len(longer.encode()) <= LONGEST else data


def nest(verb: Verb, about: int, inner: str) -> str:
    """Return data that means what *inner* means, for something else than the chat it is tapped in."""
    return _joined(verb, [str(about), inner.removeprefix(_VERSION)])


def unnest(rest: str) -> Raw | None:
    """Return the data that stands inside another one."""
    return read(_VERSION + rest)


def _joined(verb: Verb, texts: list[str]) -> str:
    packed = _SEPARATOR.join((f"{_VERSION}{verb}", *texts))
    if len(packed.encode()) > LONGEST:
        raise ValueError(f"{packed!r} has more than {LONGEST} bytes")
    return packed


def _write(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case _:
            return str(value)


_Reader = Callable[[str], Any]


@cache
def _readers(data: type[CallbackData]) -> Mapping[str, _Reader]:
    """Return what reads each field of a class of callback data."""
    hints = get_type_hints(data, include_extras=True)
    return {each.name: _reader(hints[each.name]) for each in fields(data)}


def _reader(hint: Any) -> _Reader:
    """Return what reads a field of this type; raises TypeError for one that has none."""
    if get_origin(hint) in (Union, UnionType):
        inner = _reader(next(each for each in get_args(hint) if each is not NoneType))
        return lambda text: inner(text) if text else None
    if get_origin(hint) is Annotated:
        _, bounds = get_args(hint)
        return lambda text: _number(text, bounds)
    if isinstance(hint, NewType) and hint.__supertype__ is str:
        return str
    if hint is str:
        return str
    if hint is bool:
        return _flag
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    raise TypeError(f"callback data has no fields of type {hint}")


def _number(text: str, bounds: Bounds) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(bounds.greatest))):
        raise ValueError("no number of ours")
    number = int(text)
    if not bounds.least <= number <= bounds.greatest:
        raise ValueError("a number out of bounds")
    return number


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("neither yes nor no")
    return text == "1"

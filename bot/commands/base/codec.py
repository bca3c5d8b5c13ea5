"""The codec of callback data and of awaited input: typed fields, in their order, separated by dots.

Only the last field may hold a dot. What is read comes back from outside or from an older version, so the
number of the fields and their bounds are checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Self, Union, get_args, get_origin, get_type_hints

from bot.domain.chats.chat import ChatId
from bot.domain.chats.following import PageId
from bot.domain.chats.preferences import AT_ONCE, Schedule, Timing
from bot.domain.news.article import ArticleId

SEPARATOR = "."


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
PageRow = Annotated[PageId, ROW]
PageNumber = Annotated[int, Bounds(0, 9_999)]


@dataclass(frozen=True, slots=True)
class Code:
    """How a value of another type is written and read; *read* raises ValueError."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _code_of(schedule: Schedule) -> str:
    """Return a schedule in a few characters: "n", "d07", "w107"."""
    match schedule.timing:
        case Timing.AT_ONCE:
            return "n"
        case Timing.DAILY:
            return f"d{schedule.hour:02}"
        case Timing.WEEKLY:
            return f"w{schedule.weekday}{schedule.hour:02}"


def _schedule_of(code: str) -> Schedule:
    """Return the schedule that *code* was made of; raises ValueError if it is foreign."""
    kind, digits = code[:1], code[1:]
    match kind, len(digits):
        case "n", 0:
            return AT_ONCE
        case "d", 2:
            return Schedule(Timing.DAILY, _number(digits, _HOUR))
        case "w", 3:
            return Schedule(Timing.WEEKLY, _number(digits[1:], _HOUR), _number(digits[:1], _WEEKDAY))
    raise ValueError("no schedule of ours")


_HOUR = Bounds(0, 23)
_WEEKDAY = Bounds(1, 7)
ScheduleCode = Annotated[Schedule, Code(_code_of, _schedule_of)]


@dataclass(frozen=True, slots=True)
class PackedFields:
    """Fields that are packed into a string. Subclasses name them, in their order, with types that have a
    code: str, bool, a StrEnum, int with Bounds, such an int or None, or what is annotated with its Code.
    """

    def written(self) -> list[str]:
        """Return the fields as texts, without the defaults at the end; raises ValueError where another one
        than the last holds a dot.
        """
        given = list(fields(self))
        while given and getattr(self, given[-1].name) == given[-1].default:
            given.pop()
        codes = _codes(type(self))  # type: ignore[arg-type]  # mypy looks for __hash__ in instances
        texts = [codes[each.name].write(getattr(self, each.name)) for each in given]
        if any(SEPARATOR in text for text in texts[:-1]):
            raise ValueError(f"only the last field of {type(self).__name__} may hold a dot")
        return texts

    @classmethod
    def of(cls, rest: str) -> Self:
        """Return the fields in *rest*; raises ValueError for what is none of ours."""
        codes = _codes(cls)  # type: ignore[arg-type]  # mypy looks for __hash__ in instances
        texts = rest.split(SEPARATOR, len(codes) - 1) if rest and codes else []
        if rest and not codes:
            raise ValueError(f"{cls.__name__} has no fields")
        given = {name: code.read(text) for (name, code), text in zip(codes.items(), texts, strict=False)}
        missing = [each.name for each in fields(cls) if each.name not in given and each.default is MISSING]
        if missing:
            raise ValueError(f"{cls.__name__} lacks {', '.join(missing)}")
        return cls(**given)


@cache
def _codes(data: type[PackedFields]) -> Mapping[str, Code]:
    """Return how each field of a class of fields is written and read."""
    hints = get_type_hints(data, include_extras=True)
    return {each.name: _code(hints[each.name]) for each in fields(data)}


def _code(hint: Any) -> Code:
    """Return the code of a field of this type; raises TypeError for one that has none."""
    if get_origin(hint) in (Union, UnionType):
        inner = _code(next(each for each in get_args(hint) if each is not NoneType))
        return Code(
            lambda value: "" if value is None else inner.write(value),
            lambda text: inner.read(text) if text else None,
        )
    if get_origin(hint) is Annotated:
        _, code = get_args(hint)
        return code if isinstance(code, Code) else Code(str, partial(_number, bounds=code))
    if hint is str or (isinstance(hint, NewType) and hint.__supertype__ is str):
        return Code(str, str)
    if hint is bool:
        return Code(lambda value: str(int(value)), _flag)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Code(str, hint)
    raise TypeError(f"there are no fields of type {hint}")


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

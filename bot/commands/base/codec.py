"""The codec of callback data and of awaited input: typed fields, in their order, separated by dots.

Only the last field may hold a dot. What is read comes back from outside or from an older version, so the
number of the fields and their bounds are checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Self, Union, get_args, get_origin, get_type_hints

from bot.domain.chats.chat import ChatId
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
PageNumber = Annotated[int, Bounds(0, 9_999)]


@dataclass(frozen=True, slots=True)
class PackedFields:
    """Fields that are packed into a string. Subclasses name them, in their order, with types that have a
    reader: str, bool, a StrEnum, int with Bounds, or such an int or None.
    """

    def written(self) -> list[str]:
        """Return the fields as texts, without the defaults at the end; raises ValueError where another one
        than the last holds a dot.
        """
        values = [(getattr(self, each.name), each.default) for each in fields(self)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        texts = [_write(value) for value, _ in values]
        if any(SEPARATOR in text for text in texts[:-1]):
            raise ValueError(f"only the last field of {type(self).__name__} may hold a dot")
        return texts

    @classmethod
    def of(cls, rest: str) -> Self:
        """Return the fields in *rest*; raises ValueError for what is none of ours."""
        readers = _readers(cls)  # type: ignore[arg-type]  # mypy looks for __hash__ in instances
        texts = rest.split(SEPARATOR, len(readers) - 1) if rest and readers else []
        if rest and not readers:
            raise ValueError(f"{cls.__name__} has no fields")
        given = {name: read(text) for (name, read), text in zip(readers.items(), texts, strict=False)}
        missing = [each.name for each in fields(cls) if each.name not in given and each.default is MISSING]
        if missing:
            raise ValueError(f"{cls.__name__} lacks {', '.join(missing)}")
        return cls(**given)


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
def _readers(data: type[PackedFields]) -> Mapping[str, _Reader]:
    """Return what reads each field of a class of fields."""
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

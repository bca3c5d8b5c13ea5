"""How moments, foreign words and JSON lie in a column, the same in every database."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.domain.text.text import encodable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    """Return *moment* in whole milliseconds since the epoch; what is finer is cut off."""
    return (moment - EPOCH) // _MILLISECOND


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as whole milliseconds since the epoch."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else EPOCH + value * _MILLISECOND


class Words(TypeDecorator[str]):
    """Text that others wrote, without what not every database takes: NUL, and half a surrogate pair."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else storable_words(value)


def storable_words(text: str) -> str:
    """Return *text* as a column of words takes it, for the statements that it reaches by another way."""
    return encodable(text).replace("\0", "")


class Json(TypeDecorator[Any]):
    """Plain data as JSON text: readable in any tool, and the same bytes in every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        del dialect
        if value is None:
            return None
        try:
            return orjson.dumps(value).decode()
        except TypeError:
            # It holds half a surrogate pair: '&#xD800;' in a feed comes to that.
            return encodable(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        del dialect
        return None if value is None else orjson.loads(value)


Id = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database gives out; SQLite does so for INTEGER alone."""

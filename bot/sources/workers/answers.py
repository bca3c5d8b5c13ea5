"""The answers of worker processes, read into what each call promises to return and into nothing else.

A process that foreign bytes have taken over may send what it likes. It must not be able to run code here, as
it could through pickle.
"""

from functools import lru_cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

LARGEST = 8 << 20
"""Bytes of an answer. A feed of 2,000 entries, or the longest article, has a fraction of it."""


def value_of(body: bytes, function: Any) -> Any:
    """Return the value in *body*, JSON, as what *function* returns; raise ValueError if it is not."""
    try:
        return _adapter(function).validate_json(body)
    except ValidationError as error:
        raise ValueError(f"{error.error_count()} values of another type than is promised") from None


@lru_cache(maxsize=64)
def _adapter(function: Any) -> TypeAdapter[Any]:
    """Return what reads the values that *function* returns; of one that does not say, any JSON is taken."""
    hints = get_type_hints(function) if hasattr(function, "__annotations__") else {}
    return TypeAdapter(hints.get("return", Any))

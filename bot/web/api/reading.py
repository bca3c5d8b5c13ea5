"""Reading what a request says: JSON by the letter, and every value of its type."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.web.api.problems import FaultCode, FieldFault, ProblemCode, ProblemError
from bot.web.webhook import read_body

MOST_FAULTS = 20
"""Faults that are told: whoever has more will find them in the next answer."""

M = TypeVar("M", bound=BaseModel)

_FAULTS = {
    "missing": FaultCode.MISSING,
    "extra_forbidden": FaultCode.UNKNOWN,
    "string_too_long": FaultCode.TOO_LONG,
    "too_long": FaultCode.TOO_LONG,
    "string_too_short": FaultCode.TOO_SHORT,
    "too_short": FaultCode.TOO_SHORT,
    **{fault.value: fault for fault in FaultCode},
}
"""What pydantic calls them, where its names do not tell it by how they end."""


async def body_of(request: web.Request, model: type[M]) -> M:
    """Return the body of *request*. Raises ProblemError."""
    if request.content_type != "application/json":
        raise ProblemError(ProblemCode.NOT_JSON)
    body = await read_body(request)
    try:
        # Of two values that have one name each reader takes another; and NaN is no JSON (RFC 8259).
        json.loads(body.decode(), object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ProblemError(ProblemCode.MALFORMED_JSON) from None
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors(include_url=False)):
            raise ProblemError(ProblemCode.MALFORMED_JSON) from None
        raise ProblemError(ProblemCode.INVALID_CONTENT, *_faults(error)) from None


def query_of(request: web.Request, model: type[M]) -> M:
    """Return the query of *request*. Raises ProblemError."""
    names = [name for name, _ in request.query.items()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        faults = (FieldFault(_pointer([name]), FaultCode.TWICE) for name in twice)
        raise ProblemError(ProblemCode.INVALID_REQUEST, *faults)
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as error:
        raise ProblemError(ProblemCode.INVALID_REQUEST, *_faults(error)) from None


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"JSON has no {name}")


def _faults(error: ValidationError) -> Iterable[FieldFault]:
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return [FieldFault(_pointer(each["loc"]), _fault(each["type"])) for each in details[:MOST_FAULTS]]


def _fault(kind: str) -> FaultCode:
    if kind in _FAULTS:
        return _FAULTS[kind]
    if "datetime" in kind or kind.startswith("timezone"):
        return FaultCode.NO_MOMENT
    return FaultCode.WRONG_TYPE if kind.endswith("_type") else FaultCode.WRONG_VALUE


def _pointer(location: Iterable[str | int]) -> str:
    """Return a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)

"""Problems: what each refusal is called, its status, and how it is told (RFC 9457)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:bantin:problem:"


class ProblemCode(StrEnum):
    """What is wrong. A code never changes its meaning; the texts may change."""

    MALFORMED_JSON = "malformed-json"
    INVALID_REQUEST = "invalid-request"
    IDEMPOTENCY_KEY_NEEDED = "idempotency-key-needed"
    NOT_AUTHENTICATED = "not-authenticated"
    SCOPE_LACKING = "scope-lacking"
    OTHER_TOPIC = "other-topic"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    TOO_SLOW = "too-slow"
    NOT_RECALLABLE = "not-recallable"
    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    INVALID_CONTENT = "invalid-content"
    IDEMPOTENCY_KEY_REUSED = "idempotency-key-reused"
    TOO_MANY_REQUESTS = "too-many-requests"
    OUR_FAULT = "our-fault"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The status of a problem, what it is, and what to do about it; docs/api.vi.md has it in Vietnamese."""

    status: HTTPStatus
    title: str
    detail: str


PROBLEMS: Mapping[ProblemCode, ProblemText] = {
    ProblemCode.MALFORMED_JSON: ProblemText(
        HTTPStatus.BAD_REQUEST,
        "This is not JSON.",
        "Send one JSON object in UTF-8, in which no name comes twice.",
    ),
    ProblemCode.INVALID_REQUEST: ProblemText(
        HTTPStatus.BAD_REQUEST, "The request cannot be read.", "Correct what `errors` names."
    ),
    ProblemCode.IDEMPOTENCY_KEY_NEEDED: ProblemText(
        HTTPStatus.BAD_REQUEST,
        "There is no usable Idempotency-Key.",
        "Send the header once, with 1 to 255 visible ASCII characters; repeat it only with the same content.",
    ),
    ProblemCode.NOT_AUTHENTICATED: ProblemText(
        HTTPStatus.UNAUTHORIZED,
        "The key is missing or not known.",
        "Send `Authorization: Bearer` and a key that has not been revoked.",
    ),
    ProblemCode.SCOPE_LACKING: ProblemText(
        HTTPStatus.FORBIDDEN,
        "The key does not allow this.",
        "Have somebody who owns the bot make a key with the scope that the documentation names.",
    ),
    ProblemCode.OTHER_TOPIC: ProblemText(
        HTTPStatus.FORBIDDEN,
        "The key is not for this topic.",
        "Name topics only that GET /topics lists for this key.",
    ),
    ProblemCode.NOT_FOUND: ProblemText(
        HTTPStatus.NOT_FOUND,
        "There is nothing here.",
        "Check the address and the id; a key for some topics sees theirs alone.",
    ),
    ProblemCode.METHOD_NOT_ALLOWED: ProblemText(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "This cannot be done here.",
        "The header `Allow` names the methods that there are.",
    ),
    ProblemCode.TOO_SLOW: ProblemText(
        HTTPStatus.REQUEST_TIMEOUT,
        "The request took too long to arrive.",
        "Send the whole body within ten seconds.",
    ),
    ProblemCode.NOT_RECALLABLE: ProblemText(
        HTTPStatus.CONFLICT,
        "This publication cannot be recalled.",
        "In its state it cannot be; look at it once more.",
    ),
    ProblemCode.TOO_LARGE: ProblemText(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The request is too large.",
        "Send at most 256 KiB, and photos and documents by their addresses.",
    ),
    ProblemCode.NOT_JSON: ProblemText(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON.", "Say `Content-Type: application/json`."
    ),
    ProblemCode.INVALID_CONTENT: ProblemText(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The content cannot be published as it is.",
        "Nothing was published. Correct what `errors` names.",
    ),
    ProblemCode.IDEMPOTENCY_KEY_REUSED: ProblemText(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "This Idempotency-Key came with another content.",
        "Nothing was published. Take a new one for another content.",
    ),
    ProblemCode.TOO_MANY_REQUESTS: ProblemText(
        HTTPStatus.TOO_MANY_REQUESTS,
        "There were too many requests.",
        "Wait for as many seconds as `Retry-After` says.",
    ),
    ProblemCode.OUR_FAULT: ProblemText(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The service has failed.",
        "Repeat the request; if it fails again, tell whoever runs the service.",
    ),
    ProblemCode.UNAVAILABLE: ProblemText(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The service cannot do this now.",
        "Repeat the request after as many seconds as `Retry-After` says; nothing will be done twice.",
    ),
}

ANYWHERE = (
    ProblemCode.NOT_AUTHENTICATED,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.OUR_FAULT,
    ProblemCode.UNAVAILABLE,
)
"""What each operation may meet that asks for a key."""


class FaultCode(StrEnum):
    """What is wrong with one field of a request."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong-type"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    NO_ADDRESS = "no-address"
    NO_PAGE = "no-page"
    NO_MOMENT = "no-moment"
    NO_TOPIC = "no-topic"
    TWICE = "twice"
    WRONG_VALUE = "wrong-value"


FAULTS: Mapping[FaultCode, str] = {
    FaultCode.MISSING: "It is missing.",
    FaultCode.UNKNOWN: "Nothing has this name here.",
    FaultCode.WRONG_TYPE: "It is of another type.",
    FaultCode.TOO_LONG: "It is too long.",
    FaultCode.TOO_SHORT: "It is too short or empty.",
    FaultCode.NO_ADDRESS: "It is no web address that begins with http:// or https://.",
    FaultCode.NO_PAGE: "It leads to a front page; name the page of the article itself.",
    FaultCode.NO_MOMENT: "It is no moment from 1990 to 2099 with its offset, as 2026-11-27T08:30:00+07:00.",
    FaultCode.NO_TOPIC: "There is no such topic.",
    FaultCode.TWICE: "It comes twice.",
    FaultCode.WRONG_VALUE: "It has a value that cannot be.",
}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field, by its JSON Pointer (RFC 6901)."""

    pointer: str
    code: FaultCode


class ProblemError(Exception):
    """A refusal: what is wrong, with which fields, and what headers say besides."""

    def __init__(
        self, code: ProblemCode, *faults: FieldFault, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.faults = faults
        self.headers = dict(headers or {})


def later(code: ProblemCode, seconds: float) -> ProblemError:
    """Return the problem that goes away by itself, after so many *seconds*."""
    return ProblemError(code, headers={"Retry-After": str(max(1, math.ceil(seconds)))})

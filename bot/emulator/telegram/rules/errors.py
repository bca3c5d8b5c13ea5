"""Refusals in Telegram's words."""

from typing import Any


class ApiError(Exception):
    """A refused request: its HTTP status, the sentence, and the machine-readable parameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class HeldError(ApiError):
    """A flood refusal that the server holds back for a while before it answers."""


def bad_request(message: str, **parameters: Any) -> ApiError:
    return ApiError(400, f"Bad Request: {lowered(message)}", **parameters)


def forbidden(message: str) -> ApiError:
    return ApiError(403, f"Forbidden: {lowered(message)}")


def conflict(message: str) -> ApiError:
    return ApiError(409, f"Conflict: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def held_too_many_requests(retry_after: int) -> HeldError:
    return HeldError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def lowered(message: str) -> str:
    """Return *message* with a small first letter, unless it is a code in capitals."""
    if len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z"):
        return message
    return message[:1].lower() + message[1:]

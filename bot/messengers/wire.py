"""What adapters that speak HTTP share: the body that may be kept back, and failures in a few words."""

import ssl
from collections.abc import Callable

import aiohttp
from aiohttp.abc import AbstractStreamWriter

from bot.domain.errors import reason_of

IDLE_FOR = 15
"""Seconds for which an unused connection is kept: less than servers do, so that it is ours to close."""


class _KeptBackError(Exception):
    """The body of a request was not written."""


class GuardedBody(aiohttp.BytesPayload):
    """The body of a message in JSON, which asks at the very last moment whether it may leave.

    A process may stall at any point for as long as it takes others to send in its place. aiohttp writes
    headers and body in one piece, so that nothing has left before.
    """

    def __init__(self, content: bytes, may_leave: Callable[[], bool]) -> None:
        super().__init__(content, content_type="application/json")
        self._may_leave = may_leave
        self.is_kept_back = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        if not self._may_leave():
            self.is_kept_back = True
            raise _KeptBackError
        await super().write_with_length(writer, content_length)


def always() -> bool:
    return True


def in_short(error: Exception) -> str:
    """Return what went wrong, without the address that some texts of aiohttp hold."""
    if isinstance(error, TimeoutError):
        return "timed out"
    cause = getattr(error, "os_error", None)
    # The numbers of TLS errors are OpenSSL's own.
    if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError):
        return reason_of(cause)
    return str(getattr(cause, "strerror", None) or type(error).__name__)

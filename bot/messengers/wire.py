"""What adapters that speak HTTP share: the body that may be kept back, and failures in a few words."""

import ssl
from collections.abc import Callable

import aiohttp
from aiohttp.abc import AbstractStreamWriter

from bot.domain.errors import ExplainedError, reason_of
from bot.proxy.dialling import ProxyError

IDLE_FOR = 15
"""Seconds for which an unused connection is kept: less than servers do, so that it is ours to close."""


class UnsentError(ExplainedError):
    """No connection came about, or the message may not leave any more: nothing was sent."""


class LostAnswerError(ExplainedError):
    """The request was begun and no answer came: the platform may have acted on it."""


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


def unsent_or_lost(error: Exception, server: str) -> UnsentError | LostAnswerError:
    """Return what *error* of a request to *server* means: it never left, or its answer was lost.

    Addresses stay out of it: they may hold a token.
    """
    match error:
        case ProxyError():
            return UnsentError(f"no connection: {error}")
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return UnsentError(f"no connection ({in_short(error)})")
        case aiohttp.InvalidURL() | UnicodeError():
            return UnsentError(f"no connection (the address of {server} is not valid)")
    return LostAnswerError(f"the answer was lost ({in_short(error)})")

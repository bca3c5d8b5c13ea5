"""Fetching by HTTP: guarded addresses, verified TLS, and limits on everything that a server could overdo."""

import asyncio
import io
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.domain.news.feed import ArticleGoneError, AskedToWaitError, SourceError
from bot.domain.reason import ReasonCode
from bot.proxy.address import Proxies
from bot.sources.http.cache_headers import retry_after
from bot.sources.http.decompress import Inflater
from bot.sources.http.errors import refused_with, trouble_of
from bot.sources.http.ssrf import AddressGuard
from bot.sources.http.transport import Transport
from bot.sources.text.urls import absolute, shown

USER_AGENT = "Mozilla/5.0 (compatible; BanTin/0.1; news notification bot)"
MAX_REDIRECTS = 5
_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_NEVER_PASSING = frozenset({501, 505, 511})
"""Server errors that the next request would meet again."""

TRY_AGAIN_AFTER = (0.5, 1.0, 2.0)
"""Seconds to wait before each further try: one office answers half of all requests with a 500 at once."""

AT_ONCE = 2.0
"""Seconds within which a failure counts as one at once; a server that fails slowly is not asked again."""


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What one fetch may cost: bytes of body, on the wire and unpacked, and seconds over all redirects."""

    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer: 304 or a success; *url* is where the redirects ended. Header names ignore case.

    *links* are the absolute addresses in the Link headers by their relation, for each the first.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """Return the type that the server declares, as in text/html; empty if none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Return the character set that the server declares, if it does."""
        for parameter in self.headers.get("Content-Type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \t\"'").lower() or None
        return None


class ServerFaultError(SourceError):
    """The server met an error of its own and did not say how long to leave it alone."""


class HttpClient:
    """Asks web servers politely and safely. Close it, or use it in `async with`."""

    def __init__(
        self,
        *,
        guard: AddressGuard,
        ca_bundle: Path | None = None,
        user_agent: str = USER_AGENT,
        proxies: Proxies | None = None,
        resolver: AbstractResolver | None = None,
        try_again_after: Sequence[float] = TRY_AGAIN_AFTER,
    ) -> None:
        """Take PEM certificates to trust beside the system's from *ca_bundle*, and names from *resolver*.

        Without *proxies* every server is asked straight. A server that fails at once is asked again after
        each of the waits *try_again_after*, in seconds.

        Raise SourceError if the bundle cannot be read.
        """
        self._guard = guard
        self._ca_bundle = ca_bundle
        self._tls = _tls(ca_bundle)
        self._tls_by_bundle: dict[str, ssl.SSLContext] = {}
        self._try_again_after = tuple(try_again_after)
        self._transport = Transport(
            guard=guard, proxies=proxies or Proxies(), resolver=resolver, user_agent=user_agent
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._transport.close()

    async def get(
        self,
        url: str,
        *,
        accept: str,
        limits: HttpLimits,
        headers: Mapping[str, str] | None = None,
        ca_bundle_of: Callable[[str], str | None] = lambda _: None,
        into: BinaryIO | None = None,
    ) -> HttpResponse:
        """Return the answer of *url* after at most MAX_REDIRECTS redirects; raise SourceError for a failure.

        A server that fails at once is asked again within seconds, unless it says how long to wait.
        *ca_bundle_of* names the file of certificates that are trusted for one host beside all others: each
        hop of a redirect has its own. A body that is written *into* a file as it comes is not in the answer.

        A redirect from https to http is followed, as browsers do: a site that gives up its own encryption
        is no worse than one that never had any, and nothing of ours travels along.
        """
        target = self._guard.checked(url)
        try:
            async with asyncio.timeout(limits.seconds):
                for _ in range(MAX_REDIRECTS + 1):
                    tls = self._tls_with(ca_bundle_of(target.host or ""))
                    asked = {"Accept": accept, **(headers or {})}
                    answer = await self._answer(target, asked, limits, tls, into)
                    if isinstance(answer, HttpResponse):
                        return answer
                    target = answer
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise trouble_of(error, target, limits.seconds) from error
        raise SourceError(
            f"{shown(url)} redirects more than {MAX_REDIRECTS} times: correct the address",
            ReasonCode.BAD_ADDRESS,
        )

    async def post(self, url: str, form: Mapping[str, str], *, limits: HttpLimits) -> None:
        """Post *form* to *url*, which must accept it at once; raise SourceError otherwise."""
        target = self._guard.checked(url)
        try:
            async with (
                asyncio.timeout(limits.seconds),
                self._transport.request("POST", target, data=form, tls=self._tls) as answer,
            ):
                if answer.status // 100 != 2:
                    raise refused_with(answer.status, target)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise trouble_of(error, target, limits.seconds) from error

    async def _answer(
        self,
        target: URL,
        headers: Mapping[str, str],
        limits: HttpLimits,
        tls: ssl.SSLContext,
        into: BinaryIO | None,
    ) -> HttpResponse | URL:
        """Return the first answer of *target* that is no passing server error; raise the last of them."""
        for wait in self._try_again_after:
            asked_at = time.monotonic()
            try:
                return await self._hop(target, headers, limits, tls, into)
            except ServerFaultError:
                if time.monotonic() - asked_at > AT_ONCE:
                    raise
            await asyncio.sleep(wait)
        return await self._hop(target, headers, limits, tls, into)

    async def _hop(
        self,
        target: URL,
        headers: Mapping[str, str],
        limits: HttpLimits,
        tls: ssl.SSLContext,
        into: BinaryIO | None,
    ) -> HttpResponse | URL:
        async with self._transport.request("GET", target, headers=headers, tls=tls) as answer:
            if answer.status in _REDIRECTS:
                return self._next(target, answer.headers.get("Location"))
            if answer.status != HTTPStatus.NOT_MODIFIED and answer.status // 100 != 2:
                raise _refused(answer, target)
            return HttpResponse(
                status=answer.status,
                url=str(target.with_fragment(None)),
                headers=answer.headers,
                body=await _body(answer, limits.size, shown(str(target)), into or io.BytesIO()),
                links=_links(answer),
            )

    def _tls_with(self, ca_bundle: str | None) -> ssl.SSLContext:
        if ca_bundle is None:
            return self._tls
        if ca_bundle not in self._tls_by_bundle:
            context = _tls(self._ca_bundle)
            _trust(context, Path(ca_bundle), setting="the feed's ca_bundle")
            self._tls_by_bundle[ca_bundle] = context
        return self._tls_by_bundle[ca_bundle]

    def _next(self, target: URL, location: str | None) -> URL:
        if not location:
            raise SourceError(f"{shown(str(target))} redirects to nowhere: try again later")
        try:
            following = target.join(URL(location))
        except ValueError:
            raise SourceError(
                f"{shown(str(target))} redirects to what is no web address: try again later"
            ) from None
        return self._guard.checked(following)


def _links(answer: aiohttp.ClientResponse) -> dict[str, str]:
    try:
        given = answer.links
    except ValueError:
        # yarl reads one of the addresses as none.
        return {}
    found: dict[str, str] = {}
    for relations, link in given.items():
        address = absolute(str(link["url"]), str(answer.url))
        for relation in relations.lower().split() if address else ():
            found.setdefault(relation, address)
    return found


def _refused(answer: aiohttp.ClientResponse, target: URL) -> SourceError:
    refused = refused_with(answer.status, target)
    if answer.status in _GONE:
        return ArticleGoneError.of(refused.reason)
    asked = retry_after(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))
    if asked and answer.status in _BUSY:
        reason = refused.reason
        return AskedToWaitError(reason.words, asked, reason.code, **reason.details)
    is_passing = answer.status >= 500 and answer.status not in _NEVER_PASSING and asked is None
    return ServerFaultError.of(refused.reason) if is_passing else refused


def _tls(ca_bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_bundle is not None:
        _trust(context, ca_bundle, setting="http.ca_bundle")
    return context


def _trust(context: ssl.SSLContext, bundle: Path, *, setting: str) -> None:
    try:
        context.load_verify_locations(cafile=bundle)
    except OSError as error:
        reason = "it holds no PEM certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise SourceError(f"{setting}: {bundle} cannot be used: {reason}") from error


async def _body(answer: aiohttp.ClientResponse, limit: int, where: str, into: BinaryIO) -> bytes:
    """Write the body of *answer* into a file; return it if that is one in memory."""
    too_large = f"{where} is larger than {limit / 1e6:g} MB: it is not read"
    if (answer.content_length or 0) > limit:
        raise SourceError(too_large, ReasonCode.TOO_LARGE)
    inflater = Inflater(answer.headers.get("Content-Encoding", ""), limit=limit, where=where)
    received = 0
    async for chunk in answer.content.iter_any():
        received += len(chunk)
        if received > limit:
            raise SourceError(too_large, ReasonCode.TOO_LARGE)
        into.write(inflater.feed(chunk))
    inflater.finish()
    return into.getvalue() if isinstance(into, io.BytesIO) else b""

"""The way of a request to its server: straight there, or through a proxy, with every address checked.

What the address guard promises:

- Straight, and through SOCKS5: the name is resolved here, and what was checked is what is dialled.
- Through an HTTP proxy to https: the same; the proxy is asked to CONNECT to the checked address, and TLS
  is agreed with the server under its name.
- Through an HTTP proxy to http: the name is resolved and checked here, but the proxy is given the name,
  since most let nothing but https through CONNECT. It resolves the name once more: a name server that tells
  it something else than us is not noticed.
- A name that stands in http.allow_private and cannot be resolved here is left to the proxy.

Each hop of a redirect is checked alike.
"""

import ipaddress
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.proxy.address import Proxies, Proxy, ProxyKind
from bot.proxy.dialling import ProxyError, connector, failure, is_unreached, unauthorised
from bot.sources.http.ssrf import AddressGuard, GuardedResolver

CONNECT_SECONDS = 10
_SILENCE_SECONDS = 15
_MOST_ADDRESSES = 4
"""How many addresses of one server an HTTP proxy is asked to connect to, one after the other."""


class Transport:
    """Opens requests; keeps one pool of connections for each proxy, and one for none."""

    def __init__(
        self, *, guard: AddressGuard, proxies: Proxies, resolver: AbstractResolver | None, user_agent: str
    ) -> None:
        self._guard = guard
        self._proxies = proxies
        self._resolver = resolver
        self._user_agent = user_agent
        self._sessions: dict[Proxy | None, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        while self._sessions:
            _, session = self._sessions.popitem()
            await session.close()

    @asynccontextmanager
    async def request(
        self,
        method: str,
        target: URL,
        *,
        tls: ssl.SSLContext,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Ask *target*, which the guard has passed as an address; redirects are not followed.

        Raises SourceError if its name leads where the guard lets nobody go, and what aiohttp raises.
        """
        options: dict[str, Any] = {
            "headers": headers or {},
            "data": data,
            "ssl": tls,
            "allow_redirects": False,
        }
        proxy = self._proxies.of(target)
        try:
            if proxy is None or proxy.kind is ProxyKind.SOCKS5:
                answer = await self._session(proxy).request(method, target, **options)
            else:
                answer = await self._through(proxy, method, target, options)
        except aiohttp.ClientConnectorDNSError as error:
            if proxy is None:
                raise
            raise _unresolved(proxy, target) from error
        async with answer:
            yield answer

    async def _through(
        self, proxy: Proxy, method: str, target: URL, options: dict[str, Any]
    ) -> aiohttp.ClientResponse:
        """Ask through an HTTP proxy: by the server's name, or for https by its checked addresses in turn."""
        *others, last = await self._checked(proxy, target)
        try:
            if target.scheme == "http":
                return await self._forwarded(proxy, method, target, options)
            for address in others[: _MOST_ADDRESSES - 1]:
                try:
                    return await self._tunnelled(proxy, method, target, options, address=address)
                except aiohttp.ClientHttpProxyError as error:
                    if not is_unreached(error):
                        raise
            return await self._tunnelled(proxy, method, target, options, address=last)
        except aiohttp.ClientError as error:
            raise failure(error, proxy) from None

    async def _forwarded(
        self, proxy: Proxy, method: str, target: URL, options: Mapping[str, Any]
    ) -> aiohttp.ClientResponse:
        proxied = proxy.options("http", options["headers"])
        answer = await self._session(proxy).request(method, target, **{**options, **proxied})
        if answer.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            answer.close()
            raise unauthorised(proxy)
        return answer

    async def _tunnelled(
        self, proxy: Proxy, method: str, target: URL, options: Mapping[str, Any], *, address: str
    ) -> aiohttp.ClientResponse:
        proxied = proxy.options("https", {"Host": target.host_port_subcomponent or "", **options["headers"]})
        return await self._session(proxy).request(
            method,
            target.with_host(address),
            server_hostname=(target.raw_host or "").rstrip("."),
            **{**options, **proxied},
        )

    async def _checked(self, proxy: Proxy, target: URL) -> list[str]:
        host = target.raw_host or ""
        if _is_address(host):
            return [host]
        try:
            found = await self._guarded(proxy).resolve(host, target.port or 0)
        except OSError as error:
            raise _unresolved(proxy, target) from error
        if not found:
            raise _unresolved(proxy, target)
        return list(dict.fromkeys(answer["host"] for answer in found))

    def _guarded(self, proxy: Proxy | None) -> GuardedResolver:
        resolver = self._resolver or aiohttp.ThreadedResolver()
        return GuardedResolver(self._guard, resolver, leaves_names=proxy is not None)

    def _session(self, proxy: Proxy | None) -> aiohttp.ClientSession:
        if proxy not in self._sessions:
            # An HTTP proxy is all that its connector ever dials, and the operator has named it.
            options = {} if proxy and proxy.kind is ProxyKind.HTTP else {"resolver": self._guarded(proxy)}
            self._sessions[proxy] = aiohttp.ClientSession(
                connector=connector(proxy, **options),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip, deflate"},
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=CONNECT_SECONDS, sock_read=_SILENCE_SECONDS
                ),
                auto_decompress=False,
            )
        return self._sessions[proxy]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _unresolved(proxy: Proxy, target: URL) -> ProxyError:
    return ProxyError(
        f"no such host name here as {target.host}, and behind {proxy.setting} names are resolved here too, to"
        " be checked: if only the proxy knows it and you trust it, add it to http.allow_private"
    )

"""Proxies: which one a request goes through, and how it is dialled. Their passwords are never shown."""

import base64
import errno
import ipaddress
import os
import socket
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import aiohttp
import python_socks
from aiohttp.abc import AbstractResolver, ResolveResult
from python_socks.async_.asyncio import Proxy as SocksClient
from yarl import URL

_LONGEST_CREDENTIAL = 255
"""RFC 1929: the length of a name or a password is one byte."""

_NOT_ALLOWED = 2
"""RFC 1928, REP: connection not allowed by ruleset."""

_UNREACHED = frozenset({502, 503, 504})
"""What an HTTP proxy answers to CONNECT if it cannot reach the server."""


class ProxyKind(StrEnum):
    """What is spoken with a proxy."""

    HTTP = "http"
    SOCKS5 = "socks5"


_KINDS = {"http": ProxyKind.HTTP, "socks5": ProxyKind.SOCKS5, "socks5h": ProxyKind.SOCKS5}


class ProxyError(aiohttp.ClientConnectionError):
    """The proxy failed before the request left. The text is one line that names the setting."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy; *setting* is what named it: `http.proxy`, or a variable of the environment."""

    kind: ProxyKind
    host: str
    port: int
    setting: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, text: str, setting: str) -> Self:
        """Read `http://[user:password@]host:port` or `socks5://…`; raise ValueError, which quotes nothing."""
        wrong = "write http://host:port or socks5://host:port, with user:password@ before the host if needed"
        try:
            parts = urlsplit(text if "://" in text else f"http://{text}")
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(wrong) from None
        kind = _KINDS.get(parts.scheme)
        if kind is None or not host or not port or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(wrong)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not all(_is_credential(each) for each in (user, password)) or ":" in user:
            raise ValueError("its user name and password must be ASCII, at most 255 characters each")
        return cls(kind, host, port, setting, user, password)

    def __str__(self) -> str:
        return f"{self.setting} ({self.host}:{self.port})"

    def options(self, scheme: str, headers: Mapping[str, str]) -> dict[str, Any]:
        """Return what aiohttp takes, *headers* included, to ask an address of *scheme* through it.

        An HTTP proxy alone is known to aiohttp. It is shown the password with its own CONNECT for https, and
        with the request itself for http.
        """
        if self.kind is not ProxyKind.HTTP:
            return {"headers": headers}
        credentials = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        shown = {"Proxy-Authorization": f"Basic {credentials}"} if self.user else {}
        options = {"proxy": URL.build(scheme="http", host=self.host, port=self.port)}
        if scheme == "https":
            return {**options, "proxy_headers": shown, "headers": headers}
        return {**options, "headers": {**headers, **shown}}


def _is_credential(text: str) -> bool:
    return len(text) <= _LONGEST_CREDENTIAL and text.isascii() and (text.isprintable() or not text)


@dataclass(frozen=True, slots=True)
class Proxies:
    """Tells which proxy an address is asked through: the configured one, else what the environment says."""

    chosen: Proxy | None = None
    by_scheme: Mapping[str, Proxy] = field(default_factory=dict)

    @classmethod
    def of_environment(cls) -> Self:
        """Read HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, in small letters too; raise ValueError naming one."""
        found = urllib.request.getproxies_environment()
        by_scheme = {}
        for scheme in ("http", "https"):
            name = scheme if found.get(scheme) else "all"
            if found.get(name):
                setting = f"{name}_proxy".upper()
                try:
                    by_scheme[scheme] = Proxy.parse(found[name], setting)
                except ValueError as error:
                    raise ValueError(f"{setting}: {error}") from None
        return cls(by_scheme=by_scheme)

    def of(self, url: URL) -> Proxy | None:
        """Return the proxy for *url*. The environment's is not for this machine, nor for NO_PROXY."""
        proxy = self.chosen or self.by_scheme.get(url.scheme)
        host = url.host or ""
        if proxy is None or proxy is self.chosen:
            return proxy
        return None if _is_loopback(host) or urllib.request.proxy_bypass(host) else proxy


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def connector(proxy: Proxy | None, **options: Any) -> aiohttp.TCPConnector:
    """Return the connector that dials through *proxy*, for requests with its `options`.

    Without a resolver among the *options* a SOCKS5 proxy is given names as they are.
    """
    if proxy and proxy.kind is ProxyKind.SOCKS5:
        return SocksConnector(proxy, **options)
    return aiohttp.TCPConnector(**options)


def failure(error: Exception, proxy: Proxy | None) -> Exception:
    """Return what *error* of a request through an HTTP *proxy* says of the proxy, or *error* itself."""
    if proxy is None:
        return error
    match error:
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientConnectorDNSError():
            return ProxyError(_unreached(proxy, error.os_error))
        case aiohttp.ClientHttpProxyError(status=407):
            return unauthorised(proxy)
        case aiohttp.ClientHttpProxyError(status=status) if status in _UNREACHED:
            return ProxyError(f"{proxy} could not reach the server (it answered {status}): try again later")
        case aiohttp.ClientHttpProxyError(status=status):
            return ProxyError(f"{proxy} refuses to connect us (it answered {status}): ask who runs it")
    return error


def is_unreached(error: aiohttp.ClientHttpProxyError) -> bool:
    """Return whether the proxy is well and only the server's address could not be reached."""
    return error.status in _UNREACHED


def unauthorised(proxy: Proxy) -> ProxyError:
    return ProxyError(f"{proxy} asks for another user name and password: correct the setting")


def _unreached(proxy: Proxy, error: OSError) -> str:
    """Return that the proxy itself is not there. The system's numbers for unknown names are negative."""
    number = error.errno or 0
    reason = os.strerror(number).lower() if number > 0 else "no such host name"
    return f"{proxy} could not be reached ({reason}): check the setting, and whether the proxy runs"


class SocksConnector(aiohttp.TCPConnector):
    """Connects through a SOCKS5 proxy to the addresses that the resolver gives: what it leaves as a name,
    the proxy resolves. TLS is agreed with the server, under its own name.
    """

    def __init__(self, proxy: Proxy, **options: Any) -> None:
        super().__init__(**{"resolver": NamesForTheProxy(), **options})
        self._proxy = proxy

    async def _wrap_create_connection(
        self,
        *args: Any,
        addr_infos: list[Any],
        req: Any,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's signature
        client_error: type[Exception] = aiohttp.ClientConnectorError,
        **kwargs: Any,
    ) -> Any:
        """Dial where aiohttp does: it has no public place for it, and aiohttp-socks takes this one, too."""
        host, port = addr_infos[0][4][:2]
        try:
            connection = await self._dialled(host, port, timeout.sock_connect)
        except OSError as error:
            # Another address of the server may do.
            raise client_error(req.connection_key, error) from error
        return await self._wrap_existing_connection(
            *args, req=req, timeout=timeout, client_error=client_error, sock=connection, **kwargs
        )

    async def _dialled(self, host: str, port: int, seconds: float | None) -> socket.socket:
        """Return a socket that leads to the server; raise ProxyError, or OSError if that is not reached."""
        proxy = self._proxy
        client = SocksClient(
            python_socks.ProxyType.SOCKS5,
            proxy.host,
            proxy.port,
            username=proxy.user or None,
            password=proxy.password or None,
        )
        try:
            return await client.connect(host, port, timeout=seconds)
        except python_socks.ProxyTimeoutError:
            raise ProxyError(f"{proxy} did not connect us in time: try again later") from None
        except python_socks.ProxyConnectionError as error:
            raise ProxyError(_unreached(proxy, error)) from None
        except OSError:
            raise ProxyError(
                f"{proxy} hung up: check that it is one of the kind that the setting says"
            ) from None
        except python_socks.ProxyError as error:
            raise _refusal(proxy, error.error_code) from None


def _refusal(proxy: Proxy, code: int | None) -> Exception:
    """Return what a SOCKS5 proxy that was reached means by its *code*; None stands before the request."""
    if code is None:
        return ProxyError(f"{proxy} does not take us: check that it is one, its user name and its password")
    if code == _NOT_ALLOWED:
        return ProxyError(f"{proxy} refuses to connect us: ask who runs it")
    return OSError(errno.EHOSTUNREACH, "not reached through the proxy")


class NamesForTheProxy(AbstractResolver):
    """Resolves nothing: each name is handed to the proxy as it is."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        del family
        return [as_it_is(host, port)]

    async def close(self) -> None:
        pass


def as_it_is(host: str, port: int) -> ResolveResult:
    """Return *host* as if it had been resolved."""
    return ResolveResult(hostname=host, host=host, port=port, family=socket.AF_INET, proto=0, flags=0)

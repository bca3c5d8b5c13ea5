"""How a proxy is dialled, and what its failures say: one line that names the setting."""

import errno
import os
import socket
from typing import Any

import aiohttp
import python_socks
from aiohttp.abc import AbstractResolver, ResolveResult
from python_socks.async_.asyncio import Proxy as SocksClient

from bot.proxy.address import Proxy, ProxyKind

_NOT_ALLOWED = 2
"""RFC 1928, REP: connection not allowed by ruleset."""

_UNREACHED = frozenset({502, 503, 504})
"""What an HTTP proxy answers to CONNECT if it cannot reach the server."""


class ProxyError(aiohttp.ClientConnectionError):
    """The proxy failed before the request left. The text is one line that names the setting."""


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

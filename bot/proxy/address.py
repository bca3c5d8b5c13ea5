"""Which proxy a request goes through: read from a setting or the environment. Passwords are never shown."""

import base64
import ipaddress
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from yarl import URL

_LONGEST_CREDENTIAL = 255
"""RFC 1929: the length of a name or a password is one byte."""


class ProxyKind(StrEnum):
    """What is spoken with a proxy."""

    HTTP = "http"
    SOCKS5 = "socks5"


_KINDS = {"http": ProxyKind.HTTP, "socks5": ProxyKind.SOCKS5, "socks5h": ProxyKind.SOCKS5}


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

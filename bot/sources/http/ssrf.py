"""The address guard: what may be dialled, so that no feed can make us knock inside our own network."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode
from bot.proxy.dialling import as_it_is
from bot.sources.text.urls import shown

# IANA's special-purpose registry. It is spelled out because `is_global` differs between versions of Python.
_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
# 6to4 (2002::/16) and Teredo (in 2001::/23) tunnel to an IPv4 address of the sender's choice.
_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# A network without IPv4 shows the IPv4 world under this prefix (RFC 6052), so the address inside decides.
_NAT64 = IPv6Network("64:ff9b::/96")
_LONGEST_LABEL = 63
_HIGHEST_PORT = 65_535
_WITH_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(\d{1,5})")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether *address* lies in the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


class AddressGuard:
    """Knows which addresses may be dialled: public ones, and those that the configuration allows."""

    def __init__(self, allow_private: Iterable[str]) -> None:
        """Take host names, addresses and networks (CIDR); raise SourceError for what is none of them.

        A name or an address may end in the one port that is meant.
        """
        self._hosts: set[tuple[str, int | None]] = set()
        self._networks: list[tuple[IPv4Network | IPv6Network, int | None]] = []
        for item in filter(None, map(str.strip, allow_private)):
            self._allow(item)

    def _allow(self, item: str) -> None:
        port = None
        host = item
        if (match := _WITH_PORT.fullmatch(item)) and int(match[2]) <= _HIGHEST_PORT:
            host, port = match[1], int(match[2])
        try:
            self._networks.append((ipaddress.ip_network(host.strip("[]"), strict=False), port))
        except ValueError:
            if "/" in host or ":" in host or _looks_numeric(host):
                raise SourceError(
                    f"http.allow_private: {item!r} is no host name, address or network"
                ) from None
            self._hosts.add((host.lower().rstrip("."), port))

    def trusts(self, host: str, port: int) -> bool:
        """Return whether the configuration allows *host* by its name, wherever that leads."""
        name = host.lower().rstrip(".")
        return (name, None) in self._hosts or (name, port) in self._hosts

    def permits(self, host: str, address: str, port: int) -> bool:
        """Return whether *host*, which resolved to the numeric *address*, may be dialled there at *port*."""
        if self.trusts(host, port):
            return True
        number = ipaddress.ip_address(address)
        if isinstance(number, IPv6Address) and number.ipv4_mapped:
            # The system's resolver may write an IPv4 address this way; no public name does.
            number = number.ipv4_mapped
            return self._allows(number, port)
        return is_public(number) or self._allows(number, port)

    def _allows(self, number: IPv4Address | IPv6Address, port: int) -> bool:
        return any(number in network for network, only in self._networks if only in (None, port))

    def checked(self, url: str | URL) -> URL:
        """Return *url* parsed; raise SourceError where it must not be dialled whatever it resolves to."""
        try:
            target = URL(url)
            host = target.raw_host
        except ValueError:
            raise SourceError(
                f"{shown(str(url))} is not a web address: correct it", ReasonCode.BAD_ADDRESS
            ) from None
        if target.scheme not in ("http", "https") or not host:
            raise SourceError(
                f"{shown(str(url))} is not a web address: it must begin with http:// or https://",
                ReasonCode.BAD_ADDRESS,
            )
        if target.raw_user is not None or target.raw_password is not None:
            raise SourceError(
                f"{shown(str(url))} carries a user name or password: give the address without",
                ReasonCode.BAD_ADDRESS,
            )
        if not _has_labels(host):
            raise SourceError(
                f"{shown(str(url))} names no host that can be: correct the address", ReasonCode.BAD_ADDRESS
            )
        self._check_literal(host, target.port or 0)
        return target

    def _check_literal(self, host: str, port: int) -> None:
        """Refuse numeric hosts that may not be dialled; they never reach the resolver."""
        try:
            ipaddress.ip_address(host)
        except ValueError:
            if _looks_numeric(host) or ":" in host:
                # 0x7f.1, 2130706433 and the like: the system would read them as an address after all.
                raise SourceError(
                    f"{host} is an address in an unusual spelling: write it plainly", ReasonCode.BAD_ADDRESS
                ) from None
            return
        if not self.permits(host, host, port):
            raise refused(host)


def refused(host: str) -> SourceError:
    return SourceError(
        f"{host} is not in the public internet, so it is not asked:"
        " if you trust it, add it to http.allow_private"
    )


def _looks_numeric(host: str) -> bool:
    last = host.rstrip(".").rpartition(".")[2].lower()
    return last.isdigit() or last.startswith("0x")


def _has_labels(host: str) -> bool:
    """Say whether *host* is made of labels that can be asked for; resolvers choke on any other."""
    return ":" in host or all(0 < len(label) <= _LONGEST_LABEL for label in host.removesuffix(".").split("."))


class GuardedResolver(AbstractResolver):
    """Resolves names to numeric addresses that the guard permits: what was checked is what is dialled."""

    def __init__(
        self, guard: AddressGuard, resolver: AbstractResolver, *, leaves_names: bool = False
    ) -> None:
        """With *leaves_names*, a trusted name that is not known here is left to the proxy as it is."""
        self._guard = guard
        self._resolver = resolver
        self._leaves_names = leaves_names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        try:
            found = await self._resolver.resolve(host, port, family)
        except OSError:
            if self._leaves_names and self._guard.trusts(host, port):
                return [as_it_is(host, port)]
            raise
        permitted = [answer for answer in found if self._guard.permits(host, answer["host"], port)]
        if found and not permitted:
            raise refused(host)
        return permitted

    async def close(self) -> None:
        await self._resolver.close()

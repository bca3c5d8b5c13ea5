"""Addresses as TDLib reads and writes them, with its words where it refuses one."""

import ipaddress
import re
from dataclasses import dataclass

_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_OWN_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_PORT = re.compile(r":([^:\]@]*)\Z")
_DISALLOWED = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w.\-!$,~*'();&+=%:\x80-\U0010ffff]", re.ASCII)
_BLANKS = re.compile("[\x00-\x20]")
_SPACES = " \t\n\r\0\v"
_USER_LINK = re.compile(r"tg:(?://)?user/?\?([^#]*)", re.IGNORECASE)
_LARGEST_PORT = 65535
_USERS_END = 1 << 40


class AddressError(ValueError):
    """Why an address is none, in TDLib's words."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address of the web; the port is 0 where none is named."""

    scheme: str
    user: str
    host: str
    port: int
    rest: str

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.rest}"


def checked_address(url: str) -> str:
    """Return *url* as TDLib stores a link; raise AddressError. Without a scheme it is one of the web."""
    own = _OWN_SCHEME.match(url)
    if own is not None:
        return _own_address(own[1].lower(), url[own.end() :])
    address = _parsed(url)
    if "." not in address.host and not address.host.startswith("["):
        raise AddressError("Wrong HTTP URL")
    return str(address)


def linked_user(url: str) -> bool:
    """Tell whether a link names a person by number: it is a mention then."""
    match = _USER_LINK.match(url)
    pairs = [pair.partition("=") for pair in match[1].split("&")] if match else []
    named = next((value for key, _, value in pairs if key.lower() == "id"), "")
    return re.fullmatch(r"[1-9][0-9]{0,12}", named) is not None and int(named) < _USERS_END


def _own_address(scheme: str, rest: str) -> str:
    """Return an address of Telegram's own, as `tg://resolve?domain=x`."""
    address = _parsed(rest)
    if rest.lower().startswith("http://") or address.scheme == "https" or address.user or address.port:
        raise AddressError(f"Wrong {scheme} URL")
    if re.fullmatch(r"[A-Za-z0-9_\-]+", address.host) is None and scheme != "tonsite":
        raise AddressError("Unallowed characters in URL host")
    query = address.rest[1:] if address.rest.startswith("/?") else address.rest
    return f"{scheme}://{address.host}{query}"


def _parsed(url: str) -> Address:
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else "http"
    if scheme not in {"http", "https"}:
        raise AddressError("Unsupported URL protocol")
    authority, rest = _parted(url[match.end() :] if match else url)
    place, port = _port(authority)
    user, _, host = place.rpartition("@")
    _check_host(user, host)
    return Address(scheme, user, _ascii_lower(host), port, _completed(rest))


def _parted(text: str) -> tuple[str, str]:
    found = re.search(r"[/?#]", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _port(authority: str) -> tuple[str, int]:
    match = _PORT.search(authority)
    if match is None or match.start() == 0:
        return authority, 0
    digits = match[1].lstrip("0")
    if re.fullmatch(r"[1-9][0-9]{0,4}", digits) is None or int(digits) > _LARGEST_PORT:
        raise AddressError("Wrong port number specified in the URL")
    return authority[: match.start()], int(digits)


def _check_host(user: str, host: str) -> None:
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise AddressError("Wrong IPv6 address specified in the URL") from None
        return
    if not host:
        raise AddressError("URL host is empty")
    if host == ".":
        raise AddressError("Host is invalid")
    for part, name in ((host.replace(":", "\0"), "host"), (user, "userinfo")):
        wrong = _DISALLOWED.search(part)
        if wrong is not None:
            raise AddressError(
                f"Wrong percent-encoded symbol in URL {name}"
                if wrong[0] == "%"
                else f"Disallowed character in URL {name}"
            )


def _completed(rest: str) -> str:
    """Begin with a slash, and write blanks and control characters as percent signs and digits."""
    rest = rest.rstrip(_SPACES) or "/"
    rest = rest if rest.startswith("/") else f"/{rest}"
    return _BLANKS.sub(lambda blank: f"%{ord(blank[0]):02X}", rest)


def _ascii_lower(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)

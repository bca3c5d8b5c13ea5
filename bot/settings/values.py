"""Sections of settings, and values as they write them: durations, lists, addresses."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr

from bot.domain.desk.audit import KEPT_AT_LEAST
from bot.domain.publication.uploads import KINDS
from bot.proxy.address import Proxy

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_LISTEN = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:]+):(\d{1,5})")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Section(BaseModel):
    """A part of the settings; a misspelt key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def duration(value: object) -> object:
    """Return *value*, written as 30s, 5m, 2h or 1d, as a timedelta."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a duration as a number and a unit, for example 30s, 5m or 2h")
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        raise ValueError("no duration is that long") from None


def lasting(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("write a duration that is longer than nothing")
    return value


Duration = Annotated[timedelta, BeforeValidator(duration), AfterValidator(lasting)]


def listed(value: object) -> object:
    """Return *value* as a list: the environment writes lists with commas."""
    if isinstance(value, str):
        return [item.strip() for item in value.strip("[]").split(",") if item.strip()]
    return value


def as_long_as_the_log(value: timedelta) -> timedelta:
    if value < KEPT_AT_LEAST:
        raise ValueError(f"the audit log is kept for two years at least: write {KEPT_AT_LEAST.days}d or more")
    return value


def known_kinds(value: tuple[str, ...]) -> tuple[str, ...]:
    """Return kinds of documents as their endings, without a dot."""
    kinds = tuple(each.casefold().lstrip(".") for each in value)
    if unknown := [each for each in kinds if each not in KINDS]:
        raise ValueError(f"{unknown[0]!r} is no kind of document: write some of {', '.join(KINDS)}")
    return kinds


def split_address(address: str) -> tuple[str, int]:
    """Return host and port of an address to listen at, as in 127.0.0.1:8642 or [::1]:8642."""
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


def web_address(value: str) -> str:
    try:
        url = urlsplit(value)
        is_one = _WEB_ADDRESS.fullmatch(value) and url.hostname and (url.port is None or url.port)
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError("write a web address, for example https://tin.example.vn")
    return value


def web_address_or_none(value: str) -> str:
    return web_address(value) if value else ""


def listen_address(value: str) -> str:
    match = _LISTEN.fullmatch(value)
    if not match or int(match[1]) > 65535:
        raise ValueError("write a host and a port up to 65535, for example 127.0.0.1:8642")
    return value


def listen_address_or_none(value: str) -> str:
    return listen_address(value) if value else ""


Texts = Annotated[tuple[str, ...], BeforeValidator(listed)]
Durations = Annotated[tuple[Duration, ...], BeforeValidator(listed)]


def with_password(url: str, password: str) -> str:
    """Return the PostgreSQL address *url* with *password*, instead of its own if it has one.

    Raises ValueError. The standard library does, where a health check would have to load SQLAlchemy.
    """
    if not url.startswith("postgres"):
        raise ValueError("this is no PostgreSQL server, but database.password is set, which nothing else has")
    address = urlsplit(url)
    user, _, host = address.netloc.rpartition("@")
    name = user.partition(":")[0]
    return address._replace(netloc=f"{name}:{quote(password, safe='')}@{host}").geturl()


def passwords_in(address: str) -> tuple[str, ...]:
    """Return the password of *address* as it is written there, and as it is."""
    try:
        password = urlsplit(address if "://" in address else f"http://{address}").password or ""
    except ValueError:
        return ()
    return password, unquote(password)


def _readable_proxy(value: SecretStr) -> SecretStr:
    if address := value.get_secret_value().strip():
        Proxy.parse(address, "")
    return value


ProxyAddress = Annotated[SecretStr, AfterValidator(_readable_proxy)]

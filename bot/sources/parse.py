"""The calls that run in worker processes. Each loads its parser there; the service never does."""

# ruff: noqa: PLC0415 - the parsers are large, and only a worker needs them

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.article import Article
from bot.domain.feed import Entry


@dataclass(frozen=True, slots=True)
class Document:
    """What a server sent: the bytes, where they came from in the end, and the character set it declared."""

    body: bytes
    url: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Markup:
    """How to find the parts: CSS selectors by part, before those of a preset."""

    selectors: Mapping[str, str]
    preset: str | None


def feed(document: Document, *, now: datetime) -> tuple[Entry, ...]:
    from bot.sources.syndication import parse_feed

    return parse_feed(document.body, url=document.url, charset=document.charset, now=now)


def listing(document: Document, markup: Markup, *, now: datetime) -> tuple[Entry, ...]:
    from bot.sources.listing import parse_listing

    return parse_listing(
        document.body,
        url=document.url,
        charset=document.charset,
        selectors=markup.selectors,
        preset=markup.preset,
        now=now,
    )


def page(document: Document, markup: Markup, *, now: datetime) -> Article:
    from bot.sources.page import parse_page

    return parse_page(
        document.body,
        url=document.url,
        charset=document.charset,
        selectors=markup.selectors,
        preset=markup.preset,
        now=now,
    )


def photo(content: bytes) -> tuple[bytes, int, int]:
    from bot.sources.photos import prepare

    return prepare(content)

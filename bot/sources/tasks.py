"""The calls that run in worker processes. Each loads its parser there; the service never does.

This is the one place where what foreign bytes came to is handed over, and it is brought into bounds here.
"""

# ruff: noqa: PLC0415 - the parsers are large, and only a worker needs them

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.news.article import Article
from bot.domain.news.feed import FeedKind
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.workers.bounds import bounded_article, bounded_listed


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


def entries(document: Document, kind: FeedKind, markup: Markup, *, now: datetime) -> ParsedFeed | Elsewhere:
    from bot.sources.feeds.detect import parse_any

    found = parse_any(
        document.body,
        url=document.url,
        charset=document.charset,
        kind=kind,
        selectors=markup.selectors,
        preset=markup.preset,
        now=now,
    )
    return bounded_listed(found)


def page(document: Document, markup: Markup, *, now: datetime) -> Article:
    from bot.sources.content.parse import parse_page

    article = parse_page(
        document.body,
        url=document.url,
        charset=document.charset,
        selectors=markup.selectors,
        preset=markup.preset,
        now=now,
    )
    return bounded_article(article)


def photo(original: Path, prepared: Path) -> tuple[int, int]:
    from bot.sources.images import prepare

    return prepare(original, prepared)

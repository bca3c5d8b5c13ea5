"""The calls that run in worker processes. Each loads its parser there; the service never does.

This is the one place where what foreign bytes came to is handed over, and it is brought into bounds here.
"""

# ruff: noqa: PLC0415 - the parsers are large, and only a worker needs them

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.domain.news.article import Article
from bot.domain.news.feed import FeedKind
from bot.domain.news.listing.choice import ListingChoice, ListingTrial
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.html.document import Document, Markup
from bot.sources.workers.bounds import bounded_article, bounded_listed, bounded_trial


def entries(document: Document, kind: FeedKind, markup: Markup, *, now: datetime) -> ParsedFeed | Elsewhere:
    from bot.sources.feeds.detect import parse_any

    return bounded_listed(parse_any(document, kind, markup, now=now))


def page(document: Document, markup: Markup, *, now: datetime) -> Article:
    from bot.sources.content.parse import parse_page

    return bounded_article(parse_page(document, markup, now=now))


def photo(original: Path, prepared: Path) -> tuple[int, int]:
    from bot.sources.images import prepare

    return prepare(original, prepared)


def listing_trial(document: Document, choice: ListingChoice, *, now: datetime) -> ListingTrial:
    from bot.sources.picking import trial

    return bounded_trial(trial.listing_trial(document, choice, now=now))


def inert_page(document: Document, selectors: Mapping[str, str]) -> str:
    from bot.sources.picking import trial

    return trial.inert_page(document, selectors)

"""`bantin announce`: an announcement that is written elsewhere, foretold or released."""

import asyncio
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_json, print_rows
from bot.cli.base.storage import changing, in_force, reading
from bot.domain.chats.chat import AccountId
from bot.domain.clock import VIETNAM, SystemClock
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId, Attachment, Photo, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import AtEnd, Draft, Written, documents_in, page_in
from bot.domain.publication.ending import SeriesError, end_of, release_of
from bot.domain.publication.forecast import AccountForecast
from bot.runtime import from_settings
from bot.runtime.web_source import open_web_source
from bot.services.publishing.announcements import announce as release
from bot.services.publishing.forecasting import ForecastRules, forecast
from bot.settings.settings import ConfigurationError, Settings
from bot.store.articles import articles
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds

_Topics = Annotated[
    list[str], typer.Option("--topic", help="A topic by its id; may be repeated.", metavar="ID")
]
_Title = Annotated[str, typer.Option("--title", help="The title.")]
_Text = Annotated[
    Path | None,
    typer.Option(
        "--text-file", help="The text, a paragraph in each line; - reads it from here.", metavar="FILE"
    ),
]
_Picture = Annotated[
    str | None, typer.Option("--photo", help="A picture: a file, or an address.", metavar="FILE|URL")
]
_Documents = Annotated[
    list[str] | None,
    typer.Option("--document", help="A document: its name and its address; may be repeated.", metavar="TEXT"),
]
_Page = Annotated[str | None, typer.Option("--page", help="The page of its own that it has.", metavar="URL")]
_Ends = Annotated[
    str | None,
    typer.Option("--ends", help="When it is over: 31/12/2026, or 17:00 31/12/2026.", metavar="DATE"),
]
_At = Annotated[
    str | None,
    typer.Option("--at", help="When it is released, if not now: 14:30, or 8:00 31/12/2026.", metavar="TIME"),
]
_AtEnd = Annotated[AtEnd, typer.Option("--at-end", help="What becomes then of what was sent.")]
_Urgent = Annotated[bool, typer.Option("--urgent", help="It goes before all other news.")]
_Forecast = Annotated[
    bool, typer.Option("--forecast", help="Say to how many chats it would go, and when; release nothing.")
]


def announce(  # noqa: PLR0913 - each is an option
    *,
    topics: _Topics,
    title: _Title,
    text_file: _Text = None,
    photo: _Picture = None,
    documents: _Documents = None,
    page: _Page = None,
    at: _At = None,
    ends: _Ends = None,
    at_end: _AtEnd = AtEnd.NOTE,
    urgent: _Urgent = False,
    only_forecast: _Forecast = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    written = _written(title, text_file)
    draft = replace(
        Draft(f"announcement/{secrets.token_hex(8)}", written.title, written.text),
        page=_page(page),
        documents=_documents(documents or []),
        urgent=urgent,
        release_at=_time(at, release_of),
        ends_at=_time(ends, end_of),
        at_end=at_end,
    )
    if only_forecast:
        rows = run_to_end(_foretold(settings, draft, topics))
        print_rows(rows, as_json=as_json, zone=VIETNAM)
        return
    article = run_to_end(_released(settings, draft, topics, photo))
    if as_json:
        print_json({"article": article, "topics": topics})
    else:
        echo(f"article {article} is released; `bantin publications` says what becomes of it")


def _written(title: str, text_file: Path | None) -> Written:
    try:
        text = "" if text_file is None else _read(text_file)
        return Written.of(f"{title}\n{text}")
    except ValueError:
        raise typer.BadParameter("a title has 1 to 300 characters, and a text at most 20,000") from None


def _read(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExplainedError(f"the text cannot be read from {file}: {_why(error)}") from None


def _why(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else "it is not UTF-8"


def _page(page: str | None) -> str:
    try:
        return page_in(page) if page else ""
    except ValueError:
        raise typer.BadParameter("a page is one address that begins with http:// or https://") from None


def _documents(lines: Sequence[str]) -> tuple[Attachment, ...]:
    try:
        return documents_in("\n".join(lines)) if lines else ()
    except ValueError:
        raise typer.BadParameter("a document is a name and one address; there are at most 10") from None


def _time(said: str | None, read: Callable[[str, datetime, tzinfo], datetime]) -> datetime | None:
    if said is None:
        return None
    try:
        return read(said, SystemClock().now(), VIETNAM)
    except SeriesError:
        raise typer.BadParameter("an announcement is not repeated: name one date") from None
    except ValueError:
        raise typer.BadParameter(f"{said!r} is no time within a year, as 17:00 31/12/2026") from None


async def _topics_of(tx: Transaction, names: Sequence[str]) -> list[Topic]:
    """Return the topics of these ids; raises ExplainedError where there is none of an id."""
    known = {str(topic.id): topic for topic in await feeds.topics(tx)}
    if missing := [name for name in names if name not in known]:
        raise ExplainedError(f"there is no topic {missing[0]!r}; there are {', '.join(known) or 'none'}")
    return [known[name] for name in dict.fromkeys(names)]


async def _foretold(settings: Settings, draft: Draft, names: Sequence[str]) -> list[Row]:
    pacing = await _pacing(settings)
    async with reading(settings) as database, database.read() as tx:
        rules = ForecastRules(pacing, (await in_force(tx, settings)).subscribers.preferences)
        topics = await _topics_of(tx, names)
        now = draft.release_at or SystemClock().now()
        found = await forecast(tx, draft.content(None), topics, rules, now=now)
    return [_row(each) for each in found]


def _row(foretold: AccountForecast) -> Row:
    return {
        "account": foretold.account,
        "at_once": foretold.at_once,
        "silent": foretold.silent,
        "seconds": round(foretold.takes.total_seconds()),
        "digest": sum(foretold.digests.values()),
        "next_digest": min(foretold.digests, default=None),
        "quiet": sum(foretold.held.values()),
        "rationed": foretold.rationed,
        "paused": foretold.paused,
        "waiting": foretold.waiting,
        "filtered": foretold.filtered,
    }


async def _pacing(settings: Settings) -> dict[AccountId, PacingRules]:
    """Return how fast each account of the settings sends; where none is set, that is not known."""
    from bot.app import accounts_of  # noqa: PLC0415 - the whole service takes long to import

    try:
        accounts = accounts_of(settings)
    except ConfigurationError:
        return {}
    for each in accounts:
        await each.messenger.close()
    return {each.messenger.account: each.messenger.pacing for each in accounts}


async def _released(settings: Settings, draft: Draft, names: Sequence[str], photo: str | None) -> ArticleId:
    now, rules = SystemClock().now(), from_settings.publishing_rules(settings)
    prepared = await _prepared(settings, photo) if photo else None
    async with changing(settings) as database, database.write() as tx:
        topics = await _topics_of(tx, names)
        if replace(draft, topics=tuple(topic.id for topic in topics)).lacks(now):
            raise ExplainedError("it would be over before it is released")
        if prepared:
            await articles.save_photo(tx, prepared, now=now)
            draft = replace(draft, photo=prepared.key)
        article = await release(tx, draft, topics, actor(), rules, now=now)
        if article is None:
            raise ExplainedError(f"{draft.page} is an article already: name another page, or none")
    return article


async def _prepared(settings: Settings, photo: str) -> PreparedPhoto:
    """Return a picture as messengers take it; raises SourceError, and ExplainedError for no such file."""
    async with open_web_source(settings, SystemClock()) as source:
        if photo.startswith(("http://", "https://")):
            return await source.picture(Photo(photo))
        try:
            content = await asyncio.to_thread(Path(photo).read_bytes)
        except OSError as error:
            raise ExplainedError(f"the photo cannot be read from {photo}: {_why(error)}") from None
        return await source.prepared(content)

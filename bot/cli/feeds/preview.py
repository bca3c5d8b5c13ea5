"""`bantin preview` and `bantin feed test`: what an address gives, and the card that would be made of it."""

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Annotated, Any

import typer

from bot.cli.base.options import Config, Json, configured, run_to_end, settings_of
from bot.cli.base.output import Row, cell, echo, entry_line, print_json
from bot.cli.base.progress import progress
from bot.cli.base.storage import reading
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import KnownPhoto, length
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.feed import Entry, Topic
from bot.messengers.telegram.messenger import CAPABILITIES
from bot.messengers.text import to_html
from bot.messengers.zalo_oa.article import LIMITS, article_json
from bot.runtime import from_settings
from bot.runtime.web_source import open_web_source
from bot.services.rendering.card import CardFormat, card
from bot.services.rendering.page import page_message
from bot.settings.feeds_file import feed_defined
from bot.settings.settings import ConfigurationError, Settings
from bot.sources.trial import trial_of
from bot.store.engine.database import exists
from bot.store.feeds import feeds

_WIDTH = 100
_ENTRIES = 20


def preview(
    url: str,
    *,
    topic: Annotated[
        str | None, typer.Option(help="The id of the topic that the card is for; a made-up one without.")
    ] = None,
    official_account: Annotated[
        bool,
        typer.Option(
            "--official-account",
            help="Print the article as your Official Account would publish it.",
        ),
    ] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    if topic:
        settings, topics, _ = configured(config)
        chosen = run_to_end(_topic(settings, topics, topic))
    else:
        settings = settings_of(config)
        chosen = _any_topic(settings)
    with progress("reading the page"):
        shown = _published if official_account else _preview
        found = run_to_end(shown(settings, url, chosen))
    if as_json or official_account:
        print_json(found)
    else:
        echo(_article_text(found, zone_of(settings.subscribers.time_zone)))


def try_feed(
    url: str,
    *,
    preset: Annotated[str | None, typer.Option(help="The markup of a known portal.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    with progress("reading the feed"):
        found = run_to_end(_try_feed(settings, url, preset=preset))
    if as_json:
        print_json(found)
    else:
        echo(_feed_text(found, zone_of(settings.subscribers.time_zone)))


def _any_topic(settings: Settings) -> Topic:
    return Topic(TopicId("preview"), {"vi": settings.agency.name}, {}, "TinMới")


async def _topic(settings: Settings, topics: Sequence[Topic], name: str) -> Topic:
    """Return the topic of that id, of the configuration or the database. Raises ConfigurationError."""
    known = {str(topic.id): topic for topic in topics}
    if exists(settings.database.url):
        async with reading(settings) as database, database.read() as tx:
            known |= {str(topic.id): topic for topic in await feeds.topics(tx)}
    if name not in known:
        raise ConfigurationError(
            f"there is no topic {name!r}; there are {', '.join(sorted(known)) or 'none'}"
        )
    return known[name]


async def _preview(settings: Settings, url: str, topic: Topic) -> Row:
    """Return the article at *url* and the card that would be sent; raises SourceError."""
    async with open_web_source(settings, SystemClock()) as source:
        article = await source.preview(url)
        photo = await source.photo(article)
    return _article_row(settings, article.led_by(photo), photo, topic)


async def _published(settings: Settings, url: str, topic: Topic) -> Row:
    """Return the article at *url* as it would be created on the Official Account; raises SourceError.

    Its cover is the one of the settings: its own photo has an address only once it is stored.
    """
    async with open_web_source(settings, SystemClock()) as source:
        article = await source.preview(url)
    language, translator = settings.language.default, from_settings.translator(settings)
    message = page_message(article.as_document(), topic, LIMITS, translator=translator, language=language)
    assert message.page is not None, "that is what it was made of"
    chosen = settings.zalo_oa
    return article_json(message.page, chosen.cover, with_images=True, comments=chosen.comments)


def _article_row(settings: Settings, article: Article, photo: PreparedPhoto | None, topic: Topic) -> Row:
    """Return *article* and the card that would be sent, as `preview --json` prints them."""
    message = card(
        article.as_document(),
        topic,
        CardFormat(from_settings.translator(settings), settings.language.default, CAPABILITIES),
        photo=KnownPhoto(photo.url) if photo else None,
    )
    return {
        "title": article.title,
        "url": article.url,
        "published_at": article.published.at.isoformat() if article.published else None,
        "date_precision": article.published.precision.value if article.published else None,
        "summary": article.summary,
        "body": list(article.body),
        "photos": [asdict(each) for each in article.photos],
        "attachments": [asdict(each) for each in article.attachments],
        "author": article.author or None,
        "source": article.source or None,
        "card": {
            "html": to_html(message.text),
            "photo": photo.url if photo else None,
            "length": length(message.text),
        },
    }


async def _try_feed(settings: Settings, url: str, *, preset: str | None) -> Row:
    """Return what *url* gives as a feed, as `feed test --json` prints it; raises SourceError."""
    tried = {"id": "test", "topic": "test", "name": "test", "url": url, "preset": preset}
    feed = feed_defined(tried).feed(None)
    async with open_web_source(settings, SystemClock()) as source:
        trial = await trial_of(source, feed)
    fetched, article = trial.fetched, trial.article
    guessed = [str(guess) for guess in trial.guesses]
    if trial.unread:
        guessed.append(f"the card is made of the entry alone, since its page cannot be read: {trial.unread}")
    return {
        "url": url,
        "kind": fetched.kind.value if fetched.kind else None,
        "entries": [_entry(entry) for entry in fetched.entries],
        "guessed": guessed,
        "next_page": fetched.next_page or None,
        "hub": fetched.hub or None,
        "article": (_article_row(settings, article, trial.photo, _any_topic(settings)) if article else None),
    }


def _entry(entry: Entry) -> Row:
    return {
        "title": entry.title,
        "url": entry.link or None,
        "published_at": entry.published.at.isoformat() if entry.published else None,
        "date_precision": entry.published.precision.value if entry.published else None,
        "summary": entry.summary,
    }


def _feed_text(found: Mapping[str, Any], zone: tzinfo) -> str:
    """Return what an address gave as a feed: the facts, its entries, and the first article as a card."""
    facts = [
        f"address    {found['url']}",
        f"kind       {cell(found['kind'])}",
        *(f"guessed    {guess}" for guess in found["guessed"]),
        *(
            f"{name:<10} {found[key]}"
            for name, key in (("next page", "next_page"), ("hub", "hub"))
            if found[key]
        ),
        f"entries    {len(found['entries'])}",
    ]
    entries = [entry_line({**entry, "action": ""}, zone) for entry in found["entries"][:_ENTRIES]]
    if len(found["entries"]) > _ENTRIES:
        entries.append(f"  … and {len(found['entries']) - _ENTRIES} more")
    card = (
        ["", "The first of them as a card:", _article_text(found["article"], zone)]
        if found["article"]
        else []
    )
    return "\n".join([*facts, *entries, *card])


def _article_text(preview: Mapping[str, Any], zone: tzinfo) -> str:
    """Return a previewed article as text: the card in a frame, then what was read."""
    card = preview["card"]
    text = html.unescape(re.sub(r"<[^<>]+>", "", card["html"]))
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, _WIDTH - 4) or [""])]
    if card["photo"]:
        lines = [f"[photo] {card['photo']}", "", *lines]
    frame = ["┌" + "─" * (_WIDTH - 2), *(f"│ {line}" for line in lines), "└" + "─" * (_WIDTH - 2)]
    facts = [
        f"address    {preview['url']}",
        f"published  {_moment(preview['published_at'], zone)} (precision: {cell(preview['date_precision'])})",
        f"length     {card['length']} code points",
        f"body       {len(preview['body'])} paragraphs",
        *(f"photo      {photo['url']}  {photo['caption']}" for photo in preview["photos"]),
        *(f"file       {each['name']} {each['size']}  {each['url']}" for each in preview["attachments"]),
        *(f"{name:<10} {preview[name]}" for name in ("author", "source") if preview[name]),
    ]
    return "\n".join([*frame, *facts])


def _moment(written: str | None, zone: tzinfo) -> str:
    return cell(datetime.fromisoformat(written) if written else None, zone)

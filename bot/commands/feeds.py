"""/nguon: how each feed is doing, and polling one now."""

from datetime import datetime

from bot.commands.callbacks import ListFeeds, PollFeed
from bot.commands.decisions import hold_buttons
from bot.commands.menus import paging
from bot.commands.turn import Answer, Turn
from bot.domain.chat import TopicId
from bot.domain.clock import short_moment
from bot.domain.feed import Topic
from bot.domain.message import Button, Keyboard, RichText, bold, plain
from bot.domain.text import shorten
from bot.services.reasons import worded
from bot.store import feeds, holds
from bot.store.feeds import FeedStatus
from bot.store.holds import Hold

_SHOWN = 6


async def show_feeds(turn: Turn, words: str) -> Answer:
    del words
    return await _list(turn, 0)


async def press_feeds(turn: Turn, pressed: ListFeeds) -> Answer:
    return await _list(turn, pressed.page)


async def press_poll(turn: Turn, pressed: PollFeed) -> Answer:
    """Make it the feed's turn; the next tick polls it."""
    ids = [status.feed.id for status in await feeds.statuses(turn.tx)]
    place = next((place for place, each in enumerate(ids) if each == pressed.feed), None)
    if place is None:
        return await _list(turn, 0, toast=turn.text("feed-gone"))
    await feeds.poll_now(turn.write_tx, ids[place], turn.now)
    return await _list(turn, place // _SHOWN, toast=turn.text("feed-queued"))


async def _list(turn: Turn, page: int, *, toast: str | None = None) -> Answer:
    found = await feeds.statuses(turn.tx)
    topics = {topic.id: topic for topic in await feeds.topics(turn.tx)}
    held = {hold.feed: hold for hold in await holds.undecided(turn.tx)}
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return turn.say(
        bold(turn.text("feeds-title")),
        *(_health(turn, status, topics, held.get(status.feed.id)) for status in shown),
        plain("" if found else turn.text("feeds-none")),
        keyboard=(
            *(row for status in shown for row in _buttons(turn, status, held.get(status.feed.id))),
            *paging(ListFeeds, page=page, pages=pages),
            (Button(turn.text("button-refresh"), action=ListFeeds(page).pack()),),
        ),
        toast=toast,
    )


def _health(turn: Turn, status: FeedStatus, topics: dict[TopicId, Topic], hold: Hold | None) -> RichText:
    topic = topics.get(status.feed.topic)
    lines = [turn.text("feed-topic", topic=topic.name(turn.language))] if topic else []
    lines += [
        turn.text("feed-last-poll", moment=_moment(turn, status.last_polled_at)),
        turn.text("feed-last-article", moment=_moment(turn, status.last_article_at)),
    ]
    if status.last_error:
        error = worded(turn.context.translator, turn.language, status.last_error)
        lines.append(turn.text("feed-last-error", moment=_moment(turn, status.last_error_at), error=error))
    if hold:
        lines.append("✋ " + turn.text("feed-held", count=hold.entries, moment=_moment(turn, hold.held_at)))
    if status.paused:
        lines.append(turn.text("feed-paused"))
    else:
        lines.append(turn.text("feed-next-poll", moment=_moment(turn, status.next_poll_at)))
    if not status.feed.verified:
        lines.append("⚠️ " + turn.text("feed-unverified"))
    return (bold(f"{_mark(status)} {status.feed.name}"), plain("\n" + "\n".join(lines)))


def _mark(status: FeedStatus) -> str:
    if status.paused or status.last_polled_at is None:
        return "⚪️"
    return "🔴" if status.failures else "🟢"


def _moment(turn: Turn, at: datetime | None) -> str:
    return short_moment(at) if at else turn.text("feed-never")


def _buttons(turn: Turn, status: FeedStatus, hold: Hold | None) -> Keyboard:
    decide = hold_buttons(hold, turn.context.translator, turn.language) if hold else ()
    return ((_poll_button(turn, status),), *decide)


def _poll_button(turn: Turn, status: FeedStatus) -> Button:
    label = turn.text("button-poll", name=shorten(status.feed.name, 40))
    return Button(label, action=PollFeed(status.feed.id).pack())

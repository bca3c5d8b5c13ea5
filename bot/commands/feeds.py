"""/nguon: how each feed is doing, and polling one now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.callbacks import ListFeeds, ListHeld, PollFeed
from bot.commands.menus import paging
from bot.commands.turn import Answer, Turn
from bot.domain.chat import TopicId
from bot.domain.feed import FeedId, Topic
from bot.domain.labels import telling_apart
from bot.domain.message import Button, Keyboard, RichText, bold, plain
from bot.domain.text import shorten
from bot.services.follow_ups import follow_poll
from bot.services.reasons import worded
from bot.store import feeds, holds, poll_marks
from bot.store.feeds import FeedStatus
from bot.store.holds import Hold

_SHOWN = 4
_NAME = 80
_ADDRESS = 100
_ERROR = 250
_LABEL = 28
"""Code points: what fits into one line of a button on a small phone."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What there is to say about feeds; *labels* are the words that tell each from the others."""

    topics: Mapping[TopicId, Topic]
    held: Mapping[FeedId, Hold]
    labels: Mapping[FeedId, str]


async def show_feeds(turn: Turn, words: str) -> Answer:
    del words
    return await _list(turn, 0)


async def press_feeds(turn: Turn, pressed: ListFeeds) -> Answer:
    return await _list(turn, pressed.page)


async def press_poll(turn: Turn, pressed: PollFeed) -> Answer:
    """Make it the feed's turn; the next tick polls it, and whoever asked is told what it brought."""
    ids = [status.feed.id for status in await feeds.statuses(turn.tx)]
    place = next((place for place, each in enumerate(ids) if each == pressed.feed), None)
    if place is None:
        return await _list(turn, 0, toast=turn.text("feed-gone"))
    mark = (await poll_marks.marks(turn.write_tx, [ids[place]]))[ids[place]]
    if mark.paused:
        return await _list(turn, place // _SHOWN, toast=turn.text("feed-not-polled"))
    chat = await turn.registered()
    await follow_poll(turn.write_tx, chat.id, mark, now=turn.now)
    await feeds.poll_now(turn.write_tx, ids[place], turn.now)
    return await _list(turn, place // _SHOWN, toast=turn.text("feed-queued"))


async def _list(turn: Turn, page: int, *, toast: str | None = None) -> Answer:
    found = await feeds.statuses(turn.tx)
    seen = await _seen(turn, found)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return turn.say(
        bold(turn.text("feeds-title")),
        *(_health(turn, status, seen) for status in shown),
        plain(turn.text("feeds-how" if found else "feeds-none")),
        keyboard=(
            *(row for status in shown for row in _buttons(turn, status, seen)),
            *paging(ListFeeds, page=page, pages=pages),
            (Button(turn.text("button-refresh"), action=ListFeeds(page).pack()),),
        ),
        toast=toast,
    )


async def _seen(turn: Turn, found: Sequence[FeedStatus]) -> _Seen:
    labels = telling_apart([status.feed.name for status in found], longest=_LABEL)
    return _Seen(
        topics={topic.id: topic for topic in await feeds.topics(turn.tx)},
        held={hold.feed: hold for hold in await holds.undecided(turn.tx)},
        labels={status.feed.id: label for status, label in zip(found, labels, strict=True)},
    )


def _health(turn: Turn, status: FeedStatus, seen: _Seen) -> RichText:
    topic = seen.topics.get(status.feed.topic)
    lines = [turn.text("feed-topic", topic=shorten(topic.name(turn.language), _NAME))] if topic else []
    lines += [
        turn.text("feed-address", url=shorten(status.feed.url, _ADDRESS)),
        _interval(turn, status.feed.interval),
        turn.text("feed-last-poll", moment=_moment(turn, status.last_polled_at)),
        turn.text("feed-last-article", moment=_moment(turn, status.last_article_at)),
        *_troubles(turn, status),
    ]
    if hold := seen.held.get(status.feed.id):
        lines.append("✋ " + turn.text("feed-held", count=hold.entries, moment=_moment(turn, hold.held_at)))
    if status.paused:
        lines.append(turn.text("feed-paused"))
    else:
        lines.append(turn.text("feed-next-poll", moment=_moment(turn, status.next_poll_at)))
    # Whoever wrote the configuration may not have known yet; a poll that succeeded does.
    if not (status.feed.verified or status.has_worked):
        lines.append("⚠️ " + turn.text("feed-unverified"))
    return (bold(f"{_mark(status)} {shorten(status.feed.name, _NAME)}"), plain("\n" + "\n".join(lines)))


def _troubles(turn: Turn, status: FeedStatus) -> list[str]:
    if not status.last_error:
        return []
    error = shorten(worded(turn.context.translator, turn.language, status.last_error), _ERROR)
    lines = [turn.text("feed-last-error", moment=_moment(turn, status.last_error_at), error=error)]
    return lines + ([turn.text("feed-failures", count=status.failures)] if status.failures else [])


def _interval(turn: Turn, interval: timedelta) -> str:
    """Return how often a feed is polled, in the largest unit that says it exactly."""
    seconds = round(interval.total_seconds())
    for size, unit in ((3600, "hours"), (60, "minutes")):
        if seconds and seconds % size == 0:
            return turn.text("feed-interval", unit=unit, count=seconds // size)
    return turn.text("feed-interval", unit="seconds", count=seconds)


def _mark(status: FeedStatus) -> str:
    if status.paused or status.last_polled_at is None:
        return "⚪️"
    return "🔴" if status.failures else "🟢"


def _moment(turn: Turn, at: datetime | None) -> str:
    return turn.moment(at) if at else turn.text("feed-never")


def _buttons(turn: Turn, status: FeedStatus, seen: _Seen) -> Keyboard:
    feed, label = status.feed.id, seen.labels[status.feed.id]
    rows = [(Button(turn.text("button-poll", name=label), action=PollFeed(feed).pack()),)]
    if hold := seen.held.get(feed):
        words = turn.text("button-hold", name=label, count=hold.entries)
        rows.append((Button(words, action=ListHeld(hold.id).pack()),))
    return tuple(rows)

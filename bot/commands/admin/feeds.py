"""/nguon: how each feed is doing, and polling one now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.base.callbacks import ListFeeds, ListHeld, PollFeed
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Keyboard, RichText, bold, plain
from bot.domain.desk.roles import Authority, Right
from bot.domain.news.feed import FeedId, Topic
from bot.domain.text.labels import telling_apart
from bot.domain.text.text import shorten
from bot.services.administration import feed_acts
from bot.services.operations.follow_ups import follow_poll
from bot.services.rendering.intervals import polled_every
from bot.services.rendering.reasons import worded
from bot.store.feeds import feeds, poll_marks, quarantine
from bot.store.feeds.feeds import FeedStatus
from bot.store.feeds.quarantine import Quarantine

handlers = Handlers()

_SHOWN = 4
_NAME = 80
_ADDRESS = 100
_ERROR = 250
_LABEL = 28
"""Code points: what fits into one line of a button on a small phone."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What there is to say about feeds to somebody of that *authority*; *labels* are the words that tell each
    from the others.
    """

    topics: Mapping[TopicId, Topic]
    held: Mapping[FeedId, Quarantine]
    labels: Mapping[FeedId, str]
    authority: Authority


@handlers.command(Command.FEEDS, admins_only(Right.SEE), writes=False, takes=any_words)
async def show_feeds(request: Request, words: str) -> Response:
    del words
    return await _list(request, 0)


@handlers.button(ListFeeds, admins_only(Right.SEE))
async def press_feeds(request: Request, pressed: ListFeeds) -> Response:
    return await _list(request, pressed.page)


@handlers.button(PollFeed, admins_only(Right.FEEDS), writes=True)
async def press_poll(request: Request, pressed: PollFeed) -> Response:
    """Make it the feed's turn; the next tick polls it, and whoever asked is told what it brought."""
    topics = (await request.authority()).seen
    found = [status.feed for status in await feeds.statuses(request.tx, topics=topics)]
    ids = [feed.id for feed in found]
    place = next((place for place, each in enumerate(ids) if each == pressed.feed), None)
    if place is None:
        return await _list(request, 0, toast=request.text("feed-gone"))
    if not await request.may(Right.FEEDS, found[place].topic):
        return request.refuse(request.text("only-other-topics"))
    mark = (await poll_marks.marks(request.write_tx, [ids[place]]))[ids[place]]
    if mark.paused:
        return await _list(request, place // _SHOWN, toast=request.text("feed-not-polled"))
    chat = await request.registered()
    await follow_poll(request.write_tx, chat.id, mark, now=request.now)
    await feed_acts.poll_now(request.write_tx, ids[place], request.actor, now=request.now)
    return await _list(request, place // _SHOWN, toast=request.text("feed-queued"))


async def _list(request: Request, page: int, *, toast: str | None = None) -> Response:
    found = await feeds.statuses(request.tx, topics=(await request.authority()).seen)
    seen = await _seen(request, found)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    return request.say(
        bold(request.text("feeds-title")),
        *(_health(request, status, seen) for status in shown),
        plain(request.text("feeds-how" if found else "feeds-none")),
        keyboard=(
            *(row for status in shown for row in _buttons(request, status, seen)),
            *paging(ListFeeds, page=page, pages=pages),
            (Button(request.text("button-refresh"), action=ListFeeds(page).pack()),),
        ),
        toast=toast,
    )


async def _seen(request: Request, found: Sequence[FeedStatus]) -> _Seen:
    labels = telling_apart([status.feed.name for status in found], longest=_LABEL)
    return _Seen(
        topics={topic.id: topic for topic in await feeds.topics(request.tx)},
        held={hold.feed: hold for hold in await quarantine.undecided(request.tx)},
        authority=await request.authority(),
        labels={status.feed.id: label for status, label in zip(found, labels, strict=True)},
    )


def _health(request: Request, status: FeedStatus, seen: _Seen) -> RichText:
    topic = seen.topics.get(status.feed.topic)
    lines = [request.text("feed-topic", topic=shorten(topic.name(request.language), _NAME))] if topic else []
    lines += [
        request.text("feed-address", url=shorten(status.feed.url, _ADDRESS)),
        polled_every(request.context.translator, request.language, status.feed.interval),
        request.text("feed-last-poll", moment=_moment(request, status.last_polled_at)),
        request.text("feed-last-article", moment=_moment(request, status.last_article_at)),
        *_troubles(request, status),
    ]
    if hold := seen.held.get(status.feed.id):
        lines.append(
            "✋ " + request.text("feed-held", count=hold.entries, moment=_moment(request, hold.began_at))
        )
    if status.paused:
        lines.append(request.text("feed-paused"))
    else:
        lines.append(request.text("feed-next-poll", moment=_moment(request, status.next_poll_at)))
    # Whoever wrote the configuration may not have known yet; a poll that succeeded does.
    if not (status.feed.verified or status.has_worked):
        lines.append("⚠️ " + request.text("feed-unverified"))
    return (bold(f"{_mark(status)} {shorten(status.feed.name, _NAME)}"), plain("\n" + "\n".join(lines)))


def _troubles(request: Request, status: FeedStatus) -> list[str]:
    if not status.last_error:
        return []
    error = shorten(worded(request.context.translator, request.language, status.last_error), _ERROR)
    lines = [request.text("feed-last-error", moment=_moment(request, status.last_error_at), error=error)]
    return lines + ([request.text("feed-failures", count=status.failures)] if status.failures else [])


def _mark(status: FeedStatus) -> str:
    if status.paused or status.last_polled_at is None:
        return "⚪️"
    return "🔴" if status.failures else "🟢"


def _moment(request: Request, at: datetime | None) -> str:
    return request.moment(at) if at else request.text("feed-never")


def _buttons(request: Request, status: FeedStatus, seen: _Seen) -> Keyboard:
    feed, label = status.feed.id, seen.labels[status.feed.id]
    rows = []
    if seen.authority.may(Right.FEEDS) and seen.authority.covers([status.feed.topic]):
        rows.append((Button(request.text("button-poll", name=label), action=PollFeed(feed).pack()),))
    if hold := seen.held.get(feed):
        words = request.text("button-hold", name=label, count=hold.entries)
        rows.append((Button(words, action=ListHeld(hold.id).pack()),))
    return tuple(rows)

"""Announcements: releasing what somebody has written, and ending it when its time is over."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.domain.desk.audit import SERVICE, Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import AtEnd, Draft
from bot.domain.publication.content import Content
from bot.domain.publication.publication import (
    CAN_END,
    CAN_END_EARLY,
    WAITING,
    PublicationState,
    Step,
)
from bot.domain.publication.uploads import code_in
from bot.services.publishing.approval import drop
from bot.services.publishing.contents import PublishingRules, is_page_known, publish
from bot.services.publishing.publications import take_step
from bot.store.articles import articles, ended
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from bot.store.outbox import outbox
from bot.store.publications import announcements, pauses, publications, uploads
from bot.store.runtime import audit

TRIED_FOR = timedelta(days=1)

_AT_ONCE = 100

log = structlog.get_logger(__name__)


async def announce(
    tx: Transaction,
    draft: Draft,
    topics: Sequence[Topic],
    actor: Actor,
    rules: PublishingRules,
    *,
    now: datetime,
) -> ArticleId | None:
    """Release *draft*, which lacks nothing, in *topics*, in the name of *actor*, and return what it becomes.

    None says that nothing was done, since its page is an article already: that has words of its own.
    """
    content = await content_of(tx, draft)
    if await is_page_known(tx, content, rules, now=now):
        return None
    made = await publish(tx, content, topics, actor, rules, now=now)
    if made.is_new:
        await announcements.add(tx, made.article, ends_at=draft.ends_at, at_end=draft.at_end)
        codes = [code for each in content.attachments if (code := code_in(each.url))]
        await uploads.refer(tx, made.article, codes)
    return made.article


async def content_of(tx: Transaction, draft: Draft) -> Content:
    """Return what *draft* will be published as."""
    return draft.content(await articles.photo(tx, draft.photo) if draft.photo else None)


async def end_early(tx: Transaction, article: ArticleId, actor: Actor, *, now: datetime) -> AtEnd | None:
    """End an announcement before its time, as it would end then, and return what becomes of it.

    None says that nothing was done: it is over already, was recalled or rejected, or is no announcement. One
    that waits to be released is recalled.
    """
    state = await publications.state_to_change(tx, article)
    if state not in CAN_END_EARLY:
        return None
    at_end = await announcements.end_early(tx, article, now)
    if at_end is not None:
        await _end(tx, article, at_end, actor, now)
    return at_end


class AnnouncementEnds:
    """Ends announcements whose time is over; *on_owed* is told when their chats are owed that."""

    def __init__(self, database: Database, clock: Clock, *, on_owed: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._on_owed = on_owed

    async def end_due(self) -> None:
        """End what is due, each in a transaction of its own; of several processes one does."""
        async with self._database.read() as tx:
            due = await announcements.due(tx, self._clock.now(), limit=_AT_ONCE)
        for article in due:
            try:
                await self._end(article)
            except DatabaseUnavailable:
                raise
            except Exception:
                # What stands behind it must not wait for it.
                log.exception("an announcement was not ended, by our own fault", article=article)

    async def _end(self, article: ArticleId) -> None:
        async with self._database.write() as tx:
            now = self._clock.now()
            # Locked first, as whoever else changes what is published does.
            await publications.lock(tx, article)
            at_end = await announcements.end(tx, article, now)
            if at_end is not None:
                await _end(tx, article, at_end, SERVICE, now)
        if at_end is not None:
            log.info("the time of an announcement is over", article=article, at_end=at_end)
            self._on_owed()


async def _end(tx: Transaction, article: ArticleId, at_end: AtEnd, actor: Actor, now: datetime) -> None:
    """End one announcement, unless it has been recalled."""
    if at_end is AtEnd.DELETE:
        await take_step(tx, article, Step.RECALL, actor, now=now)
        return
    state = await publications.state_to_change(tx, article)
    stored = await articles.get(tx, article)
    if state in WAITING:
        # Nobody has approved it in time.
        await take_step(tx, article, Step.RECALL, actor, now=now)
    if state not in CAN_END or stored is None:
        return
    # Another of its topics may ask for approval still.
    await drop(tx, article, now=now)
    await pauses.end(tx, pauses.stops(article), now)
    await _tell(tx, article, stored.topics[0], now)
    about = Subject(SubjectKind.ARTICLE, str(article))
    before = {"title": stored.article.title, "state": state}
    act = Act(AuditAction.ANNOUNCEMENT_ENDED, about, before, {"state": PublicationState.ENDED})
    await audit.record(tx, actor, act, now=now)


async def _tell(tx: Transaction, article: ArticleId, topic: TopicId, now: datetime) -> None:
    """Owe to every chat that has a message about *article* that its time is over."""
    owed = outbox.NewFanout(
        article=article,
        topic=topic,
        revision=await ended.end(tx, article, now),
        due_at=now,
        expires_at=now + TRIED_FOR,
    )
    await outbox.enqueue(tx, owed, now=now)

"""Sending an article again: to those who subscribe and have not got it, to whom it failed, or to one chat."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind, Values
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.outbox import history, outbox
from bot.store.publications import publications
from bot.store.publications.publications import Publication
from bot.store.runtime import audit

TRIED_FOR = timedelta(hours=72)

FAILED = (DeliveryStatus.REJECTED, DeliveryStatus.EXPIRED, DeliveryStatus.SET_ASIDE)

AT_ONCE = 1_000
"""Failed deliveries of each kind that are owed once more at a time."""


def released_in(publication: Publication) -> tuple[TopicId, ...]:
    """Return the topics in which an article is out: in another one it may wait for approval yet."""
    return tuple(topic for topic, state in publication.states.items() if state is PublicationState.RELEASED)


async def to_topics(
    tx: Transaction, article: ArticleId, topics: Collection[TopicId], actor: Actor, *, now: datetime
) -> bool:
    """Owe *article* to all who subscribe to *topics* now and have not got it; False if it is not released.

    Whoever has it gets no second copy, and to whom it failed it is not owed by this.
    """
    found = await publications.get(tx, article)
    if found is None or not set(topics) <= set(released_in(found)):
        return False
    for topic in topics:
        fanout = outbox.NewFanout(article, topic, due_at=now, expires_at=now + TRIED_FOR, is_release=False)
        await outbox.enqueue(tx, fanout, now=now)
    await _record(tx, article, actor, {"topics": ", ".join(sorted(topics))}, now)
    return True


async def to_failed(tx: Transaction, article: ArticleId, actor: Actor, *, now: datetime) -> int | None:
    """Owe *article* once more to chats within reach to which it failed; return to how many.

    None if it is not released.
    """
    found = await publications.get(tx, article)
    if found is None or not released_in(found):
        return None
    owed = 0
    for status in FAILED:
        owed += await outbox.retry_some(tx, ended_by=now, now=now, limit=AT_ONCE, group=(article, status))
    if owed:
        await _record(tx, article, actor, {"deliveries": owed}, now)
    return owed


async def to_chat(tx: Transaction, article: ArticleId, chat: ChatId, actor: Actor, *, now: datetime) -> bool:
    """Owe *article* to one chat that subscribes to it, even if it has got it before.

    False if it is not released, or the chat subscribes to none of its topics.
    """
    # A recall at the same moment either comes first, or finds this delivery and those before it.
    await publications.lock(tx, article)
    found = await publications.get(tx, article)
    released = released_in(found) if found else ()
    wanted = [topic for topic in await chats.subscriptions(tx, chat) if topic in released]
    if not wanted:
        return False
    await history.owe_again(tx, article, chat, wanted[0], now=now, expires_at=now + TRIED_FOR)
    # The log names no subscriber: that one was sent it again is enough to answer for.
    await _record(tx, article, actor, {"deliveries": 1}, now)
    return True


async def _record(tx: Transaction, article: ArticleId, actor: Actor, after: Values, now: datetime) -> None:
    stored = await articles.get(tx, article)
    before = {"title": stored.article.title, "url": stored.article.url} if stored else None
    about = Subject(SubjectKind.ARTICLE, str(article))
    await audit.record(tx, actor, Act(AuditAction.PUBLICATION_RESENT, about, before, after), now=now)

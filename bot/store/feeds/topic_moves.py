"""Moving what belongs to one topic to another: who subscribes, what they are owed, and what was published.

It goes in small steps, each of which leaves everything whole: a chat is moved with all that is its own.
"""

from sqlalchemy import delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import WAITING
from bot.store.choices.shared import change, drop_unused, used
from bot.store.engine.dialect import insert
from bot.store.schema import (
    PENDING,
    admins,
    announcement_drafts,
    api_keys,
    deliveries,
    memberships,
    publications,
    subscriptions,
)


async def waiting(tx: AsyncConnection, topic: TopicId) -> ArticleId | None:
    """Return an article that is not released in *topic* and may yet be, if there is one."""
    found = select(publications.c.article_id).where(
        publications.c.topic_id == topic, publications.c.state.in_(WAITING)
    )
    number = (await tx.execute(found.limit(1))).scalar()
    return None if number is None else ArticleId(number)


async def move_members(tx: AsyncConnection, source: TopicId, target: TopicId) -> None:
    """Let the members of *source* into *target*."""
    known = ("chat_id", "created_at", "note")
    let_in = select(literal(target), *(memberships.c[name] for name in known)).where(
        memberships.c.topic_id == source
    )
    joined = insert(tx, memberships).from_select(["topic_id", *known], let_in)
    await tx.execute(joined.on_conflict_do_nothing())
    await tx.execute(delete(memberships).where(memberships.c.topic_id == source))


async def move_rights(tx: AsyncConnection, source: TopicId, target: TopicId) -> None:
    """Let the admins and keys of the API that are for *source* be for *target*, and what is being written."""
    for table in (admins, api_keys, announcement_drafts):
        keys = tuple(table.primary_key)
        limited = select(*keys, table.c.topics).where(table.c.topics.is_not(None)).with_for_update()
        for *which, topics in (await tx.execute(limited)).all():
            if source in (topics or ()):
                moved = list(dict.fromkeys(target if each == source else each for each in topics))
                this = [key == value for key, value in zip(keys, which, strict=True)]
                await tx.execute(update(table).where(*this).values(topics=moved))


async def move_chats(tx: AsyncConnection, source: TopicId, target: TopicId, *, limit: int) -> int:
    """Have at most *limit* chats subscribe to *target* instead; return how many those were.

    Timing and filter go with the subscription. A chat that subscribes to both keeps that to *target*.
    """
    await change(tx)
    some = select(subscriptions.c.chat_id).where(subscriptions.c.topic_id == source)
    # Whoever unsubscribes at this moment is waited for, and not moved.
    first = some.order_by(subscriptions.c.chat_id).limit(limit).with_for_update()
    chats = (await tx.execute(first)).scalars().all()
    theirs = (subscriptions.c.topic_id == source, subscriptions.c.chat_id.in_(chats))
    unused = await used(tx, *theirs)
    known = ("chat_id", "schedule_id", "filter_id", "created_at")
    copied = select(literal(target), *(subscriptions.c[name] for name in known)).where(*theirs)
    moved = insert(tx, subscriptions).from_select(["topic_id", *known], copied)
    await tx.execute(moved.on_conflict_do_nothing())
    await tx.execute(delete(subscriptions).where(*theirs))
    await drop_unused(tx, unused)
    owed = (PENDING, deliveries.c.chat_id.in_(chats), deliveries.c.topic_id == source)
    # In the order in which settling locks them.
    ids = select(deliveries.c.id).where(*owed).order_by(deliveries.c.id).with_for_update()
    waiting = (await tx.execute(ids)).scalars().all()
    await tx.execute(update(deliveries).where(deliveries.c.id.in_(waiting)).values(topic_id=target))
    return len(chats)


async def move_publications(
    tx: AsyncConnection, source: TopicId, target: TopicId, *, limit: int
) -> tuple[ArticleId, ...]:
    """Have at most *limit* articles stand in *target* instead; return which, to be indexed anew."""
    some = select(publications.c.article_id).where(publications.c.topic_id == source)
    found = (await tx.execute(some.order_by(publications.c.article_id).limit(limit))).scalars().all()
    these = (publications.c.topic_id == source, publications.c.article_id.in_(found))
    known = ("article_id", "state", "created_at", "changed_at")
    copied = select(literal(target), *(publications.c[name] for name in known)).where(*these)
    entered = insert(tx, publications).from_select(["topic_id", *known], copied)
    await tx.execute(entered.on_conflict_do_nothing())
    # With them goes who approved them there, which the audit log tells.
    await tx.execute(delete(publications).where(*these))
    return tuple(map(ArticleId, found))

"""Counting to whom a content would be owed if it were published now, by the fan-out's own query."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Subquery, distinct, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatStatus, TopicId
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import Article
from bot.domain.publication.forecast import OwedGroup
from bot.store.choices.preference_rows import preferences_of
from bot.store.outbox.plan import UNSAVED, ChatIdRange, FilterCache, PlannedFanout, owed, subscribers
from bot.store.schema import chat_preferences, chats

CHATS_AT_ONCE = 20_000
"""Chats that one query counts: as many filters and schedules at most are then asked about."""


@dataclass(frozen=True, slots=True)
class CountedChats:
    """The chats that would be owed it, in groups of the same terms, and how many subscribe, by account."""

    groups: tuple[OwedGroup, ...]
    subscribers: dict[AccountId, int]


async def count(
    tx: AsyncConnection, article: Article, topics: Sequence[tuple[TopicId, bool]], *, now: datetime
) -> CountedChats:
    """Count who would be owed *article* by *topics*, each of which says whether it is urgent there."""
    planner = FilterCache.of_unsaved(article)
    plans = [
        PlannedFanout(UNSAVED, topic, urgent, due_at=now, expires_at=now, created_at=now)
        for topic, urgent in topics
    ]
    groups: Counter[OwedGroup] = Counter()
    subscribed: Counter[AccountId] = Counter()
    async for part in _parts(tx):
        every = union_all(
            *(subscribers([chats.c.account_id, chats.c.id], each.topic_id, part) for each in plans)
        )
        named = every.subquery()
        of_account = select(named.c.account_id, func.count(distinct(named.c.id))).group_by(named.c.account_id)
        for account, size in await tx.execute(of_account):
            subscribed[AccountId(account)] += size
        owes = [await owed(tx, each, part, now=now, planner=planner) for each in plans]
        for row in await tx.execute(_grouped(owes)):
            group = _group(row)
            groups[replace(group, chats=0)] += group.chats
    return CountedChats(tuple(replace(group, chats=size) for group, size in groups.items()), dict(subscribed))


async def _parts(tx: AsyncConnection) -> AsyncIterator[ChatIdRange]:
    """Yield ranges of CHATS_AT_ONCE chats; the last has no end."""
    after, last = 0, None
    while True:
        behind = select(chats.c.id).where(chats.c.id > after).order_by(chats.c.id)
        last = (await tx.execute(behind.offset(CHATS_AT_ONCE - 1).limit(1))).scalar()
        yield ChatIdRange(after, last)
        if last is None:
            return
        after = last


def _grouped(owes: Sequence[Select[Any]]) -> Select[Any]:
    """Return a query for the sizes of the groups that *owes* make, each chat in the one that it ends in."""
    mine = _settled(owes)
    terms = [
        mine.c.account_id,
        mine.c.topic_id,
        mine.c.digest,
        mine.c.due_at,
        mine.c.lane,
        chats.c.status,
        *(each for each in chat_preferences.c if each is not chat_preferences.c.chat_id),
    ]
    return (
        select(*terms, func.count().label("chats"))
        .join_from(mine, chats, chats.c.id == mine.c.chat_id)
        .join(chat_preferences, chat_preferences.c.chat_id == mine.c.chat_id, isouter=True)
        .group_by(*terms)
    )


def _settled(owes: Sequence[Select[Any]]) -> Subquery:
    """Return what each chat is owed in the end: of several topics the earliest due wins, then the first.

    An urgent one at the same moment comes before that: what comes at once is never a digest.
    """
    ranked = [
        owing.order_by(None).add_columns(literal(rank).label("rank")).subquery()
        for rank, owing in enumerate(owes)
    ]
    if len(ranked) == 1:
        return ranked[0]
    every = union_all(*(select(each) for each in ranked)).subquery()
    order = (every.c.due_at, every.c.lane, every.c.rank)
    place = func.row_number().over(partition_by=every.c.chat_id, order_by=order).label("place")
    placed = select(every, place).subquery()
    return select(placed).where(placed.c.place == 1).subquery()


def _group(row: Row[Any]) -> OwedGroup:
    return OwedGroup(
        account=AccountId(row.account_id),
        topic=TopicId(row.topic_id),
        chats=row.chats,
        due_at=row.due_at if row.digest else None,
        urgent=row.lane == Lane.URGENT,
        waits=row.status == ChatStatus.WAITING,
        preferences=preferences_of(row) if row.quiet_mode else None,
    )

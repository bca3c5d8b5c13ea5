"""Publications as they are kept: their states, and what has become of their deliveries."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import FEW, Amount
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.publication import (
    OUT,
    PublicationId,
    PublicationState,
    Step,
    entering,
    released_beside,
    together,
)
from bot.store.engine.dialect import insert_missing
from bot.store.publications.approval_rules import rule_of
from bot.store.schema import articles, deliveries, fanouts, topics
from bot.store.schema import publications as table


@dataclass(frozen=True, slots=True)
class Publication:
    """An article in its topics, with their *states* there: what is out has one in all of them.

    It came in at *created_at*, or was released then if it had to be approved; it is as it is since
    *changed_at*. *page* is its address; None where it has none.
    """

    article: ArticleId
    title: str
    page: str | None
    states: Mapping[TopicId, PublicationState]
    created_at: datetime
    changed_at: datetime

    @property
    def topics(self) -> tuple[TopicId, ...]:
        return tuple(self.states)

    def concerned_by(self, step: Step) -> tuple[TopicId, ...]:
        """Return the topics that *step* is about: those in which it is out, or all if there are none.

        A recall ends for all of them what waits, too.
        """
        out = tuple(topic for topic, state in self.states.items() if state in OUT)
        return self.topics if step is Step.RECALL else out or self.topics

    @property
    def state(self) -> PublicationState:
        return together(self.states.values())


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of the first messages about an article: how many deliveries stand how.

    *guarded* are those for each of its members-only topics, *counts* all others. *is_fanning_out* says that
    more of them are still to be made.
    """

    counts: dict[DeliveryStatus, int] = field(default_factory=dict)
    guarded: dict[TopicId, dict[DeliveryStatus, int]] = field(default_factory=dict)
    is_fanning_out: bool = False

    @property
    def sent(self) -> Amount:
        return self._amount(lambda status: status is DeliveryStatus.SENT)

    @property
    def pending(self) -> Amount:
        return self._amount(lambda status: status is DeliveryStatus.PENDING)

    @property
    def ended(self) -> Amount:
        """Return how many ended without having been sent."""
        return self._amount(lambda status: status not in _NOT_ENDED)

    def _amount(self, is_meant: Callable[[DeliveryStatus], bool]) -> Amount:
        """Return how many deliveries are of the statuses that are meant, as it may be said."""
        found = Amount()
        for counts in (self.counts, *self.guarded.values()):
            number = sum(count for status, count in counts.items() if is_meant(status))
            found.add(number, is_hidden=counts is not self.counts and number < FEW)
        return found


_NOT_ENDED = frozenset({DeliveryStatus.SENT, DeliveryStatus.PENDING})


async def enter(
    tx: AsyncConnection, article: ArticleId, topic: TopicId, now: datetime
) -> PublicationState | None:
    """Put *article* into *topic*, and return its state there; None if it was there already."""
    await lock(tx, article)
    states = await _states(tx, article)
    if topic in states:
        return None
    rule = await rule_of(tx, topic)
    state = entering(states.values(), needs_approval=rule.is_asked)
    row = {"article_id": article, "topic_id": topic, "state": state, "created_at": now, "changed_at": now}
    await insert_missing(tx, table, [row])
    return state


async def state_to_change(tx: AsyncConnection, article: ArticleId) -> PublicationState | None:
    """Return the state of the publications of *article*; None if it is in no topic.

    Nobody else changes it, or puts the article into another topic, before this transaction ends.
    """
    await lock(tx, article)
    states = await _states(tx, article)
    return together(states.values()) if states else None


async def set_state(tx: AsyncConnection, article: ArticleId, state: PublicationState, now: datetime) -> None:
    """Give those publications of *article* that are out another state; a recall is for all of them."""
    concerned = table.c.article_id == article
    if state is not PublicationState.RECALLED:
        concerned &= IS_OUT
    await tx.execute(update(table).where(concerned).values(state=state, changed_at=now))


async def release(tx: AsyncConnection, publication: PublicationId, now: datetime) -> PublicationState:
    """Let a publication out that has waited, and return its state then: if its article is stopped, so is it.

    The article is locked.
    """
    states = await _states(tx, publication.article)
    state = released_beside(states.values())
    values = {"state": state, "created_at": now, "changed_at": now}
    await tx.execute(update(table).where(is_of(publication)).values(values))
    return state


async def set_waiting_state(
    tx: AsyncConnection, publication: PublicationId, state: PublicationState, now: datetime
) -> None:
    """Give one publication that is not out another state in which it is not."""
    await tx.execute(update(table).where(is_of(publication)).values(state=state, changed_at=now))


async def newest(
    tx: AsyncConnection, *, limit: int, offset: int = 0, state: PublicationState | None = None
) -> tuple[Publication, ...]:
    """Return what came in last, the newest first: all of it, or what is in a *state* in any topic."""
    in_topic = table.c.article_id == articles.c.id
    ids = (
        select(articles.c.id)
        .where(exists().where(in_topic if state is None else in_topic & (table.c.state == state)))
        .order_by(articles.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return await _publications(tx, [ArticleId(number) for number in (await tx.execute(ids)).scalars()])


async def page(
    tx: AsyncConnection, *, topics: Collection[TopicId] | None, before: ArticleId | None, limit: int
) -> tuple[Publication, ...]:
    """Return *limit* of what is in any of *topics* (None: in all), the newest first, from *before* on."""
    wanted = table.c.article_id == articles.c.id
    if topics is not None:
        wanted &= table.c.topic_id.in_(topics)
    ids = select(articles.c.id).where(exists().where(wanted)).order_by(articles.c.id.desc()).limit(limit)
    if before is not None:
        ids = ids.where(articles.c.id < before)
    return await _publications(tx, [ArticleId(number) for number in (await tx.execute(ids)).scalars()])


async def many(tx: AsyncConnection, ids: Collection[ArticleId]) -> tuple[Publication, ...]:
    """Return the publications of those of the articles that are in a topic, in the order of *ids*."""
    found = {each.article: each for each in await _publications(tx, ids)}
    return tuple(found[each] for each in ids if each in found)


async def get(tx: AsyncConnection, article: ArticleId) -> Publication | None:
    """Return the publications of *article*, if it is in a topic."""
    return next(iter(await _publications(tx, [article])), None)


async def fates(
    tx: AsyncConnection, ids: Collection[ArticleId], *, within: Collection[TopicId] | None = None
) -> dict[ArticleId, Fate]:
    """Return what has become of the first messages about these articles, in all topics or *within* some.

    It reads all of their deliveries.
    """
    first = deliveries.c.article_id.in_(ids) & (deliveries.c.revision == 0)
    if within is not None:
        first &= deliveries.c.topic_id.in_(within)
    parts = deliveries.c.article_id, deliveries.c.topic_id, deliveries.c.status
    by_status = select(*parts, func.count()).where(first).group_by(*parts)
    closed = set((await tx.execute(select(topics.c.id).where(topics.c.members_only))).scalars())
    found = {article: Fate() for article in ids}
    for article, topic, status, count in await tx.execute(by_status):
        fate = found[ArticleId(article)]
        counts = fate.guarded.setdefault(TopicId(topic), {}) if topic in closed else fate.counts
        counts[DeliveryStatus(status)] = counts.get(DeliveryStatus(status), 0) + count
    under_way = select(fanouts.c.article_id).where(fanouts.c.article_id.in_(ids), fanouts.c.revision == 0)
    fanning_out = set((await tx.execute(under_way)).scalars())
    return {article: replace(fate, is_fanning_out=article in fanning_out) for article, fate in found.items()}


def is_of(publication: PublicationId) -> ColumnElement[bool]:
    return (table.c.article_id == publication.article) & (table.c.topic_id == publication.topic)


IS_OUT = table.c.state.in_(sorted(OUT))
"""The condition that a publication counts for those who have subscribed to its topic."""


def is_released(article: ColumnElement[int], topics: Collection[TopicId]) -> ColumnElement[bool]:
    """Return the condition that readers may find *article* in any of *topics*."""
    return exists().where(
        table.c.article_id == article,
        table.c.topic_id.in_(topics),
        table.c.state == PublicationState.RELEASED,
    )


async def lock(tx: AsyncConnection, article: ArticleId) -> None:
    """Have whoever else puts this article into a topic, or changes its state, wait for this transaction."""
    await tx.execute(select(articles.c.id).where(articles.c.id == article).with_for_update())


async def _states(tx: AsyncConnection, article: ArticleId) -> dict[TopicId, PublicationState]:
    query = select(table.c.topic_id, table.c.state).where(table.c.article_id == article)
    return {TopicId(topic): PublicationState(state) for topic, state in await tx.execute(query)}


async def _publications(tx: AsyncConnection, ids: Collection[ArticleId]) -> tuple[Publication, ...]:
    query = (
        select(table, articles.c.title, articles.c.url)
        .join_from(table, articles, articles.c.id == table.c.article_id)
        .where(table.c.article_id.in_(ids))
        .order_by(table.c.article_id.desc(), table.c.created_at, table.c.topic_id)
    )
    found: dict[int, list[Any]] = {}
    for row in await tx.execute(query):
        found.setdefault(row.article_id, []).append(row)
    return tuple(
        Publication(
            article=ArticleId(article),
            title=rows[0].title,
            page=Article(rows[0].url, rows[0].title).page,
            states={TopicId(row.topic_id): PublicationState(row.state) for row in rows},
            created_at=rows[0].created_at,
            changed_at=max(row.changed_at for row in rows),
        )
        for article, rows in found.items()
    )

"""How far it is with what somebody began: deliveries of a revision, and of articles that a feed brought."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatStatus, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import FeedId
from bot.domain.reason import Reason, ReasonCode
from bot.store.schema import articles, chats, deliveries, entries, fanouts, quarantines, subscriptions

_REASONS = 50


@dataclass(frozen=True, slots=True)
class Completion:
    """How many deliveries were made of something, and failed; *waiting* go out soon, *later* in digests.

    *reasons* say why they failed, the most frequent one first. *out_of_reach* are messages for which there is
    nothing to be tried.
    """

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    later: int = 0
    reasons: tuple[tuple[Reason, int], ...] = ()
    out_of_reach: int = 0


async def of_withdrawal(tx: AsyncConnection, article: ArticleId) -> Completion:
    """Return how far it is with taking back the messages about *article*, of which a chat may have several.

    Out of reach is what was sent in a digest, where messages are edited, or to a chat that has moved or shut
    the bot out since: it stays there.
    """
    current = select(articles.c.revision).where(articles.c.id == article).scalar_subquery()
    chosen = deliveries.c.article_id == article, deliveries.c.revision >= current
    owed = await _completion(tx, chosen, fanouts.c.article_id == article)
    back = deliveries.alias("back")
    is_owed = exists().where(
        back.c.article_id == article,
        back.c.chat_id == deliveries.c.chat_id,
        back.c.revision == current - deliveries.c.revision,
    )
    was_sent = (deliveries.c.revision <= 0) & (deliveries.c.status == DeliveryStatus.SENT)
    left = select(func.count()).where(deliveries.c.article_id == article, was_sent, ~is_owed)
    return replace(owed, out_of_reach=(await tx.execute(left)).scalar_one())


async def of_articles(tx: AsyncConnection, feed: FeedId, *, after: int) -> Completion:
    """Return how far it is with the articles that *feed* brought after the one with that number."""
    brought = select(entries.c.article_id).where(entries.c.feed_id == feed, entries.c.article_id > after)
    # What a filter leaves out, or nobody wants any more, was never to be sent.
    is_wanted = deliveries.c.status != DeliveryStatus.CANCELLED
    chosen = deliveries.c.article_id.in_(brought), deliveries.c.revision == 0, is_wanted
    return await _completion(tx, chosen, fanouts.c.article_id.in_(brought))


async def _completion(
    tx: AsyncConnection, chosen: Iterable[ColumnElement[bool]], fanning_out: ColumnElement[bool]
) -> Completion:
    reason = func.coalesce(deliveries.c.reason, "")
    query = (
        select(deliveries.c.status, deliveries.c.digest, reason, func.count())
        .where(*chosen)
        .group_by(deliveries.c.status, deliveries.c.digest, reason)
    )
    counts, reasons = Counter[str](), Counter[tuple[str, str]]()
    for status, digest, why, count in await tx.execute(query):
        counts[f"{status} later" if digest and status == DeliveryStatus.PENDING else status] += count
        if status not in (DeliveryStatus.PENDING, DeliveryStatus.SENT):
            reasons[status, why] += count
    is_running = (await tx.execute(select(exists().where(fanning_out)))).scalar()
    return Completion(
        sent=counts[DeliveryStatus.SENT],
        failed=reasons.total(),
        waiting=counts[DeliveryStatus.PENDING] + bool(is_running),
        later=counts[f"{DeliveryStatus.PENDING} later"],
        reasons=tuple((_reason(*why), count) for why, count in reasons.most_common(_REASONS)),
    )


def _reason(status: str, stored: str) -> Reason:
    reason = Reason.of(stored)
    if status == DeliveryStatus.CANCELLED and reason.code is ReasonCode.OTHER:
        return Reason(ReasonCode.NOT_WANTED, reason.words)
    return reason


async def is_held(tx: AsyncConnection, feed: FeedId) -> bool:
    """Return whether entries of *feed* still wait to become articles."""
    return bool((await tx.execute(select(exists().where(quarantines.c.feed_id == feed)))).scalar())


async def recipients(tx: AsyncConnection, topic: TopicId) -> int:
    """Return how many chats would be sent news of *topic* now."""
    query = (
        select(func.count())
        .select_from(subscriptions)
        .join(chats, chats.c.id == subscriptions.c.chat_id)
        .where(subscriptions.c.topic_id == topic, chats.c.status == ChatStatus.ACTIVE)
    )
    return (await tx.execute(query)).scalar_one()

"""Rows of topics and feeds, read."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Row, ScalarSelect, exists, select

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import Approval, ApprovalRule, Unanswered
from bot.domain.news.feed import Feed, FeedId, FeedKind, Topic
from bot.store.schema import ended_topics, outage_topics, topic_addresses, topic_approvals, topics


def _of_approval(column: Column[Any]) -> ScalarSelect[Any]:
    return select(column).where(topic_approvals.c.topic_id == topics.c.id).scalar_subquery()


TOPIC = (
    topics,
    exists().where(outage_topics.c.topic_id == topics.c.id).label("tell_subscribers"),
    select(topic_addresses.c.address)
    .where(topic_addresses.c.topic_id == topics.c.id)
    .scalar_subquery()
    .label("address"),
    select(ended_topics.c.offered_id)
    .where(ended_topics.c.topic_id == topics.c.id)
    .scalar_subquery()
    .label("offered_instead"),
    _of_approval(topic_approvals.c.approval).label("approval"),
    _of_approval(topic_approvals.c.unanswered).label("unanswered"),
    _of_approval(topic_approvals.c.unanswered_after_seconds).label("unanswered_after_seconds"),
)
"""What a query of topics asks for: their row, and what stands beside it."""


def topic_of(row: Row[Any]) -> Topic:
    """Return the topic of a row that TOPIC asks for."""
    return Topic(
        id=TopicId(row.id),
        names=row.names,
        descriptions=row.descriptions,
        hashtag=row.hashtag,
        members_only=row.members_only,
        urgent=row.urgent,
        urgent_words=tuple(row.urgent_words),
        tell_subscribers=row.tell_subscribers,
        address=row.address,
        offered_instead=row.offered_instead,
        approval=_approval_of(row),
    )


def _approval_of(row: Row[Any]) -> ApprovalRule | None:
    if row.approval is None:
        return None
    after = timedelta(seconds=row.unanswered_after_seconds)
    return ApprovalRule(Approval(row.approval), Unanswered(row.unanswered), after)


def feed_of(row: Row[Any]) -> Feed:
    return Feed(
        id=FeedId(row.id),
        topic=TopicId(row.topic_id),
        name=row.name,
        url=row.url,
        kind=FeedKind(row.kind),
        interval=timedelta(seconds=row.interval_seconds),
        preset=row.preset,
        listing=row.listing,
        page=row.page,
        verified=row.verified,
        ca_bundle=row.ca_bundle,
        adapts=row.adapts,
    )

"""What is stored follows the configuration, and the audit log says what that changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.desk.approval_rule import ApprovalRule
from bot.domain.desk.audit import Act, Actor, AuditAction, Plain, Subject, SubjectKind, Values, changes
from bot.domain.news.feed import Feed, Topic
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.runtime import audit

_ADDED = {SubjectKind.FEED: AuditAction.FEED_ADDED, SubjectKind.TOPIC: AuditAction.TOPIC_ADDED}
_CHANGED = {SubjectKind.FEED: AuditAction.FEED_CHANGED, SubjectKind.TOPIC: AuditAction.TOPIC_CHANGED}
_REMOVED = {SubjectKind.FEED: AuditAction.FEED_REMOVED, SubjectKind.TOPIC: AuditAction.TOPIC_REMOVED}

Defined = Mapping[Subject, Values]
"""What is defined, and how."""


async def follow_configuration(
    tx: Transaction, topics: Sequence[Topic], defined: Sequence[Feed], *, actor: Actor, now: datetime
) -> None:
    """Make what is stored follow the configuration, at the wish of *actor*, and write down what changes."""
    before = await _defined(tx)
    await feeds.sync_definitions(tx, topics, defined, now)
    for act in _acts(before, await _defined(tx)):
        await audit.record(tx, actor, act, now=now)


def of_feed(feed: Feed) -> Values:
    """Return how a feed is defined, as the audit log says it."""
    return {
        "name": feed.name,
        "topic": feed.topic,
        "url": feed.url,
        "interval": int(feed.interval.total_seconds()),
    }


def of_topic(topic: Topic) -> Values:
    """Return how a topic is defined, as the audit log says it."""
    values: dict[str, Plain] = {f"name {language}": name for language, name in topic.names.items()}
    return {
        **values,
        "hashtag": topic.hashtag,
        "members_only": topic.members_only,
        "urgent": topic.urgent,
        "address": topic.address,
        **_of_approval(topic.approval),
    }


def _of_approval(rule: ApprovalRule | None) -> Values:
    if rule is None:
        return {}
    return {
        "approval": rule.approval,
        "unanswered": rule.unanswered,
        "unanswered_after": int(rule.after.total_seconds()),
    }


async def _defined(tx: Transaction) -> Defined:
    topics = {Subject(SubjectKind.TOPIC, topic.id): of_topic(topic) for topic in await feeds.topics(tx)}
    statuses = await feeds.statuses(tx)
    found = {Subject(SubjectKind.FEED, status.feed.id): of_feed(status.feed) for status in statuses}
    return {**topics, **found}


def _acts(before: Defined, after: Defined) -> list[Act]:
    gone = [about for about in before if about not in after]
    acts = [Act(_REMOVED[about.kind], about, before=before[about]) for about in gone]
    for about, values in after.items():
        if about not in before:
            acts.append(Act(_ADDED[about.kind], about, after=values))
        elif values != before[about]:
            acts.append(Act(_CHANGED[about.kind], about, *changes(before[about], values)))
    return acts

"""What is stored follows the configuration, and the audit log says what that changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.domain.desk.approval_rule import ApprovalRule
from bot.domain.desk.audit import Act, Actor, AuditAction, Plain, Subject, SubjectKind, Values, changes
from bot.domain.news.feed import Feed, Topic
from bot.domain.news.origin import Origin
from bot.store.engine.database import Transaction
from bot.store.feeds import added_topics, feeds
from bot.store.runtime import audit

_ADDED = {SubjectKind.FEED: AuditAction.FEED_ADDED, SubjectKind.TOPIC: AuditAction.TOPIC_ADDED}
_CHANGED = {SubjectKind.FEED: AuditAction.FEED_CHANGED, SubjectKind.TOPIC: AuditAction.TOPIC_CHANGED}
_REMOVED = {SubjectKind.FEED: AuditAction.FEED_REMOVED, SubjectKind.TOPIC: AuditAction.TOPIC_REMOVED}

log = structlog.get_logger(__name__)

ORIGIN = "origin"

Defined = Mapping[Subject, Values]
"""What is defined, and how."""


async def follow_configuration(
    tx: Transaction, topics: Sequence[Topic], defined: Sequence[Feed], *, actor: Actor, now: datetime
) -> None:
    """Make what is stored follow the configuration, at the wish of *actor*, and write down what changes."""
    before = await _defined(tx)
    await feeds.sync_definitions(tx, topics, defined, now)
    after = await _defined(tx)
    for about in _taken_over(before, after):
        log.warning(
            "feeds.toml defines what the database defined until now: feeds.toml is followed",
            **{about.kind: about.id},
        )
    for act in _acts(before, after):
        await audit.record(tx, actor, act, now=now)


def _taken_over(before: Defined, after: Defined) -> Iterable[Subject]:
    """Return what feeds.toml defines now, and a command or the console did before."""
    ours = [about for about, values in before.items() if values[ORIGIN] == Origin.ADDED]
    return [about for about in ours if about in after and after[about][ORIGIN] == Origin.CONFIGURED]


def of_feed(feed: Feed) -> dict[str, Plain]:
    """Return how a feed is defined, as the audit log says it."""
    return {
        "name": feed.name,
        "topic": feed.topic,
        "url": feed.url,
        "interval": int(feed.interval.total_seconds()),
    }


def of_topic(topic: Topic) -> dict[str, Plain]:
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
    added = await added_topics.known(tx)
    topics = {
        Subject(SubjectKind.TOPIC, topic.id): of_topic(topic) | _origin(is_ours=topic.id in added)
        for topic in await feeds.topics(tx)
    }
    found = {
        Subject(SubjectKind.FEED, status.feed.id): of_feed(status.feed)
        | _origin(is_ours=status.origin.is_ours)
        for status in await feeds.statuses(tx)
    }
    return {**topics, **found}


def _origin(*, is_ours: bool) -> dict[str, Plain]:
    return {ORIGIN: Origin.ADDED if is_ours else Origin.CONFIGURED}


def _acts(before: Defined, after: Defined) -> list[Act]:
    gone = [about for about in before if about not in after]
    acts = [Act(_REMOVED[about.kind], about, before=before[about]) for about in gone]
    for about, values in after.items():
        if about not in before:
            acts.append(Act(_ADDED[about.kind], about, after=values))
        elif values != before[about]:
            acts.append(Act(_CHANGED[about.kind], about, *changes(before[about], values)))
    return acts

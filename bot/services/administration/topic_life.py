"""The life of topics: one is merged into another, or ends with a farewell.

A topic of feeds.toml is taken out there first; one that the database defines is retired in the transaction
that begins its end. Who subscribes is moved, or told good-bye. Both are told by a notice that goes through
the outbox as all news does, at the limits and around quiet hours, but in no digest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId, without_page
from bot.domain.news.feed import Topic
from bot.domain.publication.pauses import Paused, PauseScope
from bot.i18n import Translator
from bot.store.articles import articles, search
from bot.store.engine.database import Transaction
from bot.store.feeds import added_topics, ended_topics, feeds, topic_merges, topic_moves
from bot.store.feeds.topic_merges import TopicMerge
from bot.store.outbox import fanout, outbox
from bot.store.publications import pauses
from bot.store.runtime import audit

CHATS_AT_ONCE = 1_000
ARTICLES_AT_ONCE = 100
"""How much is moved in one transaction: so little that nobody waits for long to write."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What is told to whom a topic ends or goes on elsewhere: the words, and for how long they are news."""

    translator: Translator
    expires_after: timedelta

    def about_merge(self, source: Topic, target: Topic) -> str:
        return self._text(source, "topic-merged", topic=self._name(source), other=self._name(target))

    def about_end(self, source: Topic, offered: Topic | None, said: str = "") -> str:
        """Return the farewell, in the agency's own words if it has *said* any."""
        parts = [said or self._text(source, "topic-ended", topic=self._name(source))]
        if offered:
            parts.append(self._text(source, "topic-offered", other=self._name(offered)))
        return "\n\n".join(parts)

    def _name(self, topic: Topic) -> str:
        return topic.name(self.translator.default_language)

    def _text(self, about: Topic, key: str, /, **args: str) -> str:
        translator = self.translator.addressing(about.address)
        return translator.text(translator.default_language, key, **args)


class ObstacleKind(StrEnum):
    """Why a topic cannot be merged or ended now."""

    UNKNOWN = "unknown"
    IN_FILE = "in-file"
    FEED = "feed"
    PAUSED = "paused"
    STOPPED = "stopped"
    WAITING = "waiting"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What must be dealt with before a *topic* ends: *about* is the feed, the article or the topic."""

    kind: ObstacleKind
    topic: TopicId
    about: str = ""

    def __str__(self) -> str:
        return _IN_THE_WAY[self.kind].format(topic=self.topic, about=self.about)


_IN_THE_WAY = {
    ObstacleKind.UNKNOWN: "there never was a topic {topic!r}; `bantin topics` lists them",
    ObstacleKind.IN_FILE: (
        "{topic} stands in feeds.toml: take it out there, and give its feeds another topic or take them"
        " out too; this command then takes feeds.toml over, and moves or tells who subscribes"
    ),
    ObstacleKind.FEED: "{about} still fills {topic}: `bantin feeds remove {about}` first",
    ObstacleKind.PAUSED: "{topic} is paused: `bantin resume --topic {topic}` first",
    ObstacleKind.STOPPED: "article {about} is stopped in {topic}: resume or recall it first",
    ObstacleKind.WAITING: "article {about} waits for approval in {topic}: decide about it first",
    ObstacleKind.MERGE: "{about} is being merged into {topic}: wait until that has ended",
}


async def obstacle(tx: Transaction, source: TopicId) -> Obstacle | None:
    """Return what keeps *source* from ending, the first that is in the way."""
    return await _of_definition(tx, source) or await _of_contents(tx, source)


async def _of_definition(tx: Transaction, source: TopicId) -> Obstacle | None:
    if await feeds.topic(tx, source) is None:
        return Obstacle(ObstacleKind.UNKNOWN, source)
    is_current = source in {each.id for each in await feeds.topics(tx)}
    if is_current and not await added_topics.is_one(tx, source):
        return Obstacle(ObstacleKind.IN_FILE, source)
    if filling := [each.feed.id for each in await feeds.statuses(tx) if each.feed.topic == source]:
        return Obstacle(ObstacleKind.FEED, source, filling[0])
    return None


async def _of_contents(tx: Transaction, source: TopicId) -> Obstacle | None:
    if Paused(PauseScope.TOPIC, source) in {each.what for each in await pauses.standing(tx)}:
        return Obstacle(ObstacleKind.PAUSED, source)
    if stopped := await fanout.stopped(tx, source):
        return Obstacle(ObstacleKind.STOPPED, source, str(stopped[0]))
    if article := await topic_moves.waiting(tx, source):
        return Obstacle(ObstacleKind.WAITING, source, str(article))
    if coming := [each.source for each in await topic_merges.under_way(tx) if each.target == source]:
        return Obstacle(ObstacleKind.MERGE, source, coming[0])
    return None


async def begin_merge(
    tx: Transaction, source: TopicId, target: TopicId, actor: Actor, *, notices: Notices, now: datetime
) -> None:
    """Let the members of *source* into *target*, and owe its subscribers the notice; raises ExplainedError.

    Who manages *source* alone, by a role or a key of the API, manages *target* from now on.

    They are moved afterwards, once nothing is fanned out to *source* any more: see `move`.
    """
    ending, other = await _ending(tx, source), await _current(tx, target)
    if other.members_only and not ending.members_only:
        raise ExplainedError(f"{target} is for members only: not all who subscribe to {source} may be let in")
    if ending.members_only and not other.members_only:
        raise ExplainedError(
            f"{source} is for members only: what was published in it would be for everybody in {target};"
            f" `bantin topics end {source} --offer {target}` moves nothing"
        )
    if ending.members_only:
        await topic_moves.move_members(tx, source, target)
    await topic_moves.move_rights(tx, source, target)
    await topic_merges.begin(tx, TopicMerge(source, target), now)
    # Begun anew on the same day, after a crash, it tells nobody twice.
    key = f"merge of {source} into {target} on {now:%Y-%m-%d}"
    await _tell(tx, ending, key, notices.about_merge(ending, other), notices, now)
    await _record(tx, AuditAction.TOPIC_MERGED, source, target, actor, now)


def can_merge(source: Topic, target: Topic) -> bool:
    """Return whether both are for the same people: nobody is let in, and nothing shown, by a merge."""
    return source.id != target.id and source.members_only == target.members_only


async def is_told(tx: Transaction, source: TopicId) -> bool:
    """Return whether everybody is owed by now what was published in *source*, and the notice."""
    return not await fanout.running(tx, source)


async def move(tx: Transaction, source: TopicId, target: TopicId) -> bool:
    """Move a few chats and articles from *source* to *target*; False when nothing was left to be moved."""
    chats = await topic_moves.move_chats(tx, source, target, limit=CHATS_AT_ONCE)
    found = await topic_moves.move_publications(tx, source, target, limit=ARTICLES_AT_ONCE)
    if found:
        await search.index(tx, *found)
    if not chats and not found:
        await topic_merges.end(tx, source)
    return bool(chats or found)


async def end(
    tx: Transaction,
    source: TopicId,
    offered: TopicId | None,
    actor: Actor,
    *,
    farewell: tuple[Notices, str],
    now: datetime,
) -> None:
    """Owe the subscribers of *source* the *farewell*, in own words or in ours; raises ExplainedError.

    Their subscriptions are taken out when nobody is owed it any more.
    """
    ending = await _ending(tx, source)
    other = await _current(tx, offered) if offered else None
    if other and other.members_only:
        raise ExplainedError(f"{other.id} is for members only: it cannot be offered to everybody")
    notices, said = farewell
    text = notices.about_end(ending, other, said)
    notice = await _tell(tx, ending, f"end of {source} at {now.isoformat()}", text, notices, now)
    await ended_topics.end(tx, source, offered=offered, notice=notice, now=now)
    await _record(tx, AuditAction.TOPIC_ENDED, source, offered, actor, now)


async def _ending(tx: Transaction, source: TopicId) -> Topic:
    """Return the topic that is to end, if it can; from now on it is there no more."""
    if in_the_way := await obstacle(tx, source):
        raise ExplainedError(str(in_the_way))
    topic = await feeds.topic(tx, source)
    assert topic is not None, "one that there never was is an obstacle"
    await added_topics.retire(tx, source)
    return topic


async def _current(tx: Transaction, name: TopicId) -> Topic:
    found = {topic.id: topic for topic in await feeds.topics(tx)}
    if name not in found:
        raise ExplainedError(f"there is no topic {name!r}; there are {', '.join(sorted(found)) or 'none'}")
    return found[name]


async def _tell(
    tx: Transaction, topic: Topic, key: str, text: str, notices: Notices, now: datetime
) -> ArticleId | None:
    """Owe a notice to all who subscribe to *topic*, once for each *key*; return which it is, if it is new."""
    notice = await articles.save_notice(tx, key, text, url=without_page(key), now=now)
    if notice is not None:
        until = now + notices.expires_after
        owed = outbox.NewFanout(notice, topic.id, due_at=now, expires_at=until, is_release=False)
        await outbox.enqueue(tx, owed, now=now)
    return notice


async def _record(
    tx: Transaction, action: AuditAction, topic: TopicId, other: TopicId | None, actor: Actor, now: datetime
) -> None:
    act = Act(action, Subject(SubjectKind.TOPIC, topic), after={"topic": other} if other else None)
    await audit.record(tx, actor, act, now=now)

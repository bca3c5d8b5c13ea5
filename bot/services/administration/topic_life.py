"""The life of topics: one is merged into another, or ends with a farewell.

feeds.toml defines the topics: it says which there are, and what they are called. What it cannot do is done
here for one that it defines no more: who subscribes to it is moved, or told good-bye. Both are told by a
notice that goes through the outbox as all news does, at the limits and around quiet hours, but in no digest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId, without_page
from bot.domain.news.feed import Topic
from bot.domain.publication.pauses import Paused, PauseScope
from bot.i18n import Translator
from bot.store.articles import articles, search
from bot.store.engine.database import Transaction
from bot.store.feeds import ended_topics, feeds, topic_moves
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


async def begin_merge(
    tx: Transaction, source: TopicId, target: TopicId, actor: Actor, *, notices: Notices, now: datetime
) -> None:
    """Let the members of *source* into *target*, and owe its subscribers the notice; raises ExplainedError.

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
    # Begun anew on the same day, after a crash, it tells nobody twice.
    key = f"merge of {source} into {target} on {now:%Y-%m-%d}"
    await _tell(tx, ending, key, notices.about_merge(ending, other), notices, now)
    await _record(tx, AuditAction.TOPIC_MERGED, source, target, actor, now)


async def is_told(tx: Transaction, source: TopicId) -> bool:
    """Return whether everybody is owed by now what was published in *source*, and the notice."""
    return not await fanout.running(tx, source)


async def move(tx: Transaction, source: TopicId, target: TopicId) -> bool:
    """Move a few chats and articles from *source* to *target*; False when there is nothing left."""
    chats = await topic_moves.move_chats(tx, source, target, limit=CHATS_AT_ONCE)
    found = await topic_moves.move_publications(tx, source, target, limit=ARTICLES_AT_ONCE)
    if found:
        await search.index(tx, *found)
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
    """Return the topic that is to end, if it can."""
    topic = await feeds.topic(tx, source)
    if topic is None:
        raise ExplainedError(f"there never was a topic {source!r}; `bantin topics` lists them")
    if source in {each.id for each in await feeds.topics(tx)}:
        raise ExplainedError(
            f"{source} stands in feeds.toml: take it out there, and give its feeds another topic or take them"
            " out too; this command then takes feeds.toml over, and moves or tells who subscribes"
        )
    if filling := [each.feed.id for each in await feeds.statuses(tx) if each.feed.topic == source]:
        raise ExplainedError(f"{filling[0]} still fills {source}: `bantin feeds remove {filling[0]}` first")
    if Paused(PauseScope.TOPIC, source) in {each.what for each in await pauses.standing(tx)}:
        raise ExplainedError(f"{source} is paused: `bantin resume --topic {source}` first")
    if stopped := await fanout.stopped(tx, source):
        raise ExplainedError(f"article {stopped[0]} is stopped in {source}: resume or recall it first")
    if article := await topic_moves.waiting(tx, source):
        raise ExplainedError(f"article {article} waits for approval in {source}: decide about it first")
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

"""Submissions: what programs post is published once each, however often it comes and whatever dies meanwhile.

A submission is remembered in the transaction that publishes it: whoever repeats one, since no answer came,
finds it there, or finds nothing and publishes it now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.domain.desk.api_keys import ApiKey
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Photo
from bot.domain.news.feed import Topic
from bot.domain.publication.content import Content
from bot.domain.publication.publication import PublicationState
from bot.domain.publication.submission import Submission, SubmissionId, outcome
from bot.services.publishing.contents import PublishedContent, PublishingRules, is_page_known, publish
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.store.api import api_keys, submissions
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.publications import publications
from bot.store.publications.publications import Publication


class AnotherBodyError(Exception):
    """The idempotency key came before, with something else."""


class KeyRevokedError(Exception):
    """The API key was revoked while the content was looked at."""


class UnknownTopicError(Exception):
    """There is no such *topic*."""

    def __init__(self, topic: TopicId) -> None:
        super().__init__(topic)
        self.topic = topic


class OthersArticleError(Exception):
    """The page is an article that is in none of the key's topics, and not for everybody to read."""


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """A content that a program posts for *topics*, with the hashes of its idempotency key and its body."""

    by: ApiKey
    idempotency_key: str
    body_hash: str
    content: Content
    topics: tuple[TopicId, ...]
    photo_url: str | None = None

    @property
    def id(self) -> SubmissionId:
        return SubmissionId(self.by.id, self.idempotency_key)


class Submissions:
    """Publishes what programs post."""

    def __init__(
        self,
        database: Database,
        photo_fetcher: PhotoFetcher,
        clock: Clock,
        rules: PublishingRules,
        *,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._photo_fetcher = photo_fetcher
        self._clock = clock
        self._rules = rules
        self._on_owed = on_owed

    async def submit(self, new: NewSubmission) -> Submission:
        """Publish what was posted, if that was not done before, and return what became of it.

        A photo that cannot be had is left out, as it is of what feeds bring. Raises AnotherBodyError,
        KeyRevokedError, UnknownTopicError and OthersArticleError.
        """
        async with self._database.read() as tx:
            if done := await _done_before(tx, new):
                return done
            await _topics(tx, new.topics)
        with_photo = await self._with_photo(new)
        async with self._database.write() as tx:
            submission = await self._take(tx, with_photo)
        self._on_owed()
        return submission

    async def _with_photo(self, new: NewSubmission) -> NewSubmission:
        if new.photo_url is None:
            return new
        found = await self._photo_fetcher.fetch([Photo(new.photo_url)])
        return replace(new, content=replace(new.content, photo=found.get(new.photo_url)))

    async def _take(self, tx: Transaction, new: NewSubmission) -> Submission:
        if not await api_keys.hold(tx, new.by.id):
            raise KeyRevokedError
        # While the photo was fetched, a second request may have come and gone.
        if done := await _done_before(tx, new):
            return done
        now = self._clock.now()
        actor = Actor(AuditPlace.API, new.by.name)
        topics = await _topics(tx, new.topics)
        was_known = await is_page_known(tx, new.content, self._rules, now=now)
        published = await publish(tx, new.content, topics, actor, self._rules, now=now)
        publication = await publications.get(tx, published.article)
        assert publication is not None, "it is in these topics"
        if not await _may_take_over(tx, new.by, published, publication):
            raise OthersArticleError
        states = {publication.states[topic] for topic in new.topics if topic in publication.states}
        became = outcome(states, is_new=published.is_new and not was_known)
        submission = Submission(published.article, became, new.body_hash)
        await submissions.add(tx, new.id, submission, now=now)
        return submission


async def _may_take_over(
    tx: Transaction, key: ApiKey, published: PublishedContent, publication: Publication
) -> bool:
    """Return whether *key* may bring into its topics an article that was there.

    That keeps its words: whoever knows its address must not publish so what waits or was stopped, or is for
    the members of another topic.
    """
    states = publication.states.items()
    others = {topic: state for topic, state in states if topic not in published.entered}
    if not others or any(key.covers([topic]) for topic in others):
        return True
    open_to_all = {topic.id for topic in await feeds.topics(tx) if not topic.members_only}
    released = {topic for topic, state in others.items() if state is PublicationState.RELEASED}
    return not released.isdisjoint(open_to_all)


async def _done_before(tx: Transaction, new: NewSubmission) -> Submission | None:
    found = await submissions.find(tx, new.id)
    if found and found.body_hash != new.body_hash:
        raise AnotherBodyError
    return found


async def _topics(tx: Transaction, ids: Iterable[TopicId]) -> tuple[Topic, ...]:
    known = {topic.id: topic for topic in await feeds.topics(tx)}
    for topic in ids:
        if topic not in known:
            raise UnknownTopicError(topic)
    return tuple(known[topic] for topic in ids)

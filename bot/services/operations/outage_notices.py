"""Telling those who subscribe to a topic, in one line and once, that a source of it has been down for a day.

The line goes the way of all news, through the outbox: it keeps to quiet hours, and a restart neither loses
nor repeats it.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.domain.clock import Clock
from bot.domain.news.feed import Topic
from bot.i18n import Translator, moments
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.feeds.feeds import FeedStatus
from bot.store.outbox import outbox

DOWN_FOR = timedelta(days=1)

log = structlog.get_logger(__name__)


class OutageNotices:
    """Looks for sources that are down, of topics that want it told."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        translator: Translator,
        *,
        expires_after: timedelta,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._expires_after = expires_after
        self._on_owed = on_owed

    async def tell(self) -> None:
        """Owe a line to the subscribers of each such topic, once for each outage."""
        async with self._database.read() as tx:
            telling = {topic.id: topic for topic in await feeds.topics(tx) if topic.tell_subscribers}
            down = [
                status
                for status in await feeds.statuses(tx)
                if status.feed.topic in telling and self._is_down(status)
            ]
        for status in down:
            await self._tell_of(status, telling[status.feed.topic])

    def _is_down(self, status: FeedStatus) -> bool:
        """Return whether a source that once worked has failed for a day."""
        since = status.failing_since
        is_polled = status.has_worked and not status.paused
        return is_polled and since is not None and self._clock.now() - since >= DOWN_FOR

    async def _tell_of(self, status: FeedStatus, topic: Topic) -> None:
        now, feed, since = self._clock.now(), status.feed, status.failing_since
        assert since is not None, "it is down"
        translator = self._translator.addressing(topic.address)
        language = translator.default_language
        moment = moments.moment(translator, language, since)
        line = translator.text(language, "feed-outage", name=feed.name, moment=moment)
        async with self._database.write() as tx:
            key = f"outage of {feed.id} since {since.isoformat()}"
            notice = await articles.save_notice(tx, key, line, url=feed.url, now=now)
            if notice is None:
                return
            await outbox.enqueue(
                tx,
                outbox.NewFanout(
                    article=notice,
                    topic=feed.topic,
                    due_at=now,
                    expires_at=now + self._expires_after,
                    is_release=False,
                ),
                now=now,
            )
        log.info("subscribers are told that a source is down", feed=feed.id, since=since.isoformat())
        self._on_owed()

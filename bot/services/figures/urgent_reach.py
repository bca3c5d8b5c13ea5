"""What the owners are told of urgent contents that have reached nobody on a platform."""

from datetime import datetime, timedelta

from bot.domain.chats.alert import AlertKind, AlertSubject, Trouble
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.urgency import is_urgent
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import pauses
from bot.store.publications.reach import ReleasedContent, reach, released_since

LOOKED_BACK = timedelta(days=2)
GRACE = timedelta(minutes=30)
"""How long a message may be due before it counts as late: the slowest platform needs some minutes."""

LOOK_EVERY = timedelta(minutes=10)
"""To look means to read all deliveries of an urgent content that has not reached everybody yet."""


class UrgentReach:
    """Looks now and then whether each urgent content has reached somebody on each account.

    An account is one that has subscribers if the content is owed there to anybody. What waits for a digest,
    for quiet hours or a pause, and what nobody wants, is not late.
    """

    def __init__(self) -> None:
        self._looked_at: datetime | None = None
        self._found: tuple[Trouble, ...] = ()
        self._done: set[ArticleId] = set()

    async def troubles(self, tx: Transaction, now: datetime) -> tuple[Trouble, ...]:
        """Return what has reached nobody, as it was when that was looked at last."""
        if self._looked_at is None or now - self._looked_at >= LOOK_EVERY:
            self._found, self._looked_at = await self._look(tx, now), now
        return self._found

    async def _look(self, tx: Transaction, now: datetime) -> tuple[Trouble, ...]:
        contents = [each for each in await _urgent(tx, now) if now - each.released_at >= GRACE]
        self._done &= {each.article for each in contents}
        known = await pauses.known(tx)
        found: dict[AlertSubject, Trouble] = {}
        for each in contents:
            if each.article in self._done:
                continue
            reached = await reach(tx, each.article, due_by=now - GRACE)
            if reached and all(one.is_sent for one in reached.values()):
                self._done.add(each.article)
            for account, one in reached.items():
                if one.is_late and not one.is_sent and not known.stops(account):
                    subject = AlertSubject(AlertKind.UNREACHED, f"{each.article}@{account}")
                    found[subject] = Trouble(subject, each.released_at)
        return tuple(found.values())


async def _urgent(tx: Transaction, now: datetime) -> list[ReleasedContent]:
    topics = {topic.id: topic for topic in await feeds.topics(tx)}
    return [
        each
        for each in await released_since(tx, now - LOOKED_BACK)
        if each.topic in topics and is_urgent(Article("", each.title, each.summary), topics[each.topic])
    ]

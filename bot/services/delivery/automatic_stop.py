"""Stopping an article by itself, once too much of it is refused as malformed."""

from collections import OrderedDict

import structlog

from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Delivery, Form, MessageRejected, Outcome, Receipt
from bot.domain.delivery.malformed import Judged
from bot.domain.desk.audit import SERVICE
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import Step
from bot.services.delivery.sender_rules import SenderRules
from bot.services.publishing.publications import take_step
from bot.store.engine.database import Database, DatabaseUnavailable

_WATCHED = 200
"""Articles whose messages are counted; of more the one that was sent longest ago is forgotten."""

log = structlog.get_logger(__name__)


class AutomaticStop:
    """Counts, for one account, what the messenger says of each article, and stops what exceeds the share that
    *rules* have.
    """

    def __init__(self, database: Database, clock: Clock, rules: SenderRules) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules
        self._articles: OrderedDict[ArticleId, Judged] = OrderedDict()

    async def note(self, delivery: Delivery, outcome: Outcome, form: Form) -> bool:
        """Count what the messenger says of a message in *form*; return whether that has stopped its article.

        A plain text is only a second try, and a digest is about several articles.
        """
        is_judged = isinstance(outcome, Receipt | MessageRejected)
        if delivery.digest or form is Form.PLAIN or not is_judged:
            return False
        judged = self._articles.setdefault(delivery.article, Judged())
        self._articles.move_to_end(delivery.article)
        if len(self._articles) > _WATCHED:
            self._articles.popitem(last=False)
        judged.note(malformed=isinstance(outcome, MessageRejected) and outcome.malformed)
        return judged.exceeds(self._rules.malformed_share) and await self._stop(delivery.article)

    async def _stop(self, article: ArticleId) -> bool:
        # Who resumes it wants it tried anew; and if it cannot be stopped now, as many more tries come first.
        judged = self._articles.pop(article)
        try:
            async with self._database.write() as tx:
                now = self._clock.now()
                stopped = await take_step(tx, article, Step.STOP, SERVICE, now=now, automatic=True)
        except DatabaseUnavailable as error:
            log.warning("an article could not be stopped", article=article, error=str(error))
            return False
        if stopped:
            log.error(
                "an article is stopped: too much of it is malformed",
                article=article,
                malformed=judged.malformed,
                of=judged.judged,
            )
        return stopped is not None

"""The figures of the week before, to the owners of an account: on Monday morning, once."""

from datetime import date, datetime, time, timedelta

from bot.domain.chats.chat import Address, ChatStatus
from bot.domain.chats.message import Message, NewPhoto, plain
from bot.domain.clock import VIETNAM, Clock
from bot.domain.delivery.delivery import Outcome, RetryLater
from bot.domain.desk.figures import days_until
from bot.domain.desk.roles import Authority
from bot.i18n import Translator
from bot.services.figures.drawing import picture_of
from bot.services.figures.figures import DailyFigures, figures_of, topics_seen_by
from bot.services.figures.picture import Draw
from bot.services.figures.wording import summary
from bot.services.operations.managed_account import ManagedAccount
from bot.services.rendering.card import paragraphs
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.figures import weekly_reports

SENT_AT = time(8, tzinfo=VIETNAM)
LATE_BY = timedelta(days=2)
"""For how long it is sent later: who was down for so long is not told of a week that is half over."""

_OWNER = Authority(is_owner=True)


def due_day(now: datetime) -> date | None:
    """Return the Monday whose figures are due now; None where it is too late for them."""
    here = now.astimezone(VIETNAM)
    monday = here.date() - timedelta(days=here.weekday())
    due_at = datetime.combine(monday, SENT_AT)
    return monday if due_at <= now < due_at + LATE_BY else None


class WeeklyFigures:
    """Sends them through *account* while it is ours. A process that dies at it leaves the week out."""

    def __init__(
        self, database: Database, clock: Clock, translator: Translator, draw: Draw, account: ManagedAccount
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._draw = draw
        self._account = account
        self._sent_for: date | None = None

    async def tell(self) -> None:
        """Send the figures if they are due, and have not been sent."""
        day, health = due_day(self._clock.now()), self._account.health()
        if day is None or day == self._sent_for or not health.ours or health.refused:
            return
        figures = await self._take(day)
        if figures is not None and figures.total().is_something:
            outcomes = await self._tell_all(figures)
            if outcomes and all(isinstance(outcome, RetryLater) for outcome in outcomes):
                async with self._database.write() as tx:
                    await weekly_reports.give_back(tx, self._account.id, day)
                return
        self._sent_for = day

    async def _take(self, day: date) -> DailyFigures | None:
        """Return the figures of the week before *day*, which are ours to send; None if they are another's."""
        async with self._database.read() as tx:
            if await weekly_reports.is_taken(tx, self._account.id, day):
                return None
            sunday = datetime.combine(day, time(), VIETNAM) - timedelta(days=1)
            found = await figures_of(tx, days_until(sunday, 7), await topics_seen_by(tx, _OWNER))
        async with self._database.write() as tx:
            return found if await weekly_reports.take(tx, self._account.id, day) else None

    async def _tell_all(self, figures: DailyFigures) -> list[Outcome]:
        photos: dict[str, NewPhoto | None] = {}
        outcomes = []
        for owner in sorted(self._account.owners):
            address = Address(self._account.id, owner)
            language = await self._language(address)
            if language is None:
                continue
            words = summary(self._translator, language, figures, is_weekly=True)
            outcomes.append(await self._account.reply(address, Message(paragraphs(*words))))
            if not self._account.messenger.capabilities.photo_upload:
                continue
            picture = picture_of(self._translator, language, figures, is_weekly=True)
            if language not in photos:
                photos[language] = await self._draw(picture)
            if photo := photos[language]:
                await self._account.reply(address, Message((plain(picture.title),), photo=photo))
        return outcomes

    async def _language(self, address: Address) -> str | None:
        """Return in which language an owner is written to; None where that cannot be."""
        async with self._database.read() as tx:
            chat = await chats.find(tx, address)
        if chat is None:
            return self._translator.default_language
        return None if chat.status is ChatStatus.OFF else chat.language

"""Oversight: what looks after the service, its data and what it has sent, and tells the owners."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot import parts
from bot.commands.decisions import hold_question, withdrawal_question
from bot.domain.chat import AccountId
from bot.domain.clock import Clock
from bot.domain.feed import Source
from bot.duty import Duty
from bot.runtime.scheduler import Tick
from bot.services.alerts import Alerts
from bot.services.corrections import Corrections
from bot.services.notices import Notices
from bot.services.outage_notices import OutageNotices
from bot.services.retention import Retention
from bot.settings.roles import Role
from bot.settings.settings import Settings
from bot.store.database import Database

_ALERT_TICK = timedelta(seconds=30)
_RETENTION_TICK = timedelta(minutes=10)
_DORMANCY_TICK = timedelta(hours=1)
_CORRECTIONS_TICK = timedelta(seconds=2)
_QUESTIONS_TICK = timedelta(seconds=10)
_OUTAGES_TICK = timedelta(minutes=1)


class Oversight:
    """Looks after everything beside the way of an article; what it says to owners goes through *duty*."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        source: Source,
        clock: Clock,
        *,
        duty: Duty,
        account: AccountId,
        on_owed: Callable[[], None],
    ) -> None:
        owners, translator = settings.owners_of(account), parts.translator(settings)
        self._retention = Retention(database, clock, parts.retention_rules(settings))
        self._dormant = parts.dormant_chats(settings, database, clock)
        self._alerts = Alerts(
            database=database,
            clock=clock,
            translator=translator,
            account=account,
            owners=owners,
            health=duty.health,
            reply=duty.reply,
            rules=parts.alert_rules(settings),
        )
        self._notices = Notices(
            database,
            clock,
            account=account,
            owners=owners,
            reply=duty.reply,
            about_hold=partial(hold_question, translator=translator),
            about_withdrawal=partial(withdrawal_question, translator=translator),
        )
        self._outages = OutageNotices(
            database, clock, translator, expires_after=settings.delivery.expires_after, on_owed=on_owed
        )
        rules = parts.correction_rules(settings)
        self._corrections = Corrections(database, source, clock, rules=rules, on_owed=on_owed)

    async def tell_lost(self, reason: str) -> None:
        await self._alerts.tell_lost(reason)

    def ticks(self, roles: frozenset[Role]) -> tuple[Tick, ...]:
        """Return what is to be looked after in a process that has these *roles*."""
        of_roles = {
            Role.POLL: (
                Tick("retention", _RETENTION_TICK, self._retention.prune),
                Tick("dormant chats", _DORMANCY_TICK, self._dormant.erase),
                Tick("corrections", _CORRECTIONS_TICK, self._corrections.read_due),
                Tick("outages", _OUTAGES_TICK, self._outages.tell),
            ),
            Role.SEND: (
                Tick("alerts", _ALERT_TICK, self._alerts.check),
                Tick("questions", _QUESTIONS_TICK, self._notices.ask),
            ),
        }
        return tuple(tick for role in sorted(roles) for tick in of_roles.get(role, ()))

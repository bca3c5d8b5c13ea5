"""Oversight: what looks after the service, its data and what it has sent, and tells the owners."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot import parts
from bot.account_worker import AccountWorker
from bot.commands.admin.approvals import hold_question, withdrawal_question
from bot.commands.router.command_menu import menus_of_manager, no_menus
from bot.domain.clock import Clock
from bot.domain.messaging.messenger import Messenger
from bot.domain.news.feed import Source
from bot.i18n import Translator
from bot.runtime.scheduler import Tick
from bot.services.ingest.revisits import Revisits
from bot.services.operations.alerts import Alerts
from bot.services.operations.approvals import ApprovalRequests, Questions
from bot.services.operations.follow_ups import FollowUps
from bot.services.operations.manager_menus import ManagerMenus, MenuTexts
from bot.services.operations.outage_notices import OutageNotices
from bot.services.operations.retention import Retention
from bot.settings.roles import ProcessRole
from bot.settings.settings import Settings
from bot.store.engine.database import Database

_ALERT_TICK = timedelta(seconds=30)
_RETENTION_TICK = timedelta(minutes=10)
_DORMANCY_TICK = timedelta(hours=1)
_CORRECTIONS_TICK = timedelta(seconds=2)
_QUESTIONS_TICK = timedelta(seconds=10)
_MENUS_TICK = timedelta(seconds=5)
_FOLLOW_UPS_TICK = timedelta(seconds=2)
_OUTAGES_TICK = timedelta(minutes=1)


class Oversight:
    """Looks after everything beside the way of an article; what it says to owners goes through *worker*."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        source: Source,
        clock: Clock,
        *,
        worker: AccountWorker,
        messenger: Messenger,
        on_owed: Callable[[], None],
    ) -> None:
        account, translator = messenger.account, parts.translator(settings)
        owners = settings.owners_of(account)
        self._retention = Retention(database, clock, parts.retention_rules(settings))
        self._dormant = parts.dormant_chats(settings, database, clock)
        self._alerts = Alerts(
            database=database,
            clock=clock,
            translator=translator,
            account=account,
            owners=owners,
            health=worker.health,
            reply=worker.reply,
            rules=parts.alert_rules(settings),
        )
        self._notices = ApprovalRequests(
            database, clock, _questions(translator), account=account, owners=owners, reply=worker.reply
        )
        self._follow_ups = FollowUps(database, clock, translator, account=account, reply=worker.reply)
        self._menus = ManagerMenus(
            database, clock, messenger, _menus(translator), owners=owners, is_ours=lambda: worker.is_ours
        )
        self._outages = OutageNotices(
            database, clock, translator, expires_after=settings.delivery.expires_after, on_owed=on_owed
        )
        rules = parts.correction_rules(settings)
        self._corrections = Revisits(database, source, clock, rules=rules, on_owed=on_owed)

    async def tell_lost(self, reason: str) -> None:
        await self._alerts.tell_lost(reason)

    def ticks(self, roles: frozenset[ProcessRole]) -> tuple[Tick, ...]:
        """Return what is to be looked after in a process that has these *roles*."""
        of_roles = {
            ProcessRole.POLL: (
                Tick("retention", _RETENTION_TICK, self._retention.prune),
                Tick("dormant chats", _DORMANCY_TICK, self._dormant.erase),
                Tick("corrections", _CORRECTIONS_TICK, self._corrections.read_due),
                Tick("outages", _OUTAGES_TICK, self._outages.tell),
            ),
            ProcessRole.SEND: (
                Tick("alerts", _ALERT_TICK, self._alerts.check),
                Tick("questions", _QUESTIONS_TICK, self._notices.ask),
                Tick("menus of managers", _MENUS_TICK, self._menus.look),
                Tick("follow-ups", _FOLLOW_UPS_TICK, self._follow_ups.tell),
            ),
        }
        return tuple(tick for role in sorted(roles) for tick in of_roles.get(role, ()))


def _questions(translator: Translator) -> Questions:
    return Questions(
        about_hold=partial(hold_question, translator=translator),
        about_withdrawal=partial(withdrawal_question, translator=translator),
    )


def _menus(translator: Translator) -> MenuTexts:
    return MenuTexts(
        shown_to=lambda user, is_owner: menus_of_manager(translator, user, is_owner=is_owner),
        taken_from=partial(no_menus, translator),
    )

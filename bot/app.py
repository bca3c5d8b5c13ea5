"""The composition root: everything is built here, once, from the settings, and started and stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from aiohttp import web

from bot.commands.admin.approvals import hold_question, withdrawal_question
from bot.commands.admin.publishing.source_changes import source_question
from bot.commands.admin.publishing.waiting_card import decided, waiting_card
from bot.commands.base.context import Context, Desk
from bot.commands.base.recent import Recent
from bot.commands.router.command_menu import menus, menus_of_manager, no_menus, profiles
from bot.commands.router.router import Router
from bot.commands.runtime.confined import confined
from bot.commands.runtime.text_menu import fitting
from bot.domain.chats.message import Message, NewPhoto
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import CONFIGURATION
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.feed import Feed, Topic
from bot.i18n import Translator
from bot.metrics import Metrics
from bot.runtime import from_settings, scheduler
from bot.runtime.account_worker import AccountWorker, ConfiguredAccount, WorkerDependencies
from bot.runtime.accounts import AccountWorkers
from bot.runtime.from_settings import RulesInForce
from bot.runtime.lost_database import until_lost
from bot.runtime.process import malloc_tuning
from bot.runtime.process.media import ReaderMedia
from bot.runtime.readiness import Readiness
from bot.runtime.scheduler import Tick
from bot.runtime.serving.console import console_of
from bot.runtime.serving.documents import document_routes, file_receiver
from bot.runtime.serving.listeners import Served, listen
from bot.runtime.serving.media import media_routes
from bot.runtime.serving.own_names import ticks_of_names
from bot.runtime.serving.public_page import public_site_of, ticks_of_hub
from bot.runtime.shutdown import stopped_by_signal, until_stopped
from bot.runtime.telegram_account import telegram_account
from bot.runtime.upkeep import Surroundings, Upkeep
from bot.runtime.web_source import open_web_source
from bot.runtime.zalo_account import zalo_account
from bot.runtime.zalo_oa_account import switched_off, zalo_oa_account
from bot.services.administration.configuration import follow_configuration
from bot.services.administration.topic_merges import TopicMerges
from bot.services.aio import all_ended, at_most
from bot.services.coordination.database_clock import DatabaseClock
from bot.services.coordination.hearing import hear_others
from bot.services.coordination.heartbeat import Heartbeat, process_name
from bot.services.coordination.leader import DEFAULT_LEASE_RULES, LeaderLease, LeaseRules
from bot.services.delivery.destinations import retire
from bot.services.gateway.account import ServedAccount
from bot.services.ingest import websub
from bot.services.ingest.fanout import FanOut
from bot.services.ingest.followed_pages import FollowedPages
from bot.services.ingest.poller import Poller, PollHooks, PollReport
from bot.services.ingest.revisits import Revisits
from bot.services.operations.alerts import Alerts
from bot.services.operations.approval_questions import ApprovalQuestions, ApprovalTexts
from bot.services.operations.approvals import ApprovalRequests, Questions
from bot.services.operations.follow_ups import FollowUps
from bot.services.operations.managed_account import is_spoken_through
from bot.services.operations.manager_menus import ManagerMenus, MenuTexts
from bot.services.operations.old_documents import OldDocuments
from bot.services.operations.outage_notices import OutageNotices
from bot.services.operations.retention import Retention
from bot.services.operations.weekly_figures import WeeklyFigures
from bot.services.publishing.announcements import AnnouncementEnds
from bot.services.publishing.releases import LOOK_EVERY, Releases
from bot.services.publishing.standing import ApprovalStanding
from bot.services.publishing.standing_words import Speech
from bot.services.publishing.submissions import Submissions
from bot.services.rendering.card import CardFormat
from bot.services.subscribers.dormancy import DormantChats
from bot.services.text_menus.messenger import spelling_out
from bot.settings.keys import proof_key
from bot.settings.roles import ALL_ROLES, ProcessRole
from bot.settings.settings import ConfigurationError, Settings
from bot.sources.web import WebSource
from bot.store.engine.database import Database, DatabaseLost
from bot.store.engine.notify import Signal
from bot.store.integrity.current import open_current
from bot.store.integrity.watch import Watch
from bot.store.runtime import owner_names
from bot.web.api import ApiContext, api_routes
from bot.web.console import console_routes
from bot.web.health import state_routes
from bot.web.public import public_routes
from bot.web.websub import websub_routes

log = structlog.get_logger(__name__)

TEST_ONLY = "a test installation: nobody gets anything but the chats in delivery.only_chats"
_STOP_WITHIN = 7.0
_PART_WITHIN = 3.0


@dataclass(frozen=True, slots=True)
class Resources:
    """What is open for as long as the service runs."""

    database: Database
    source: WebSource
    clock: DatabaseClock


def accounts_of(settings: Settings) -> tuple[ConfiguredAccount, ...]:
    """Return the accounts that the settings name; raises ConfigurationError where there is none."""
    accounts = []
    if settings.telegram.token:
        accounts.append(telegram_account(settings))
    if settings.zalo.token:
        accounts.append(zalo_account(settings))
    if not accounts:
        raise ConfigurationError(
            "no account is set: put the token from @BotFather into BANTIN_TELEGRAM__TOKEN, or that of Zalo's "
            "Bot Creator into BANTIN_ZALO__TOKEN, or the name of its file into the same with _FILE"
        )
    if settings.zalo_oa.enabled:
        # Nobody can be told anything through it: it stands beside an account that people write to.
        accounts.append(zalo_oa_account(settings))
    return tuple(accounts)


async def run(
    settings: Settings,
    topics: Sequence[Topic],
    defined: Sequence[Feed],
    *,
    stop: asyncio.Event | None = None,
    roles: frozenset[ProcessRole] = ALL_ROLES,
    lease_rules: LeaseRules = DEFAULT_LEASE_RULES,
) -> None:
    """Run the service, or some *roles* of it, until *stop* is set or a signal asks for an end."""
    stop = stop or stopped_by_signal()
    accounts = accounts_of(settings)
    async with AsyncExitStack() as stack:
        for account in accounts:
            stack.push_async_callback(account.messenger.close)
        database = await stack.enter_async_context(open_current(settings.database.url, exclusive=True))
        watch = await Watch.begin(database)
        clock = DatabaseClock(database, SystemClock())
        await clock.ask()
        async with database.write() as tx:
            await follow_configuration(tx, topics, defined, actor=CONFIGURATION, now=clock.now())
            await owner_names.follow(tx, settings.owner_names())
            rules = await RulesInForce.read(tx, settings)
            # Of an account that these settings do not name, another process may be in charge.
            if ProcessRole.SEND in roles and (off := switched_off(settings)):
                await retire(tx, off, reason="zalo_oa.enabled is false", now=clock.now())
        source = await stack.enter_async_context(open_web_source(settings, clock))
        service = Service(rules, Resources(database, source, clock), accounts, lease_rules)
        try:
            await service.run(stop, roles, watch)
        except DatabaseLost:
            with suppress(TimeoutError):
                await at_most(_PART_WITHIN, watch.part())
            raise


class Service:
    """Polls, delivers and answers, for all of its accounts."""

    def __init__(
        self,
        rules: RulesInForce,
        resources: Resources,
        accounts: Sequence[ConfiguredAccount],
        lease_rules: LeaseRules,
    ) -> None:
        self._rules = rules
        self._settings = settings = rules.configured
        self._database = resources.database
        self._source = resources.source
        self._clock = resources.clock
        self._translator = rules.translator
        self._metrics = Metrics()
        self._process = process_name()
        self._heartbeat = Heartbeat(self._database, self._clock, owner=self._process)
        self._media = ReaderMedia.of(settings, self._database, self._source, self._translator, self._clock)
        self._desk = _desk(rules, self._source, accounts)
        self._upkeeps: list[Upkeep] = []
        self._configured = accounts
        self._accounts = AccountWorkers([self._worker(account, lease_rules) for account in accounts])
        self._readiness = Readiness(self._database, self._clock, self._metrics, self._accounts)
        served = tuple(self._accounts)
        self._alerts = Alerts(self._database, self._clock, self._translator, rules.alerts, served)
        self._fan_out = FanOut(
            self._database, self._clock, on_slice=partial(self._accounts.hear, Signal.DELIVERIES)
        )
        self._hubs = websub.HubSubscriber(
            self._database, self._source.ask_hub, self._clock, public_url=settings.web.public_url
        )
        self._poller = Poller(
            self._database,
            self._source,
            self._clock,
            owner=self._process,
            rules=from_settings.ingest_rules(settings),
            hooks=PollHooks(owed=self._owed, polled=self._polled),
        )

    def _worker(self, account: ConfiguredAccount, lease_rules: LeaseRules) -> AccountWorker:
        messenger, translator = account.messenger, self._translator
        chats = self._settings.served_chats_of(messenger.account)
        lease = LeaderLease(
            self._database, self._clock, account=messenger.account, owner=self._process, rules=lease_rules
        )
        messenger.send_only_while(lease.owns)
        if account.prepare:
            around = Surroundings(
                database=self._database, clock=self._clock, owner=self._process, is_ours=lease.owns
            )
            self._upkeeps.append(account.prepare(around))
        served = ServedAccount(
            messenger=spelling_out(messenger, self._database, self._clock, translator),
            database=self._database,
            clock=self._clock,
            metrics=self._metrics,
            owner=self._process,
            is_leader=lease.owns,
            time_zone=self._settings.subscribers.time_zone,
            served=chats,
        )
        return AccountWorker(
            WorkerDependencies(
                configured=account,
                account=served,
                lease=lease,
                router=confined(fitting(Router(self._context(account))), chats),
                menus=partial(menus, translator),
                profiles=partial(profiles, translator),
                renderer=from_settings.renderer(
                    messenger, translator, listens=self._media.recordings is not None
                ),
                sender_rules=self._rules.sender,
            )
        )

    def _context(self, account: ConfiguredAccount) -> Context:
        return Context(
            database=self._database,
            translator=self._translator,
            messenger=account.messenger,
            clock=self._clock,
            owners=account.owners,
            chosen=self._rules.agency,
            throttle=account.throttle,
            keeping=from_settings.keeping(self._settings),
            photo_fetcher=self._media.photos,
            draw=self._media.drawer.draw,
            proof_key=proof_key(self._settings),
            recent=Recent(self._clock),
            desk=self._desk,
            console_url=from_settings.console_url(self._settings),
            recordings=self._media.recordings,
            tables=self._media.tables,
            most_followed=self._settings.subscribers.followed_pages,
        )

    async def run(self, stop: asyncio.Event, roles: frozenset[ProcessRole], watch: Watch) -> None:
        """Work until *stop* is set; then send nothing new, settle what is under way, and return.

        Raises DatabaseLost once *watch* finds that the database is no more what it was, MessengerError if the
        platforms refuse every account, and ServiceError if a part ends by itself.
        """
        async with self._heartbeat.kept():
            await self._work(stop, roles, watch)
        log.info("stopped")

    async def _work(self, stop: asyncio.Event, roles: frozenset[ProcessRole], watch: Watch) -> None:
        listeners = await self._listen() if ProcessRole.WEB in roles else []
        ticks = scheduler.schedule(self._ticks(roles))
        ticks.start()
        ending = asyncio.Event()
        tasks = self._start(roles, ending, watch)
        if self._settings.delivery.only_chats:
            log.warning(TEST_ONLY)
        for worker in self._accounts:
            log.info("running", account=worker.id, roles=",".join(sorted(roles)))
        try:
            await until_stopped(stop, tasks)
        finally:
            ending.set()
            for task in tasks:
                if task.get_name() != ProcessRole.SEND:
                    task.cancel()
            ends = [
                ticks.stop(),
                self._poller.stop(),
                self._media.close(),
                *(upkeep.close() for upkeep in self._upkeeps),
                *(listener.cleanup() for listener in listeners),
            ]
            await all_ended([*tasks, *map(asyncio.create_task, ends)], within=_STOP_WITHIN)

    def _start(
        self, roles: frozenset[ProcessRole], ending: asyncio.Event, watch: Watch
    ) -> list[asyncio.Task[None]]:
        hearing = hear_others(self._database, self._clock, self._accounts.hear)
        watching = until_lost(watch, self._database, self._clock, self._accounts, self._alerts)
        tasks = [
            asyncio.create_task(hearing, name="signals"),
            asyncio.create_task(watching, name="watch"),
        ]
        if ProcessRole.POLL in roles:
            tasks.append(asyncio.create_task(self._fan_out.run(), name="fan-out"))
        if ProcessRole.SEND in roles:
            tasks.append(asyncio.create_task(self._accounts.run(ending), name=ProcessRole.SEND))
        return tasks

    def _ticks(self, roles: frozenset[ProcessRole]) -> tuple[Tick, ...]:
        """Return what is to be looked after in a process that has these *roles*."""
        of_roles = {
            ProcessRole.POLL: self._ticks_of_polling(),
            ProcessRole.SEND: self._ticks_of_sending(),
            ProcessRole.WEB: (Tick("measure", timedelta(seconds=15), self._readiness.measure),),
        }
        return (
            *ticks_of_names(self._settings, self._configured, roles),
            Tick("clock", timedelta(seconds=30), self._clock.ask),
            Tick("settings", timedelta(seconds=2), self._follow_settings),
            Tick("memory", timedelta(minutes=10), malloc_tuning.give_back_holes),
            Tick("traces of the deleted", timedelta(minutes=1), self._database.take_out_what_is_left),
            *(tick for role in sorted(roles) for tick in of_roles[role]),
        )

    def _ticks_of_polling(self) -> tuple[Tick, ...]:
        database, clock, settings = self._database, self._clock, self._settings
        retention = Retention(database, clock, from_settings.retention_rules(settings))
        dormant = DormantChats(
            database,
            clock,
            from_settings.dormancy_rules(settings),
            owners={worker.id: worker.owners for worker in self._accounts},
            proof_key=proof_key(settings),
        )
        expires_after = settings.delivery.expires_after
        outages = OutageNotices(
            database, clock, self._translator, expires_after=expires_after, on_owed=self._owed
        )
        rules = from_settings.correction_rules(settings)
        revisits = Revisits(database, self._source, clock, rules=rules, on_owed=self._owed)
        followed = FollowedPages(database, self._source, clock, self._translator, expires_after, self._owed)
        ends = AnnouncementEnds(database, clock, on_owed=self._owed)
        releases = Releases(database, clock, on_owed=self._owed)
        merges = TopicMerges(database, clock)
        hubs = Tick("hubs", timedelta(seconds=15), self._hubs.ask_due)
        return (
            Tick("poll", timedelta(seconds=1), self._poller.start_due_polls),
            Tick("retention", timedelta(minutes=10), retention.prune),
            Tick("dormant chats", timedelta(hours=1), dormant.erase),
            Tick("releases", timedelta(seconds=LOOK_EVERY), releases.release_due),
            Tick("old documents", timedelta(seconds=5), OldDocuments(database).read_some),
            Tick("corrections", timedelta(seconds=2), revisits.read_due),
            Tick("followed pages", timedelta(seconds=2), followed.read_due),
            Tick("ends of following", timedelta(minutes=1), followed.end_over),
            Tick("outages", timedelta(minutes=1), outages.tell),
            Tick("ends of announcements", timedelta(seconds=1), ends.end_due),
            Tick("merges of topics", timedelta(seconds=5), merges.go_on),
            *((hubs,) if settings.web.public_url else ()),
            *ticks_of_hub(settings, database, clock, self._source, self._process),
        )

    def _ticks_of_sending(self) -> tuple[Tick, ...]:
        questions = ApprovalRequests(
            self._database, self._clock, _questions(self._translator), tuple(self._accounts)
        )
        return (
            Tick("alerts", timedelta(seconds=30), self._alerts.check),
            Tick("questions", timedelta(seconds=10), questions.ask),
            *(tick for worker in self._accounts for tick in self._ticks_of_account(worker)),
            *(tick for upkeep in self._upkeeps for tick in upkeep.ticks),
        )

    def _ticks_of_account(self, worker: AccountWorker) -> tuple[Tick, ...]:
        """Return what people are told through one account, and must not have to wait for another one."""
        if not is_spoken_through(worker):
            return ()
        approval = ApprovalQuestions(self._database, self._clock, approval_texts(self._translator), worker)
        manager_menus = ManagerMenus(self._database, self._clock, self._menu_texts(), worker)
        weekly = WeeklyFigures(self._database, self._clock, self._translator, self._media.drawer.draw, worker)
        follow_ups = FollowUps(self._database, self._clock, self._translator, worker)
        return (
            Tick(f"menus of managers of {worker.id}", timedelta(seconds=5), manager_menus.look),
            Tick(f"approval through {worker.id}", timedelta(seconds=2), approval.look),
            Tick(f"follow-ups of {worker.id}", timedelta(seconds=2), follow_ups.tell),
            Tick(
                f"weekly figures of {worker.id}", timedelta(minutes=1), partial(self._if_wanted, weekly.tell)
            ),
        )

    async def _if_wanted(self, tell: Callable[[], Awaitable[None]]) -> None:
        if self._rules.settings.alerts.weekly_figures:
            await tell()

    async def _follow_settings(self) -> None:
        """Go by the settings as they are stored now."""
        if await self._rules.refresh(self._database):
            await self._accounts.introduce_anew()

    def _menu_texts(self) -> MenuTexts:
        has_console = bool(from_settings.console_url(self._settings))
        return MenuTexts(
            shown_to=partial(menus_of_manager, self._translator, has_console=has_console),
            taken_from=partial(no_menus, self._translator),
        )

    async def _listen(self) -> list[web.AppRunner]:
        public = [route for worker in self._accounts for route in worker.routes()]
        if self._settings.web.public_url:
            public += websub_routes(websub.PATH, self._hubs)
        if self._settings.web.api:
            public += api_routes(self._api_context())
        parts = (self._settings, self._database, self._clock, self._translator, self._configured)
        page = public_site_of(*parts, self._media.drawer.pdf)
        fetched = not all(each.messenger.capabilities.photo_upload for each in self._accounts)
        if page or fetched:
            public += media_routes(self._settings, self._database)
        if page:
            public += public_routes(page)
        public += document_routes(self._settings, self._database, self._clock)
        remark = TEST_ONLY if self._settings.delivery.only_chats else ""
        state = state_routes(registry=self._metrics.registry, ready=self._readiness.problem, remark=remark)
        return await listen(self._settings.web, Served(public, state, self._console()))

    def _console(self) -> list[web.RouteDef]:
        if not self._settings.web.console:
            return []
        return console_routes(
            console_of(
                self._rules,
                self._database,
                self._clock,
                self._configured,
                self._source,
                self._follow_settings,
            )
        )

    def _api_context(self) -> ApiContext:
        submissions = Submissions(
            self._database,
            self._media.photos,
            self._clock,
            from_settings.publishing_rules(self._settings),
            on_owed=self._owed,
        )
        return ApiContext(self._database, self._clock, submissions.submit, self._owed)

    def _owed(self) -> None:
        self._fan_out.wake()
        self._accounts.hear(Signal.DELIVERIES)

    def _polled(self, report: PollReport) -> None:
        result = "failed" if report.error else "not_modified" if report.not_modified else "changed"
        self._metrics.polls.labels(report.feed.id, result).inc()
        self._metrics.unsaved.labels(report.feed.id).inc(report.failed)


def _desk(rules: RulesInForce, source: WebSource, accounts: Sequence[ConfiguredAccount]) -> Desk:
    """Return what those who publish have at hand."""
    rules.pace([each.messenger for each in accounts])
    configured = rules.configured
    publishing = from_settings.publishing_rules(configured)
    return Desk(publishing, rules.forecasts, source.picture, file_receiver(configured, source))


def _questions(translator: Translator) -> Questions:
    return Questions(
        about_hold=partial(hold_question, translator=translator),
        about_withdrawal=partial(withdrawal_question, translator=translator),
        about_source=partial(source_question, translator=translator),
    )


def approval_texts(translator: Translator) -> ApprovalTexts:
    def asking(
        stands: ApprovalStanding, photo: NewPhoto | None, language: str, capabilities: Capabilities
    ) -> Message:
        return waiting_card(stands, CardFormat(translator, language, capabilities), photo)

    return ApprovalTexts(asking, lambda stands, language: decided(stands, Speech(translator, language)))

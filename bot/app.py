"""The composition root: the parts become a service, started and stopped in order."""

import asyncio
import math
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from functools import partial

import structlog
from aiohttp import web

from bot import parts
from bot.account_worker import AccountWorker, WorkerDependencies
from bot.commands.base.article_buttons import ArticleButtons, composer
from bot.commands.base.context import Context
from bot.commands.router.command_menu import menus, profiles
from bot.commands.router.router import Router
from bot.commands.runtime.text_menu import fitting
from bot.domain.chats.courtesy import ThrottleRules
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.messaging.messenger import MessengerError
from bot.domain.news.feed import Feed, Topic
from bot.messengers.telegram import TelegramMessenger
from bot.metrics import Metrics
from bot.oversight import Oversight
from bot.runtime import malloc_tuning, scheduler
from bot.runtime.shutdown import all_ended, stopped_by_signal
from bot.services.coordination.database_clock import DatabaseClock
from bot.services.coordination.heartbeat import Heartbeat
from bot.services.coordination.leader import DEFAULT_LEASE_RULES, LeaderLease, LeaseRules
from bot.services.coordination.timeouts import at_most
from bot.services.coordination.waking import hear_others
from bot.services.delivery.account import ServedAccount
from bot.services.delivery.sender import Sender, SenderRules
from bot.services.ingest import websub
from bot.services.ingest.fanout import FanOut
from bot.services.ingest.poller import Poller, PollReport
from bot.services.rendering.card import withdrawal
from bot.services.rendering.digest import digest_composer
from bot.services.rendering.renderer import Renderer
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.services.text_menus.messenger import spelling_out
from bot.settings.keys import proof_key
from bot.settings.roles import ALL_ROLES, ProcessRole
from bot.settings.settings import Settings, split_address
from bot.sources.web import WebSource
from bot.store.engine.database import Database, DatabaseLost, DatabaseUnavailable
from bot.store.engine.notify import Signal
from bot.store.feeds import feeds
from bot.store.integrity.watch import Watch
from bot.store.outbox import outbox
from bot.store.runtime import accounts, updates
from bot.web.health import alive_route, state_routes
from bot.web.server import refused, serve
from bot.web.webhook import NotStoredError, webhook_route
from bot.web.websub import websub_routes

log = structlog.get_logger(__name__)

_POLL_TICK = timedelta(seconds=1)
_MEASURE_TICK = timedelta(seconds=15)
_HUBS_TICK = timedelta(seconds=15)
_CLOCK_TICK = timedelta(seconds=30)
_MEMORY_TICK = timedelta(minutes=10)
_FRESH = 5.0
_STOP_WITHIN = 7.0
_LOOK_WITHIN = 15.0
_TELL_WITHIN = 5.0
_PART_WITHIN = 3.0


class ServiceError(ExplainedError):
    """The service cannot run, or had to end. The text says why in one line."""


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
    telegram = parts.telegram_settings(settings)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(parts.current_database(settings, exclusive=True))
        watch = await Watch.begin(database)
        clock = DatabaseClock(database, SystemClock())
        await clock.ask()
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, clock.now())
        source = await stack.enter_async_context(parts.web_source(settings, clock))
        messenger = await stack.enter_async_context(parts.telegram(telegram))
        service = Service(
            settings,
            database=database,
            source=source,
            messenger=messenger,
            clock=clock,
            lease_rules=lease_rules,
        )
        try:
            await service.run(stop, roles, watch)
        except DatabaseLost:
            with suppress(TimeoutError):
                await at_most(_PART_WITHIN, watch.part())
            raise


class Service:
    """One account's service: polls, delivers and answers."""

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        source: WebSource,
        messenger: TelegramMessenger,
        clock: DatabaseClock,
        lease_rules: LeaseRules,
    ) -> None:
        self._settings = settings
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._translator = parts.translator(settings)
        self._metrics = Metrics()
        self._is_known = False
        self._measured_at = -math.inf
        self._owner = parts.owner_name()
        self._heartbeat = Heartbeat(database, clock, owner=self._owner)
        self._photo_fetcher = PhotoFetcher(database, source.picture, clock)
        lease = LeaderLease(database, clock, account=messenger.account, owner=self._owner, rules=lease_rules)
        messenger.send_only_while(lease.owns)
        self._worker = AccountWorker(self._worker_dependencies(), lease)
        self._fan_out = FanOut(database, clock, on_slice=partial(self._worker.hear, Signal.DELIVERIES))
        self._hubs = websub.HubSubscriber(database, source.ask_hub, clock, public_url=settings.web.public_url)
        self._poller = self._polling(source)
        self._oversight = Oversight(
            settings, database, source, clock, worker=self._worker, messenger=messenger, on_owed=self._owed
        )

    def _polling(self, source: WebSource) -> Poller:
        return Poller(
            self._database,
            source,
            self._clock,
            owner=self._owner,
            concurrency=self._settings.polling.concurrency,
            rules=parts.ingest_rules(self._settings),
            on_owed=self._owed,
            on_polled=self._polled,
        )

    def _worker_dependencies(self) -> WorkerDependencies:
        return WorkerDependencies(
            messenger=self._messenger,
            router=fitting(Router(self._context())),
            menus=menus(self._translator),
            profiles=profiles(self._translator),
            webhook=parts.webhook(self._settings),
            clock=self._clock,
            sender=self._sender,
            connect=partial(parts.reach, self._messenger, self._clock),
            introduce=self._introduce,
        )

    def _sender(self, is_leader: Callable[[], bool]) -> Sender:
        account = ServedAccount(
            messenger=spelling_out(self._messenger, self._database, self._clock, self._translator),
            database=self._database,
            clock=self._clock,
            metrics=self._metrics,
            owner=self._owner,
            is_leader=is_leader,
        )
        buttons = ArticleButtons(self._translator, self._messenger.link_to_us)
        renderer = Renderer(
            composer(self._translator, self._messenger),
            digest_composer(self._translator, self._messenger.capabilities, buttons.opening),
            partial(withdrawal, self._translator),
        )
        return Sender(account, renderer, SenderRules(usual=self._settings.subscribers.preferences))

    def _context(self) -> Context:
        return Context(
            database=self._database,
            translator=self._translator,
            messenger=self._messenger,
            clock=self._clock,
            owners=self._settings.owners_of(self._messenger.account),
            contact=self._settings.agency.contact,
            usual=self._settings.subscribers.preferences,
            throttle=ThrottleRules(burst=self._settings.telegram.answers_at_once),
            keeping=parts.keeping(self._settings),
            photo_fetcher=self._photo_fetcher,
            proof_key=proof_key(self._settings),
        )

    async def run(self, stop: asyncio.Event, roles: frozenset[ProcessRole], watch: Watch) -> None:
        """Work until *stop* is set; then send nothing new, settle what is under way, and return.

        Raises DatabaseLost once *watch* finds that the database is no more what it was.
        """
        async with self._heartbeat.kept():
            await self._work(stop, roles, watch)
        log.info("stopped")

    async def _work(self, stop: asyncio.Event, roles: frozenset[ProcessRole], watch: Watch) -> None:
        listeners = await self._serve() if ProcessRole.WEB in roles else []
        ticks = scheduler.schedule(self._ticks(roles))
        ticks.start()
        ending = asyncio.Event()
        tasks = [*self._start(roles, ending), asyncio.create_task(self._until_lost(watch), name="watch")]
        log.info("running", account=self._messenger.account, roles=",".join(sorted(roles)))
        try:
            await first_ended(stop, tasks)
        finally:
            ending.set()
            for task in tasks:
                if task.get_name() != ProcessRole.SEND:
                    task.cancel()
            ends = [
                ticks.stop(),
                self._poller.stop(),
                self._photo_fetcher.close(),
                *(listener.cleanup() for listener in listeners),
            ]
            await all_ended([*tasks, *map(asyncio.create_task, ends)], within=_STOP_WITHIN)

    def _start(self, roles: frozenset[ProcessRole], ending: asyncio.Event) -> list[asyncio.Task[None]]:
        hearing = hear_others(self._database, self._clock, self._worker.hear)
        tasks = [asyncio.create_task(hearing, name="signals")]
        if ProcessRole.POLL in roles:
            tasks.append(asyncio.create_task(self._fan_out.run(), name="fan-out"))
        if ProcessRole.SEND in roles:
            tasks.append(asyncio.create_task(self._worker.run(ending), name=ProcessRole.SEND))
        return tasks

    async def _until_lost(self, watch: Watch) -> None:
        """Raise DatabaseLost when the database is lost, after the owners have been told.

        To go on would be to send what nobody could ever note, and to answer people whose wishes are not kept.
        The end lets go of the files: what is put in their place is found at the next start.
        """
        while True:
            with suppress(TimeoutError):
                await at_most(_LOOK_WITHIN, watch.look())
            if self._database.lost:
                break
            await self._clock.sleep(watch.every)
        reason = str(self._database.lost)
        log.error("the service ends", reason=reason)
        self._worker.hold()
        try:
            await at_most(_TELL_WITHIN, self._oversight.tell_lost(reason))
        except TimeoutError:
            log.warning("the owners could not be told in time")
        raise self._database.lost

    def _ticks(self, roles: frozenset[ProcessRole]) -> tuple[scheduler.Tick, ...]:
        clock = scheduler.Tick("clock", _CLOCK_TICK, self._clock.ask)
        memory = scheduler.Tick("memory", _MEMORY_TICK, malloc_tuning.give_back_holes)
        poll = scheduler.Tick("poll", _POLL_TICK, self._poller.start_due_polls)
        measure = scheduler.Tick("measure", _MEASURE_TICK, self._measure)
        asking = scheduler.Tick("hubs", _HUBS_TICK, self._hubs.ask_due)
        polling = (poll, asking) if self._settings.web.public_url else (poll,)
        of_roles = {ProcessRole.POLL: polling, ProcessRole.WEB: (measure,)}
        watching = self._oversight.ticks(roles)
        return clock, memory, *watching, *(tick for role in sorted(roles) for tick in of_roles.get(role, ()))

    async def _introduce(self) -> None:
        """Make the account known to the database."""
        platform, _, _ = self._messenger.account.partition(":")
        async with self._database.write() as tx:
            await accounts.register(
                tx,
                self._messenger.account,
                platform=platform,
                name=self._messenger.username,
                now=self._clock.now(),
            )
        if self._messenger.username and not self._is_known:
            invitation = f"write /start to @{self._messenger.username}"
            log.info(invitation)
        self._is_known = True

    async def _serve(self) -> list[web.AppRunner]:
        """Listen where the settings say; health has a listener of its own if they name one."""
        chosen = self._settings.web
        state = state_routes(registry=self._metrics.registry, ready=self._problem)
        public = web.Application()
        public.add_routes([alive_route()])
        if webhook := parts.webhook(self._settings):
            public.add_routes([webhook_route(secret=webhook.secret, store=self._store_update)])
        if chosen.public_url:
            public.add_routes(websub_routes(websub.PATH, self._hubs))
        if not chosen.health_listen:
            public.add_routes(state)
            return [await _listening(public, "web.listen", chosen.listen)]
        health = web.Application()
        health.add_routes([alive_route(), *state])
        listener = await _listening(public, "web.listen", chosen.listen)
        try:
            return [listener, await _listening(health, "web.health_listen", chosen.health_listen)]
        except ServiceError:
            await listener.cleanup()
            raise

    async def _store_update(self, number: int, payload: str) -> None:
        """Keep an update for whoever has the account; the one that has it is told."""
        try:
            if not self._is_known:
                await self._introduce()
            async with self._database.write() as tx:
                await updates.save(tx, self._messenger.account, [(number, payload)], now=self._clock.now())
        except DatabaseUnavailable as error:
            raise NotStoredError(str(error)) from None
        self._worker.hear(Signal.UPDATES)

    async def _problem(self) -> str | None:
        """Return what keeps the service from working, in one line."""
        if self._database.lost:
            return "the database is lost, and the service ends: put it back, or restore a backup"
        try:
            if self._clock.monotonic() - self._measured_at > _FRESH:
                await self._measure()
            if self._database.write_failure:
                await self._database.probe()
        except DatabaseUnavailable as error:
            log.warning("not ready", error=str(error))
            takes_none = self._database.write_failure is not None
            return "the database takes no writes" if takes_none else "the database cannot be reached"
        return self._worker.problem

    async def _measure(self) -> None:
        self._metrics.speaking.labels(self._messenger.account).set(self._worker.is_ours)
        now = self._clock.now()
        async with self._database.read() as tx:
            backlog = await outbox.backlog(tx, now=now)
        self._metrics.backlog.set(backlog.pending)
        self._metrics.due.set(backlog.due)
        oldest = (now - backlog.oldest_due_at).total_seconds() if backlog.oldest_due_at else 0.0
        self._metrics.oldest_due.set(oldest)
        self._measured_at = self._clock.monotonic()

    def _owed(self) -> None:
        self._fan_out.wake()
        self._worker.hear(Signal.DELIVERIES)

    def _polled(self, report: PollReport) -> None:
        result = "failed" if report.error else "not_modified" if report.not_modified else "changed"
        self._metrics.polls.labels(report.feed.id, result).inc()
        self._metrics.unsaved.labels(report.feed.id).inc(report.failed)


async def _listening(application: web.Application, setting: str, address: str) -> web.AppRunner:
    """Serve *application* at the *address* of *setting*; raise ServiceError if that cannot be."""
    host, port = split_address(address)
    try:
        runner = await serve(application, host=host, port=port)
    except OSError as error:
        raise ServiceError(f"{setting} {address}: cannot listen there: {refused(error)}") from None
    event = "health" if setting == "web.listen" else "health apart"
    log.info(event, addresses=[f"{host}:{port}" for host, port, *_ in runner.addresses])
    return runner


async def first_ended(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for *stop*; raise ServiceError if one of *tasks*, which never end by themselves, does so."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        ended, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
    for task in ended - {stopping}:
        error = task.exception()
        if isinstance(error, MessengerError | DatabaseLost):
            raise error
        log.error("a part of the service ended", part=task.get_name(), exc_info=error)
        raise ServiceError(f"the {task.get_name()} ended by itself: {error}")

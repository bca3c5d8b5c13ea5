"""The composition root: the parts become a service, started and stopped in order."""

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot import parts, scheduler
from bot.commands.conversation import Conversation
from bot.commands.decisions import hold_question, withdrawal_question
from bot.commands.inbox import Inbox
from bot.commands.menu import menus
from bot.commands.turn import Context
from bot.config import Settings
from bot.domain.article import Article
from bot.domain.clock import Clock, SystemClock
from bot.domain.feed import Feed, Source, Topic
from bot.domain.message import Message, NewPhoto
from bot.domain.messenger import Messenger
from bot.metrics import Metrics
from bot.services.compose import card, withdrawal
from bot.services.corrections import Corrections
from bot.services.delivery import Sender, SenderRules
from bot.services.fanout import FanOut
from bot.services.notices import Notices
from bot.services.polling import Poller, PollReport
from bot.store import accounts, feeds, outbox
from bot.store.database import Database, DatabaseUnavailable
from bot.web.health import health_application, serve

log = structlog.get_logger(__name__)

_POLL_TICK = timedelta(seconds=1)
_HOLDS_TICK = timedelta(seconds=10)
_CORRECTIONS_TICK = timedelta(seconds=2)
_MEASURE_TICK = timedelta(seconds=15)


class ServiceError(Exception):
    """The service cannot run, or had to end. The text says why in one line."""


async def run(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], *, stop: asyncio.Event | None = None
) -> None:
    """Run the service until *stop* is set, or a signal asks for an end."""
    stop = stop or stopped_by_signal()
    clock = SystemClock()
    telegram_wanted = parts.telegram_settings(settings)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(parts.current_database(settings, exclusive=True))
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, clock.now())
        source = await stack.enter_async_context(parts.web_source(settings, clock))
        connecting = parts.telegram(telegram_wanted, clock)
        messenger = await unless_stopped(stop, stack.enter_async_context(connecting))
        if messenger is None:
            return
        service = Service(settings, database=database, source=source, messenger=messenger, clock=clock)
        await service.run(stop)


class Service:
    """One account's whole service: polls, delivers and answers."""

    def __init__(
        self, settings: Settings, *, database: Database, source: Source, messenger: Messenger, clock: Clock
    ) -> None:
        self._settings = settings
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._translator = parts.translator(settings)
        self._metrics = Metrics()
        owner = parts.owner_name()
        self._sender = Sender(
            messenger=messenger,
            database=database,
            compose=self._card,
            withdrawal=partial(withdrawal, self._translator),
            clock=clock,
            metrics=self._metrics,
            owner=owner,
            rules=SenderRules(),
        )
        self._fan_out = FanOut(database, clock, on_slice=self._sender.wake)
        self._poller = Poller(
            database,
            source,
            clock,
            owner=owner,
            concurrency=settings.polling.concurrency,
            taking=parts.taking_rules(settings),
            on_owed=self._owed,
            on_polled=self._polled,
        )
        self._notices = Notices(
            database,
            clock,
            account=messenger.account,
            owners=settings.telegram.owners,
            reply=self._sender.reply,
            about_hold=partial(hold_question, translator=self._translator),
            about_withdrawal=partial(withdrawal_question, translator=self._translator),
        )
        self._corrections = Corrections(
            database,
            source,
            clock,
            rules=parts.correction_rules(settings),
            notices=self._notices,
            on_owed=self._owed,
        )
        self._inbox = Inbox(Conversation(self._context()), reply=self._sender.reply)

    def _context(self) -> Context:
        return Context(
            database=self._database,
            translator=self._translator,
            messenger=self._messenger,
            clock=self._clock,
            owners=frozenset(self._settings.telegram.owners),
            contact=self._settings.agency.contact,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Work until *stop* is set; then send nothing new, settle what is under way, and return."""
        await self._introduce()
        web = await self._serve()
        ticks = scheduler.schedule(
            (
                scheduler.Tick("poll", _POLL_TICK, self._poller.start_due_polls),
                scheduler.Tick("measure", _MEASURE_TICK, self._measure),
                scheduler.Tick("holds", _HOLDS_TICK, self._notices.ask_about_holds),
                scheduler.Tick("corrections", _CORRECTIONS_TICK, self._corrections.read_due),
            )
        )
        ticks.start()
        sending = asyncio.create_task(self._send(), name="sender")
        others = [
            asyncio.create_task(self._fan_out.run(), name="fan-out"),
            asyncio.create_task(self._inbox.run(), name="inbox"),
            asyncio.create_task(self._inbox.listen(), name="updates"),
        ]
        try:
            await first_ended(stop, [sending, *others])
        finally:
            ticks.shutdown(wait=False)
            await self._poller.stop()
            for task in others:
                task.cancel()
            self._sender.stop()
            await asyncio.gather(sending, *others, return_exceptions=True)
            await web.cleanup()
            log.info("stopped")

    async def _introduce(self) -> None:
        """Make the account known to the database, and its commands to the messenger."""
        platform, _, _ = self._messenger.account.partition(":")
        async with self._database.write() as tx:
            await accounts.register(
                tx,
                self._messenger.account,
                platform=platform,
                name=self._messenger.username,
                now=self._clock.now(),
            )
        await self._messenger.register_commands(menus(self._translator))
        log.info("running", account=self._messenger.account, name=self._messenger.username)

    async def _serve(self) -> Any:
        chosen = self._settings.web
        application = health_application(registry=self._metrics.registry, ready=self._problem)
        try:
            runner = await serve(application, host=chosen.host, port=chosen.port)
        except OSError as error:
            raise ServiceError(f"web.listen {chosen.listen}: cannot listen there: {error.strerror}") from None
        log.info("health", addresses=[f"{host}:{port}" for host, port, *_ in runner.addresses])
        return runner

    async def _send(self) -> None:
        """Deliver; a refused account sends nothing more, while everything that is owed is kept."""
        await self._sender.run()
        if self._sender.refused:
            await asyncio.Event().wait()

    async def _problem(self) -> str | None:
        """Return what keeps the service from working, in one line."""
        if self._sender.refused:
            return f"Telegram refuses the account: {self._sender.refused}"
        try:
            await self._measure()
        except DatabaseUnavailable as error:
            return str(error)
        return None

    async def _measure(self) -> None:
        now = self._clock.now()
        async with self._database.read() as tx:
            backlog = await outbox.backlog(tx, now=now)
        self._metrics.backlog.set(backlog.pending)
        self._metrics.due.set(backlog.due)
        oldest = (now - backlog.oldest_due_at).total_seconds() if backlog.oldest_due_at else 0.0
        self._metrics.oldest_due.set(oldest)

    def _owed(self) -> None:
        self._fan_out.wake()
        self._sender.wake()

    def _polled(self, report: PollReport) -> None:
        result = "failed" if report.error else "not_modified" if report.not_modified else "changed"
        self._metrics.polls.labels(report.feed.id, result).inc()

    def _card(self, article: Article, topic: Topic, language: str, photo: NewPhoto | None) -> Message:
        return card(
            article,
            topic,
            translator=self._translator,
            language=language,
            capabilities=self._messenger.capabilities,
            photo=photo,
        )


def stopped_by_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, Any]) -> Any:
    """Return what *work* comes to, or None if *stop* is set before."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return None


async def first_ended(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for *stop*; raise ServiceError if one of *tasks*, which never end by themselves, does so."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        ended, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
    for task in ended - {stopping}:
        error = task.exception()
        log.error("a part of the service ended", part=task.get_name(), exc_info=error)
        raise ServiceError(f"the {task.get_name()} ended by itself: {error}")

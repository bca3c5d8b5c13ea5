"""One service with two accounts, each on an emulated Telegram of its own, and people who subscribe there."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from pydantic import SecretStr

from bot.app import Resources, Service
from bot.domain.chats.chat import AccountId, Address, ChatKind
from bot.domain.chats.consent import VERSION
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.messengers.telegram.messenger import TelegramMessenger
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.from_settings import RulesInForce
from bot.runtime.scheduler import Tick
from bot.runtime.web_source import open_web_source
from bot.services.coordination.database_clock import DatabaseClock
from bot.services.coordination.leader import DEFAULT_LEASE_RULES
from bot.settings.roles import ALL_ROLES, ProcessRole
from bot.settings.settings import DatabaseSection, PrivacySection, Settings, SubscribersSection, WebSection
from bot.settings.stored import Layered
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.integrity.current import open_current
from bot.store.integrity.watch import Watch
from bot.store.outbox import outbox
from bot.store.outbox.fanout import NewFanout
from bot.store.runtime import accounts
from tests.emulated import Emulated
from tests.outbox_world import TOPIC

TOKENS = ("123456:AAE-very-secret-token-of-the-tests-0", "654321:BBE-very-secret-token-of-the-tests-0")
ACCOUNTS = tuple(AccountId(f"telegram:{token.partition(':')[0]}") for token in TOKENS)
TITLE = "Bài số một"
TICK = timedelta(seconds=0.2)
_SETTINGS = Settings.model_construct(
    subscribers=SubscribersSection(quiet_hours=""),
    privacy=PrivacySection(proof_secret=SecretStr("the secret of the proofs")),
    web=WebSection(listen="127.0.0.1:0"),
)


class QuickService(Service):
    """The service, which looks for what is wrong at once, and says here what it is asked over HTTP."""

    def _ticks(self, roles: frozenset[ProcessRole]) -> tuple[Tick, ...]:
        return tuple(
            replace(tick, every=TICK) if tick.name == "alerts" else tick for tick in super()._ticks(roles)
        )

    async def problem(self) -> str | None:
        return await self._readiness.problem()

    async def until_serving(self, *, within: float = 40.0) -> None:
        """Wait until all accounts are ours."""
        async with asyncio.timeout(within):
            while not all(worker.is_ours for worker in self._accounts):  # noqa: ASYNC110 - none says so
                await asyncio.sleep(0.02)

    async def until_problem(self, *, within: float = 40.0) -> str:
        """Return what is wrong, as soon as something is."""
        async with asyncio.timeout(within):
            while True:
                problem = await self.problem()
                if problem and "reached" not in problem:
                    return problem
                await asyncio.sleep(0.02)


@dataclass
class TwoAccounts:
    """The emulated platforms, in the order of ACCOUNTS, and the database that the service uses as well."""

    platforms: tuple[Emulated, Emulated]
    database: Database
    url: str

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["TwoAccounts"]:
        async with AsyncExitStack() as stack:
            platforms = [
                await stack.enter_async_context(Emulated.start(token=token, username=name))
                for token, name in zip(TOKENS, ("bantin_bot", "bantin_thu_hai_bot"), strict=True)
            ]
            database = await Database.open(url)
            stack.push_async_callback(database.close)
            async with database.write() as tx:
                now = SystemClock().now()
                for account in ACCOUNTS:
                    await accounts.register(tx, account, platform="telegram", name="", now=now)
                await feeds.sync_definitions(tx, [TOPIC], [], now)
            yield cls((platforms[0], platforms[1]), database, url)

    async def subscribe(self, account: int, count: int, *, first: int = 1000) -> list[int]:
        """Make so many people who subscribe on one of the accounts."""
        people = await self.platforms[account].subscribers(count, first=first)
        now = SystemClock().now()
        async with self.database.write() as tx:
            for person in people:
                address = Address(ACCOUNTS[account], str(person))
                chat = await chats.register(
                    tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=now
                )
                await chats.give_consent(tx, chat.id, VERSION, now)
                await chats.subscribe(tx, chat.id, TOPIC.id, now)
        return people

    async def publish(self, title: str = TITLE) -> None:
        """Owe an article to all who subscribe."""
        now = SystemClock().now()
        async with self.database.write() as tx:
            article = Article(f"https://agency.example/tin/{quote(title)}", title)
            saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=now)
            owed = NewFanout(saved.id, TOPIC.id, due_at=now, expires_at=now + timedelta(hours=72))
            await outbox.enqueue(tx, owed, now=now)

    async def copies(self, account: int, title: str = TITLE) -> dict[int, int]:
        """Return how many messages about the article each chat of an account has got."""
        counts: dict[int, int] = {}
        for message in await self.platforms[account].outbox():
            if title in _text(message):
                chat = message["chat"]
                counts[chat] = counts.get(chat, 0) + 1
        return counts

    async def until_said(self, account: int, chat: int, text: str, *, within: float = 40.0) -> str:
        """Wait until a chat of an account was told something with *text* in it, and return that."""
        platform, said = self.platforms[account], [""]

        async def is_said() -> bool:
            said[:] = [_text(message) for message in await platform.outbox(chat)]
            return any(text in each for each in said)

        await platform.until(is_said, within=within)
        return next(each for each in said if text in each)

    async def until_delivered(
        self, account: int, people: Sequence[int], title: str = TITLE, *, within: float = 40.0
    ) -> None:
        async def is_delivered() -> bool:
            return (await self.copies(account, title)).keys() == set(people)

        await self.platforms[account].until(is_delivered, within=within)

    @asynccontextmanager
    async def serving(
        self, *, owners: Sequence[int] = (), tokens: Sequence[str] = TOKENS
    ) -> AsyncIterator[QuickService]:
        """Serve both accounts, of which the first has *owners*, until the block ends."""
        settings = _SETTINGS.model_copy(update={"database": DatabaseSection(url=self.url)})
        configured = [
            ConfiguredAccount(
                messenger=TelegramMessenger(platform.settings(token=token)),
                owners=frozenset(map(str, owners)) if place == 0 else frozenset(),
            )
            for place, (platform, token) in enumerate(zip(self.platforms, tokens, strict=True))
        ]
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            for account in configured:
                stack.push_async_callback(account.messenger.close)
            database = await stack.enter_async_context(open_current(self.url, exclusive=True))
            clock = DatabaseClock(database, SystemClock())
            source = await stack.enter_async_context(open_web_source(settings, clock))
            rules, resources = RulesInForce(settings, Layered(settings)), Resources(database, source, clock)
            service = QuickService(rules, resources, configured, DEFAULT_LEASE_RULES)
            watch = await Watch.begin(database)
            running = asyncio.create_task(service.run(stop, ALL_ROLES, watch))
            try:
                yield service
            finally:
                stop.set()
                await running


def _text(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")

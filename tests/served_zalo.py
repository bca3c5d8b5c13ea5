"""The service with an account on an emulated Zalo, and what a person there writes and reads."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from pydantic import SecretStr

from bot import app
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.emulator.server import Emulator
from bot.settings.settings import (
    AccessSection,
    AgencySection,
    DatabaseSection,
    PrivacySection,
    Settings,
    SubscribersSection,
    TelegramSection,
    WebSection,
    ZaloSection,
)
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.outbox.fanout import NewFanout
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.outbox_world import TOPIC

PATIENCE = 40.0


@dataclass
class ServedZalo:
    """What is said and read over HTTP, and the database that the service uses as well."""

    platform: ZaloClient
    database: Database

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        *,
        telegram: TelegramSection | None = None,
        webhook: tuple[str, int] | None = None,
        messages_per_month: int = 3000,
        owners: Sequence[str] = (),
    ) -> AsyncIterator["ServedZalo"]:
        """Serve until the block ends; a *webhook* is its secret and the port that the service listens at."""
        async with AsyncExitStack() as stack:
            emulator = await stack.enter_async_context(Emulator.start())
            session = await stack.enter_async_context(aiohttp.ClientSession())
            platform = ZaloClient(emulator, session)
            await platform.control("knobs", local=True, messages_per_month=messages_per_month)
            await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin", can_join_groups=True)
            zalo = _section(platform.url, webhook, messages_per_month)
            settings = _settings(url, zalo, telegram=telegram, port=webhook[1] if webhook else 0)
            settings = settings.model_copy(update={"access": AccessSection(owners=tuple(owners))})
            stop = asyncio.Event()
            running = asyncio.create_task(app.run(settings, [TOPIC], [], stop=stop))
            database = await Database.open(url)
            stack.push_async_callback(database.close)
            try:
                if webhook:
                    await _until_posted_to(emulator)
                yield cls(platform, database)
            finally:
                stop.set()
                await running
            assert not emulator.zalo.metrics.lint

    async def publish(self, title: str, *, number: int = 1) -> None:
        """Owe an article to all who subscribe."""
        now = SystemClock().now()
        async with self.database.write() as tx:
            article = Article(f"https://agency.example/tin/{number}", title, "Tóm tắt của bài.")
            saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=now)
            owed = NewFanout(saved.id, TOPIC.id, due_at=now, expires_at=now + timedelta(hours=72))
            await outbox.enqueue(tx, owed, now=now)

    async def asks(self, text: str, *, person: str = "an") -> str:
        """Have a person write *text*, and return what is answered first."""
        before = len(await self.read(person))
        await self.platform.says(text, person=person)
        return await self.hears(person=person, after=before)

    async def hears(self, *, person: str = "an", after: int = 0, containing: str = "") -> str:
        """Return the first message *after* so many that a person gets, which holds what it is to."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for text in (await self.read(person))[after:]:
                    if containing in text:
                        return text
                await asyncio.sleep(0.02)

    async def read(self, person: str = "an") -> Sequence[str]:
        """Return what a person has got from the bot."""
        known = {chat["name"] for chat in await self.platform.look("chats")}
        if person not in known:
            return ()
        messages = (await self.platform.look("chat", person=person))["messages"]
        return [message["text"] for message in messages if message["from_bot"]]


async def _until_posted_to(emulator: Emulator) -> None:
    """Wait until the service has named its webhook: what is written before would be polled for."""
    async with asyncio.timeout(PATIENCE):
        while not all(account.webhook for account in emulator.zalo.accounts.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _section(url: str, webhook: tuple[str, int] | None, messages_per_month: int) -> ZaloSection:
    secret, port = webhook or ("", 0)
    return ZaloSection(
        token=SecretStr(TOKEN),
        api_url=url,
        messages_per_month=messages_per_month,
        webhook_url=f"http://127.0.0.1:{port}/webhook/zalo" if webhook else "",
        webhook_secret=SecretStr(secret) if secret else None,
    )


def _settings(url: str, zalo: ZaloSection, *, telegram: TelegramSection | None, port: int) -> Settings:
    return Settings.model_construct(
        database=DatabaseSection(url=url),
        telegram=telegram or TelegramSection(),
        zalo=zalo,
        agency=AgencySection(contact="bantin@agency.example"),
        subscribers=SubscribersSection(quiet_hours=""),
        privacy=PrivacySection(proof_secret=SecretStr("the secret of the proofs")),
        web=WebSection(listen=f"127.0.0.1:{port}"),
    )

"""The service with an account on an emulated Zalo, and what a person there writes and reads."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot import app
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, PreparedPhoto
from bot.emulator.server import Emulator
from bot.settings.accounts import TelegramSection, ZaloSection
from bot.settings.settings import (
    AccessSection,
    AgencySection,
    DatabaseSection,
    DeliverySection,
    PrivacySection,
    Settings,
    SubscribersSection,
    VoiceSection,
    WebSection,
)
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.outbox.fanout import NewFanout
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.outbox_world import TOPIC
from tests.running import unconfigured

PATIENCE = 40.0


@dataclass(frozen=True)
class Named:
    """People whom the settings name: who owns the service, and whom alone a test installation serves."""

    owners: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


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
        photos: int | None = None,
        messages_per_month: int = 3000,
        people: Named = Named(),
    ) -> AsyncIterator["ServedZalo"]:
        """Serve until the block ends.

        A *webhook* is its secret and the port that the service listens at; *photos* is the port that they are
        fetched from there, as recordings are.
        """
        async with AsyncExitStack() as stack:
            emulator = await stack.enter_async_context(Emulator.start())
            session = await stack.enter_async_context(aiohttp.ClientSession())
            platform = ZaloClient(emulator, session)
            await platform.control("knobs", local=True, messages_per_month=messages_per_month)
            await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin", can_join_groups=True)
            zalo = _section(platform.url, webhook, messages_per_month)
            public_url = f"http://127.0.0.1:{photos}" if photos else ""
            port = photos or (webhook[1] if webhook else 0)
            web = WebSection(listen=f"127.0.0.1:{port}", public_url=public_url)
            owners, only = (
                tuple(f"zalo:{emulator.zalo.accounts[TOKEN].id_of(name)}" for name in names)
                for names in (people.owners, people.only)
            )
            settings = _settings(url, zalo, telegram=telegram, web=web).model_copy(
                update={
                    "access": AccessSection(owners=owners),
                    "delivery": DeliverySection(only_chats=only),
                }
            )
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

    async def publish(self, title: str, *, number: int = 1, photo: bytes = b"", urgent: bool = False) -> str:
        """Owe an article to all who subscribe; return the key of its *photo*, a JPEG."""
        now = SystemClock().now()
        key = hashlib.sha256(photo).hexdigest()
        prepared = PreparedPhoto(key, f"https://agency.example/anh/{number}.jpg", photo, 64, 48)
        async with self.database.write() as tx:
            article = Article(f"https://agency.example/tin/{number}", title, "Tóm tắt của bài.")
            saved = await articles.save(
                tx, article, photo=prepared if photo else None, topic=TOPIC.id, now=now
            )
            lasts_until = now + timedelta(hours=72)
            owed = NewFanout(saved.id, TOPIC.id, due_at=now, expires_at=lasts_until, urgent=urgent)
            await outbox.enqueue(tx, owed, now=now)
        return key

    async def asks(self, text: str, *, person: str = "an", group: str = "", **more: Any) -> str:
        """Have a person write *text*, by themselves or in a *group*; return what is answered first there."""
        before = len(await self.read(person, group=group))
        where = {"group": group} if group else {}
        await self.platform.says(text, person=person, **where, **more)
        return await self.hears(person=person, group=group, after=before)

    async def hears(
        self, *, person: str = "an", group: str = "", after: int = 0, containing: str = ""
    ) -> str:
        """Return the first message *after* so many in a chat which holds what it is to."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for text in (await self.read(person, group=group))[after:]:
                    if containing in text:
                        return text
                await asyncio.sleep(0.02)

    async def read(self, person: str = "an", *, group: str = "") -> Sequence[str]:
        """Return what a person, or a *group*, has got from the bot."""
        known = {chat["name"] for chat in await self.platform.look("chats")}
        if (group or person) not in known:
            return ()
        query = {"group": group} if group else {"person": person}
        messages = (await self.platform.look("chat", **query))["messages"]
        return [message["text"] for message in messages if message["from_bot"]]


def variables(platform: ZaloClient, database_url: str, **more: str) -> dict[str, str]:
    """Return the environment of a process that serves an account on Zalo."""
    return unconfigured() | {
        "BANTIN_ZALO__TOKEN": TOKEN,
        "BANTIN_ZALO__API_URL": platform.url,
        "BANTIN_DATABASE__URL": database_url,
        "BANTIN_WEB__LISTEN": "127.0.0.1:0",
        "BANTIN_SUBSCRIBERS__QUIET_HOURS": "",
        **more,
    }


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


def _settings(url: str, zalo: ZaloSection, *, telegram: TelegramSection | None, web: WebSection) -> Settings:
    return Settings.model_construct(
        database=DatabaseSection(url=url),
        telegram=telegram or TelegramSection(),
        zalo=zalo,
        agency=AgencySection(contact="bantin@agency.example"),
        subscribers=SubscribersSection(quiet_hours=""),
        privacy=PrivacySection(proof_secret=SecretStr("the secret of the proofs")),
        voice=VoiceSection(engine="espeak-ng"),
        web=web,
    )

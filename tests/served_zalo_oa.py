"""The service with an Official Account on an emulated Zalo, beside an account that people write to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
from pydantic import SecretStr
from sqlalchemy import select

from bot import app
from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, ArticleId, Photo, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.emulator.server import Emulator
from bot.services.coordination.leader import LeaseRules
from bot.settings.accounts import ZaloOaSection, ZaloSection
from bot.settings.roles import ProcessRole
from bot.settings.settings import (
    AccessSection,
    AgencySection,
    DatabaseSection,
    PrivacySection,
    Settings,
    SubscribersSection,
    WebSection,
)
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.schema import chats, deliveries, subscriptions
from tests.emulated import jpeg
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.emulator.zalo_oa.client import APP, APP_SECRET, COVER, REFRESH, OaClient
from tests.outbox_world import TOPIC

ACCOUNT = AccountId(f"zalo_oa:{APP}")
SECRET_TOPIC = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NoiBo", members_only=True)
PATIENCE = 120.0
"""Seconds: a machine that is busy with other things takes most of a minute to start a process."""
QUICK_LEASE = LeaseRules(lease=2.0, beat=0.5, margin=0.2)


def section(oa: OaClient, **more: Any) -> ZaloOaSection:
    """Return the settings of the emulated Official Account."""
    values = {
        "enabled": True,
        "app_id": APP,
        "app_secret": SecretStr(APP_SECRET),
        "refresh_token": SecretStr(REFRESH),
        "api_url": oa.url,
        "oauth_url": oa.oauth_url,
        "cover": COVER,
        **more,
    }
    return ZaloOaSection.model_validate(values)


def settings(url: str, zalo: str, oa: ZaloOaSection) -> Settings:
    return Settings.model_construct(
        database=DatabaseSection(url=url),
        zalo=ZaloSection(token=SecretStr(TOKEN), api_url=zalo),
        zalo_oa=oa,
        access=AccessSection(),
        agency=AgencySection(contact="bantin@agency.example"),
        subscribers=SubscribersSection(quiet_hours=""),
        privacy=PrivacySection(proof_secret=SecretStr("the secret of the proofs")),
        web=WebSection(listen="127.0.0.1:0"),
    )


@dataclass
class ServedOa:
    """What is published, over HTTP, and the database that the service uses as well."""

    oa: OaClient
    platform: ZaloClient
    database: Database
    url: str
    clock: SystemClock = field(default_factory=SystemClock)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["ServedOa"]:
        """Emulate both sides until the block ends; nothing is served yet."""
        async with AsyncExitStack() as stack:
            emulator = await stack.enter_async_context(Emulator.start())
            session = await stack.enter_async_context(aiohttp.ClientSession())
            oa, platform = OaClient(emulator, session), ZaloClient(emulator, session)
            await oa.authorised()
            await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin")
            database = await Database.open(url)
            stack.push_async_callback(database.close)
            yield cls(oa, platform, database, url)

    @asynccontextmanager
    async def serving(self, **more: Any) -> AsyncIterator[None]:
        """Serve until the block ends, with *more* settings of the Official Account."""
        chosen = settings(self.url, self.platform.url, section(self.oa, **more))
        stop = asyncio.Event()
        running = asyncio.create_task(
            app.run(chosen, [TOPIC, SECRET_TOPIC], [], stop=stop, lease_rules=QUICK_LEASE)
        )
        try:
            await self.until(partial(self.is_established, wanted=chosen.zalo_oa.enabled))
            yield
        finally:
            stop.set()
            await running

    async def start_and_end(self, roles: frozenset[ProcessRole], **more: Any) -> None:
        """Start a process with *more* settings of the Official Account, which ends at once."""
        chosen = settings(self.url, self.platform.url, section(self.oa, **more))
        stop = asyncio.Event()
        stop.set()
        await app.run(chosen, [TOPIC, SECRET_TOPIC], [], stop=stop, roles=roles, lease_rules=QUICK_LEASE)

    async def is_established(self, *, wanted: bool = True) -> bool:
        """Return whether articles are owed to the account from now on, or are not, as is *wanted*."""
        query = (
            select(chats.c.status)
            .join(subscriptions, subscriptions.c.chat_id == chats.c.id)
            .where(chats.c.account_id == ACCOUNT)
        )
        async with self.database.read() as tx:
            return ("active" in (await tx.execute(query)).scalars().all()) is wanted

    async def publish(
        self,
        title: str = "Họp báo thường kỳ",
        *,
        number: int = 1,
        topic: TopicId = TOPIC.id,
        photo: bool = False,
        photos: tuple[Photo, ...] = (),
    ) -> ArticleId:
        """Owe an article to all who subscribe."""
        now = self.clock.now()
        url = f"https://agency.example/tin/{number}"
        prepared = PreparedPhoto(f"{number:064}", f"{url}.jpg", jpeg(), 64, 48) if photo else None
        all_photos = (*((Photo(prepared.url),) if prepared else ()), *photos)
        article = Article(url, title, "Tóm tắt của bài.", ("Đoạn một.", "Đoạn <hai>."), photos=all_photos)
        async with self.database.write() as tx:
            saved = await articles.save(tx, article, photo=prepared, topic=topic, now=now)
            owed = outbox.NewFanout(saved.id, topic, due_at=now, expires_at=now + timedelta(hours=72))
            await outbox.enqueue(tx, owed, now=now)
        return saved.id

    async def published(self) -> list[dict[str, Any]]:
        """Return the articles that stand and that the platform has made."""
        found: list[dict[str, Any]] = await self.oa.look("articles")
        return [each for each in found if not each["removed"]]

    async def statuses(self, account: AccountId = ACCOUNT) -> list[tuple[str, str | None]]:
        """Return how the deliveries of the account stand, with the message or the reason."""
        query = (
            select(deliveries.c.status, deliveries.c.message_id, deliveries.c.reason)
            .where(deliveries.c.account_id == account)
            .order_by(deliveries.c.id)
        )
        async with self.database.read() as tx:
            return [(row.status, row.message_id or row.reason) for row in await tx.execute(query)]

    async def settled(self, *, count: int = 1) -> list[tuple[str, str | None]]:
        """Return how the deliveries stand once *count* of them have come to their end."""

        async def are_there() -> bool:
            return sum(status != "pending" for status, _ in await self.statuses()) >= count

        await self.until(are_there)
        return await self.statuses()

    async def until(self, holds_true: Callable[[], Awaitable[bool]], *, within: float = PATIENCE) -> None:
        async with asyncio.timeout(within):
            while not await holds_true():  # noqa: ASYNC110 - it happens over HTTP and in the database
                await asyncio.sleep(0.05)

    def now(self) -> datetime:
        return self.clock.now()

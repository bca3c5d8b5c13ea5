"""A database with chats that subscribe and an article to deliver, and a sender to deliver it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from sqlalchemy import select

from bot.domain.chats.chat import Address, Chat, ChatId, ChatKind, TopicId
from bot.domain.chats.consent import VERSION
from bot.domain.chats.preferences import Preferences
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryStatus, RetryPolicy
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.messaging.messenger import Messenger
from bot.domain.news.article import Article, ArticleId, Photo, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.metrics import Metrics
from bot.services.delivery.sender import Sender, SenderRules
from bot.services.gateway.account import ServedAccount, always
from bot.services.publishing.approval import give
from bot.services.rendering.digest import ComposeDigest
from bot.services.rendering.renderer import Renderer
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from bot.store.runtime import accounts
from bot.store.schema import deliveries
from tests.builders import compose, compose_digest, correction, ending, removal, withdrawal
from tests.emulated import ACCOUNT, Emulated, jpeg

TOPIC = Topic(TopicId("trong-nuoc"), {"vi": "Tin trong nước"}, {}, "TrongNuoc")
FAST = PacingRules(account=Window(50, 0.1), private=Window(3, 3.0), shared=Window(20, 60.0))
QUICK = SenderRules(
    lease=20,
    send_within=3,
    look_every=0.2,
    usual=Preferences(quiet=None),
    stop_within=2,
    retry=RetryPolicy(first_wait=timedelta(milliseconds=50), longest_wait=timedelta(seconds=1)),
)


async def submit(database: Database, article: Article, photo: PreparedPhoto | None = None) -> PublicationId:
    """Have *article* wait for the approval of one person in the one topic, which asks for it from now on."""
    now = SystemClock().now()
    async with database.write() as tx:
        asking = replace(TOPIC, approval=ApprovalRule(Approval.ONE))
        others = [topic for topic in await feeds.topics(tx) if topic.id != TOPIC.id]
        await feeds.sync_definitions(tx, [asking, *others], [], now)
        saved = await articles.save(tx, article, photo=photo, topic=TOPIC.id, now=now)
        publication = PublicationId(saved.id, TOPIC.id)
        await approvals.ask(tx, publication, Worth(owed=True, urgent=False, lasts=timedelta(days=3)), now)
    return publication


async def approve(database: Database, publication: PublicationId, *, now: datetime) -> None:
    """Let one person approve what waits."""
    async with database.write() as tx:
        by = Actor(AuditPlace.CLI, "lan")
        state = await give(tx, publication, Given(Answer.APPROVE), by, now=now)
    assert state is PublicationState.RELEASED


@dataclass
class OutboxWorld:
    """What the tests of delivery start from; senders made here stop at the end of `sending`."""

    emulated: Emulated
    database: Database
    url: str
    clock: SystemClock = field(default_factory=SystemClock)
    metrics: Metrics = field(default_factory=Metrics)
    served: ServedChats = EVERYBODY

    @classmethod
    @asynccontextmanager
    async def make(cls, emulated: Emulated, url: str) -> AsyncIterator[Self]:
        database = await Database.open(url)
        world = cls(emulated, database, url)
        async with database.write() as tx:
            now = world.clock.now()
            await accounts.register(tx, ACCOUNT, platform="telegram", name="bantin_bot", now=now)
            await feeds.sync_definitions(tx, [TOPIC], [], now)
        try:
            yield world
        finally:
            await database.close()

    async def subscribe(self, ids: Iterable[int], *, kind: ChatKind = ChatKind.PRIVATE) -> list[Chat]:
        return await self.subscribe_at([Address(ACCOUNT, str(chat)) for chat in ids], kind)

    async def subscribe_at(self, addresses: Iterable[Address], kind: ChatKind) -> list[Chat]:
        now = self.clock.now()
        subscribed = []
        async with self.database.write() as tx:
            for address in addresses:
                chat = await chats.register(tx, address, kind=kind, language="vi", title=None, now=now)
                await chats.give_consent(tx, chat.id, VERSION, now)
                await chats.subscribe(tx, chat.id, TOPIC.id, now)
                subscribed.append(chat)
        return subscribed

    async def publish(
        self,
        number: int = 1,
        *,
        photo: bool = False,
        urgent: bool = False,
        expires_at: datetime | None = None,
        title: str = "",
    ) -> ArticleId:
        """Owe one article to all who subscribe."""
        url = f"https://agency.example/tin/{number}"
        content = jpeg(color=["red", "green", "blue"][number % 3])
        prepared = PreparedPhoto(f"{number:064}", f"{url}.jpg", content, 64, 48) if photo else None
        photos = (Photo(prepared.url),) if prepared else ()
        article = Article(url, title or f"Bài số {number}", photos=photos)
        now = self.clock.now()
        async with self.database.write() as tx:
            saved = await articles.save(tx, article, photo=prepared, topic=TOPIC.id, now=now)
            await outbox.enqueue(
                tx,
                outbox.NewFanout(
                    article=saved.id,
                    topic=TOPIC.id,
                    urgent=urgent,
                    due_at=now,
                    expires_at=expires_at or now + timedelta(hours=72),
                ),
                now=now,
            )
        return saved.id

    async def stored_photo(self) -> str:
        """Store an article with a photo and return the photo's key."""
        article = await self.publish(photo=True)
        async with self.database.read() as tx:
            stored = await articles.get(tx, article)
        assert stored
        assert stored.photo_key
        return stored.photo_key

    async def keep_photos(self, *colors: str) -> None:
        """Store a photo of each colour, whose key is its name."""
        async with self.database.write() as tx:
            for color in colors:
                prepared = PreparedPhoto(color, f"https://a.vn/{color}.jpg", jpeg(color=color), 64, 48)
                await articles.save_photo(tx, prepared, now=self.clock.now())

    def sender(
        self,
        messenger: Messenger,
        rules: SenderRules = QUICK,
        owns: Callable[[], bool] = always,
        *,
        digests: ComposeDigest | None = None,
    ) -> Sender:
        account = self.account(messenger, uuid4().hex, is_leader=owns)
        digests = digests or compose_digest
        return Sender(account, Renderer(compose, digests, withdrawal, correction, removal, ending), rules)

    def account(
        self, messenger: Messenger, owner: str, *, is_leader: Callable[[], bool] = always
    ) -> ServedAccount:
        return ServedAccount(
            messenger=messenger,
            database=self.database,
            clock=self.clock,
            metrics=self.metrics,
            owner=owner,
            is_leader=is_leader,
            served=self.served,
        )

    @asynccontextmanager
    async def sending(self, pacing: PacingRules = FAST, rules: SenderRules = QUICK) -> AsyncIterator[Sender]:
        async with self.emulated.messenger(self.emulated.settings(pacing=pacing)) as messenger:
            sender = self.sender(messenger, rules)
            running = asyncio.create_task(sender.run())
            try:
                yield sender
            finally:
                sender.stop()
                await running

    async def statuses(self) -> dict[ChatId, list[tuple[DeliveryStatus, str | None]]]:
        """Return how the deliveries of each chat stand."""
        found: dict[ChatId, list[tuple[DeliveryStatus, str | None]]] = {}
        query = select(deliveries.c.chat_id, deliveries.c.status, deliveries.c.reason)
        async with self.database.read() as tx:
            for chat, status, reason in await tx.execute(query.order_by(deliveries.c.id)):
                found.setdefault(chat, []).append((DeliveryStatus(status), reason))
        return found

    async def until_settled(self, *, within: float = 8.0) -> None:
        """Wait until nothing is pending any more."""
        async with asyncio.timeout(within):
            while True:
                async with self.database.read() as tx:
                    if not (await outbox.backlog(tx, now=self.clock.now())).pending:
                        return
                await asyncio.sleep(0.02)

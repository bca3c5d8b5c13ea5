"""What the store's tests start from: a moment, an account, topics, chats that subscribe, and articles."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.chats.chat import AccountId, Address, Chat, ChatId, ChatKind, TopicId
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import Preferences, Schedule
from bot.domain.delivery.delivery import Delivery, DeliveryStatus, Settlement
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.store.articles import articles
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import Worth
from bot.store.runtime import accounts
from bot.store.schema import deliveries

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAYS = timedelta(days=3)
ACCOUNT = AccountId("telegram:1")
DOMESTIC = Topic(TopicId("trong-nuoc"), {"vi": "Trong nước", "en": "Domestic"}, {}, "TrongNuoc")
FOREIGN = Topic(TopicId("quoc-te"), {"vi": "Quốc tế"}, {"vi": "Tin thế giới"}, "QuocTe")
USUAL = Preferences()
FEED = Feed(FeedId("baochinh"), DOMESTIC.id, "Báo Chính", "https://agency.example/rss", interval=10 * MINUTE)


async def prepare(db: Database) -> None:
    """Make the account, both topics and the feed."""
    async with db.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="telegram", name="bantin_bot", now=NOW)
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN], [FEED], NOW)


async def register(
    tx: Transaction, chat: str, *, kind: ChatKind = ChatKind.PRIVATE, thread: str | None = None
) -> Chat:
    address = Address(ACCOUNT, chat, thread)
    return await chats.register(tx, address, kind=kind, language="vi", title=None, now=NOW)


async def subscribe(db: Database, *names: str, topic: Topic = DOMESTIC) -> list[ChatId]:
    """Make private chats that have agreed and subscribe to *topic*."""
    made = []
    async with db.write() as tx:
        for name in names:
            chat = await register(tx, name)
            await chats.give_consent(tx, chat.id, "1", NOW)
            await chats.subscribe(tx, chat.id, topic.id, NOW)
            made.append(chat.id)
    return made


async def save(tx: Transaction, number: int, *, topic: Topic = DOMESTIC) -> ArticleId:
    return (await articles.save(tx, article_of(number), photo=None, topic=topic.id, now=NOW)).id


def article_of(number: int) -> Article:
    return Article(f"https://agency.example/tin/{number}", f"Bài số {number}")


async def publish(
    db: Database,
    number: int = 1,
    *,
    topic: Topic = DOMESTIC,
    due_at: datetime = NOW,
    expires_at: datetime | None = None,
    urgent: bool = False,
) -> ArticleId:
    """Owe an article to all who subscribe to *topic*."""
    async with db.write() as tx:
        article = await save(tx, number, topic=topic)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article,
                topic=topic.id,
                urgent=urgent,
                due_at=due_at,
                expires_at=expires_at or due_at + DAYS,
            ),
            now=NOW,
        )
    return article


async def awaits(db: Database, article: int, topic: TopicId) -> None:
    """Put an article that is out elsewhere into *topic*, where it waits for approval."""
    async with db.write() as tx:
        publication, worth = PublicationId(ArticleId(article), topic), Worth(True, False, DAYS)
        assert await publications.enter(tx, publication.article, topic, NOW)
        await publications.set_waiting_state(tx, publication, PublicationState.AWAITING, NOW)
        await approvals.ask(tx, publication, worth, NOW)


async def choose(
    db: Database,
    chat: ChatId,
    *,
    topic: Topic = DOMESTIC,
    schedule: Schedule | None = None,
    words: str | None = None,
    now: datetime = NOW,
) -> None:
    """Give a subscription another schedule, or another filter; "" is none."""
    async with db.write() as tx:
        if schedule:
            assert await preferences.set_schedule(tx, chat, topic.id, schedule, usual=USUAL, now=now)
        if words is not None:
            assert await preferences.set_filter(tx, chat, topic.id, parse(words) if words else None, now=now)


async def claim(
    db: Database,
    *,
    owner: str = "one",
    now: datetime = NOW,
    limit: int = 100,
    closed: dict[ChatId, datetime] | None = None,
    first: ChatId | None = None,
) -> tuple[Delivery, ...]:
    async with db.write() as tx:
        claimed = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner=owner, lease=MINUTE, first=first),
            now=now,
            limit=limit,
            usual=USUAL,
            closed_chats=closed,
        )
    return claimed.deliveries


async def settle(db: Database, *settlements: Settlement, owner: str = "one", now: datetime = NOW) -> int:
    async with db.write() as tx:
        return (await outbox.settle(tx, settlements, owner=owner, now=now)).owned


def sent(delivery: Delivery) -> Settlement:
    return Settlement(delivery.id, DeliveryStatus.SENT, attempts=1, message_id="77")


def later(delivery: Delivery, due_at: datetime) -> Settlement:
    return Settlement(delivery.id, DeliveryStatus.PENDING, attempts=1, due_at=due_at, reason="503")


def of(claimed: Iterable[Delivery]) -> list[tuple[ChatId, ArticleId]]:
    return [(delivery.chat, delivery.article) for delivery in claimed]


async def rows(db: Database, *columns: str) -> list[tuple[Any, ...]]:
    """Return these columns of all deliveries, in the order in which they were made."""
    async with db.read() as tx:
        query = select(*(deliveries.c[column] for column in columns)).order_by(deliveries.c.id)
        return [tuple(row) for row in await tx.execute(query)]


async def settle_all(db: Database, *, now: datetime) -> None:
    """Let all that is due be sent."""
    await settle(db, *map(sent, await claim(db, now=now, limit=10_000)), now=now)

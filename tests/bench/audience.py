"""An audience: any number of private chats that subscribe to one topic, made by the database itself."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from bot.domain.chats.chat import TopicId
from bot.domain.chats.consent import VERSION
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, ArticleId, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.runtime import accounts
from tests.emulated import ACCOUNT

TOPIC = Topic(TopicId("tin-tuc"), {"vi": "Tin tức", "en": "News"}, {}, "TinTức")
FIRST_USER = 1000
EXPIRES_AFTER = timedelta(hours=72)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
_CHATS = text(
    "INSERT INTO chats (account_id, chat, thread, kind, language, status, consent_version, consent_at,"
    f" created_at) {_NUMBERS} SELECT :account, CAST(:first + i - 1 AS TEXT), '', 'private', 'vi', 'active',"
    f" '{VERSION}', 0, 0 FROM n"
)
_SUBSCRIPTIONS = text(
    "INSERT INTO subscriptions (chat_id, topic_id, created_at) SELECT id, :topic, 0 FROM chats"
)


@dataclass(frozen=True, slots=True)
class Published:
    article: ArticleId
    is_complete: bool


async def settle_in(database: Database, count: int, *, others: int = 0) -> None:
    """Make *count* subscribers whose ids at the messenger follow on FIRST_USER, and behind them *others*."""
    now = SystemClock().now()
    async with database.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="telegram", name="bantin_bot", now=now)
        await feeds.sync_definitions(tx, [TOPIC], [], now)
        await tx.execute(_CHATS, {"count": count, "account": ACCOUNT, "first": FIRST_USER})
        await tx.execute(_SUBSCRIPTIONS, {"topic": TOPIC.id})
        if others:
            await tx.execute(_CHATS, {"count": others, "account": ACCOUNT, "first": FIRST_USER + count})
    if database.dialect == "postgresql":
        async with database.write() as tx:
            await tx.execute(text("ANALYZE"))


async def publish(database: Database, *, photo: PreparedPhoto | None = None, number: int = 1) -> Published:
    """Owe one article to everybody; what the first slice does not hold is left to the fan-out."""
    now = SystemClock().now()
    url = f"https://agency.example/tin/{number}"
    async with database.write() as tx:
        article = Article(url, f"Cục Sở hữu trí tuệ thông báo số {number}", summary="Nội dung tóm tắt. " * 12)
        saved = await articles.save(tx, article, photo=photo, topic=TOPIC.id, now=now)
        is_complete = await outbox.enqueue(
            tx,
            outbox.NewFanout(article=saved.id, topic=TOPIC.id, due_at=now, expires_at=now + EXPIRES_AFTER),
            now=now,
        )
    return Published(saved.id, is_complete)


async def owe(database: Database, *, photo: PreparedPhoto | None = None, number: int = 1) -> ArticleId:
    """Owe one article to everybody, the fan-out worked off to its end."""
    published = await publish(database, photo=photo, number=number)
    working = not published.is_complete
    while working:
        async with database.write() as tx:
            working = await outbox.continue_fanouts(tx, now=SystemClock().now())
    return published.article

"""What people's choices cost: filters when an article is planned, and digests when their hour comes."""

import time

from sqlalchemy import text

from bot.domain.article import Article
from bot.domain.clock import SystemClock
from bot.store import articles, outbox
from bot.store.database import Database
from bot.store.planning import Planner
from tests.bench.audience import EXPIRES_AFTER, TOPIC, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.row import Row

FILTERING = 1_000
ROUNDS = 7
WORST_FILTERING = 3.0

_WORDS = ("sáng chế", "kiểu dáng", "nhãn hiệu", "chỉ dẫn địa lý", "hội nghị", "thông báo", "quyết định")
_FILTERS = text("INSERT INTO filters (words) VALUES (:words)")
_FILTERED = text(
    "UPDATE subscriptions SET filter_id ="
    " (SELECT min(id) FROM filters) + chat_id - (SELECT min(id) FROM chats)"
)


async def filters_sqlite() -> Row:
    return await _filters("sqlite", "SQLite")


async def filters_postgresql() -> Row:
    return await _filters("postgresql", "PostgreSQL")


async def _filters(dialect: str, name: str) -> Row:
    """Plan the same articles for chats without filters and then for the same chats, each with its own one."""
    planner = Planner()
    async with new_database(dialect) as url, opened(url) as database:
        await settle_in(database, FILTERING)
        without = min([await _planned(database, number, planner) for number in range(ROUNDS)])
        async with database.write() as tx:
            await tx.execute(_FILTERS, [{"words": _words_of(number)} for number in range(FILTERING)])
            await tx.execute(_FILTERED)
        rounds = [await _planned(database, number, planner) for number in range(ROUNDS, 2 * ROUNDS)]
    ratio = min(rounds[1:]) / without
    return Row(
        f"{FILTERING:,} chats, each with a filter of its own, one article planned, {name}",
        f"≤ {WORST_FILTERING:.0f} × planning without filters",
        f"{ratio:.2f} × ({min(rounds[1:]) * 1000:.1f} ms : {without * 1000:.1f} ms);"
        f" with filters never read before {rounds[0] * 1000:.1f} ms",
        ok=ratio <= WORST_FILTERING,
    )


def _words_of(number: int) -> str:
    """Return a filter like those that people write: some words to have, one to leave out."""
    one, other = _WORDS[number % len(_WORDS)], _WORDS[number // len(_WORDS) % len(_WORDS)]
    return f'"{one} {other}", đơn{number}, thông báo, -hủy{number}'


async def _planned(database: Database, number: int, planner: Planner) -> float:
    """Return the seconds that planning takes, from a saved article to its deliveries."""
    now = SystemClock().now()
    body = ("Cục Sở hữu trí tuệ thông báo về việc tiếp nhận đơn đăng ký. " * 4,) * 10
    article = Article(f"https://agency.example/tin/{number}", f"Thông báo số {number}", "Tóm tắt.", body)
    async with database.write() as tx:
        saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=now)
    started_at = time.perf_counter()
    async with database.write() as tx:
        end = now + EXPIRES_AFTER
        await outbox.enqueue(
            tx, article=saved.id, topic=TOPIC.id, due_at=now, expires_at=end, now=now, planner=planner
        )
    return time.perf_counter() - started_at


ROWS = (filters_sqlite, filters_postgresql)

"""Search over a hundred thousand articles."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import insert, text

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.domain.publication.publication import PublicationState
from bot.domain.text import search as searches
from bot.store.articles import search
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.schema import articles, publications
from tests.bench.databases import new_database
from tests.bench.row import Row

ARTICLES = 100_000
SEARCHES = 1_000
SLOWEST_MS = 50.0
_WORDS = 172
"""Of an article: its headline has 12, its summary 30 at most."""
TOPICS = ("trong-nuoc", "quoc-te", "van-ban")

_SYLLABLES = """
cục sở hữu trí tuệ hội nghị đảng ủy bộ khoa học và công nghệ phát triển kinh tế xã quyết định ban hành
thông tư hướng dẫn thi luật chính phủ thủ tướng doanh nghiệp đổi mới sáng tạo nhãn hiệu chế kiểu dáng đơn
đăng ký bảo hộ quyền tác giả hợp quốc kết biên bản ghi nhớ tập huấn đào cán chức viên đua khen thưởng chi
đoàn thanh niên phụ nữ thành phố hồ chí minh hà nội đà nẵng cần thơ hải phòng tỉnh huyện phường nông thôn
sản phẩm chỉ địa lý tra cứu tin cơ dữ liệu trực tuyến dịch vụ tục cải cách chuyển số
"""
_RARE = ("ngoẵng", "huỵch", "quều", "khuỵu", "nguếch", "loẵng", "thuở", "giuộc")
"""What real texts are like: some words are in nearly all, most in few, and names in next to none."""


async def search_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def search_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


async def _row(dialect: str, name: str) -> Row:
    async with new_database(dialect) as url:
        database = await Database.open(url)
        try:
            await fill(database)
            took = sorted([await _timed(database, query) for query in _queries()])
        finally:
            await database.close()
    slow = took[round(len(took) * 0.99) - 1]
    half = took[len(took) // 2]
    return Row(
        f"search over {ARTICLES:,} articles, 99 % of {SEARCHES:,} queries, {name}",
        f"≤ {SLOWEST_MS:.0f} ms",
        f"{slow:.1f} ms (half of them {half:.1f} ms, the slowest {took[-1]:.1f} ms)",
        ok=slow <= SLOWEST_MS,
    )


async def _timed(database: Database, query: str) -> float:
    started_at = time.perf_counter()
    async with database.read() as tx:
        await search.find(tx, searches.read(query), topics=list(map(TopicId, TOPICS)), limit=search.MOST + 1)
    return (time.perf_counter() - started_at) * 1000


async def fill(database: Database, *, words: int = _WORDS) -> None:
    """Keep a hundred thousand articles in three topics, each of so many *words*, with their index.

    To index them takes minutes; with few words, where search is not what is measured, a fraction of that.
    """
    now = datetime(2026, 3, 2, tzinfo=UTC)
    topics = [Topic(TopicId(topic), {"vi": topic}, {}, topic) for topic in TOPICS]
    corpus = islice(_corpus(words), ARTICLES)
    async with database.write() as tx:
        await feeds.sync_definitions(tx, topics, [], now)
        for start in range(1, ARTICLES + 1, 1000):
            made = [_row_of(number, next(corpus), now) for number in range(start, start + 1000)]
            await tx.execute(insert(articles), made)
            placed = [
                {
                    "article_id": row["id"],
                    "topic_id": TOPICS[row["id"] % 3],
                    "state": PublicationState.RELEASED,
                    "created_at": now,
                    "changed_at": now,
                }
                for row in made
            ]
            await tx.execute(insert(publications), placed)
        await search.rebuild(tx)
    if database.dialect == "postgresql":
        async with database.write() as tx:
            await tx.execute(text("ANALYZE"))


def _row_of(number: int, article: Article, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "key": article.key,
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "body": list(article.body),
        "photos": [],
        "attachments": [],
        "author": "",
        "source": "",
        "revision": 0,
        "ranked_at": now - timedelta(hours=ARTICLES - number),
        "created_at": now,
    }


def _corpus(words: int = _WORDS) -> Iterator[Article]:
    chance = random.Random(5)
    vocabulary = [*_SYLLABLES.split(), *(f"{one}{two}" for one in _RARE for two in range(4000))]
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    number = 0
    while True:
        drawn = chance.choices(vocabulary, cum_weights=weights, k=words)
        number += 1
        yield Article(
            f"https://agency.example/tin/{number}",
            " ".join(drawn[:12]).capitalize(),
            summary=" ".join(drawn[12:42]),
            body=(" ".join(drawn[42:107]), " ".join(drawn[107:])),
        )


def _queries() -> list[str]:
    """Return what people search for: the words of a headline, some with marks, phrases, topics and times."""
    chance = random.Random(7)
    corpus = _corpus()
    queries = []
    for number in range(SEARCHES):
        title = next(corpus).title.split()
        start = chance.randrange(len(title) - 4)
        wanted = " ".join(title[start : start + chance.randint(1, 4)])
        shapes = (
            wanted,
            " ".join(word.folded for word in searches.read(wanted).words),
            f'"{wanted}"',
            f"{wanted} tháng {chance.randint(1, 12)}/{chance.randint(2016, 2025)}",
            f"{wanted} năm 2024",
        )
        queries.append(shapes[number % len(shapes)])
    return queries


ROWS = (search_sqlite, search_postgresql)

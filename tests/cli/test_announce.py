"""Announcing at the command line: foretold, released, and refused in one line."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.news.article import ArticleId
from bot.emulator import agency
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database
from bot.store.runtime import audit
from bot.store.schema.types import EPOCH
from tests.cli.calling import Call
from tests.store.world import DOMESTIC, prepare, subscribe

PHOTO = Path(agency.__file__).parent / "photos" / "hoi-nghi.jpg"


@pytest.fixture
def desk(call: Call, sqlite_url: str) -> Call:
    """Two chats that subscribe to a topic."""
    call.knows(database__url=sqlite_url)

    async def make() -> None:
        db = await Database.open(sqlite_url)
        await prepare(db)
        await subscribe(db, "11", "12")
        await db.close()

    asyncio.run(make())
    return call


def released(url: str) -> tuple[StoredArticle | None, list[tuple[AuditPlace, AuditAction]]]:
    async def read() -> tuple[StoredArticle | None, list[tuple[AuditPlace, AuditAction]]]:
        db = await Database.open_read_only(url)
        async with db.read() as tx:
            lines = await audit.since(tx, EPOCH)
            stored = await articles.get(tx, ArticleId(1))
        await db.close()
        return stored, [(line.actor.place, line.act.action) for line in lines]

    return asyncio.run(read())


def test_an_announcement_is_released_with_all_that_belongs_to_it(
    desk: Call, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "noi-dung.txt").write_text("Một.\nHai.\n", encoding="utf-8")

    said = desk(
        *("announce", "--topic", DOMESTIC.id, "--title", "Nghỉ lễ", "--ends", "31/12", "--json"),
        *("--text-file", str(tmp_path / "noi-dung.txt"), "--photo", str(PHOTO)),
        *("--document", "Công văn: https://agency.example/cv.pdf", "--page", "https://agency.example/nghi"),
    )

    assert (said.status, json.loads(said.out)) == (0, {"article": 1, "topics": [DOMESTIC.id]})
    stored, lines = released(sqlite_url)
    assert stored
    assert (stored.article.title, stored.article.body) == ("Nghỉ lễ", ("Một.", "Hai."))
    assert (stored.article.page, len(stored.article.attachments)) == ("https://agency.example/nghi", 1)
    assert stored.photo_key
    assert lines == [(AuditPlace.CLI, AuditAction.CONTENT_PUBLISHED)]


def test_a_forecast_releases_nothing(desk: Call, sqlite_url: str) -> None:
    desk.knows(telegram__token="1:abc")

    said = desk("announce", "--topic", DOMESTIC.id, "--title", "Nghỉ lễ", "--forecast", "--json")

    (row,) = json.loads(said.out)
    assert {key: row[key] for key in ("account", "at_once", "filtered")} == {
        "account": "telegram:1",
        "at_once": 2,
        "filtered": 0,
    }
    assert released(sqlite_url) == (None, [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--topic", "khong-co", "--title", "x"), "no topic 'khong-co'"),
        (("--topic", DOMESTIC.id, "--title", ""), "1 to 300 characters"),
        (("--topic", DOMESTIC.id, "--title", "x", "--ends", "every week"), "not repeated"),
        (("--topic", DOMESTIC.id, "--title", "x", "--ends", "31/02"), "within a year"),
        (("--topic", DOMESTIC.id, "--title", "x", "--document", "y"), "one address"),
        (("--topic", DOMESTIC.id, "--title", "x", "--page", "y"), "one address"),
        (("--topic", DOMESTIC.id, "--title", "x", "--photo", "khong-co.jpg"), "cannot be read"),
        (("--topic", DOMESTIC.id, "--title", "x", "--text-file", "khong-co.txt"), "cannot be read"),
    ],
)
def test_what_cannot_be_announced_is_refused_in_one_line(
    desk: Call, sqlite_url: str, arguments: tuple[str, ...], told: str
) -> None:
    said = desk("announce", *arguments)

    assert said.status != 0
    assert told in said.err
    assert len(said.err.splitlines()) == 1
    assert released(sqlite_url) == (None, [])


def test_an_announcement_is_ended_before_its_time_once(desk: Call, sqlite_url: str) -> None:
    desk("announce", "--topic", DOMESTIC.id, "--title", "Nghỉ lễ", "--ends", "31/12")

    (listed,) = json.loads(desk("announcements", "--json").out)
    ended, again = desk("announcements", "end", "1"), desk("announcements", "end", "1")
    (after,) = json.loads(desk("announcements", "--json").out)

    assert (listed["article"], listed["state"], listed["ends"][5:10]) == (1, "released", "12-31")
    assert ended.out == "1 is over: what was sent of it says so from now on\n"
    assert "article 1 is no announcement, or is over" in again.err
    assert after["state"] == "ended"
    _, lines = released(sqlite_url)
    assert [action for _, action in lines] == [
        AuditAction.CONTENT_PUBLISHED,
        AuditAction.ANNOUNCEMENT_ENDED,
    ]

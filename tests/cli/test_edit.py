"""Editing at the command line what waits to be released."""

import asyncio
import json

import pytest

from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationId
from bot.store.articles import articles, source_texts
from bot.store.engine.database import Database
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from bot.store.runtime import audit
from tests.cli.calling import Call
from tests.store.world import DAYS, DOMESTIC, FOREIGN, NOW, prepare, publish, save


@pytest.fixture
def waiting(call: Call, sqlite_url: str) -> Call:
    """An article that waits, and one that is out."""
    call.knows(database__url=sqlite_url)

    async def make() -> None:
        db = await Database.open(sqlite_url)
        await prepare(db)
        async with db.write() as tx:
            publication = PublicationId(await save(tx, 1), DOMESTIC.id)
            await approvals.schedule(
                tx, publication, Worth(owed=True, urgent=False, lasts=DAYS), NOW + DAYS, NOW
            )
        await publish(db, 2)
        await db.close()

    asyncio.run(make())
    return call


def known(url: str) -> tuple[str, str | None, list[str]]:
    """Return the title of the article, that of its source if it was edited, and who did what."""

    async def read() -> tuple[str, str | None, list[str]]:
        db = await Database.open_read_only(url)
        async with db.read() as tx:
            (stored,) = (await articles.many(tx, [ArticleId(1)])).values()
            source = await source_texts.get(tx, stored.id)
            lines = await audit.since(tx, NOW)
        await db.close()
        acts = [f"{line.actor.place} {line.act.action}" for line in lines]
        return stored.article.title, source.title if source else None, acts

    return asyncio.run(read())


def test_what_waits_is_edited_and_restored(waiting: Call, sqlite_url: str) -> None:
    title, *_ = known(sqlite_url)
    assert "1 is edited; it is approved anew" in waiting("edit", "1", "--title", " Mới ", "--urgent").out
    assert known(sqlite_url) == ("Mới", title, ["cli publication-edited"])
    assert "1 is so already" in waiting("edit", "1", "--title", "Mới").out

    done = waiting("edit", "1", "--restore", "--json")

    assert json.loads(done.out) == {"article": 1, "edited": True}
    assert known(sqlite_url) == (title, None, ["cli publication-edited", "cli source-restored"])


def test_what_waits_is_moved_to_other_topics(waiting: Call, sqlite_url: str) -> None:
    told = waiting("edit", "1", "--topic", FOREIGN.id, "--topic", DOMESTIC.id).out
    assert "1 is edited; it is approved anew" in told
    assert "1 is so already" in waiting("edit", "1", "--topic", DOMESTIC.id, "--topic", FOREIGN.id).out
    waiting("edit", "1", "--topic", FOREIGN.id)

    listed = json.loads(waiting("publications", "--json").out)

    topics = next(each["topics"] for each in listed if each["article"] == 1)
    assert topics == f"{DOMESTIC.id} (rejected), {FOREIGN.id}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("1", "--title", "  "), "the title must not be empty"),
        (("1", "--title", "x" * 301), "the title has more than 300 characters"),
        (("1", "--summary", "x" * 1001), "the summary has more than 1000 characters"),
        (("1",), "say what to edit, or --restore alone"),
        (("1", "--restore", "--no-photo"), "say what to edit, or --restore alone"),
        (("2", "--title", "Mới"), "article 2 does not wait to be released"),
        (("99", "--restore"), "article 99 does not wait to be released"),
        (("1", "--topic", "khong-co"), "there is no topic 'khong-co'"),
    ],
)
def test_what_cannot_be_edited_is_said_in_one_line(
    waiting: Call, sqlite_url: str, options: tuple[str, ...], said: str
) -> None:
    before = known(sqlite_url)

    called = waiting("edit", *options)

    assert said in called.err
    assert called.err.count("\n") == 1
    assert known(sqlite_url) == before

"""Nothing about a chat stands in an address, which browsers and proxies keep, or in the log."""

import re
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.domain.chats.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.news.feed import Topic
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.web.console.table import TABLE
from tests.commands.stage import FEEDS, HOME, TOPICS
from tests.fakes import ACCOUNT
from tests.web.console.stage import ConsoleStage, Visitor

CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)
PERSON, GROUP = "555000111", "-1009876543210"
TITLE = "Nhóm của chị Hạnh"
_ADDRESS = re.compile(r'(?:href|src|action|data-live)="([^"]*)"')
_BY_ADDRESS = re.compile(r'<form[^>]*method="get".*?</form>', re.DOTALL)


@pytest.fixture
async def stage(sqlite_db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(sqlite_db) as stage:
        yield stage


@pytest.fixture
async def known(stage: ConsoleStage) -> tuple[ChatId, ChatId]:
    """A person, who is let into a members-only topic, and a group."""
    now, found = stage.clock.now(), []
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, CLOSED), FEEDS, now)
        for chat, kind, title in (
            (PERSON, ChatKind.PRIVATE, None),
            (GROUP, ChatKind.SUPERGROUP, TITLE),
        ):
            made = await chats.register(
                tx, Address(ACCOUNT, chat), kind=kind, language="vi", title=title, now=now
            )
            await chats.subscribe(tx, made.id, HOME, now)
            found.append(made.id)
        await visibility.grant(tx, found[0], CLOSED.id, now)
    return found[0], found[1]


async def addresses(visitor: Visitor) -> list[str]:
    """Return the address of every page that takes no argument, and all that stand in it."""
    paths = [each.path for each in TABLE if not each.writes and "{" not in each.path]
    paths.append(f"/members/topic?account={ACCOUNT}&topic={CLOSED.id}")
    found = []
    for path in paths:
        page = (await visitor.get(path)).text
        assert [form for form in _BY_ADDRESS.findall(page) if 'name="chat"' in form] == []
        found += [path, *_ADDRESS.findall(page)]
    return found


async def test_no_address_and_no_line_of_the_log_tells_of_a_chat(
    stage: ConsoleStage, known: tuple[ChatId, ChatId]
) -> None:
    owner, (person, group) = await stage.sign_in(), known
    place = {"account": ACCOUNT, "topic": CLOSED.id}
    with capture_logs() as logged:
        shown = await addresses(owner)
        done = [
            await owner.post("/support/look", chat=PERSON),
            await owner.post("/support/look", chat=GROUP),
            await owner.post("/support/unsubscribe", chat=person, topic=HOME),
            await owner.post("/members/exclude", chat=person, **place),
            await owner.post("/chats/topics", chat=group, topic=HOME),
            await owner.post("/chats/status", chat=group, on="no"),
            await owner.post("/chats/remove", chat=group),
            await owner.post("/support/erase", chat=person),
        ]

    shown += [each.headers.get("Location", "") for each in done]
    shown += [address for each in done for address in _ADDRESS.findall(each.text)]
    assert [each.status for each in done] == [200] * 3 + [303] * 5
    assert len(shown) > 100
    assert [each for each in shown if re.search(rf"{PERSON}|{GROUP}|[?&]chat=|Nh%C3%B3m", each)] == []
    assert [each for each in logged if re.search(rf"{PERSON}|{GROUP}|{TITLE}", str(each))] == []

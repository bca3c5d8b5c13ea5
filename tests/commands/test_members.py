"""Members-only topics: to all who were not let in they do not exist."""

from dataclasses import replace

import pytest

from bot.domain.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.feed import Topic
from bot.services import channels
from bot.store import feeds, memberships
from tests.commands.stage import FEEDS, OWNER, TOPICS, Person, Stage
from tests.fakes import ACCOUNT

INTERNAL = Topic(
    TopicId("noi-bo"), {"vi": "Sinh hoạt nội bộ", "en": "Internal affairs"}, {}, "NộiBộ", members_only=True
)


@pytest.fixture
async def closed(stage: Stage) -> Stage:
    """A bot with a members-only topic, in which there is an article."""
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, INTERNAL), FEEDS, stage.clock.now())
    await stage.publish("Tin mật của chi bộ", hour=8, topic=INTERNAL.id)
    return stage


@pytest.fixture
async def stranger(closed: Stage) -> Person:
    """A person who has agreed to receive news and was let in nowhere."""
    person = closed.person()
    await person.types("/start")
    await person.taps("Đồng ý")
    return person


async def let_in(person: Person) -> ChatId:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.write() as tx:
        await memberships.grant(tx, chat.id, INTERNAL.id, person.stage.clock.now())
    return chat.id


@pytest.mark.parametrize(
    "text",
    [
        "/dangky",
        "/dangky nội bộ",
        "/dangky tất cả",
        "/chuyenmuc",
        "/moinhat",
        "/moinhat nội bộ",
        "/timkiem tin mật",
        "/timkiem tin mật #NộiBộ",
        "/start noi-bo",
        "/huy nội bộ",
        "/trogiup",
        "/dulieu",
    ],
)
async def test_a_stranger_learns_nothing_of_it(closed: Stage, stranger: Person, text: str) -> None:
    member = closed.member("2")
    for person in (stranger, closed.person("78"), member):
        said = await person.types(text)

        labels = person.labels if person.seen else []
        shown = " ".join([said.replace(text.partition(" ")[2], ""), *labels])
        assert "Sinh hoạt" not in shown
        assert "chi bộ" not in shown.replace("Chi bộ 1", "")
        assert INTERNAL.id not in await person.subscriptions()


@pytest.mark.parametrize("action", ["1t.d.1.noi-bo", "1a.noi-bo", "1v.1", "1m.3.1.noi-bo"])
async def test_no_button_of_old_opens_it(stranger: Person, action: str) -> None:
    said = await stranger.sends(action)

    assert "Tin mật" not in said
    assert "Sinh hoạt" not in " ".join([said, *stranger.labels, stranger.answer.toast or ""])
    assert INTERNAL.id not in await stranger.subscriptions()


async def test_a_member_finds_it_everywhere(stranger: Person) -> None:
    await let_in(stranger)

    assert "Sinh hoạt nội bộ" in await stranger.types("/chuyenmuc")
    assert "Tin mật của chi bộ" in await stranger.types("/moinhat nội bộ")
    assert "Tin mật của chi bộ" in await stranger.types("/timkiem tin mật")
    assert "Tin mật của chi bộ" in await stranger.taps("1")
    await stranger.types("/dangky nội bộ")
    assert await stranger.subscriptions() == (INTERNAL.id,)


async def test_a_manager_opens_it_to_a_group_and_closes_it(closed: Stage) -> None:
    owner = closed.person(OWNER)
    await owner.types("/start")
    await closed.bot_joins("-500", by=OWNER)
    await owner.types("/kenh")
    await owner.taps("Chi bộ 1")
    group = closed.member("2")

    await owner.taps("Sinh hoạt nội bộ")

    assert await group.subscriptions() == (INTERNAL.id,)
    assert "Sinh hoạt nội bộ" in await group.types("/chuyenmuc")
    await owner.taps("Sinh hoạt nội bộ")
    assert await group.subscriptions() == ()
    assert "Sinh hoạt nội bộ" not in await group.types("/chuyenmuc")


async def test_a_channel_that_is_removed_is_no_member_any_more(closed: Stage) -> None:
    group = replace(closed.member("2"), address=Address(ACCOUNT, "-500"), kind=ChatKind.SUPERGROUP)
    await closed.bot_joins("-500", by=OWNER)
    chat = await let_in(group)

    await channels.remove(closed.database, group.address, "removed", now=closed.clock.now())

    async with closed.database.read() as tx:
        assert await memberships.topics_of(tx, chat) == ()

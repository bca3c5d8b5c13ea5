"""Who may press what, and where; and that a button which does not stand under its message does nothing."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.base.callback_data import Verb
from bot.domain.chats.chat import Address, ChatKind, ChatRole, TopicId, UpdateSender
from bot.domain.news.feed import Entry, FeedId, Topic
from bot.store.engine.database import Database
from bot.store.feeds import feeds, quarantine
from bot.store.schema import metadata
from tests.commands.examples import DATA
from tests.commands.stage import FEEDS, OWNER, TOPICS, Person, Stage, wording
from tests.fakes import ACCOUNT

STRANGER, READER, ADMINISTRATOR, MANAGER = "11", "22", "33", "44"
CHANNEL, GROUP = "-100900", "-500"
STALE = wording("button-stale")
NOT_ALLOWED = wording("not-allowed")
NOT_GIVEN = wording("only-roles", roles=wording("role-name", role="owner"))
NOT_HERE = wording("only-group-administrators")

HELD = [Entry("Bài bị giữ", "https://agency.example/giu")]

ANYBODY = {Verb.OPEN, Verb.OLDER, Verb.SEARCH_PAGE, Verb.SHOW}
"""What everybody may press in a private chat and in a group."""

DECIDING = {
    Verb.TOPIC,
    Verb.ALL_TOPICS,
    Verb.UNDO,
    Verb.LANGUAGE,
    Verb.SETTINGS,
    Verb.SCHEDULE,
    Verb.FILTER,
    Verb.DIGEST_NOW,
    Verb.PREFER,
}
"""What is a person's in their own chat, and the administrators' in a group."""

PERSONAL = {
    Verb.AGREE,
    Verb.DECLINE,
    Verb.ERASE,
    Verb.READ,
    Verb.PHOTOS,
    Verb.LISTEN,
    Verb.SAVE,
    Verb.SAVED,
    Verb.FOLLOW,
    Verb.FOLLOW_ARTICLE,
    Verb.FOLLOWED,
}
"""What is everybody's in a private chat, and nobody's elsewhere."""

OWNERS_ONLY = {
    Verb.DISMISS,
    Verb.AUDIT,
    Verb.ADMINS,
    Verb.APPOINT,
    Verb.ADMIN,
    Verb.ADMIN_ROLE,
    Verb.ADMIN_TOPIC,
}
NOBODYS = {Verb.KEEPER}
"""What means nothing where the messenger says who administers a group."""

MANAGERS_ONLY = set(Verb) - ANYBODY - DECIDING - PERSONAL - OWNERS_ONLY - NOBODYS


@pytest.fixture
async def stage(sqlite_db: Database) -> Stage:
    stage = await Stage.open(sqlite_db)
    stage.clock.advance(12 * 3600)
    for hour in (1, 2):
        await stage.publish(f"Tin {hour} giờ", hour=hour, body=("Một đoạn.",))
    await stage.bot_joins(GROUP, by=OWNER)
    stage.messenger.roles[GROUP, ADMINISTRATOR] = ChatRole.ADMINISTRATOR
    stage.messenger.roles[CHANNEL, ADMINISTRATOR] = ChatRole.ADMINISTRATOR
    await stage.appoints(MANAGER)
    closed = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, closed), FEEDS, stage.clock.now())
        await quarantine.hold(
            tx,
            FeedId("nguon-trong-nuoc"),
            [Entry("Bài bị giữ", "https://agency.example/giu")],
            stage.clock.now(),
        )
    return stage


def person(stage: Stage, user: str, kind: ChatKind) -> Person:
    chats = {ChatKind.PRIVATE: user, ChatKind.CHANNEL: CHANNEL}
    return Person(
        stage, Address(ACCOUNT, chats.get(kind, GROUP)), kind, UpdateSender(user, "vi"), title="Chi bộ 1"
    )


def refusal(verb: Verb, user: str, kind: ChatKind) -> str | None:
    """Return what somebody is told who may not press a button there; None if they may."""
    if verb in NOBODYS or (kind is ChatKind.CHANNEL and user != ADMINISTRATOR):
        return STALE
    for_managers = verb in MANAGERS_ONLY | OWNERS_ONLY
    if kind is not ChatKind.PRIVATE and (for_managers or verb in PERSONAL):
        return NOT_ALLOWED if for_managers else STALE
    if for_managers and user not in (OWNER, MANAGER):
        return NOT_ALLOWED
    if verb in OWNERS_ONLY and user != OWNER:
        return NOT_GIVEN
    if verb in DECIDING and kind is not ChatKind.PRIVATE and user != ADMINISTRATOR:
        return NOT_HERE
    return None


async def contents(database: Database) -> dict[str, list[Any]]:
    async with database.read() as tx:
        return {
            table.name: [tuple(row) for row in await tx.execute(select(table))]
            for table in metadata.sorted_tables
        }


def test_there_is_an_example_of_every_button() -> None:
    assert set(DATA) == set(Verb)


@pytest.mark.parametrize("user", [STRANGER, ADMINISTRATOR, MANAGER, OWNER])
@pytest.mark.parametrize("kind", list(ChatKind))
async def test_a_button_does_something_for_those_alone_who_may_press_it_there(
    stage: Stage, kind: ChatKind, user: str
) -> None:
    before = await contents(stage.database)
    allowed = [verb for verb in Verb if refusal(verb, user, kind) is None]

    for verb in (verb for verb in Verb if verb not in allowed):
        somebody, wanted = person(stage, user, kind), refusal(verb, user, kind) or ""
        await somebody.sends(DATA[verb])
        toast = somebody.answer.toast or ""
        assert (verb, toast[: len(wanted)], somebody.answer.messages) == (verb, wanted, ())
    assert await contents(stage.database) == before

    # At the very end they delete their data, their role with it.
    for verb in sorted(allowed, key=lambda each: each is Verb.ERASE):
        somebody = person(stage, user, kind)
        await somebody.sends(DATA[verb])
        toast = somebody.answer.toast or ""
        assert not toast.startswith((NOT_ALLOWED, NOT_HERE, "Việc này")), verb


@pytest.mark.parametrize("user", [STRANGER, ADMINISTRATOR, MANAGER, OWNER])
@pytest.mark.parametrize("kind", list(ChatKind))
async def test_a_button_that_does_not_stand_under_its_message_changes_nothing_for_anybody(
    stage: Stage, kind: ChatKind, user: str
) -> None:
    before = await contents(stage.database)

    for verb in Verb:
        somebody = person(stage, user, kind)
        await somebody.forges(DATA[verb])
        assert (somebody.answer.toast or "").startswith(STALE)
        assert (somebody.answer.messages, somebody.answer.later) == ((), None)

    assert await contents(stage.database) == before


@pytest.mark.parametrize("kind", [ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.CHANNEL])
async def test_a_message_that_cannot_be_seen_any_more_is_answered_in_a_private_chat_alone_and_stays(
    stage: Stage, kind: ChatKind
) -> None:
    somebody, elsewhere = person(stage, READER, ChatKind.PRIVATE), person(stage, ADMINISTRATOR, kind)

    await somebody._presses("1o.topics", None)
    await elsewhere._presses("1o.topics", None)

    assert [outgoing.message.replaces for outgoing in somebody.answer.messages] == [None]
    assert (elsewhere.answer.toast or "").startswith(STALE)
    assert elsewhere.answer.messages == ()


async def test_who_is_anonymous_without_being_the_chat_itself_decides_nothing(stage: Stage) -> None:
    anonymous = "1087968824"
    itself = replace(person(stage, anonymous, ChatKind.SUPERGROUP)).speaking(anonymous_administrator=True)
    somebody = person(stage, anonymous, ChatKind.SUPERGROUP)

    assert wording("subscribed", private="no", topics="Hoạt động trong nước") in (
        await itself.types("/dangky trong nước")
    )
    assert (await somebody.types("/huy")).startswith(NOT_HERE)


async def test_a_language_button_leads_to_no_command_that_has_none(stage: Stage) -> None:
    somebody = person(stage, READER, ChatKind.PRIVATE)
    before = await contents(stage.database)

    for command in ("unsubscribe", "admins", "feeds", "erase"):
        await somebody.sends(f"1l.en.{command}")
        assert (somebody.answer.toast or "").startswith(STALE)

    assert await contents(stage.database) == before

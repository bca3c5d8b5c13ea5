"""The law, table by table: a person sees all that is stored about them, and nothing of it survives deletion.

The tables are not listed here: whichever a later version adds is looked at, too.
"""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select, update

from bot.commands.base.callbacks import Agree, Erase, ErasureStep
from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.domain.chats.chat import Address, ButtonPressed, Chat, ChatKind, TopicId
from bot.domain.chats.filters import parse
from bot.domain.chats.message import Button, Message, length
from bot.domain.chats.preferences import Preferences, Schedule, Timing
from bot.domain.news.feed import Topic
from bot.store.articles import followed_pages
from bot.store.articles.followed_pages import NewPage
from bot.store.chats import chats as subscriptions_of
from bot.store.chats import erasure, preferences
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.runtime import updates
from bot.store.schema import (
    articles,
    audit_log,
    chats,
    erasures,
    fanouts,
    metadata,
    owner_names,
    subscriptions,
)
from tests.commands.stage import ABROAD, FEEDS, HOME, PROOF_KEY, TOPICS, Person, Stage, words
from tests.fakes import FakeClock
from tests.personal import personal_tables, put, row_about, traces

USER = "7755331199"
"""An id that does not come about by chance."""

VALUES: dict[str, dict[str, Any]] = {
    "deliveries": {"status": "pending", "topic_id": HOME},
    "subscriptions": {"topic_id": HOME},
    "chat_preferences": {"quiet_mode": "silent", "address": "đồng chí"},
    "stopped_subscriptions": {"timing": "daily", "topic_id": HOME},
    "rate_events": {"kind": "replied"},
    "desk_drafts": {"at_end": "note"},
    "shown_menus": {"thread": "", "entries": {}},
    "dormant_chats": {"reason": "unsubscribed"},
    "follow_ups": {"kind": "poll", "mark": {}},
}
"""What not just anything can stand for, where a row is made up."""

NOT_PERSONAL = {
    fanouts.name: "how far a fan-out has come, in numbers of chats; it names nobody",
    audit_log.name: "what was done in an office: data-audit says that it is kept, and for how long",
    owner_names.name: "a copy of what bot.toml calls its owners: a name goes with its line of the file",
}

NOT_SHOWN = {
    "pending_inputs": "it ends with whatever the person writes next, /dulieu too",
    "rate_events": "kept for a minute, which data-passing says",
    "follow_ups": "it goes when a manager is told how what they began has ended",
    "console_links": "it works for ten minutes, and the person has just asked for it",
    "manager_menus": "it comes and goes with the role, which data-admin shows",
    "announcement_drafts": "what a manager is writing, which /thongbao shows; it goes with the chat",
    "desk_drafts": "what a manager is writing in the console, which shows it there; it goes with the person",
    "ration_notices": "whether a digest has said this month that a plan is limited: nothing of the person's",
}
"""Tables of which a row need not show in /dulieu, and why."""

NOT_SHOWN_COLUMNS = {
    "chats": {
        "id": "our own number",
        "account_id": "the bot that the person writes to",
        "thread": "no private chat has one",
        "kind": "it is private, or nothing would be shown",
        "title": "it is stored for groups and channels alone",
        "off_reason": "it goes as soon as the person writes",
    }
}


@pytest.fixture
async def person(stage: Stage) -> Person:
    """Somebody who subscribes to one topic."""
    person = stage.person(USER)
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    await stage.publish("Tin 8 giờ", hour=8)
    return person


async def known(person: Person) -> Chat:
    chat = await person.stage.chat(person.address)
    assert chat
    return chat


async def made_up(tx: Any, table: Table, chat: Chat) -> dict[str, Any]:
    values = dict(VALUES.get(table.name, {}))
    if "article_id" in table.c:
        values["article_id"] = (await tx.execute(select(articles.c.id).limit(1))).scalar_one()
    if "page_id" in table.c:
        fees = NewPage("https://agency.example/phi", "Biểu phí", FEEDS[0].id, HOME)
        values["page_id"] = await followed_pages.add(tx, fees, FakeClock().now())
    if "account_id" in table.c:
        values["account_id"] = chat.address.account
    return await row_about(tx, table, chat=chat.id, user=USER, **values)


async def test_what_is_more_than_fits_into_a_message_is_shown_in_several(
    stage: Stage, person: Person
) -> None:
    many = tuple(Topic(TopicId(f"muc-{n}"), {"vi": f"Mục {n}"}, {}, f"Muc{n}") for n in range(40))
    wanted = parse(", ".join(f"nghị quyết số {n}" for n in range(9)))
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, *many), FEEDS, stage.clock.now())
        chat = await known(person)
        for topic in many:
            await subscriptions_of.subscribe(tx, chat.id, topic.id, stage.clock.now())
            await preferences.set_filter(tx, chat.id, topic.id, wanted, now=stage.clock.now())

    said = await person.types("/dulieu")

    shown = person.answer.messages
    assert len(shown) > 1
    assert all(length(each.message.text) <= 4096 for each in shown)
    assert said.count(wanted.shown) == len(many)
    assert person.labels == ["Xóa toàn bộ dữ liệu"]


def about_people() -> list[Table]:
    return [table for table in personal_tables() if table.name not in NOT_PERSONAL]


async def fill(person: Person) -> None:
    """Put a row about the person into every table that can have one."""
    chat = await known(person)
    async with person.stage.database.write() as tx:
        for table in about_people():
            await put(tx, table, await made_up(tx, table, chat))


async def test_nothing_that_was_stored_about_a_person_is_left_after_deletion(person: Person) -> None:
    await fill(person)
    chat = await known(person)
    async with person.stage.database.read() as tx:
        before = await traces(tx, chat=chat.id, user=USER)

    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)

    assert {line.partition(".")[0] for line in before} == {chats.name, *(t.name for t in about_people())}
    async with person.stage.database.read() as tx:
        assert await traces(tx, chat=chat.id, user=USER) == []


@pytest.mark.parametrize(("minutes", "left"), [(5, 0), (15, 1)])
async def test_a_mere_word_of_consent_deletes_everything_only_soon_after_the_question(
    person: Person, minutes: int, left: int
) -> None:
    await person.types("/xoadulieu")
    person.stage.clock.advance(60 * minutes)

    await person.types("vâng")

    assert len(await person.subscriptions()) == left


async def test_a_pending_delivery_goes_with_the_person_and_others_keep_theirs(person: Person) -> None:
    other = person.stage.person("88")
    await other.types("/dangky quốc tế")
    await other.taps(Agree)

    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)

    assert (await person.subscriptions(), len(await other.subscriptions())) == ((), 1)


async def test_all_that_is_left_is_a_proof_that_names_nobody_and_holds_for_whoever_knows_the_id(
    person: Person,
) -> None:
    account = person.address.account
    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)

    async with person.stage.database.read() as tx:
        found = [each async for each in erasure.proofs(tx)]
        stored = [str(tuple(row)) for row in await tx.execute(select(erasures))]
    assert len({proof.hash for proof, _ in found}) == 2
    assert not [row for row in stored if USER in row]
    for proof, at in found:
        assert at == person.stage.clock.now()
        assert proof.is_about(PROOF_KEY, account=account, chat=USER)
        assert not proof.is_about(PROOF_KEY, account=account, chat="88")
        assert not proof.is_about(b"another key", account=account, chat=USER)


async def test_deleting_where_nothing_is_stored_leaves_no_proof(stage: Stage) -> None:
    await stage.person(USER).sends("1z.!")

    async with stage.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(erasures))).scalar() == 0


@pytest.mark.parametrize(
    "table", [each for each in about_people() if each.name not in NOT_SHOWN], ids=lambda table: table.name
)
async def test_a_person_is_shown_what_stands_in_every_table(person: Person, table: Table) -> None:
    before = await person.types("/dulieu")

    async with person.stage.database.write() as tx:
        await put(tx, table, await made_up(tx, table, await known(person)))
        ours = await traces(tx, chat=(await known(person)).id, user=USER)

    assert any(line.startswith(f"{table.name}.") for line in ours)
    assert await person.types("/dulieu") != before


CHANGED: dict[str, Any] = {
    "chats.chat": None,  # the address under which all else is found; its line stands in another test
    "chats.language": "en",
    "chats.status": "paused",
    "chats.consent_version": "9",
}


def shown_columns() -> list[tuple[Table, str]]:
    return [
        (table, column.name)
        for table in (chats, subscriptions)
        for column in table.columns
        if column.name not in NOT_SHOWN_COLUMNS.get(table.name, {})
        and not column.foreign_keys
        and CHANGED.get(f"{table.name}.{column.name}", "") is not None
    ]


@pytest.mark.parametrize(
    ("table", "column"), shown_columns(), ids=[f"{table.name}.{name}" for table, name in shown_columns()]
)
async def test_a_person_is_shown_every_fact_about_their_chat(
    person: Person, table: Table, column: str
) -> None:
    before = await person.types("/dulieu")
    person.stage.clock.advance(3600)

    new = CHANGED.get(f"{table.name}.{column}", person.stage.clock.now())
    async with person.stage.database.write() as tx:
        await tx.execute(update(table).values({column: new}))

    assert await person.types("/dulieu") != before


async def test_a_person_is_shown_what_they_chose_for_a_topic(person: Person) -> None:
    before = await person.types("/dulieu")
    wanted = parse("sáng chế -nhãn hiệu")
    number, usual, now = (await known(person)).id, Preferences(), person.stage.clock.now()

    async with person.stage.database.write() as tx:
        weekly = Schedule(Timing.WEEKLY, hour=7, weekday=1)
        await preferences.set_schedule(tx, number, ABROAD, weekly, usual=usual, now=now)
        await preferences.set_filter(tx, number, ABROAD, wanted, now=now)

    said = await person.types("/dulieu")
    assert "• Hoạt động quốc tế (từ 08:30 ngày 02/03/2026)\n" in before
    shown = wanted.shown
    assert f"; bản tin hằng tuần lúc 7 giờ thứ Hai; bộ lọc {shown}\n" in said


async def test_no_trace_is_left_in_any_database(db: Database) -> None:
    stage = await Stage.open(db)
    person = stage.person(USER)
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    await stage.publish("Tin 8 giờ", hour=8)
    await fill(person)
    chat = await known(person)

    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)

    async with db.read() as tx:
        assert await traces(tx, chat=chat.id, user=USER) == []


def test_every_table_that_is_left_out_exists() -> None:
    assert {*NOT_PERSONAL, *NOT_SHOWN, *NOT_SHOWN_COLUMNS} <= set(metadata.tables)


async def erased_by_the_dispatcher(stage: Stage, person: Person) -> None:
    """Have a person delete their data as the service does it, which goes on running."""
    for text in ("/caidat bộ lọc quốc tế: vệ tinh Vinasat", "/timkiem tàu sân bay"):
        await person.types(text)
    for other in ("88", "89"):
        await stage.person(other).sends("1a.quoc-te")
    pressed = ButtonPressed(
        person.address,
        ChatKind.PRIVATE,
        person.sender,
        "1z.!",
        message_id="5",
        press_id="p",
        keyboard=((Button("?", action="1z.!"),),),
    )
    payload = f"{USER} chữ trong tin nhắn"
    stage.messenger.incoming = {payload: pressed}
    async with stage.database.write() as tx:
        await updates.save(tx, stage.messenger.account, [(1, payload)], now=stage.clock.now())
    said: list[Message] = []

    async def reply(_: Address, message: Message) -> None:
        said.append(message)

    await UpdateDispatcher(stage.conversation, reply=reply).drain()
    assert [words(message).partition(".")[0] for message in said] == ["Đã xóa toàn bộ dữ liệu"]


TRACES = [USER.encode(), "vệ tinh".encode(), b"Vinasat", "tàu sân".encode(), "chữ trong tin".encode()]


async def test_neither_the_file_nor_its_log_tells_of_a_person_who_is_gone_while_the_service_goes_on(
    sqlite_url: str,
) -> None:
    database = await Database.open(sqlite_url)
    stage = await Stage.open(database)
    person = stage.person(USER)
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    await stage.publish("Tin 8 giờ", hour=8)
    await fill(person)
    files = Path(database.place).parent

    def found() -> list[tuple[str, bytes]]:
        return [
            (file.name, trace)
            for file in sorted(files.glob("*.db*"))
            for trace in TRACES
            if trace in file.read_bytes()
        ]

    before = found()
    async with database.read() as tx:
        # A reader that looks at an older state keeps the log from being emptied for a while.
        await tx.execute(select(chats.c.id))
        erasing = asyncio.create_task(erased_by_the_dispatcher(stage, person))
        await asyncio.wait({erasing}, timeout=0.5)
    await erasing

    assert before
    assert found() == []
    await database.close()
    assert found() == []


@pytest.mark.postgres
async def test_the_files_of_postgresql_do_not_tell_of_a_person_who_is_gone(postgresql_url: str) -> None:
    database = await Database.open(postgresql_url)
    stage = await Stage.open(database)
    person = stage.person(USER)
    await person.types("/dangky quốc tế")
    await person.taps("Đồng ý")
    await stage.publish("Tin 8 giờ", hour=8)
    await fill(person)

    async def found() -> list[tuple[str, bytes]]:
        async with database.driver() as connection:
            await connection.execute("CHECKPOINT")
            contents = [
                (table.name, await connection.fetchval(_FILE_OF, table.name))
                for table in metadata.sorted_tables
            ]
        return [(name, trace) for name, content in contents for trace in TRACES if trace in content]

    before = await found()
    await erased_by_the_dispatcher(stage, person)
    # Other tests write to the same server: what they may see stays until they have ended.
    async with asyncio.timeout(60):
        while await found():
            await database.take_out_what_is_left()

    assert before
    await database.close()


_FILE_OF = "SELECT pg_read_binary_file(pg_relation_filepath($1::regclass))"


async def test_not_even_the_bytes_of_the_file_tell_of_a_person_who_is_gone(sqlite_url: str) -> None:
    """Elsewhere SQLite may be built so that it leaves in the file what was deleted."""
    database = await Database.open(sqlite_url)
    stage = await Stage.open(database)
    person = stage.person(USER)
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    await stage.publish("Tin 8 giờ", hour=8)
    await fill(person)
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))

    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)
    await database.close()

    assert [each.name for each in file.parent.glob("*.db*") if USER.encode() in each.read_bytes()] == []

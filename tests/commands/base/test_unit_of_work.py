"""One update, one unit of work: whatever breaks off in between, nothing is lost and nothing given twice."""

import asyncio
import contextlib
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.commands.base.context import OutgoingMessage, Response
from bot.commands.runtime import kept_answer
from bot.commands.runtime.dispatcher import CONCURRENCY, UpdateDispatcher
from bot.domain.blocks.model import DocumentBlock, PhotoBlock, of_paragraphs
from bot.domain.chats.chat import Address, ButtonPressed, ChatKind, ChatStatus, TextReceived, UpdateSender
from bot.domain.chats.message import Button, Message, WholeText, bold
from bot.services.gateway.gateway import AccountLostError
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.runtime import updates
from tests.commands.stage import HOME, Stage, wording, words
from tests.fakes import ACCOUNT, FakeClock
from tests.full_disk import full_disk

USER = "77"


@dataclass
class Outlet:
    """What was sent; *lost* says after how many messages the process loses the account."""

    sent: list[str] = field(default_factory=list)
    lost: int | None = None

    async def reply(self, to: Address, message: Message) -> None:
        del to
        if self.lost is not None and len(self.sent) >= self.lost:
            raise AccountLostError("another process answers now")
        self.sent.append(words(message))


@dataclass
class EndingClock(FakeClock):
    """A clock that cancels whoever waits: that is where this process ends."""

    async def sleep(self, seconds: float) -> None:
        del seconds
        raise asyncio.CancelledError


@pytest.fixture
def outlet() -> Outlet:
    return Outlet()


def typed(said: str, user: str = USER) -> TextReceived:
    return TextReceived(Address(ACCOUNT, user), ChatKind.PRIVATE, UpdateSender(user, "vi"), said)


def tapped(action: str) -> ButtonPressed:
    keyboard = ((Button("?", action=action),),)
    address, sender = Address(ACCOUNT, USER), UpdateSender(USER, "vi")
    return ButtonPressed(address, ChatKind.PRIVATE, sender, action, "5", "p1", keyboard=keyboard)


async def store(stage: Stage, *incoming: TextReceived | ButtonPressed, first: int = 0) -> None:
    numbered = {str(first + place): each for place, each in enumerate(incoming)}
    stage.messenger.incoming |= numbered
    async with stage.database.write() as tx:
        rows = [(int(number), number) for number in numbered]
        await updates.save(tx, ACCOUNT, rows, now=stage.clock.now())


async def waiting(stage: Stage) -> list[bool]:
    """Return of each update that is still to be dealt with whether its answer is kept."""
    async with stage.database.read() as tx:
        return [each.answer is not None for each in await updates.pending(tx, ACCOUNT, limit=100)]


async def broken_off(stage: Stage, outlet: Outlet) -> None:
    """Deal with what is stored until the process loses the account, and end there."""
    clock, stage.clock = stage.clock, EndingClock(stage.clock.moment)
    inbox = UpdateDispatcher(stage.conversation, reply=outlet.reply)
    with capture_logs(), contextlib.suppress(asyncio.CancelledError):
        await inbox._start()
        while inbox._busy:
            await asyncio.wait(inbox._busy.values())
    stage.clock, outlet.lost = clock, None


async def subscriber(stage: Stage) -> None:
    person = stage.person(USER)
    await person.types("/dangky trong nước")
    await person.sends("1a.trong-nuoc")


async def test_an_answer_outlives_the_process_that_has_made_its_effect(stage: Stage, outlet: Outlet) -> None:
    await subscriber(stage)
    outlet.lost = 0
    await store(stage, typed("/huy"))
    await broken_off(stage, outlet)
    kept = await waiting(stage)

    await UpdateDispatcher(stage.conversation, reply=outlet.reply).drain()

    assert kept == [True]
    assert [said.partition("\n")[0] for said in outlet.sent] == [wording("unsubscribed-title")]
    assert await waiting(stage) == []


async def test_a_tap_whose_effect_is_done_is_still_acknowledged_with_its_notice(
    stage: Stage, outlet: Outlet
) -> None:
    await subscriber(stage)
    outlet.lost = 0
    await store(stage, tapped("1t.d.1.quoc-te"))
    await broken_off(stage, outlet)
    before = list(stage.messenger.acknowledged)
    stage.messenger.acknowledged.clear()

    await UpdateDispatcher(stage.conversation, reply=outlet.reply).drain()

    assert (
        before
        == stage.messenger.acknowledged
        == [("p1", wording("subscribed-toast", topic="Hoạt động quốc tế"))]
    )
    assert len(outlet.sent) == 1


async def test_what_only_reads_keeps_nothing_and_is_handled_anew(stage: Stage, outlet: Outlet) -> None:
    outlet.lost = 0
    await store(stage, typed("/trogiup"))
    await broken_off(stage, outlet)
    kept = await waiting(stage)

    await UpdateDispatcher(stage.conversation, reply=outlet.reply).drain()

    assert (kept, len(outlet.sent), await waiting(stage)) == ([False], 1, [])


async def test_the_next_update_of_a_chat_waits_for_an_answer_that_is_kept(
    stage: Stage, outlet: Outlet
) -> None:
    await subscriber(stage)
    outlet.lost = 0
    await store(stage, typed("/huy"), typed("/trogiup"))
    await broken_off(stage, outlet)

    await UpdateDispatcher(stage.conversation, reply=outlet.reply).drain()

    assert [said.partition("\n")[0] for said in outlet.sent] == [
        wording("unsubscribed-title"),
        wording("help-title"),
    ]


async def test_a_kept_answer_with_a_photo_has_it_again(stage: Stage, outlet: Outlet) -> None:
    await stage.publish("Hội nghị", hour=1, photo=True)
    await subscriber(stage)
    photos: list[object] = []

    async def reply(to: Address, message: Message) -> None:
        photos.append(message.photo)
        await outlet.reply(to, message)

    outlet.lost = 0
    # Words without a slash may answer a question, so that they are handled in a transaction that writes.
    await store(stage, typed("tin mới 1"))
    await broken_off(stage, outlet)
    kept = await waiting(stage)

    await UpdateDispatcher(stage.conversation, reply=reply).drain()

    assert (kept, [photo is not None for photo in photos]) == ([True], [True])


async def test_a_kept_full_text_is_one_message_again(stage: Stage) -> None:
    document = DocumentBlock("https://a.vn/tep.pdf", "Tệp", "20 kB")
    instead = (Message((bold("Tin"),)), Message((), keyboard=((Button("Đọc", action="1x"),),)))
    blocks = (*of_paragraphs(["một"]), PhotoBlock("https://a.vn/a.jpg", "Ảnh"))
    whole = WholeText(blocks, (document,), "Tệp:", None, "Đọc tiếp", instead)
    answer = Response((OutgoingMessage(stage.person(USER).address, Message((bold("Tin"),), whole=whole)),))

    async with stage.database.read() as tx:
        again = await kept_answer.load(kept_answer.dump(kept_answer.KeptAnswer(USER, answer)), tx)

    assert again.answer == answer


async def test_what_was_asked_for_is_forgotten_only_together_with_what_the_answer_changes(
    stage: Stage, outlet: Outlet
) -> None:
    await subscriber(stage)
    person = stage.person(USER)
    await person.types("/caidat bộ lọc")
    await store(stage, typed("sáng chế"))
    inbox = UpdateDispatcher(stage.conversation, reply=outlet.reply)

    with capture_logs():
        async with full_disk(stage.database):
            await inbox._start()
            while inbox._busy:
                await asyncio.wait(inbox._busy.values())
    in_vain = list(outlet.sent)
    with capture_logs():
        await inbox.drain()

    chat = await stage.chat(person.address)
    assert chat
    async with stage.database.read() as tx:
        (chosen,) = await preferences.subscribed(tx, chat.id)
        still_asked = await chats.awaited(tx, chat.id)
    assert (in_vain, still_asked) == ([], None)
    assert chosen.filter is not None
    assert "bộ lọc" in outlet.sent[0]


async def test_nobody_is_answered_twice_while_the_disk_is_full(stage: Stage, outlet: Outlet) -> None:
    await store(stage, *(typed("/trogiup", user=str(user)) for user in range(40)))
    inbox = UpdateDispatcher(stage.conversation, reply=outlet.reply)

    with capture_logs() as logs:
        async with full_disk(stage.database):
            for _ in range(3):
                await inbox._start()
                while inbox._busy:
                    await asyncio.wait(inbox._busy.values())
            halted, while_full = stage.database.write_failure, len(outlet.sent)
        await inbox.drain()

    assert halted
    assert 1 <= while_full <= CONCURRENCY
    assert (len(outlet.sent), await waiting(stage)) == (40, [])
    assert stage.database.write_failure is None
    said = [log["event"] for log in logs if log["log_level"] == "error"]
    assert said == ["nothing is answered: the database cannot be used"]


@pytest.mark.postgres
async def test_nobody_is_answered_twice_while_postgresql_only_lets_us_read(
    postgresql_url: str, outlet: Outlet
) -> None:
    database = await Database.open(postgresql_url)
    stage = await Stage.open(database)
    await store(stage, *(typed("/trogiup", user=str(user)) for user in range(20)))
    inbox = UpdateDispatcher(stage.conversation, reply=outlet.reply)
    async with database.write() as tx:
        name = (await tx.execute(text("SELECT current_database()"))).scalar_one()
        await tx.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await database.close()
    try:
        with capture_logs():
            await inbox._start()
            while inbox._busy:
                await asyncio.wait(inbox._busy.values())
            answered, failure = len(outlet.sent), database.write_failure
            await inbox._start()
    finally:
        async with database.driver() as connection:
            await connection.execute("SET default_transaction_read_only = off")
            await connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    assert failure
    assert "read-only transaction" in failure
    assert 1 <= answered == len(outlet.sent) <= CONCURRENCY
    await database.close()

    with capture_logs():
        await inbox.drain()

    assert (len(outlet.sent), await waiting(stage)) == (20, [])
    await database.close()


async def test_a_person_who_has_let_us_in_again_is_written_to_once_they_were_answered(
    stage: Stage, outlet: Outlet
) -> None:
    await subscriber(stage)
    person = stage.person(USER)
    chat = await stage.chat(person.address)
    assert chat
    async with stage.database.write() as tx:
        await chats.set_status(tx, chat.id, ChatStatus.OFF, "blocked", now=stage.clock.now())
    await store(stage, typed("/trogiup"))

    await UpdateDispatcher(stage.conversation, reply=outlet.reply).drain()

    back = await stage.chat(person.address)
    assert back
    assert (back.status, await person.subscriptions()) == (ChatStatus.ACTIVE, (HOME,))

"""Stored updates are answered once each, in order, and none can block the others."""

import asyncio
import contextlib
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    ChatKind,
    ChatMigrated,
    Incoming,
    TextReceived,
    UpdateSender,
)
from bot.domain.chats.message import Button, Message
from bot.domain.delivery.delivery import Outcome, Receipt
from bot.domain.messaging.messenger import MessengerError
from bot.domain.news.article import Photo
from bot.store.engine.database import DatabaseLost, DatabaseUnavailable
from bot.store.runtime import updates
from tests.commands.stage import Stage, wording, words
from tests.fakes import ACCOUNT, FakeClock

SECRET = "chuyện riêng của tôi"


@dataclass
class Outbox:
    """Where replies go. Those to the chats in *slow* wait until `go` is set; a *broken* one raises, once."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    slow: frozenset[str] = frozenset()
    go: asyncio.Event = field(default_factory=asyncio.Event)
    waits: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    broken: Exception | None = None

    async def reply(self, address: Address, message: Message) -> None:
        if address.chat in self.slow:
            self.waits.set()
            await self.go.wait()
        if self.broken:
            error, self.broken = self.broken, None
            raise error
        self.sent.append((address.chat, words(message).partition("\n")[0]))
        self.arrived.set()


def typed(text: str, user: str = "77") -> TextReceived:
    return TextReceived(Address(ACCOUNT, user), ChatKind.PRIVATE, UpdateSender(user, "vi"), text)


def tapped(action: str, user: str = "77") -> ButtonPressed:
    return ButtonPressed(
        Address(ACCOUNT, user),
        ChatKind.PRIVATE,
        UpdateSender(user, "vi"),
        action,
        message_id="5",
        press_id="p1",
        keyboard=((Button("?", action=action),),),
    )


async def store(stage: Stage, *incoming: Incoming | None) -> None:
    """Store updates whose payloads are "0", "1", …, as the messenger would read them."""
    stage.messenger.incoming = {str(number): each for number, each in enumerate(incoming)}
    async with stage.database.write() as tx:
        rows = [(number, str(number)) for number in range(len(incoming))]
        await updates.save(tx, ACCOUNT, rows, now=stage.clock.now())


async def stored(stage: Stage) -> list[int]:
    async with stage.database.read() as tx:
        return [each.update_id for each in await updates.pending(tx, ACCOUNT, limit=100)]


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def inbox(stage: Stage, outbox: Outbox) -> UpdateDispatcher:
    return UpdateDispatcher(stage.conversation, reply=outbox.reply)


async def test_updates_are_answered_in_order_and_forgotten(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(stage, typed("/trogiup"), None, typed("/huy"), typed("xin chào", user="78"))

    await inbox.drain()

    assert [line for chat, line in outbox.sent if chat == "77"] == [
        wording("help-title"),
        wording("unsubscribe-nothing"),
    ]
    assert (len(outbox.sent), await stored(stage)) == (4, [])


async def test_what_comes_with_every_poll_is_answered_once_and_in_no_line(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    stage.messenger.capabilities = replace(stage.messenger.capabilities, confirms_updates=False)
    far_apart = [(number << 40, str(number)) for number in (1, 2, 3)]
    stage.messenger.incoming = {payload: typed("/trogiup") for _, payload in far_apart}
    before = stage.clock.now()

    new = []
    for polls in range(300):
        stage.messenger.waiting = [far_apart[polls % 3]]
        new.append(await inbox.receive())
        if new[-1]:
            await inbox.drain()
        if polls == 150:
            stage.clock.advance(30 * 24 * 3600)

    assert (new, len(outbox.sent)) == ([1, 1, 1] + 297 * [0], 3)
    assert stage.clock.now() - before == timedelta(days=30)


async def test_what_comes_once_outlives_a_database_that_takes_no_writes(
    stage: Stage, inbox: UpdateDispatcher
) -> None:
    stage.messenger.capabilities = replace(stage.messenger.capabilities, confirms_updates=False)
    stage.messenger.waiting = [(7, "7")]
    stage.database.lost = DatabaseLost("moved away")
    with pytest.raises(DatabaseUnavailable):
        await inbox.receive()

    stage.messenger.waiting = []
    stage.database.lost = None
    new = await inbox.receive()

    assert (new, await stored(stage)) == (1, [7])


async def test_what_comes_once_is_stored_when_receiving_ends_meanwhile(
    stage: Stage, inbox: UpdateDispatcher
) -> None:
    stage.messenger.capabilities = replace(stage.messenger.capabilities, confirms_updates=False)
    stage.messenger.waiting = [(7, "7")]

    async with stage.database.write():
        receiving = asyncio.create_task(inbox.listen())
        await asyncio.sleep(0)
        receiving.cancel()
        await asyncio.sleep(0)
    await asyncio.wait([receiving])

    assert await stored(stage) == [7]


async def test_a_tap_is_acknowledged_with_its_notice(stage: Stage, inbox: UpdateDispatcher) -> None:
    await store(stage, tapped("1o.help"), tapped("alt"))

    await inbox.drain()

    assert stage.messenger.acknowledged == [
        ("p1", None),
        ("p1", wording("button-stale")),
    ]


async def test_a_chat_that_has_to_wait_costs_others_nothing(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.slow = frozenset({"77"})
    await store(stage, typed("/trogiup"), typed("/huy"), typed("/trogiup", user="78"))

    draining = asyncio.create_task(inbox.drain())
    await outbox.arrived.wait()
    first = list(outbox.sent)
    outbox.go.set()
    await draining

    assert first == [("78", wording("help-title"))]
    assert [chat for chat, _ in outbox.sent] == ["78", "77", "77"]


async def test_somebody_is_answered_however_much_another_chat_has_sent_before(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.slow = frozenset({"77"})
    await store(stage, *[typed("/huy")] * 600, typed("/trogiup", user="78"))

    running = asyncio.create_task(inbox.run())
    await asyncio.wait_for(outbox.arrived.wait(), 10)
    running.cancel()
    outbox.go.set()
    await asyncio.gather(running, return_exceptions=True)

    assert outbox.sent[0] == ("78", wording("help-title"))


async def test_a_long_line_is_answered_in_order_and_each_update_read_once(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    messages = [typed(("/huy", "/trogiup")[number % 3 == 0], user=str(number % 2)) for number in range(240)]
    await store(stage, *messages)
    parse, read = stage.messenger.parse, list[str]()

    def noting(payload: str) -> Incoming | None:
        read.append(payload)
        return parse(payload)

    stage.messenger.parse = noting  # type: ignore[method-assign]
    await inbox.drain()

    for user in "01":
        lines = [line == wording("help-title") for chat, line in outbox.sent if chat == user]
        assert lines == [each.text == "/trogiup" for each in messages if each.address.chat == user]
    assert (len(read), len(set(read)), await stored(stage)) == (240, 240, [])


async def test_a_line_that_is_longer_than_what_is_read_ahead_is_answered_in_order(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.runtime.dispatcher._READ_AHEAD", 3)
    monkeypatch.setattr("bot.commands.runtime.dispatcher._PAGE", 2)
    messages = [typed(("/huy", "/trogiup")[number % 3 == 0], user=str(number % 4)) for number in range(40)]
    await store(stage, *messages)

    await inbox.drain()

    for user in "0123":
        lines = [line == wording("help-title") for chat, line in outbox.sent if chat == user]
        assert lines == [each.text == "/trogiup" for each in messages if each.address.chat == user]
    assert await stored(stage) == []


async def test_an_update_that_our_code_chokes_on_is_excused_and_forgotten(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.broken = RuntimeError(SECRET)
    await store(stage, typed(SECRET), typed("/huy"))

    with capture_logs() as logs:
        await inbox.drain()

    assert outbox.sent[0] == (
        "77",
        "Rất tiếc, hệ thống gặp lỗi nên chưa thực hiện được yêu cầu. Mong bạn thông cảm và thử lại sau.",
    )
    assert await stored(stage) == []
    assert [(log["event"], log["error"]) for log in logs] == [("update_failed", "RuntimeError")]
    assert SECRET not in str(logs)


async def test_even_an_apology_that_fails_blocks_nothing(stage: Stage, outbox: Outbox) -> None:
    async def reply(address: Address, message: Message) -> None:
        raise RuntimeError

    await store(stage, typed("/huy"), typed("/trogiup"))

    with capture_logs() as logs:
        await UpdateDispatcher(stage.conversation, reply=reply).drain()

    assert ([log["event"] for log in logs], await stored(stage)) == (
        ["update_failed", "apology_failed"] * 2,
        [],
    )


@pytest.mark.parametrize(
    ("incoming", "toast"),
    [
        (tapped("1o.help"), "Rất tiếc, hệ thống gặp lỗi nên chưa thực hiện được yêu cầu."),
        (ChatMigrated(Address(ACCOUNT, "-5"), Address(ACCOUNT, "-6")), None),
    ],
)
def test_an_apology_goes_to_whoever_waits_for_an_answer(
    stage: Stage, incoming: Incoming, toast: str | None
) -> None:
    answer = stage.conversation.apology(incoming)

    assert (answer.toast and answer.toast.partition(" Mong")[0], answer.messages) == (toast, ())


async def test_a_payload_that_cannot_be_read_is_forgotten(stage: Stage, inbox: UpdateDispatcher) -> None:
    await store(stage, typed("/huy"))
    stage.messenger.incoming.clear()

    with capture_logs() as logs:
        await inbox.drain()

    assert ([(log["event"], log["error"]) for log in logs], await stored(stage)) == (
        [("update_unreadable", "KeyError")],
        [],
    )


async def test_an_update_outlives_a_database_that_is_away(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.broken = DatabaseUnavailable("gone")
    await store(stage, typed("/huy"))

    with capture_logs() as logs:
        await inbox.drain()

    assert [log["event"] for log in logs] == [
        "update_postponed",
        "nothing is answered: the database cannot be used",
        "the database can be used again",
    ]
    assert (len(outbox.sent), await stored(stage)) == (1, [])


async def test_what_is_unfinished_at_the_end_stays_stored(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.slow = frozenset({"77"})
    await store(stage, typed("/trogiup"))

    running = asyncio.create_task(inbox.run())
    await outbox.waits.wait()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running

    assert (outbox.sent, await stored(stage)) == ([], [0])


async def test_updates_are_received_from_where_the_last_ones_ended(
    stage: Stage, inbox: UpdateDispatcher
) -> None:
    stage.messenger.waiting = [(7, "a"), (8, "b")]

    first, second = await inbox.receive(), await inbox.receive()
    stage.messenger.waiting.append((9, "c"))
    third = await inbox.receive()

    assert ((first, second, third), await stored(stage)) == ((2, 0, 1), [7, 8, 9])


@dataclass
class EndingClock(FakeClock):
    """A clock that notes how long is slept, and ends the test after four times."""

    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        if len(self.waits) == 4:
            raise asyncio.CancelledError


async def test_a_messenger_that_cannot_be_reached_is_asked_less_and_less_often(
    stage: Stage, outbox: Outbox
) -> None:
    stage.clock = clock = EndingClock()
    stage.messenger.fails = MessengerError("no answer")

    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await UpdateDispatcher(stage.conversation, reply=outbox.reply).listen()

    assert clock.waits == [1.0, 2.0, 4.0, 8.0]
    assert {log["event"] for log in logs} == {"updates_unreachable"}


async def test_a_messenger_is_given_the_time_that_it_asks_for(stage: Stage, outbox: Outbox) -> None:
    stage.clock = clock = EndingClock()
    stage.messenger.fails = MessengerError("flood", retry_after=30)

    with capture_logs(), pytest.raises(asyncio.CancelledError):
        await UpdateDispatcher(stage.conversation, reply=outbox.reply).listen()

    assert clock.waits == [30, 30, 30, 30]


async def test_an_account_that_is_refused_is_not_asked_again(stage: Stage, inbox: UpdateDispatcher) -> None:
    stage.messenger.fails = MessengerError("wrong token", fatal=True)

    with pytest.raises(MessengerError, match="wrong token"):
        await inbox.listen()


async def test_an_update_is_left_to_whoever_has_the_account_now(stage: Stage, outbox: Outbox) -> None:
    await store(stage, tapped("1o.help"), typed("/huy", user="78"))

    with capture_logs() as logs:
        inbox = UpdateDispatcher(stage.conversation, reply=outbox.reply, owns=lambda: False)
        await inbox._start()
        while inbox._busy:
            await asyncio.wait(inbox._busy.values())

    assert {log["event"] for log in logs} == {"update_postponed"}
    assert (stage.messenger.acknowledged, outbox.sent, await stored(stage)) == ([], [], [0, 1])


async def test_an_answer_under_way_is_sent_to_the_end(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    outbox.slow = frozenset({"77"})
    await store(stage, typed("/trogiup"))

    running = asyncio.create_task(inbox.run())
    await outbox.waits.wait()
    running.cancel()
    await asyncio.sleep(0)
    outbox.go.set()
    await asyncio.gather(running, return_exceptions=True)

    assert (outbox.sent, await stored(stage)) == ([("77", wording("help-title"))], [])


async def test_whoever_waits_for_photos_keeps_nobody_else_waiting(
    stage: Stage, inbox: UpdateDispatcher, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.runtime.dispatcher.CONCURRENCY", 2)
    inbox = UpdateDispatcher(stage.conversation, reply=outbox.reply)
    stage.slow = asyncio.Event()
    photos = tuple(Photo(f"https://agency.example/{n}.jpg") for n in range(2))
    stage.pictures = {photo.url: b"jpeg" + photo.url.encode() for photo in photos}
    await stage.publish("Hội nghị", hour=1, photos=photos, body=("Một đoạn.",))
    waiting = [typed("/toanvan", user=str(user)) for user in range(4)]
    await store(stage, *waiting, typed("/trogiup", user="78"))

    draining = asyncio.create_task(inbox.drain())
    while ("78", wording("help-title")) not in outbox.sent:
        outbox.arrived.clear()
        await outbox.arrived.wait()
    before = [chat for chat, line in outbox.sent if not line]
    unsettled = await stored(stage)
    stage.slow.set()
    await draining

    assert (before, unsettled[:4]) == ([], [0, 1, 2, 3])
    assert sorted(outbox.sent[:5]) == sorted(
        [(str(user), "Hội nghị") for user in range(4)] + [("78", wording("help-title"))]
    )
    assert sorted(chat for chat, line in outbox.sent if not line) == ["0", "1", "2", "3"]
    assert len(stage.fetched) == 2


async def test_an_answer_in_parts_that_is_taken_up_again_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.messenger.capabilities = replace(stage.messenger.capabilities, text_length=300)
    told: list[str] = []
    away = [DatabaseUnavailable("away")]

    async def reply(address: Address, message: Message) -> Outcome:
        del address
        if told and away:
            raise away.pop()
        told.append(words(message))
        return Receipt("1")

    await store(stage, typed("/trogiup"))
    await UpdateDispatcher(stage.conversation, reply=reply).drain()

    assert len(told) > 2
    assert len(set(told)) == len(told)
    assert (told[0].partition("\n")[0], await stored(stage)) == ("Hướng dẫn sử dụng", [])

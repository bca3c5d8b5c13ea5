import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.chat import Address, ChatKind, ChatStatus
from bot.domain.delivery import ChatUnreachable, MessageRejected, Receipt, RetryLater
from bot.domain.message import Button, Message, NewPhoto, bold, plain
from bot.domain.rate_window import PacingRules, Window
from bot.services.outgoing import AccountLostError
from bot.store import chats
from tests.emulated import ACCOUNT, Emulated, photo, private
from tests.outbox_world import FAST, QUICK, OutboxWorld

CARD = Message(text=(bold("Tin"),), keyboard=((Button("Đọc", url="https://a.vn/tin"),),))


async def test_a_reply_whose_photo_is_refused_goes_without_it(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    no_picture = Message(text=(bold("Tin"),), photo=NewPhoto("k", b"no picture"))

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), no_picture)

    assert isinstance(outcome, Receipt)
    assert [message["text"] for message in await emulated.outbox(user)] == ["Tin"]


async def test_a_reply_that_cannot_be_parsed_goes_as_plain_text(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    refusal = "Bad Request: can't parse entities: Unclosed start tag at byte offset 1"
    await emulated.post("faults", method="sendMessage", status=400, description=refusal)

    async with world.sending() as sender:
        await sender.reply(private(user), CARD)

    assert [message["text"] for message in await emulated.outbox(user)] == ["Tin\nhttps://a.vn/tin"]


async def test_a_reply_that_is_refused_even_so_is_given_up(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    refusal = "Bad Request: message is too long"
    await emulated.post("faults", method="sendMessage", status=400, description=refusal, times=9)

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), CARD)

    assert outcome == MessageRejected(refusal, malformed=True)


async def test_a_reply_follows_a_group_that_moved(emulated: Emulated, world: OutboxWorld) -> None:
    group = await emulated.group(-500, kind="group")
    await world.subscribe([group], kind=ChatKind.GROUP)
    moved = await emulated.post("migrate", chat=group)

    async with world.sending() as sender:
        outcome = await sender.reply(private(group), CARD)

    assert isinstance(outcome, Receipt)
    assert len(await emulated.outbox(moved["id"])) == 1
    async with world.database.read() as tx:
        assert await chats.find(tx, Address(ACCOUNT, str(moved["id"])))


async def test_a_reply_to_somebody_who_has_blocked_us_switches_the_chat_off(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    (chat,) = await world.subscribe([user])
    await emulated.post("block", user=user)

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), CARD)

    assert isinstance(outcome, ChatUnreachable)
    async with world.database.read() as tx:
        stored = await chats.get(tx, chat.id)
    assert stored
    assert stored.status is ChatStatus.OFF


@pytest.mark.parametrize("fault", [{"status": 502, "html": True}, {"drop": "before"}])
async def test_a_reply_is_tried_again_after_an_accident(
    emulated: Emulated, world: OutboxWorld, fault: dict[str, object]
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", times=2, **fault)

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), CARD)

    assert isinstance(outcome, Receipt)
    assert len(await emulated.outbox(user)) == 1


async def test_nobody_waits_an_hour_for_a_reply(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    limit = {"status": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3600}}
    await emulated.post("faults", method="sendMessage", **limit)

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), CARD)

    assert isinstance(outcome, RetryLater)


@pytest.mark.parametrize(("closed", "times"), [("chat", 1), ("account", 4)])
async def test_nobody_stands_in_line_for_what_stays_closed_for_an_hour(
    emulated: Emulated, world: OutboxWorld, closed: str, times: int
) -> None:
    users = await emulated.subscribers(times)
    limit = {"status": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3600}}
    await emulated.post("faults", method="sendMessage", times=times, **limit)

    async with world.sending() as sender:
        for user in users:
            await sender.reply(private(user), CARD)
        outcome = await asyncio.wait_for(sender.reply(private(users[0]), CARD), 5)

    assert isinstance(outcome, RetryLater)
    assert outcome.after
    assert outcome.after > timedelta(minutes=59)


async def test_a_reply_that_waits_when_its_sender_ends_is_left_to_somebody_else(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    slow = PacingRules(account=Window(50, 0.1), private=Window(1, 50.0))

    async with world.sending(slow, replace(QUICK, stop_within=0.1)) as sender:
        await sender.reply(private(user), CARD)
        waiting = asyncio.create_task(sender.reply(private(user), CARD))
        await asyncio.sleep(0)

    with pytest.raises(AccountLostError):
        await asyncio.wait_for(waiting, 5)


async def test_a_reply_through_a_sender_that_ends_before_it_begins_is_left_to_somebody_else(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    async with emulated.messenger(emulated.settings(pacing=FAST)) as messenger:
        sender = world.sender(messenger)
        waiting = asyncio.create_task(sender.reply(private(user), CARD))
        sender.stop()
        await sender.run()

        with pytest.raises(AccountLostError):
            await asyncio.wait_for(waiting, 5)


async def test_replies_share_the_upload_of_a_photo(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(4)
    card = Message(text=(plain("Tin"),), photo=photo(await world.stored_photo()))

    async with world.sending() as sender:
        for user in users:
            assert isinstance(await sender.reply(private(user), card), Receipt)

    assert (await emulated.metrics())["uploads"] == 1

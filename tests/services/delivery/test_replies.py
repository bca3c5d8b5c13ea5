import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.blocks.model import of_paragraphs
from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.chats.message import AlbumPhoto, Button, Message, NewPhoto, WholeText, bold, plain
from bot.domain.delivery.delivery import ChatUnreachable, MessageRejected, Receipt, RetryLater
from bot.domain.delivery.fair_queue import Lane
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.services.gateway.gateway import AccountLostError, SendOptions
from bot.store.articles import references
from bot.store.chats import chats
from bot.store.runtime import accounts
from tests.emulated import ACCOUNT, Emulated, jpeg, photo, private
from tests.outbox_world import FAST, QUICK, OutboxWorld

CARD = Message(text=(bold("Tin"),), keyboard=((Button("Đọc", url="https://a.vn/tin"),),))


async def test_a_reply_whose_photo_is_refused_goes_without_it(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    no_picture = Message(text=(bold("Tin"),), photo=NewPhoto("k", b"no picture"))

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), no_picture)

    assert isinstance(outcome, Receipt)
    assert [message["text"] for message in await emulated.outbox(user)] == ["Tin"]


async def test_a_table_whose_pictures_are_refused_is_said_in_rows(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    rows = (plain("▫️ Lệ phí: 150.000\n" * 400),)
    table = NewPhoto("k", b"no picture", rows)
    both = (AlbumPhoto(photo("red"), "Ảnh"), AlbumPhoto(table, "Bảng 1"))

    async with world.sending() as sender:
        await sender.reply(private(user), Message(text=(plain("Bảng 1"),), photo=table))
        await sender.reply(private(user), Message((), album=both))

    texts = [message["text"] for message in await emulated.outbox(user)]
    assert "".join(texts).count("Lệ phí: 150.000") == 800
    assert [text for text in texts if "▫️" not in text] == ["Ảnh"]


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


@pytest.mark.parametrize(
    ("status", "why", "level"),
    [
        (403, "Forbidden: bot was blocked by the user", "info"),
        (400, "Bad Request: message is too long", "warning"),
    ],
)
async def test_why_a_reply_did_not_arrive_is_logged_as_loudly_as_it_matters(
    emulated: Emulated, world: OutboxWorld, status: int, why: str, level: str
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", status=status, description=why, times=9)

    async with world.sending() as sender:
        with capture_logs() as logs:
            await sender.reply(private(user), CARD)

    (told,) = [line for line in logs if line["event"] == "an answer was not sent"]
    assert (told["log_level"], told["why"]) == (level, why)


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


@pytest.mark.parametrize("fault", [{"status": 502, "html": True, "times": 2}, {"drop": "before"}])
async def test_a_reply_is_tried_again_after_an_accident(
    emulated: Emulated, world: OutboxWorld, fault: dict[str, object]
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", **fault)

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


@pytest.mark.parametrize(("closed", "times"), [("chat", 1), ("account", 3)])
async def test_who_stands_in_line_for_what_is_closed_for_an_hour_meanwhile_is_sent_away(
    emulated: Emulated, world: OutboxWorld, closed: str, times: int
) -> None:
    users = await emulated.subscribers(times)
    limit = {"status": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3600}}
    await emulated.post("faults", method="sendMessage", times=times, delay=0.5, **limit)
    narrow = PacingRules(account=Window(50, 0.1), private=Window(1, 50.0))

    async with world.sending(narrow) as sender:
        first = [asyncio.create_task(sender.reply(private(user), CARD)) for user in users]
        await until_called(emulated, times)
        outcome = await asyncio.wait_for(sender.reply(private(users[0]), CARD), 30)
        await asyncio.gather(*first)

    assert isinstance(outcome, RetryLater)
    assert outcome.after
    assert outcome.after > timedelta(minutes=59)


async def test_nobody_stands_in_line_for_longer_than_anybody_waits(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    narrow = PacingRules(account=Window(50, 0.1), private=Window(1, 50.0))

    await emulated.post("faults", method="sendMessage", delay=60)
    place = SendOptions(Lane.REPLY, patience=0.1)

    async with world.sending(narrow) as sender:
        # Nobody knows when the chat has room again: that hangs on an answer that is still to come.
        first = asyncio.create_task(sender.reply(private(user), CARD))
        await until_called(emulated, 1)
        outcome = await asyncio.wait_for(sender._gateway.send(private(user), CARD, place), 30)
        first.cancel()

    assert isinstance(outcome, RetryLater)
    assert outcome.after
    assert outcome.after > timedelta(seconds=place.patience)


async def until_called(emulated: Emulated, times: int) -> None:
    async with asyncio.timeout(30):
        while (await emulated.metrics())["calls"].get("sendMessage", 0) < times:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


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


def album(*colors: str) -> Message:
    return Message((), album=tuple(AlbumPhoto(NewPhoto(each, jpeg(color=each)), each) for each in colors))


async def test_albums_upload_each_photo_once_even_at_the_same_time(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(3)
    await world.keep_photos("red", "green", "blue")

    async with world.sending() as sender:
        outcomes = await asyncio.gather(
            sender.reply(private(users[0]), album("red", "green")),
            sender.reply(private(users[1]), album("red", "green")),
            sender.reply(private(users[2]), album("green", "blue")),
        )
        again = await sender.reply(private(users[0]), album("blue", "red"))

    assert all(isinstance(outcome, Receipt) for outcome in (*outcomes, again))
    assert (await emulated.metrics())["uploads"] == 3


async def test_an_album_counts_as_the_messages_that_it_is_made_of(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    group = await emulated.group(-1001)
    colors = ("red", "green", "blue", "white", "black", "gray", "pink")
    pacing = PacingRules(account=Window(10, 0.5), private=Window(3, 3.0), shared=Window(8, 1.0))
    await emulated.post(
        "limits", strict=True, global_count=10, global_seconds=0.5, group_count=8, group_seconds=1
    )

    async with world.sending(pacing) as sender:
        await asyncio.gather(
            sender.reply(private(group), album(*colors)),
            sender.reply(private(group), album(*colors)),
            sender.reply(private(user), album(*colors)),
        )

    assert len(await emulated.outbox(group)) == 14
    assert (await emulated.metrics())["violations"] == 0


async def test_a_photo_that_is_refused_is_left_out_of_its_album(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    broken = AlbumPhoto(NewPhoto("k", b"no picture"), "hỏng")
    three = replace(album("red", "blue"), album=(broken, *album("red", "blue").album))

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), three)

    assert isinstance(outcome, Receipt)
    assert [message["text"] for message in await emulated.outbox(user)] == ["red", "blue"]


async def test_what_is_left_of_two_photos_goes_alone(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    broken = AlbumPhoto(NewPhoto("k", b"no picture"), "hỏng")

    async with world.sending() as sender:
        await sender.reply(private(user), Message((), album=(*album("red").album, broken)))

    (message,) = await emulated.outbox(user)
    assert (message["text"], "media_group_id" in message) == ("red", False)


async def test_photos_go_one_by_one_where_their_album_is_refused(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    refusal = "Bad Request: group send failed"
    await emulated.post("faults", method="sendMediaGroup", status=400, description=refusal)

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), album("red", "blue"))

    assert isinstance(outcome, Receipt)
    assert [message["text"] for message in await emulated.outbox(user)] == ["red", "blue"]


async def test_a_reference_that_an_album_may_not_use_any_more_is_forgotten(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    await world.keep_photos("red", "blue")
    async with world.database.write() as tx:
        await references.PHOTOS.save(tx, ACCOUNT, "blue", "AAAA", now=world.clock.now())

    async with world.sending() as sender:
        outcome = await sender.reply(private(user), album("red", "blue"))

    assert isinstance(outcome, Receipt)
    assert len(await emulated.outbox(user)) == 2
    async with world.database.read() as tx:
        assert await references.PHOTOS.find(tx, ACCOUNT, "blue") == outcome.album[1]


async def test_a_full_text_that_the_server_does_not_know_comes_in_several_messages_and_that_is_remembered(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("limits", rich_messages=False)
    parts = Message((plain("một"),)), Message((plain("hai"),), keyboard=CARD.keyboard)
    whole = WholeText(of_paragraphs(["một", "hai"]), (), "", None, "Đọc tiếp", parts)

    with capture_logs() as logs:
        async with world.sending() as sender:
            outcomes = [
                await sender.reply(private(user), Message((bold("Tin"),), whole=whole)) for _ in range(2)
            ]

    async with world.database.read() as tx:
        assert not await accounts.takes_whole_texts(tx, ACCOUNT)
    assert [type(outcome) for outcome in outcomes] == [Receipt, Receipt]
    sent = await emulated.outbox(user)
    assert [each["text"] for each in sent] == ["một", "hai"] * 2
    assert [bool(each["reply_markup"]) for each in sent] == [False, True] * 2
    (said,) = [line for line in logs if "full texts" in line["event"]]
    assert (said["log_level"], said["reason"]) == ("warning", "Not Found: method not found")


async def test_one_full_text_that_is_refused_does_not_end_full_texts_as_one_message(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    refused = {"status": 400, "description": "Bad Request: can't parse rich message"}
    await emulated.post("faults", method="sendRichMessage", **refused)
    whole = WholeText(of_paragraphs(["một"]), (), "", None, "Đọc tiếp", (Message((plain("từng phần"),)),))

    async with world.sending() as sender:
        outcomes = [await sender.reply(private(user), Message((bold("Tin"),), whole=whole)) for _ in range(2)]

    assert [type(outcome) for outcome in outcomes] == [Receipt, Receipt]
    first, second = await emulated.outbox(user)
    assert (first["text"], first["kind"]) == ("từng phần", "text")
    assert second["kind"] == "rich"
    async with world.database.read() as tx:
        assert await accounts.takes_whole_texts(tx, ACCOUNT)

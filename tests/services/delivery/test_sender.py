import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, event, func, select, text, update

from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.chats.message import Message, plain
from bot.domain.delivery.delivery import DeliveryStatus, Receipt
from bot.domain.delivery.served_chats import ServedChats
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.services.delivery.sender_rules import FIRST_CLAIM
from bot.store.articles import articles, references
from bot.store.chats import chats
from bot.store.files import url
from bot.store.outbox import claim_query, outbox
from bot.store.schema import deliveries
from tests.emulated import ACCOUNT, OWNER, TOKEN, Emulated, private
from tests.outbox_world import FAST, QUICK, OutboxWorld

SENT = [(DeliveryStatus.SENT, None)]


async def deliver(world: OutboxWorld) -> None:
    async with world.sending():
        await world.until_settled()


async def test_an_article_reaches_everyone_who_subscribes(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(100)
    await world.subscribe(users)
    await world.publish(photo=True)

    await deliver(world)

    outbox = await emulated.outbox()
    metrics = await emulated.metrics()
    assert sorted(message["chat"] for message in outbox) == users
    assert (metrics["uploads"], metrics["violations"], metrics["refused_429"]) == (1, 0, 0)


async def test_in_a_test_installation_what_others_are_owed_ends_with_that_reason(
    emulated: Emulated, world: OutboxWorld
) -> None:
    listed, *others = await emulated.subscribers(5)
    chats_of_all = await world.subscribe([listed, *others])
    await world.publish(photo=True)
    world.served = ServedChats(frozenset({str(listed)}))

    await deliver(world)

    assert [message["chat"] for message in await emulated.outbox()] == [listed]
    first, *rest = [(await world.statuses())[chat.id] for chat in chats_of_all]
    assert first == SENT
    assert {reason for ((status, reason),) in rest if status is DeliveryStatus.CANCELLED} == {
        "[test-only] a test installation: delivery.only_chats does not list the chat"
    }


async def test_a_broadcast_keeps_to_the_rate(emulated: Emulated, world: OutboxWorld) -> None:
    await emulated.post("limits", global_count=30)
    await world.subscribe(await emulated.subscribers(60))
    await world.publish()
    started = time.monotonic()

    async with world.sending(PacingRules()):
        await world.until_settled()

    metrics = await emulated.metrics()
    assert (metrics["violations"], metrics["refused_429"]) == (0, 0)
    assert time.monotonic() - started > 1.9
    assert metrics["max_window"] <= 30


async def test_groups_topics_and_channels_get_it_too(emulated: Emulated, world: OutboxWorld) -> None:
    channel = await emulated.group(-1001, kind="channel", status="administrator")
    forum = await emulated.group(-1002, is_forum=True)
    topic = await emulated.topic(forum)
    await world.subscribe([channel], kind=ChatKind.CHANNEL)
    await world.subscribe_at([Address(ACCOUNT, str(forum), str(topic))], ChatKind.SUPERGROUP)
    await world.publish(photo=True)

    await deliver(world)

    places = {(message["chat"], message["thread"]) for message in await emulated.outbox()}
    assert places == {(channel, None), (forum, topic)}


async def test_a_chat_that_blocked_us_is_switched_off(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    (chat,) = await world.subscribe([user])
    await world.publish(1)
    await world.publish(2)
    await emulated.post("block", user=user)

    await deliver(world)

    async with world.database.read() as tx:
        stored = await chats.get(tx, chat.id)
    assert stored
    assert stored.status is ChatStatus.OFF
    assert await emulated.outbox() == []
    reason = "Forbidden: bot was blocked by the user"
    assert {why for _, why in (await world.statuses())[chat.id]} == {f"[chat-closed] {reason}"}


async def test_a_group_that_moved_gets_it_at_its_new_address(emulated: Emulated, world: OutboxWorld) -> None:
    group = await emulated.group(-500, kind="group")
    (chat,) = await world.subscribe([group], kind=ChatKind.GROUP)
    await world.publish()
    moved = await emulated.post("migrate", chat=group)

    await deliver(world)

    assert [message["chat"] for message in await emulated.outbox()] == [moved["id"]]
    assert (await world.statuses())[chat.id] == SENT
    async with world.database.read() as tx:
        assert await chats.find(tx, Address(ACCOUNT, str(moved["id"])))


async def test_a_topic_that_was_closed_is_given_up(emulated: Emulated, world: OutboxWorld) -> None:
    forum = await emulated.group(-1002, is_forum=True)
    topic = await emulated.topic(forum)
    address = Address(ACCOUNT, str(forum), str(topic))
    (chat,) = await world.subscribe_at([address], ChatKind.SUPERGROUP)
    await world.publish()
    await emulated.post(f"topics/{topic}", state="deleted")

    await deliver(world)

    async with world.database.read() as tx:
        stored = await chats.get(tx, chat.id)
        assert await chats.subscriptions(tx, chat.id) == ()
    assert stored
    assert stored.status is ChatStatus.OFF


async def test_a_refused_photo_becomes_a_large_preview(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(5)
    await world.subscribe(users)
    await world.publish(photo=True)
    refusal = "Bad Request: PHOTO_INVALID_DIMENSIONS"
    await emulated.post("faults", method="sendPhoto", status=400, description=refusal, times=99)

    await deliver(world)

    metrics = await emulated.metrics()
    assert metrics["calls"]["sendPhoto"] == 1
    assert sorted(message["chat"] for message in await emulated.outbox()) == users


async def test_where_photos_are_not_allowed_the_card_goes_as_text(
    emulated: Emulated, world: OutboxWorld
) -> None:
    quiet = await emulated.group(-1003, permissions={"can_send_photos": False, "can_send_messages": True})
    (user,) = await emulated.subscribers(1)
    await world.subscribe([quiet], kind=ChatKind.SUPERGROUP)
    await world.subscribe([user])
    await world.publish(photo=True)

    await deliver(world)

    has_photo = {message["chat"]: bool(message.get("photo")) for message in await emulated.outbox()}
    assert has_photo == {quiet: False, user: True}


async def test_what_telegram_cannot_parse_goes_as_plain_text(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    await world.subscribe([user])
    await world.publish()
    refusal = "Bad Request: can't parse entities: Unclosed start tag at byte offset 1"
    await emulated.post("faults", method="sendMessage", status=400, description=refusal)

    await deliver(world)

    (message,) = await emulated.outbox()
    assert message["text"] == "Bài số 1\nTin trong nước\nhttps://agency.example/tin/1"
    assert world.metrics.registry.get_sample_value("bantin_malformed_total", {"account": ACCOUNT}) == 1


async def test_a_flood_limit_of_one_chat_keeps_its_place_and_holds_up_nobody(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(20)
    subscribed = await world.subscribe(users)
    await world.publish()
    limit = {
        "status": 429,
        "description": "Too Many Requests: retry after 2",
        "parameters": {"retry_after": 2},
    }
    await emulated.post("faults", chat=str(users[0]), **limit)

    async with world.sending():
        await emulated.until_sent(19)
        others = {message["chat"] for message in await emulated.outbox()}
        await world.until_settled()

    assert others == set(users[1:])
    assert len(await emulated.outbox(users[0])) == 1
    assert (await world.statuses())[subscribed[0].id] == SENT


async def test_a_wrong_token_stops_the_account_and_keeps_everything(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(30))
    await world.publish()
    await emulated.post("faults", method="sendMessage", status=401, description="Unauthorized", times=999)

    async with emulated.messenger() as messenger:
        sender = world.sender(messenger)
        await asyncio.wait_for(sender.run(), 5)

    assert sender.refused == "Unauthorized"
    async with world.database.read() as tx:
        assert (await outbox.backlog(tx, now=world.clock.now())).pending == 30
    statuses = {status for rows in (await world.statuses()).values() for status, _ in rows}
    assert statuses == {DeliveryStatus.PENDING}


async def test_an_outage_however_it_looks_loses_nothing(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(10)
    await world.subscribe(users)
    await world.publish()
    await emulated.post("faults", method="sendMessage", drop="before", times=6)
    await emulated.post("faults", method="sendMessage", status=502, html=True, times=6)

    await deliver(world)

    assert sorted(message["chat"] for message in await emulated.outbox()) == users


async def test_a_lost_answer_is_tried_again(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    (chat,) = await world.subscribe([user])
    await world.publish()
    await emulated.post("faults", method="sendMessage", drop="after")

    await deliver(world)

    assert len(await emulated.outbox()) == 2
    assert (await world.statuses())[chat.id] == SENT
    labels = {"account": ACCOUNT, "outcome": "Ambiguous"}
    assert world.metrics.registry.get_sample_value("bantin_sends_total", labels) == 1


async def test_a_delivery_that_grew_too_old_ends_with_its_reason(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (chat,) = await world.subscribe(await emulated.subscribers(1))
    await world.publish(expires_at=world.clock.now() - timedelta(seconds=1))

    await deliver(world)

    assert (await world.statuses())[chat.id] == [(DeliveryStatus.EXPIRED, "[too-old] too old to be news")]


async def test_stopping_settles_what_is_in_flight_and_gives_back_the_rest(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(60)
    await world.subscribe(users)
    await world.publish()
    await emulated.post("faults", method="sendMessage", delay_answer=0.4, times=99)

    async with world.sending(PacingRules()):
        await emulated.until_sent(10)

    sent = {message["chat"] for message in await emulated.outbox()}
    statuses = [status for rows in (await world.statuses()).values() for status, _ in rows]
    assert 0 < len(sent) < len(users)
    assert statuses.count(DeliveryStatus.SENT) == len(sent)
    async with world.database.read() as tx:
        assert (await outbox.backlog(tx, now=world.clock.now())).due == len(users) - len(sent)
        leased = await tx.execute(select(deliveries.c.id).where(deliveries.c.lease_owner.is_not(None)))
    assert leased.all() == []


async def test_the_next_sender_takes_over_without_breaking_a_window(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (user,) = await emulated.subscribers(1)
    await world.subscribe([user])
    for number in range(6):
        await world.publish(number)
    rules = PacingRules(private=Window(3, 2.0))
    await emulated.post("limits", private_count=3, private_seconds=2.0)

    async with world.sending(rules):
        await emulated.until_sent(3)
    async with world.sending(rules):
        await world.until_settled()

    assert len(await emulated.outbox(user)) == 6
    assert (await emulated.metrics())["violations"] == 0


async def test_a_reply_goes_ahead_of_a_broadcast(emulated: Emulated, world: OutboxWorld) -> None:
    await emulated.post("limits", global_count=30)
    users = await emulated.subscribers(100)
    await world.subscribe(users[:99])
    await world.publish()
    reply = Message(text=(plain("Đây là tin mới nhất"),))

    async with world.sending(PacingRules()) as sender:
        await emulated.until_sent(35)
        started = time.monotonic()
        outcome = await sender.reply(private(users[99]), reply)
        took = time.monotonic() - started

    assert isinstance(outcome, Receipt)
    assert took < 0.3
    assert len(await emulated.outbox()) < 99


async def test_a_photo_reference_that_is_refused_is_uploaded_anew_once(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(20)
    await world.subscribe(users)
    article = await world.publish(photo=True)
    async with world.database.write() as tx:
        stored = await articles.get(tx, article)
        assert stored
        assert stored.photo_key
        await references.PHOTOS.save(
            tx, ACCOUNT, stored.photo_key, "gone-with-the-old-bot", now=world.clock.now()
        )

    await deliver(world)

    assert sorted(message["chat"] for message in await emulated.outbox() if message.get("photo")) == users
    assert (await emulated.metrics())["uploads"] == 1


async def test_a_sender_that_has_lost_its_account_sends_nothing_more(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(5))
    await world.publish()

    # It is ours when the sender claims, and not any more when it would send.
    answers = iter([True])

    async with emulated.messenger() as messenger:
        sender = world.sender(messenger, owns=lambda: next(answers, False))
        running = asyncio.create_task(sender.run())
        await asyncio.sleep(1.5)
        sender.stop()
        await running

    assert await emulated.outbox() == []
    async with world.database.read() as tx:
        assert (await outbox.backlog(tx, now=world.clock.now())).due == 5


async def test_a_sender_that_has_lost_its_account_claims_nothing_that_another_one_may_send(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(5))
    await world.publish()
    asked, written = asyncio.Event(), []

    def owns() -> bool:
        asked.set()
        return False

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        written.append(statement)

    async with emulated.messenger() as messenger:
        sender = world.sender(messenger, owns=owns)
        event.listen(Engine, "before_cursor_execute", note)
        running = asyncio.create_task(sender.run())
        try:
            async with asyncio.timeout(10):
                await asked.wait()
            sender.stop()
            await running
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    assert not [statement for statement in written if "UPDATE deliveries" in statement]


async def test_an_idle_sender_starts_at_once_when_it_is_woken(emulated: Emulated, world: OutboxWorld) -> None:
    (user,) = await emulated.subscribers(1)
    await world.subscribe([user])

    async with world.sending(rules=replace(QUICK, look_every=60)) as sender:
        await asyncio.sleep(1.1)
        await world.publish()
        sender.wake()
        # The next look is a minute away, and this gives up long before.
        await world.until_settled()


async def test_a_busy_group_holds_up_nobody(emulated: Emulated, world: OutboxWorld) -> None:
    group = await emulated.group(-1004)
    await world.subscribe([group], kind=ChatKind.SUPERGROUP)
    for number in range(8):
        await world.publish(number)
    users = await emulated.subscribers(10)
    await world.subscribe(users)
    await world.publish(99)
    await emulated.post("limits", group_count=5, group_seconds=60)

    async with world.sending(PacingRules(shared=Window(5, 60.0))):
        await asyncio.sleep(3)

    assert len(await emulated.outbox(group)) == 5
    assert len(await emulated.outbox()) == 15
    assert (await emulated.metrics())["violations"] == 0


async def test_an_expelled_bot_learns_it(emulated: Emulated, world: OutboxWorld) -> None:
    group = await emulated.group(-1005)
    (chat,) = await world.subscribe([group], kind=ChatKind.SUPERGROUP)
    await world.publish()
    await emulated.post("kick", chat=group, bot=TOKEN, by=OWNER)

    await deliver(world)

    async with world.database.read() as tx:
        stored = await chats.get(tx, chat.id)
    assert stored
    assert stored.status is ChatStatus.OFF


async def test_a_group_that_is_owed_much_does_not_fill_the_line(
    emulated: Emulated, world: OutboxWorld
) -> None:
    group = await emulated.group(-1006)
    await world.subscribe([group], kind=ChatKind.SUPERGROUP)
    for number in range(30):
        await world.publish(number)
    await world.subscribe(await emulated.subscribers(5))
    await world.publish(99)

    async with world.sending(rules=replace(QUICK, ahead=0.2)):
        await emulated.until_sent(25)

    assert len(await emulated.outbox(group)) == 20
    assert (await emulated.metrics())["violations"] == 0


async def test_a_flood_limit_of_the_account_gives_everything_back(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(30))
    await world.publish()
    limit = {"status": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3600}}
    await emulated.post("faults", method="sendMessage", times=99, **limit)

    async with world.sending():
        await asyncio.sleep(1.0)
        given_back = await leased(world) == 0

    statuses = {status for rows in (await world.statuses()).values() for status, _ in rows}
    assert statuses == {DeliveryStatus.PENDING}
    assert given_back


async def leased(world: OutboxWorld) -> int:
    async with world.database.read() as tx:
        held = select(func.count()).where(deliveries.c.lease_owner.is_not(None))
        return (await tx.execute(held)).scalar_one()


async def deliver_with_a_table_away(world: OutboxWorld, table: str) -> None:
    """Send everything, though *table* cannot be had at first, and long before any lease is over."""
    async with world.database.write() as tx:
        await tx.execute(text(f"ALTER TABLE {table} RENAME TO away"))
    async with world.sending(rules=replace(QUICK, lease=300)):
        await asyncio.sleep(0.5)
        async with world.database.write() as tx:
            await tx.execute(text(f"ALTER TABLE away RENAME TO {table}"))
        await world.until_settled(within=60)


async def test_a_database_that_is_away_for_a_moment_stops_nobody(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(3)
    await world.subscribe(users)
    await world.publish()

    await deliver_with_a_table_away(world, "deliveries")

    assert sorted(message["chat"] for message in await emulated.outbox()) == users


async def test_what_was_claimed_when_its_cards_could_not_be_read_is_not_left_to_its_lease(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(3)
    await world.subscribe(users)
    await world.publish()

    await deliver_with_a_table_away(world, "topics")

    assert sorted(message["chat"] for message in await emulated.outbox()) == users


async def test_what_could_not_look_up_its_photo_is_not_left_to_its_lease(
    emulated: Emulated, world: OutboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = await emulated.subscribers(3)
    await world.subscribe(users)
    await world.publish(photo=True)
    # SQLite has one text for all that is wrong with a statement: say of this one that it is an outage.
    monkeypatch.setattr(url, "_SQLITE_OUTAGES", ("no such table",))

    await deliver_with_a_table_away(world, "photo_references")

    assert sorted(message["chat"] for message in await emulated.outbox()) == users


async def test_an_upload_whose_sender_ends_before_its_reference_is_stored_has_its_receipt(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(1))
    await world.publish(photo=True)
    await emulated.post("faults", method="sendPhoto", delay_answer=0.3)

    async with world.sending(rules=replace(QUICK, stop_within=0.2, settle_within=30)) as sender:
        await emulated.until_sent(1)
        async with world.database.write():
            # Its answer comes now, and it waits for the database when it is ended.
            await asyncio.sleep(0.6)
            sender.stop()
            await asyncio.sleep(2.0)

    ((status,),) = (await world.statuses()).values()
    assert status == (DeliveryStatus.SENT, None)


async def test_while_no_receipt_can_be_stored_little_is_sent_that_a_crash_would_double(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(300)
    await world.subscribe(users)
    await world.publish()
    most = QUICK.unsettled(FAST.account)
    async with world.database.write() as tx:
        refuse = "BEGIN SELECT RAISE(ABORT, 'database is locked'); END"
        await tx.execute(
            text(f"CREATE TRIGGER away BEFORE UPDATE ON deliveries WHEN NEW.status = 'sent' {refuse}")
        )

    async with world.sending() as sender:
        await emulated.until_sent(most)
        outcome = await sender.reply(private(users[0]), Message((plain("Xin chào"),)))
        sent = (await emulated.metrics())["sent"]
        async with world.database.write() as tx:
            await tx.execute(text("DROP TRIGGER away"))
        await world.until_settled()

    assert isinstance(outcome, Receipt)
    # What was on its way when the sending was held still arrives, and the reply.
    assert sent <= most + FAST.account.limit + 1
    assert {message["chat"] for message in await emulated.outbox()} == set(users)


async def test_a_sender_that_has_had_no_answer_yet_claims_few(emulated: Emulated, world: OutboxWorld) -> None:
    await world.subscribe(await emulated.subscribers(60))
    await world.publish()
    await emulated.post("faults", method="sendMessage", delay=60, times=99)

    async with world.sending():
        async with asyncio.timeout(8):
            while (await emulated.metrics())["calls"].get("sendMessage", 0) < FIRST_CLAIM:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        async with world.database.read() as tx:
            claimed = select(func.count()).where(deliveries.c.lease_owner.is_not(None))
            count = (await tx.execute(claimed)).scalar_one()

    assert count == FIRST_CLAIM


async def test_what_may_kill_the_process_is_answered_before_anything_else_is_sent(
    emulated: Emulated, world: OutboxWorld
) -> None:
    people = await emulated.subscribers(3)
    await world.subscribe(people)
    await world.publish()
    async with world.database.write() as tx:
        await tx.execute(update(deliveries).values(claims=claim_query.SUSPECT_AFTER))
    await emulated.post("faults", method="sendMessage", delay_answer=0.5, times=2)

    async with world.sending():
        await world.until_settled()

    first, second, third = sorted(message["taken_at"] for message in await emulated.outbox())
    assert second - first >= 0.5
    assert third - second >= 0.5

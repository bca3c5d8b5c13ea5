from bot.domain.chats.chat import Address, Chat, ChatKind, ChatStatus
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats
from bot.store.chats.chats import ChatCount
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from tests.store.world import ACCOUNT, DOMESTIC, FEED, FOREIGN, NOW, SECOND, register, subscribe


async def test_a_chat_is_made_once_and_takes_on_its_new_title(store: Database) -> None:
    address = Address(ACCOUNT, "-100", "7")

    async with store.write() as tx:
        first = await chats.register(
            tx, address, kind=ChatKind.GROUP, language="vi", title="Tổ dân phố", now=NOW
        )
        again = await chats.register(
            tx, address, kind=ChatKind.SUPERGROUP, language="en", title="Tổ dân phố 5", now=NOW
        )
        found = await chats.find(tx, address)

    expected = Chat(first.id, address, ChatKind.SUPERGROUP, "vi", ChatStatus.ACTIVE, title="Tổ dân phố 5")
    assert again == found == expected


async def test_a_thread_and_its_forum_are_two_chats(store: Database) -> None:
    async with store.write() as tx:
        forum = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        thread = await register(tx, "-100", kind=ChatKind.SUPERGROUP, thread="7")

        assert forum.id != thread.id
        assert await chats.find(tx, forum.address) == forum
        assert await chats.find(tx, thread.address) == thread


async def test_a_title_may_hold_what_databases_refuse(store: Database) -> None:
    async with store.write() as tx:
        chat = await chats.register(
            tx, Address(ACCOUNT, "1"), kind=ChatKind.GROUP, language="vi", title="a\0b\ud83d", now=NOW
        )

    assert chat.title == "ab\ufffd"


async def test_an_unknown_chat_is_not_found(store: Database) -> None:
    async with store.read() as tx:
        assert await chats.find(tx, Address(ACCOUNT, "404")) is None


async def test_consent_language_and_status_are_kept(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "1")
        await chats.give_consent(tx, chat.id, "2026-01", NOW + SECOND)
        await chats.set_language(tx, chat.id, "en")
        await chats.set_status(tx, chat.id, ChatStatus.PAUSED, now=NOW)
        found = await chats.get(tx, chat.id)

    assert found == Chat(
        chat.id,
        chat.address,
        ChatKind.PRIVATE,
        "en",
        ChatStatus.PAUSED,
        consent_version="2026-01",
        consent_at=NOW + SECOND,
    )


async def test_subscribing_twice_is_subscribing_once(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "1")

        assert await chats.subscribe(tx, chat.id, FOREIGN.id, NOW)
        assert not await chats.subscribe(tx, chat.id, FOREIGN.id, NOW)
        assert await chats.subscriptions(tx, chat.id) == (FOREIGN.id,)


async def test_subscriptions_come_in_the_configured_order_without_what_is_retired(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "1")
        await chats.subscribe(tx, chat.id, FOREIGN.id, NOW)
        await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)
        both = await chats.subscriptions(tx, chat.id)
        await feeds.sync_definitions(tx, [DOMESTIC], [FEED], NOW)
        left = await chats.subscriptions(tx, chat.id)

    assert (both, left) == ((DOMESTIC.id, FOREIGN.id), (DOMESTIC.id,))


async def test_unsubscribing_says_what_it_ended(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "1")
        await chats.subscribe(tx, chat.id, FOREIGN.id, NOW)
        await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)

        ended = [
            await chats.unsubscribe(tx, chat.id, topic, why=EndReason.UNSUBSCRIBED, now=NOW)
            for topic in (FOREIGN.id, FOREIGN.id, None)
        ]

    assert ended == [(FOREIGN.id,), (), (DOMESTIC.id,)]


async def test_a_forum_topic_that_is_gone_is_off_and_the_forum_is_not(store: Database) -> None:
    async with store.write() as tx:
        forum = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        thread = await register(tx, "-100", kind=ChatKind.SUPERGROUP, thread="7")
        await chats.subscribe(tx, thread.id, FOREIGN.id, NOW)

        await chats.drop_thread(tx, thread.id, "TOPIC_CLOSED", now=NOW)

        found = [await chats.get(tx, chat.id) for chat in (forum, thread)]
        assert [chat and chat.status for chat in found] == [ChatStatus.ACTIVE, ChatStatus.OFF]
        assert await chats.subscriptions(tx, thread.id) == ()


async def test_channels_and_groups_are_listed_by_title(store: Database) -> None:
    async with store.write() as tx:
        made = {
            title: await chats.register(
                tx, Address(ACCOUNT, title), kind=kind, language="vi", title=title, now=NOW
            )
            for title, kind in (("b", ChatKind.CHANNEL), ("a", ChatKind.GROUP), ("c", ChatKind.PRIVATE))
        }

        found = await chats.by_kind(tx, ACCOUNT, [ChatKind.CHANNEL, ChatKind.GROUP])

    assert found == (made["a"], made["b"])


async def test_chats_are_counted_by_kind_and_status(store: Database) -> None:
    await subscribe(store, "1", "2")
    async with store.write() as tx:
        await register(tx, "3")
        await register(tx, "-5", kind=ChatKind.GROUP)

        assert await chats.counts(tx) == (
            ChatCount(ACCOUNT, ChatKind.GROUP, ChatStatus.ACTIVE, chats=1, subscribers=0),
            ChatCount(ACCOUNT, ChatKind.PRIVATE, ChatStatus.ACTIVE, chats=3, subscribers=2),
        )
        assert await chats.subscribers(tx) == {DOMESTIC.id: {ChatStatus.ACTIVE: 2}}


async def test_an_awaited_answer_is_taken_once_and_the_latest_question_counts(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "1")
        await chats.await_input(tx, chat.id, "channel", NOW)
        await chats.await_input(tx, chat.id, "admin", NOW)

        assert await chats.awaited(tx, chat.id) == "admin"
        await chats.forget_input(tx, chat.address)
        assert await chats.awaited(tx, chat.id) is None

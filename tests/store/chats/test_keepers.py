"""Keepers of groups: the first one who takes a group keeps it, until it is passed on or given up."""

import asyncio
from datetime import datetime

from bot.domain.chats.chat import AccountId, Address, ChatId, ChatKind
from bot.domain.chats.keeper import Keeper
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats, dormancy, erasure, keepers
from bot.store.engine.database import Database
from bot.store.runtime import accounts
from tests.store.world import ACCOUNT, MINUTE, NOW

OTHER = AccountId("zalo:2")


async def group(store: Database, name: str = "to-1", account: AccountId = ACCOUNT) -> ChatId:
    async with store.write() as tx:
        await accounts.register(tx, account, platform="zalo", name="Bot", now=NOW)
        address = Address(account, name)
        return (await chats.register(tx, address, kind=ChatKind.GROUP, language="vi", title=None, now=NOW)).id


async def keeper(store: Database, chat: ChatId) -> Keeper | None:
    async with store.read() as tx:
        return await keepers.keeper(tx, chat)


async def take(store: Database, chat: ChatId, user: str, now: datetime = NOW) -> bool:
    async with store.write() as tx:
        return await keepers.take(tx, chat, user, now)


async def test_a_group_that_is_kept_is_not_taken(store: Database) -> None:
    chat = await group(store)

    taken = [await take(store, chat, user) for user in ("an", "binh", "an")]

    assert (taken, await keeper(store, chat)) == ([True, False, True], Keeper("an", NOW))


async def test_of_many_who_take_a_group_at_once_one_keeps_it(store: Database) -> None:
    chat = await group(store)

    taken = await asyncio.gather(*(take(store, chat, str(user)) for user in range(8)))

    kept = await keeper(store, chat)
    assert (sum(taken), kept and kept.user) == (1, str(taken.index(True)))


async def test_an_offered_group_is_taken_in_time_and_once(store: Database) -> None:
    chat = await group(store)
    await take(store, chat, "an")
    async with store.write() as tx:
        await keepers.offer(tx, chat, NOW + MINUTE)

    late = await take(store, chat, "binh", NOW + MINUTE)
    taken = [await take(store, chat, user) for user in ("binh", "chau")]

    assert (late, taken, await keeper(store, chat)) == (False, [True, False], Keeper("binh", NOW))


async def test_an_offer_is_withdrawn_and_a_group_released(store: Database) -> None:
    chat = await group(store)
    await take(store, chat, "an")
    async with store.write() as tx:
        await keepers.offer(tx, chat, NOW + MINUTE)
        await keepers.offer(tx, chat, None)
    refused = await take(store, chat, "binh")
    async with store.write() as tx:
        await keepers.release(tx, chat)

    assert (refused, await take(store, chat, "binh")) == (False, True)


async def test_who_is_forgotten_keeps_no_group_of_that_account(store: Database) -> None:
    first, second = await group(store), await group(store, "to-2")
    other = await group(store, account=OTHER)
    for chat in (first, second, other):
        await take(store, chat, "an")
    async with store.write() as tx:
        kept = await keepers.kept_by(tx, ACCOUNT, "an")
        await erasure.forget_person(tx, ACCOUNT, "an", why=EndReason.ERASED, now=NOW)

    assert kept == (("to-1", NOW), ("to-2", NOW))
    assert [await keeper(store, chat) for chat in (first, second, other)] == [None, None, Keeper("an", NOW)]


async def test_a_group_that_is_forgotten_has_no_keeper(store: Database) -> None:
    chat = await group(store)
    await take(store, chat, "an")
    async with store.write() as tx:
        await erasure.forget(tx, chat, why=EndReason.ERASED, now=NOW)
        assert await keepers.kept_by(tx, ACCOUNT, "an") == ()


async def test_the_own_chat_of_a_keeper_is_not_dormant(store: Database) -> None:
    chat = await group(store)
    async with store.write() as tx:
        for user in ("an", "binh"):
            own = Address(ACCOUNT, user)
            await chats.register(tx, own, kind=ChatKind.PRIVATE, language="vi", title=None, now=NOW)
        await keepers.take(tx, chat, "an", NOW)
        await dormancy.note(tx, owners={}, now=NOW, limit=100)
        due = await dormancy.due(tx, before={dormancy.Dormancy.UNSUBSCRIBED: NOW + MINUTE}, limit=100)

    assert {each.chat for each in due} == {"binh", "to-1"}

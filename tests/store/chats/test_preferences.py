"""What chats choose is kept, shared where it is the same, and gone when nobody wants it any more."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.chats.filters import parse
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import (
    AT_ONCE,
    Preferences,
    QuietHours,
    QuietMode,
    Schedule,
    Subscription,
    Timing,
)
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats, preferences
from bot.store.chats.erasure import forget
from bot.store.engine.database import Database, Transaction
from bot.store.schema import chat_preferences, filters, schedules
from tests.store.world import ACCOUNT, DOMESTIC, FOREIGN, NOW, register, subscribe

USUAL = Preferences()
DAILY = Schedule(Timing.DAILY, 18)
FRIDAYS = Schedule(Timing.WEEKLY, 8, 5)
PATENTS = parse("sáng chế, -nhãn hiệu")
ELSEWHERE = Preferences(
    quiet=QuietHours(0, 300),
    quiet_mode=QuietMode.WAIT,
    urgent=True,
    silent=True,
    photo=False,
    brief=True,
    whole_text=True,
    time_zone="Europe/Paris",
    address=FormOfAddress.COMRADE,
)


async def shared(tx: Transaction) -> tuple[int, int, int]:
    """Return how many rows of preferences, schedules and filters there are."""
    counts = [
        (await tx.execute(select(func.count()).select_from(table))).scalar_one()
        for table in (chat_preferences, schedules, filters)
    ]
    return counts[0], counts[1], counts[2]


@pytest.mark.parametrize("preferred", [ELSEWHERE, replace(USUAL, quiet=None)])
async def test_preferences_are_kept_as_long_as_they_are_not_the_usual_ones(
    store: Database, preferred: Preferences
) -> None:
    (chat,) = await subscribe(store, "1")

    async with store.write() as tx:
        before = await preferences.of(tx, chat, usual=USUAL)
        await preferences.save(tx, chat, preferred, usual=USUAL, now=NOW)
        kept, rows = await preferences.of(tx, chat, usual=USUAL), await shared(tx)
        await preferences.save(tx, chat, USUAL, usual=USUAL, now=NOW)
        again = await shared(tx)

    assert (before, kept, rows, again) == (USUAL, preferred, (1, 0, 0), (0, 0, 0))


async def test_subscriptions_have_their_own_timing_and_filter(store: Database) -> None:
    (chat,) = await subscribe(store, "1")

    async with store.write() as tx:
        await chats.subscribe(tx, chat, FOREIGN.id, NOW)
        assert await preferences.set_schedule(tx, chat, FOREIGN.id, FRIDAYS, usual=USUAL, now=NOW)
        assert await preferences.set_filter(tx, chat, FOREIGN.id, PATENTS, now=NOW)
        chosen = await preferences.subscribed(tx, chat)

    assert chosen == (Subscription(DOMESTIC.id), Subscription(FOREIGN.id, FRIDAYS, PATENTS))


async def test_what_a_chat_does_not_subscribe_to_has_no_timing(store: Database) -> None:
    (chat,) = await subscribe(store, "1")

    async with store.write() as tx:
        assert not await preferences.set_schedule(tx, chat, FOREIGN.id, DAILY, usual=USUAL, now=NOW)
        assert not await preferences.set_filter(tx, chat, FOREIGN.id, PATENTS, now=NOW)
        assert await shared(tx) == (0, 0, 0)


async def test_equal_choices_are_stored_once_and_go_with_the_last_who_made_them(store: Database) -> None:
    one, two = await subscribe(store, "1", "2")
    async with store.write() as tx:
        for chat in (one, two):
            await preferences.set_schedule(tx, chat, DOMESTIC.id, DAILY, usual=USUAL, now=NOW)
            await preferences.set_filter(tx, chat, DOMESTIC.id, PATENTS, now=NOW)
        counts = [await shared(tx)]

        await chats.unsubscribe(tx, one, None, why=EndReason.UNSUBSCRIBED, now=NOW)
        counts.append(await shared(tx))
        await preferences.set_schedule(tx, two, DOMESTIC.id, AT_ONCE, usual=USUAL, now=NOW)
        counts.append(await shared(tx))
        await preferences.save(tx, two, ELSEWHERE, usual=USUAL, now=NOW)
        await forget(tx, two, why=EndReason.ERASED, now=NOW)
        counts.append(await shared(tx))

    assert counts == [(0, 1, 1), (0, 1, 1), (0, 0, 1), (0, 0, 0)]


async def test_in_another_time_zone_digests_keep_their_hour(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    async with store.write() as tx:
        await preferences.set_schedule(tx, chat, DOMESTIC.id, DAILY, usual=USUAL, now=NOW)

        await preferences.save(tx, chat, ELSEWHERE, usual=USUAL, now=NOW)

        (row,) = (await tx.execute(select(schedules))).all()
        assert (row.hour, row.time_zone) == (18, "Europe/Paris")
        assert await preferences.subscribed(tx, chat) == (Subscription(DOMESTIC.id, DAILY),)


@pytest.mark.parametrize("has_own", [False, True])
async def test_a_chat_that_moves_takes_its_choices_along(store: Database, *, has_own: bool) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await chats.subscribe(tx, supergroup.id, DOMESTIC.id, NOW)
        await preferences.set_schedule(tx, supergroup.id, DOMESTIC.id, DAILY, usual=USUAL, now=NOW)
        await preferences.set_filter(tx, supergroup.id, DOMESTIC.id, PATENTS, now=NOW)
        await preferences.save(tx, supergroup.id, replace(USUAL, brief=True), usual=USUAL, now=NOW)
        own = replace(USUAL, silent=True)
        if has_own:
            await preferences.save(tx, group.id, own, usual=USUAL, now=NOW)

        await chats.move(tx, Address(ACCOUNT, "-5"), Address(ACCOUNT, "-100"), now=NOW)

        kept = await preferences.of(tx, group.id, usual=USUAL)
        assert kept == (own if has_own else replace(USUAL, brief=True))
        assert await preferences.subscribed(tx, group.id) == (Subscription(DOMESTIC.id, DAILY, PATENTS),)
        assert await shared(tx) == (1, 1, 1)


async def test_what_a_chat_takes_over_comes_by_its_own_time_zone(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await chats.subscribe(tx, supergroup.id, DOMESTIC.id, NOW)
        await preferences.set_schedule(tx, supergroup.id, DOMESTIC.id, DAILY, usual=USUAL, now=NOW)
        await preferences.save(tx, group.id, ELSEWHERE, usual=USUAL, now=NOW)

        await chats.move(tx, Address(ACCOUNT, "-5"), Address(ACCOUNT, "-100"), now=NOW)

        (row,) = (await tx.execute(select(schedules))).all()
        assert (row.hour, row.time_zone) == (18, "Europe/Paris")

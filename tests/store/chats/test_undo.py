"""What is kept of a subscription that was stopped, and for how long."""

from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import Schedule, Subscription, Timing
from bot.store.chats import undo
from bot.store.engine.database import Database
from tests.store.world import DOMESTIC, FOREIGN, NOW, SECOND, subscribe

CHOSEN = Subscription(DOMESTIC.id, Schedule(Timing.WEEKLY, 8, 1), parse("sáng chế"))
PLAIN = Subscription(FOREIGN.id)


async def test_only_what_was_chosen_is_kept_and_what_was_last(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    daily = Subscription(DOMESTIC.id, Schedule(Timing.DAILY, 7))

    async with store.write() as tx:
        await undo.remember(tx, chat, [daily, PLAIN], NOW)
        await undo.remember(tx, chat, [CHOSEN], NOW + SECOND)
        kept = await undo.recall(tx, chat)
        await undo.remember(tx, chat, [Subscription(DOMESTIC.id)], NOW)
        nothing = await undo.recall(tx, chat)

    assert (kept, nothing) == (((CHOSEN, NOW + SECOND),), ())


async def test_it_goes_after_a_day(store: Database) -> None:
    (chat,) = await subscribe(store, "1")

    async with store.write() as tx:
        await undo.remember(tx, chat, [CHOSEN], NOW)
        pruned = [await undo.prune(tx, at) for at in (NOW + undo.KEPT_FOR - SECOND, NOW + undo.KEPT_FOR)]

    assert pruned == [0, 1]

"""One article is owed to one chat, whatever became of it before."""

import pytest

from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.store.engine.database import Database
from bot.store.outbox import history
from tests.store.world import DAYS, DOMESTIC, NOW, SECOND, claim, prepare, publish, rows, settle, subscribe


@pytest.mark.parametrize("ended", [DeliveryStatus.SENT, DeliveryStatus.REJECTED, None])
async def test_a_chat_is_owed_it_once_more_and_gets_it(db: Database, ended: DeliveryStatus | None) -> None:
    await prepare(db)
    (chat,) = await subscribe(db, "11")
    article = await publish(db)
    (first,) = await claim(db)
    if ended:
        await settle(db, Settlement(first.id, ended, 1, message_id="9", reason="x"))

    async with db.write() as tx:
        await history.owe_again(tx, article, chat, DOMESTIC.id, now=NOW + SECOND, expires_at=NOW + DAYS)

    again = await claim(db, now=NOW + SECOND)
    owed, was_sent = (0, "pending", None), ended is DeliveryStatus.SENT
    assert [each.chat for each in again] == ([chat] if ended else [])
    # Which message it was sent before stays known.
    before = [(-1, "sent", "9")] if was_sent else []
    assert await rows(db, "revision", "status", "message_id") == [*before, owed]


async def test_a_chat_that_was_never_owed_it_is_owed_it(db: Database) -> None:
    await prepare(db)
    article = await publish(db)
    (chat,) = await subscribe(db, "11")

    async with db.write() as tx:
        await history.owe_again(tx, article, chat, DOMESTIC.id, now=NOW, expires_at=NOW + DAYS)

    assert [(each.chat, each.article) for each in await claim(db)] == [(chat, article)]

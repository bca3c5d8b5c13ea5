"""Duty: what is said to owners goes out while the account is ours, and waits where it is not."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from bot.domain.delivery import Receipt, RetryLater
from bot.domain.message import Message, plain
from bot.duty import Duty, DutyParts, _Term
from bot.services.tenure import USUAL_TENURE, Tenure
from bot.store.database import Database
from tests.commands.stage import Stage
from tests.emulated import ACCOUNT, Emulated, private
from tests.outbox_world import OutboxWorld

HELLO = Message((plain("Xin chào"),))


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


@pytest.mark.parametrize(
    ("owns", "outcome"), [(True, Receipt("1")), (False, RetryLater("the account may not send any more"))]
)
async def test_an_account_that_is_lost_while_somebody_is_told_something_means_later(
    emulated: Emulated, sqlite_url: str, sqlite_db: Database, *, owns: bool, outcome: Receipt | RetryLater
) -> None:
    stage = await Stage.open(sqlite_db)
    (user,) = await emulated.subscribers(1)
    async with OutboxWorld.make(emulated, sqlite_url) as world, emulated.messenger() as messenger:
        nothing: Any = asyncio.sleep
        parts = DutyParts(
            messenger=messenger,
            conversation=stage.conversation,
            menus=(),
            webhook=None,
            clock=world.clock,
            sender=lambda owns: world.sender(messenger, owns=owns),
            connect=partial(nothing, 0),
            introduce=partial(nothing, 0),
        )
        duty = Duty(
            parts, Tenure(world.database, world.clock, account=ACCOUNT, owner="me", rules=USUAL_TENURE)
        )
        before = await duty.reply(private(user), HELLO)
        term = duty._term = _Term(parts, lambda: owns)
        sending = asyncio.create_task(term.sender.run())

        told = await duty.reply(private(user), HELLO)
        term.sender.stop()
        await sending

    assert (before, told) == (RetryLater("the account is not ours"), outcome)

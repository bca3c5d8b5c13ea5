"""One account: what owners are told goes out while it is ours, and waits where it is not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.domain.chats.message import Message, plain
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Receipt, RetryLater
from bot.domain.messaging.messenger import CONFIRM_AFTER
from bot.messengers.telegram import TelegramMessenger
from bot.runtime.account_worker import (
    ASK_AGAIN_EVERY,
    AccountWorker,
    ConfiguredAccount,
    WorkerDependencies,
    _Session,
)
from bot.services.coordination.leader import DEFAULT_LEASE_RULES, LeaderLease
from bot.store.engine.database import Database
from tests.builders import RENDERER
from tests.commands.stage import Stage
from tests.emulated import ACCOUNT, Emulated, private
from tests.fakes import FakeClock
from tests.faults.strict_api import StrictApi, refused
from tests.outbox_world import QUICK, OutboxWorld

HELLO = Message((plain("Xin chào"),))


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


def _dependencies(
    messenger: TelegramMessenger, stage: Stage, world: OutboxWorld, clock: Clock, *, owns: bool = True
) -> WorkerDependencies:
    account = replace(world.account(messenger, "me", is_leader=lambda: owns), clock=clock)
    return WorkerDependencies(
        configured=ConfiguredAccount(messenger=messenger, owners=frozenset()),
        account=account,
        lease=LeaderLease(world.database, clock, account=ACCOUNT, owner="me", rules=DEFAULT_LEASE_RULES),
        router=stage.conversation,
        menus=tuple,
        profiles=tuple,
        renderer=RENDERER,
        sender_rules=QUICK,
    )


@pytest.mark.parametrize(
    ("owns", "outcome"), [(True, Receipt("1")), (False, RetryLater("the account may not send any more"))]
)
async def test_an_account_that_is_lost_while_somebody_is_told_something_means_later(
    emulated: Emulated, sqlite_url: str, sqlite_db: Database, *, owns: bool, outcome: Receipt | RetryLater
) -> None:
    stage = await Stage.open(sqlite_db)
    (user,) = await emulated.subscribers(1)
    async with OutboxWorld.make(emulated, sqlite_url) as world, emulated.messenger() as messenger:
        dependencies = _dependencies(messenger, stage, world, world.clock, owns=owns)
        worker = AccountWorker(dependencies)
        before = await worker.reply(private(user), HELLO)
        session = worker._session = _Session(dependencies, worker._introduce)
        sending = asyncio.create_task(session.sender.run())

        told = await worker.reply(private(user), HELLO)
        session.sender.stop()
        await sending

    assert (before, told) == (RetryLater("the account is not ours"), outcome)


@pytest.mark.parametrize("refusals", [0, 1, 3])
async def test_a_refused_account_is_asked_for_again_until_it_is_accepted(
    emulated: Emulated, sqlite_url: str, sqlite_db: Database, refusals: int
) -> None:
    stage, clock = await Stage.open(sqlite_db), FakeClock()
    began_at, left = clock.now(), [refused(401, "Unauthorized")] * refusals
    async with (
        StrictApi().open() as api,
        OutboxWorld.make(emulated, sqlite_url) as world,
        emulated.messenger(replace(emulated.settings(), api_url=api.url)) as messenger,
    ):
        worker = AccountWorker(_dependencies(messenger, stage, world, clock))
        api.script = lambda _method: left.pop() if left else None
        with capture_logs() as logs:
            await worker._until_accepted("Not Found")

    told = [log["event"] for log in logs]
    waited = (clock.now() - began_at).total_seconds()
    assert told == [*["the account is refused"] * (refusals > 0), "the account is accepted"]
    assert (waited, worker.refused) == (CONFIRM_AFTER + refusals * ASK_AGAIN_EVERY, None)

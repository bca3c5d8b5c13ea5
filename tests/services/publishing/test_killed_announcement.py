"""A process that is killed while it releases an announcement, and while it ends it: each happens once."""

import asyncio
import os
import random
from asyncio.subprocess import PIPE
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.desk.audit import AuditAction
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.announcements import AnnouncementEnds
from bot.store.publications import publications
from bot.store.runtime import audit
from bot.store.schema import deliveries
from bot.store.schema.types import EPOCH
from tests import announcing_process
from tests.emulated import Emulated
from tests.forked import start_module
from tests.outbox_world import OutboxWorld
from tests.running import unconfigured

KILLS = int(os.environ.get("BANTIN_TEST_KILLS", "3"))
CHATS = 20


@pytest.mark.timeout(60 + 30 * KILLS)
async def test_an_announcement_is_released_once_and_ends_once_whenever_the_process_dies(
    emulated: Emulated, database_url: str
) -> None:
    users = await emulated.subscribers(CHATS)
    async with OutboxWorld.make(emulated, database_url) as world:
        await world.subscribe(users)
        ends_at = world.clock.now() + timedelta(seconds=1)
        for _ in range(KILLS):
            arguments = (world.url, str(ends_at.timestamp()))
            process = await start_module(
                announcing_process.__name__, *arguments, env=unconfigured(), stdout=PIPE
            )
            assert process.stdout
            await process.stdout.readline()
            await asyncio.sleep(random.uniform(0.0, 0.2))  # the moment is the point of it
            process.kill()
            await process.communicate()
        await announcing_process.release(world.database, ends_at)
        while (left := ends_at - world.clock.now()) > timedelta(0):
            await world.clock.sleep(left.total_seconds())

        await AnnouncementEnds(world.database, world.clock, on_owed=lambda: None).end_due()

        async with world.database.read() as tx:
            lines = await audit.since(tx, EPOCH)
            found = await publications.newest(tx, limit=9)
            owed = Counter((await tx.execute(select(deliveries.c.revision))).scalars())
        assert [line.act.action for line in lines] == [
            AuditAction.CONTENT_PUBLISHED,
            AuditAction.ANNOUNCEMENT_ENDED,
        ]
        assert [each.state for each in found] == [PublicationState.ENDED]
        assert owed[0] == CHATS

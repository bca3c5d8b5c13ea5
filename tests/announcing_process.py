"""Somebody who announces, and what ends announcements, in a process of its own, to be killed: DATABASE, ENDS.

The announcement is always the same one, and is over at ENDS (seconds since the epoch).
"""

import asyncio
import sys
from datetime import UTC, datetime

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.publication.announcement import Draft
from bot.services.publishing.announcements import AnnouncementEnds, announce
from bot.services.publishing.contents import PublishingRules
from bot.store.engine.database import Database
from tests.outbox_world import TOPIC

ACTOR = Actor(AuditPlace.CLI, "desk")


async def release(database: Database, ends_at: datetime) -> None:
    draft = Draft("nghi-le", "Nghỉ lễ", ("Cục nghỉ lễ.",), topics=(TopicId(TOPIC.id),), ends_at=ends_at)
    async with database.write() as tx:
        assert await announce(tx, draft, [TOPIC], ACTOR, PublishingRules(), now=SystemClock().now())


async def serve(url: str, ends_at: datetime) -> None:
    database, clock = await Database.open(url, exclusive=True), SystemClock()
    ends = AnnouncementEnds(database, clock, on_owed=lambda: None)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    await release(database, ends_at)
    while True:
        await ends.end_due()
        await clock.sleep(0.01)


if __name__ == "__main__":
    database_url, end = sys.argv[1:]
    asyncio.run(serve(database_url, datetime.fromtimestamp(float(end), UTC)))

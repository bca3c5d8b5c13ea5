"""Somebody who merges topics into another, in a process of its own, to be killed: DATABASE, SEED.

It says once that it works, and each time that a merge has begun. Whoever subscribes is moved meanwhile.
"""

import asyncio
import random
import sys
from datetime import timedelta

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress, Translator
from bot.services.administration import topic_life
from bot.services.administration.topic_merges import TopicMerges
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from tests.store.world import FOREIGN

ACTOR = Actor(AuditPlace.CLI, "desk")
SOURCES = tuple(
    Topic(TopicId(f"nguon-{number}"), {"vi": f"Nguồn {number}"}, {}, f"Nguon{number}") for number in range(12)
)
NOTICES = topic_life.Notices(
    Translator.load(FormOfAddress.YOU, {"vi": "Cục", "en": "Office"}), timedelta(days=3)
)


async def merge(database: Database, chance: random.Random) -> None:
    """Merge what is not merged yet, one topic after the other."""
    clock = SystemClock()
    async with database.read() as tx:
        left = [each.id for each in await feeds.topics(tx) if each in SOURCES]
    for source in chance.sample(left, len(left)):
        async with database.write() as tx:
            await topic_life.begin_merge(tx, source, FOREIGN.id, ACTOR, notices=NOTICES, now=clock.now())
        say("begun")
        await clock.sleep(chance.uniform(0.0, 0.05))


async def go_on(database: Database) -> None:
    clock = SystemClock()
    merges = TopicMerges(database, clock)
    while True:
        await merges.go_on()
        await clock.sleep(0.01)


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def serve(database_url: str, seed: int) -> None:
    database = await Database.open(database_url, exclusive=True)
    say("ready")
    await asyncio.gather(merge(database, random.Random(seed)), go_on(database))


if __name__ == "__main__":
    url, seed = sys.argv[1:]
    asyncio.run(serve(url, int(seed)))

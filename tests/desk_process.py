"""A sender and somebody at the desk, in a process of its own, to be killed: API, TOKEN, DATABASE, RATE, SEED.

Articles are stopped, resumed, recalled and sent again to a chat at random, as fast as that goes. It prints
"stopped ARTICLE TIME" once a stop is confirmed, and "resuming ARTICLE TIME" before an article may go out
again (seconds since the epoch).
"""

import asyncio
import random
import sys
import time

from sqlalchemy import select

from bot.domain.chats.chat import ChatId
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import ArticleId
from bot.domain.publication.confirmation import in_force
from bot.domain.publication.publication import PublicationState, Step, possible
from bot.services.publishing.publications import take_step
from bot.services.publishing.resending import to_chat
from bot.store.engine.database import Database
from bot.store.publications import publications
from bot.store.schema import deliveries
from tests.sending_process import sender_of

ACTOR = Actor(AuditPlace.CLI, "desk")
SENT_AGAIN = 0.5
"""Before how many of the steps it is sent again to somebody."""
RECALLED = 0.08
"""How often of all steps an article is recalled."""


async def sit(database: Database, chance: random.Random) -> None:
    clock = SystemClock()
    while True:
        async with database.read() as tx:
            found = [
                each
                for each in await publications.newest(tx, limit=6)
                if each.state is not PublicationState.RECALLED
            ]
        if not found:
            await clock.sleep(0.01)
            continue
        chosen = chance.choice(found)
        if chance.random() < SENT_AGAIN:
            await send_again(database, clock, chosen.article, chance)
        steps = possible(chosen.state)
        step = Step.RECALL if chance.random() < RECALLED else steps[0]
        await take(database, clock, chosen.article, step)
        await clock.sleep(chance.uniform(0.0, 0.1))


async def send_again(
    database: Database, clock: SystemClock, article: ArticleId, chance: random.Random
) -> None:
    """Owe it once more to one of those who have it, unless it is stopped."""
    has_it = select(deliveries.c.chat_id).where(
        deliveries.c.article_id == article,
        deliveries.c.revision == 0,
        deliveries.c.status == DeliveryStatus.SENT,
    )
    async with database.write() as tx:
        if chats := (await tx.execute(has_it.order_by(deliveries.c.chat_id))).scalars().all():
            await to_chat(tx, article, ChatId(chance.choice(chats)), ACTOR, now=clock.now())


async def take(database: Database, clock: SystemClock, article: ArticleId, step: Step) -> None:
    if step is Step.RESUME:
        say("resuming", article)
    async with database.write() as tx:
        state = await take_step(tx, article, step, ACTOR, now=clock.now())
    if state is PublicationState.STOPPED:
        await in_force(clock)
        say("stopped", article)


def say(what: str, article: ArticleId) -> None:
    sys.stdout.write(f"{what} {article} {time.time():.6f}\n")
    sys.stdout.flush()


async def serve(api_url: str, token: str, database_url: str, rate: int, seed: int) -> None:
    database = await Database.open(database_url, exclusive=True)
    async with sender_of(database, api_url, token, rate) as sender:
        await asyncio.gather(sender.run(), sit(database, random.Random(seed)))


if __name__ == "__main__":
    api, token, url, rate, seed = sys.argv[1:]
    asyncio.run(serve(api, token, url, int(rate), int(seed)))

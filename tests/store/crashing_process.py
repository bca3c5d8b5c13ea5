"""A service in a process of its own, to be killed: `python -m … DATABASE TURN LOG`.

It polls, fans out, claims, "sends" by a line in LOG, and settles, for ever, and prints what it has committed.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path

from bot.domain.delivery.delivery import Delivery
from bot.domain.news.article import Article
from bot.domain.news.feed import Validators
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import poll_leases, seen_entries
from bot.store.outbox import fanout, outbox
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FEED, MINUTE, NOW, USUAL, sent

SLICE = 3
BATCH = 4


async def serve(url: str, turn: int, log: Path) -> None:
    fanout.FANOUT_SLICE = SLICE
    db = await Database.open(url, exclusive=True)
    now, owner = NOW + turn * 2 * MINUTE, f"turn {turn}"
    for number in count(turn * 1_000_000):
        async with db.write() as tx:
            await poll_leases.claim(tx, [FEED.id], owner=owner, now=now, lease=MINUTE)
        async with db.write() as tx:
            article = Article(f"https://agency.example/{number}", str(number))
            saved = await articles.save(tx, article, photo=None, topic=DOMESTIC.id, now=now)
            await seen_entries.remember(tx, FEED.id, {str(number): saved.id}, now)
            await outbox.enqueue(
                tx,
                outbox.NewFanout(article=saved.id, topic=DOMESTIC.id, due_at=now, expires_at=now + DAYS),
                now=now,
            )
            await poll_leases.save_poll(
                tx,
                FEED.id,
                poll_leases.PollOutcome(validators=Validators(), next_poll_at=now, took_article=True),
                owner=owner,
                now=now,
            )
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        async with db.write() as tx:
            await outbox.continue_fanouts(tx, now=now)
        async with db.write() as tx:
            batch = await outbox.claim(
                tx,
                outbox.Claimant(account=ACCOUNT, owner=owner, lease=MINUTE),
                now=now,
                limit=BATCH,
                usual=USUAL,
            )
        claimed = batch.deliveries
        note(log, claimed)
        async with db.write() as tx:
            await outbox.settle(tx, [sent(delivery) for delivery in claimed], owner=owner, now=now)


def note(log: Path, claimed: tuple[Delivery, ...]) -> None:
    """Write down that these were sent, each by a write of its own, as a messenger would take them."""
    with log.open("ab", buffering=0) as file:
        for delivery in claimed:
            file.write(f"{delivery.id}\n".encode())


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))

"""People at the desk, and releases of what is due, in a process to be killed: DATABASE, SEED, ROLE.

"desk" submits articles, approves, schedules, rejects, puts back, changes, stops, resumes and recalls them at
random, as fast as that goes, and releases what is due; "releases" does the latter alone. Either says once
that it works, and the first each time that it has acted.
"""

import asyncio
import random
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count

from bot.domain.chats.chat import AccountId
from bot.domain.clock import SystemClock
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId, PublicationState, Step, possible
from bot.services.publishing.approval import ask_anew, give, put_back_rejected
from bot.services.publishing.publications import take_step
from bot.services.publishing.releases import LOOK_EVERY, Releases
from bot.store.articles import articles
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import outbox
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import ApprovalRequest, Worth
from tests.store.world import DOMESTIC, article_of

PEOPLE = tuple(Actor(AuditPlace.CHAT, str(user), AccountId("telegram:1")) for user in (900, 901, 902))
TWO = replace(DOMESTIC, approval=ApprovalRule(Approval.TWO))
NEWS = Worth(owed=True, urgent=False, lasts=timedelta(days=3))
CHANGED = 0.2
"""How often of all acts the words of an article change."""
SUBMITTED = 0.3
PUT_BACK = 0.1
FEW = 4
"""Among how many one is chosen that waits: each is answered, changed and answered again then."""
RECALLED = 0.15

_numbers = count(random.SystemRandom().randrange(1 << 40))


class People:
    """Does one act after the other, each in a transaction of its own."""

    def __init__(self, database: Database, seed: int) -> None:
        self._database = database
        self._clock = SystemClock()
        self._chance = random.Random(seed)

    async def sit(self) -> None:
        while True:
            async with self._database.write() as tx:
                await self._act(tx)
            say("acted")
            await self._clock.sleep(self._chance.uniform(0.0, 0.01))

    async def _act(self, tx: Transaction) -> None:
        # What awaits comes first in a list of both, and there is much of it.
        state = self._chance.choice([PublicationState.AWAITING, PublicationState.SCHEDULED])
        waiting = await approvals.waiting(tx, topics=None, state=state, limit=FEW)
        if self._chance.random() < PUT_BACK:
            return await self._put_back(tx)
        if not waiting or self._chance.random() < SUBMITTED:
            return await submit(tx, self._clock)
        if self._chance.random() < CHANGED:
            await ask_anew(tx, self._chance.choice(waiting).publication.article, now=self._clock.now())
            return None
        if self._chance.random() < 0.5:
            return await self._answer(tx, self._chance.choice(waiting))
        return await self._step(tx)

    async def _answer(self, tx: Transaction, request: ApprovalRequest) -> None:
        now, chance = self._clock.now(), self._chance
        answer = chance.choices(list(Answer), weights=(8, 1, 1))[0]
        later = now + timedelta(seconds=chance.uniform(0.0, 1.0))
        at = later if answer is Answer.APPROVE and chance.random() < 0.5 else None
        given = Given(answer, at, chance.choice([None, request.waiting.round]))
        await give(tx, request.publication, given, chance.choice(PEOPLE), now=now)

    async def _put_back(self, tx: Transaction) -> None:
        state = PublicationState.REJECTED
        for each in await publications.newest(tx, state=state, limit=1):
            about = PublicationId(each.article, TWO.id)
            await put_back_rejected(tx, about, self._chance.choice(PEOPLE), now=self._clock.now())

    async def _step(self, tx: Transaction) -> None:
        found = [each for each in await publications.newest(tx, limit=20) if possible(each.state)]
        if not found:
            return
        chosen = self._chance.choice(found)
        steps = possible(chosen.state)
        is_last = self._chance.random() < RECALLED
        step = Step.RECALL if is_last else steps[0]
        if step is Step.RECALL and not is_last:
            return
        await take_step(tx, chosen.article, step, self._chance.choice(PEOPLE), now=self._clock.now())
        while step is Step.RESUME and await outbox.continue_fanouts(tx, now=self._clock.now()):
            pass


async def submit(tx: Transaction, clock: SystemClock) -> None:
    """Have an article wait for the approval of two persons."""
    now = clock.now()
    saved = await articles.save(tx, article_of(next(_numbers)), photo=None, topic=TWO.id, now=now)
    assert saved.state is PublicationState.AWAITING
    await approvals.ask(tx, PublicationId(saved.id, TWO.id), NEWS, now)


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def look(releases: Releases, clock: SystemClock, every: float) -> None:
    while True:
        await releases.release_due()
        await clock.sleep(every)


async def serve(database_url: str, seed: int, role: str) -> None:
    database = await Database.open(database_url, exclusive=True)
    clock = SystemClock()
    releases = Releases(database, clock, on_owed=lambda: None)
    say("ready")
    if role == "releases":
        await look(releases, clock, LOOK_EVERY)
    else:
        await asyncio.gather(People(database, seed).sit(), look(releases, clock, 0.02))


if __name__ == "__main__":
    url, seed, role = sys.argv[1:]
    asyncio.run(serve(url, int(seed), role))

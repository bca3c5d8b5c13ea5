"""Erasing chats that have subscribed to nothing, or could not be reached, for long enough."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.chats.chat import AccountId, ChatKind
from bot.domain.chats.erasure_proof import SALT_BYTES, ErasureProof
from bot.domain.clock import Clock
from bot.domain.desk.figures import EndReason
from bot.store.chats import dormancy, erasure
from bot.store.chats.dormancy import Dormancy, DormantChat
from bot.store.engine.database import Database

NOTED_AT_ONCE = 1_000
ERASED_AT_ONCE = 20
"""Chats in one transaction: all that each of them was ever sent goes with it."""

BATCHES = 10
"""Transactions in one go; what is left has its turn the next time."""

PAUSE = 0.02
"""Seconds between two transactions, in which others write."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DormancyRules:
    """For how long a chat is kept that subscribes to nothing, and for how long one that is unreachable."""

    unsubscribed: timedelta
    unreachable: timedelta


class DormantChats:
    """Erases chats as /xoadulieu does, with all that hangs on them, and keeps proofs of it for persons."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: DormancyRules,
        *,
        owners: Mapping[AccountId, Collection[str]],
        proof_key: bytes,
    ) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules
        self._owners = owners
        self._proof_key = proof_key

    async def erase(self) -> None:
        """Note which chats are dormant, and erase those that have been so for long enough."""
        for _ in range(BATCHES):
            async with self._database.write() as tx:
                now = self._clock.now()
                noted = await dormancy.note(tx, owners=self._owners, now=now, limit=NOTED_AT_ONCE)
            if noted < NOTED_AT_ONCE:
                break
            await self._clock.sleep(PAUSE)
        erased = 0
        for _ in range(BATCHES):
            batch = await self._erase_some()
            erased += batch
            if batch < ERASED_AT_ONCE:
                break
            await self._clock.sleep(PAUSE)
        if erased:
            log.info("dormant chats were erased", chats=erased)
            await self._database.leave_no_traces()

    async def _erase_some(self) -> int:
        now = self._clock.now()
        before = {
            Dormancy.UNSUBSCRIBED: now - self._rules.unsubscribed,
            Dormancy.UNREACHABLE: now - self._rules.unreachable,
        }
        async with self._database.write() as tx:
            # They may have come back since they were noted.
            await dormancy.note(tx, owners=self._owners, now=now, limit=NOTED_AT_ONCE)
            found = await dormancy.due(tx, before=before, limit=ERASED_AT_ONCE)
            why = EndReason.DORMANT
            for chat in found:
                if chat.kind is ChatKind.PRIVATE:
                    await erasure.forget_person(tx, chat.account, chat.chat, why=why, now=now)
                    await erasure.keep_proof(tx, self._proof(chat), now)
                else:
                    await erasure.forget(tx, chat.id, why=why, now=now)
        return len(found)

    def _proof(self, chat: DormantChat) -> ErasureProof:
        salt = secrets.token_bytes(SALT_BYTES)
        return ErasureProof.make(self._proof_key, salt, account=chat.account, chat=chat.chat)

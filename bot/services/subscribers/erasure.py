"""Deleting all that is stored about a person, and showing later that it was done."""

import secrets
from datetime import datetime

from bot.domain.chats.chat import AccountId
from bot.domain.chats.erasure_proof import SALT_BYTES, ErasureProof
from bot.domain.desk.figures import EndReason
from bot.store.chats import erasure
from bot.store.engine.database import Database, Transaction


async def erase(tx: Transaction, account: AccountId, user: str, *, key: bytes, now: datetime) -> None:
    """Delete at once whatever is stored about *user*, pending deliveries and all, and keep a proof of it."""
    proof = ErasureProof.make(key, secrets.token_bytes(SALT_BYTES), account=account, chat=user)
    await erasure.forget_person(tx, account, user, why=EndReason.ERASED, now=now)
    await erasure.keep_proof(tx, proof, now)


async def erased_at(database: Database, account: AccountId, user: str, *, key: bytes) -> list[datetime]:
    """Return when the data of *user* was deleted, as far as proofs are kept."""
    async with database.read() as tx:
        return [
            at async for proof, at in erasure.proofs(tx) if proof.is_about(key, account=account, chat=user)
        ]

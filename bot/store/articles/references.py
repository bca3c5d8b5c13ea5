"""What the messengers call that each account has uploaded: photos and recordings, to send them again by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert
from bot.store.schema import photo_references, photos, recording_references, recordings
from bot.store.schema.types import Moment


@dataclass(frozen=True, slots=True)
class UploadReferences:
    """The *references* to what is kept in *uploads*; their column *key* holds its key."""

    uploads: Table
    references: Table
    key: str

    async def find(self, tx: AsyncConnection, account: AccountId, key: str) -> str | None:
        """Return the messenger's own reference to what *account* has uploaded."""
        query = select(self.references.c.reference).where(
            self.references.c.account_id == account, self.references.c[self.key] == key
        )
        return (await tx.execute(query)).scalar()

    async def save(
        self, tx: AsyncConnection, account: AccountId, key: str, reference: str, now: datetime
    ) -> None:
        """Keep the messenger's reference to what is stored; what is not is sent just once."""
        values = {"reference": reference, "created_at": now}
        stored = select(literal(account), self.uploads.c.key, literal(reference), literal(now, Moment)).where(
            self.uploads.c.key == key
        )
        kept = insert(tx, self.references).from_select(["account_id", self.key, *values], stored)
        await tx.execute(kept.on_conflict_do_update(index_elements=["account_id", self.key], set_=values))

    async def forget(self, tx: AsyncConnection, account: AccountId, key: str) -> None:
        """Have it uploaded anew next time: the messenger no longer knows the reference."""
        await tx.execute(
            delete(self.references).where(
                self.references.c.account_id == account, self.references.c[self.key] == key
            )
        )


PHOTOS = UploadReferences(photos, photo_references, "photo_key")
RECORDINGS = UploadReferences(recordings, recording_references, "recording_key")

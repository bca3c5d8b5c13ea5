"""The pages of one account that were begun, kept in the database."""

from dataclasses import dataclass

from bot.domain.chats.chat import AccountId
from bot.domain.clock import Clock
from bot.domain.messaging.creation import Creation
from bot.store.engine.database import Database
from bot.store.outbox import creations


@dataclass(frozen=True, slots=True)
class StoredCreations:
    """See `bot.domain.messaging.creation.Creations`; every method raises DatabaseUnavailable."""

    database: Database
    clock: Clock
    account: AccountId

    async def find(self, key: str) -> Creation | None:
        async with self.database.read() as tx:
            return await creations.find(tx, self.account, key)

    async def begin(self, key: str, title: str) -> None:
        async with self.database.write() as tx:
            await creations.begin(tx, self.account, key, title, now=self.clock.now())

    async def note_token(self, key: str, token: str) -> None:
        async with self.database.write() as tx:
            await creations.note(tx, self.account, key, token=token)

    async def note_page(self, key: str, page: str) -> None:
        async with self.database.write() as tx:
            await creations.note(tx, self.account, key, page=page)

    async def forget(self, key: str) -> None:
        async with self.database.write() as tx:
            await creations.forget(tx, self.account, key)

    async def are_ours(self, pages: list[str]) -> frozenset[str]:
        async with self.database.read() as tx:
            return await creations.known(tx, self.account, pages)

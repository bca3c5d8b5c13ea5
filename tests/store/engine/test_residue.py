"""What deleted rows leave in the files of PostgreSQL is taken out as soon as no transaction may see it."""

import asyncio
import os

import asyncpg
import pytest
from sqlalchemy import text

from bot.store.engine import residue
from bot.store.engine.database import Database
from tests.conftest import SERVER

ID = "7755331199"
FILE = "SELECT pg_read_binary_file(pg_relation_filepath('rate_events'))"


@pytest.mark.postgres
@pytest.mark.parametrize("where", ["here", "in another database"])
async def test_what_an_older_transaction_still_sees_is_taken_out_when_that_has_ended(
    postgresql_url: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(residue, "LOOKS", 1)
    database = await Database.open(postgresql_url)
    async with database.write() as tx:
        await tx.execute(
            text(f"INSERT INTO rate_events (account_id, kind, chat, at) VALUES ('a:1', 'replied', '{ID}', 1)")
        )

    other = await asyncpg.connect(os.environ[SERVER] if where != "here" else postgresql_url)
    async with other.transaction():
        await other.fetch("SELECT pg_current_xact_id()")
        async with database.write() as tx:
            await tx.execute(text("DELETE FROM rate_events"))
        await database.leave_no_traces()
        meanwhile = await written(database)
    await other.close()
    async with asyncio.timeout(60):
        # What other tests have begun meanwhile may see it as well.
        while ID.encode() in (afterwards := await written(database)):
            await database.take_out_what_is_left()
    await database.close()

    assert (ID.encode() in meanwhile, ID.encode() in afterwards) == (True, False)


async def written(database: Database) -> bytes:
    async with database.driver() as connection:
        await connection.execute("CHECKPOINT")
        content: bytes = await connection.fetchval(FILE)
        return content

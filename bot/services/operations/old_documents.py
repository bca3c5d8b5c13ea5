"""Old articles: those that came before their documents were read are read now, a few at a time."""

from bot.store.articles import document_fields, search
from bot.store.engine.database import Database

AT_ONCE = 20
"""Articles that are read in one transaction: so few that nobody waits for long to write."""


class OldDocuments:
    """Reads the fields of the documents of articles that were never read for them, until there are none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_done = False

    async def read_some(self) -> None:
        """Read the newest of those that are left."""
        if self._is_done:
            return
        async with self._database.write() as tx:
            left = await document_fields.unread(tx, limit=AT_ONCE)
            await search.index(tx, *left)
        self._is_done = not left

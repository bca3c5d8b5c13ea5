"""Wide tables of articles as pictures: drawn when somebody reads them, once for all, and kept like photos."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

import structlog
from cachetools import LRUCache

from bot.domain.chats.message import AlbumPhoto, NewPhoto
from bot.domain.clock import Clock
from bot.domain.news.article import PreparedPhoto
from bot.services.aio import cancelled
from bot.services.rendering.tables.sheets import SHEETS, TablePicture
from bot.services.rendering.tables.wide import WideTable
from bot.store.articles import articles, gallery
from bot.store.engine.database import Database, Transaction

PATIENCE = 20.0
"""Seconds that a reader waits; what comes later is there the next time."""

DrawTable = Callable[[TablePicture], Awaitable[Sequence[PreparedPhoto]]]
"""Draws a table elsewhere than in this process; nothing if that cannot be, which has been logged."""

_REMEMBERED = 1000

log = structlog.get_logger(__name__)


class TablePictures:
    """Has tables drawn, each once for all of its readers."""

    def __init__(self, database: Database, draw: DrawTable, clock: Clock) -> None:
        self._database = database
        self._draw = draw
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[Sequence[PreparedPhoto]]] = {}
        self._undrawable: LRUCache[str, bool] = LRUCache(_REMEMBERED)

    async def kept(self, tx: Transaction, tables: Iterable[WideTable]) -> dict[str, Sequence[PreparedPhoto]]:
        """Return by their keys the pictures of those *tables* that need not be drawn, or cannot be."""
        found = {table.key: await _kept(tx, table.key) for table in tables}
        return {key: pictures for key, pictures in found.items() if pictures or key in self._undrawable}

    async def draw(self, tables: Iterable[WideTable]) -> dict[str, Sequence[PreparedPhoto]]:
        """Draw and keep *tables*; return by their keys the pictures that could be had in a while."""
        tasks = {table.key: self._task(table) for table in tables}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE)
        return {key: task.result() for key, task in tasks.items() if task.done() and not task.cancelled()}

    async def close(self) -> None:
        """Draw nothing more."""
        await cancelled(*self._under_way.values())

    def _task(self, table: WideTable) -> asyncio.Task[Sequence[PreparedPhoto]]:
        key = table.key
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._have(key, table.picture))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return task

    async def _have(self, key: str, picture: TablePicture) -> Sequence[PreparedPhoto]:
        try:
            async with self._database.read() as tx:
                # Another process, or a reader before, may have had it drawn since it was looked for.
                if kept := await _kept(tx, key):
                    return kept
            drawn = await self._draw(picture)
            if not drawn:
                self._undrawable[key] = True
                return ()
            async with self._database.write() as tx:
                for address, each in zip(_addresses(key, len(drawn)), drawn, strict=True):
                    await articles.save_photo(tx, each, now=self._clock.now())
                    await gallery.keep(tx, address, each.key)
        except Exception:
            log.exception("a table was not drawn, by our own fault")
            return ()
        return drawn


def shown(table: WideTable, pictures: Sequence[PreparedPhoto]) -> tuple[AlbumPhoto, ...]:
    """Return the pictures of *table*, each with its name; where the first is refused, its rows are said."""
    count = len(pictures)
    return tuple(
        AlbumPhoto(
            NewPhoto(each.key, each.content, () if place else table.rows),
            f"{table.name} ({place + 1}/{count})" if count > 1 else table.name,
        )
        for place, each in enumerate(pictures)
    )


async def _kept(tx: Transaction, key: str) -> tuple[PreparedPhoto, ...]:
    """Return the pictures of a table if all of them are there."""
    counts = range(1, SHEETS + 1)
    known = await gallery.known(tx, {each for count in counts for each in _addresses(key, count)}, lead=None)
    for count in counts:
        addresses = _addresses(key, count)
        if known.keys() >= set(addresses):
            found = [await articles.photo(tx, known[address]) for address in addresses]
            return tuple(each for each in found if each) if all(found) else ()
    return ()


def _addresses(key: str, count: int) -> list[str]:
    """Return what stands for the addresses of the *count* pictures of a table."""
    return [f"urn:bantin:table:{key}:{number}:{count}" for number in range(1, count + 1)]

"""What happens to a PostgreSQL server, and to the wire that leads to it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self
from urllib.parse import urlsplit

import asyncpg


async def cut_connections(url: str) -> None:
    """End every connection of the service, as a restart of the server would."""
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


class Wire:
    """A wire to a server, which passes everything on until it is told otherwise; *url* leads through it."""

    def __init__(self, url: str) -> None:
        self._there = urlsplit(url)
        self._passes = asyncio.Event()
        self._passes.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def to(cls, url: str) -> AsyncIterator[Self]:
        wire = cls(url)
        wire._server = await asyncio.start_server(wire._connect, "127.0.0.1", 0)
        port = wire._server.sockets[0].getsockname()[1]
        there = wire._there
        user = there.netloc.rpartition("@")[0]
        wire.url = there._replace(netloc=f"{user}@127.0.0.1:{port}").geturl()
        try:
            yield wire
        finally:
            await wire.break_off()
            for passing in wire._passing:
                passing.cancel()
            await asyncio.gather(*wire._passing, return_exceptions=True)

    async def fall_silent(self) -> None:
        """Pass nothing on any more, and say nothing about it."""
        self._passes.clear()

    async def break_off(self) -> None:
        """Break every connection, and take no more."""
        assert self._server
        self._server.close()
        for end in self._ends:
            end.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._there.hostname, self._there.port)
        self._ends |= {writer, back}
        for source, sink in ((reader, back), (there, writer)):
            self._passing.add(asyncio.create_task(self._pass_on(source, sink)))

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while content := await source.read(65536):
                await self._passes.wait()
                sink.write(content)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()

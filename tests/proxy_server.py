"""Real proxies on this machine, written from the RFCs: HTTP (CONNECT and absolute addresses) and SOCKS5."""

import asyncio
import base64
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


class ProxyServer:
    """Remembers where it was asked to go, as it was written; *leads* says where a host really is."""

    def __init__(self, scheme: str, *, user: str, password: str, leads: Mapping[str, str]) -> None:
        self.asked: list[str] = []
        self.port = 0
        self.broken = b""
        """What is answered to everything instead, if set."""
        self._scheme = scheme
        self._user = user
        self._password = password
        self._leads = leads

    def url(self, *, user: str = "", password: str = "") -> str:
        credentials = f"{user}:{password}@" if user else ""
        return f"{self._scheme}://{credentials}127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                if self.broken:
                    await reader.read(65536)
                    writer.write(self.broken)
                    await reader.read()
                elif self._scheme == "http":
                    await self._http(reader, writer)
                else:
                    await self._socks(reader, writer)
        finally:
            await _closed(writer)

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split("\r\n")[0].split(" ")
        self.asked.append(f"{method} {target}")
        wanted = base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
        if self._user and f"Proxy-Authorization: Basic {wanted}\r\n" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        parts = urlsplit(target if "://" in target else f"//{target}")
        upstream = await self._reach(parts.hostname or "", parts.port or 80)
        if upstream is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        if method == "CONNECT":
            # In two pieces, as some proxies do.
            writer.write(b"HTTP/1.1 200 Connection established\r\n")
            await writer.drain()
            await asyncio.sleep(0)
            writer.write(b"Via: 1.1 test\r\n\r\n")
        else:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            upstream[1].write(head.replace(target, path, 1).encode())
        await _join((reader, writer), upstream)

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928 and 1929."""
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        method = 2 if self._user else 0
        if method not in methods:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes([5, method]))
        if method == 2:
            _, length = await reader.readexactly(2)
            user = (await reader.readexactly(length)).decode()
            (length,) = await reader.readexactly(1)
            password = (await reader.readexactly(length)).decode()
            is_right = (user, password) == (self._user, self._password)
            writer.write(b"\x01\x00" if is_right else b"\x01\x01")
            if not is_right:
                return
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            (length,) = await reader.readexactly(1)
            host = (await reader.readexactly(length)).decode()
        else:
            host = str(ipaddress.ip_address(await reader.readexactly(4 if kind == 1 else 16)))
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append(f"{host}:{port}")
        upstream = await self._reach(host, port)
        writer.write(bytes([5, 0 if upstream else 4, 0, 1, 0, 0, 0, 0, 0, 0]))
        if upstream:
            await _join((reader, writer), upstream)

    async def _reach(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            return await asyncio.open_connection(self._leads.get(host, host), port)
        except OSError:
            return None


async def _join(
    one: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    other: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    """Carry bytes both ways until one side ends."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError):
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
        finally:
            await _closed(writer)

    await asyncio.gather(carry(one[0], other[1]), carry(other[0], one[1]))


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def running_proxy(
    scheme: str, *, user: str = "", password: str = "", leads: Mapping[str, str] | None = None
) -> AsyncIterator[ProxyServer]:
    """Run an http or a socks5 proxy on a free port."""
    proxy = ProxyServer(scheme, user=user, password=password, leads=leads or {})
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(proxy.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def unused_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port

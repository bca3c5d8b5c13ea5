"""The web server under attack: too many connections, slow heads, and what is no HTTP."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.web.health import alive_route
from bot.web.server import MOST_CONNECTIONS, serve

HALF_A_HEAD = b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: "
HEAD = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
PATIENCE = 30.0

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Waiting:
    """A handler that answers when it is told to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        del request
        self.asked.set()
        await self.go_on.wait()
        return web.Response(text="waited for")


async def broken(request: web.Request) -> web.Response:
    raise ValueError(f"a bug: {request.path}")


@asynccontextmanager
async def running(*routes: web.RouteDef, **limits: Any) -> AsyncIterator[int]:
    """Serve /healthz and *routes*, and give the port."""
    application = web.Application()
    application.add_routes([alive_route(), *routes])
    runner = await serve(application, host="127.0.0.1", port=0, **limits)
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(port: int, count: int = 1, *, sending: bytes = b"") -> AsyncIterator[list[Streams]]:
    streams = []
    try:
        for _ in range(count):
            streams.append(await asyncio.open_connection("127.0.0.1", port))
            streams[-1][1].write(sending)
        yield streams
    finally:
        for _, writer in streams:
            writer.close()
        for _, writer in streams:
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Wait for the server's end of the connection."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await reader.read() == b""
        except ConnectionError:
            return True


async def ask(streams: Streams, request: bytes) -> bytes:
    """Send *request*, and return the head and body of the answer, which has a Content-Length."""
    reader, writer = streams
    writer.write(request)
    async with asyncio.timeout(PATIENCE):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        return head + await reader.readexactly(int(length.partition(b":")[2]))


async def healthz(port: int) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return await answer.text()


async def test_thousands_of_half_open_requests_keep_nobody_else_out(caplog: pytest.LogCaptureFixture) -> None:
    async with running() as port, connected(port, 2_500, sending=HALF_A_HEAD) as attackers:
        async with asyncio.timeout(PATIENCE):
            answers = [await healthz(port) for _ in range(20)]
        ended = [asyncio.create_task(is_closed(reader)) for reader, _ in attackers]
        await asyncio.wait(ended[: 2_500 - MOST_CONNECTIONS], timeout=PATIENCE)
        still_open = sum(not task.done() for task in ended)

    assert answers == ["ok\n"] * 20
    assert still_open <= MOST_CONNECTIONS
    assert [record for record in caplog.records if record.levelno >= logging.INFO] == []
    await asyncio.gather(*ended)


@pytest.mark.parametrize("sent", [b"", b"G", HALF_A_HEAD])
async def test_a_head_that_does_not_come_in_time_ends_the_connection(sent: bytes) -> None:
    async with running(slowest_head=0.05) as port, connected(port, sending=sent) as ((reader, _),):
        assert await is_closed(reader)


async def test_a_head_that_drips_ends_the_connection_all_the_same() -> None:
    async with running(slowest_head=0.3) as port, connected(port, sending=HALF_A_HEAD) as ((reader, writer),):
        ended = asyncio.create_task(is_closed(reader))
        async with asyncio.timeout(PATIENCE):
            while not ended.done():
                writer.write(b"x")
                await asyncio.wait([ended], timeout=0.01)

        assert await ended


async def test_a_kept_connection_takes_more_requests_and_no_slow_head() -> None:
    async with running(slowest_head=0.05) as port, connected(port) as (streams,):
        answers = [await ask(streams, HEAD) for _ in range(3)]
        streams[1].write(HALF_A_HEAD)
        ended = await is_closed(streams[0])

    assert [answer.endswith(b"ok\n") for answer in answers] == [True] * 3
    assert ended


async def test_a_request_that_is_being_answered_never_gives_way() -> None:
    waiting = Waiting()
    route = web.get("/wait", waiting.answer)
    async with (
        running(route, most=3, slowest_head=0.05) as port,
        connected(port, sending=b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n") as ((reader, _),),
    ):
        await waiting.asked.wait()
        async with connected(port, 20, sending=HALF_A_HEAD) as attackers:
            for attacker, _ in attackers:
                assert await is_closed(attacker)
        waiting.go_on.set()
        async with asyncio.timeout(PATIENCE):
            answer = await reader.readuntil(b"waited for")

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


async def test_where_every_connection_is_being_answered_a_new_one_is_refused() -> None:
    waiting = Waiting()
    async with (
        running(web.get("/wait", waiting.answer), most=1) as port,
        connected(port, sending=b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"),
    ):
        await waiting.asked.wait()
        async with connected(port, sending=HEAD) as ((refused, _),):
            assert await is_closed(refused)
        waiting.go_on.set()


MALFORMED = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n",
    b"<script>alert(1)</script>\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: <script>\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"<script>" * 2_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    b"POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n<script>\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\x00\xff",
]


@pytest.mark.parametrize("head", MALFORMED, ids=range(len(MALFORMED)))
async def test_what_is_no_http_is_refused_without_a_word_in_the_log(
    head: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as port:
        with capture_logs() as logs:
            async with connected(port) as (streams,):
                answer = await ask(streams, head)
                streams[1].write_eof()
                await is_closed(streams[0])

    assert b"script" not in answer
    assert b"aiohttp" not in answer
    assert b"X-Content-Type-Options: nosniff\r\n" in answer
    assert [entry for entry in logs if entry["log_level"] != "debug"] == []
    assert [record for record in caplog.records if record.levelno >= logging.INFO] == []


async def test_a_fault_of_ours_is_logged_and_told_in_no_detail() -> None:
    async with running(web.get("/broken", broken)) as port:
        with capture_logs() as logs:
            async with connected(port) as (streams,):
                answer = await ask(streams, b"GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"bug" not in answer
    assert [(entry["event"], entry["route"]) for entry in logs] == [
        ("a web request failed by our own fault", "/broken")
    ]


@pytest.mark.parametrize(
    "request_line", [b"GET /healthz", b"GET /unknown", b"DELETE /healthz", b"GET /broken"]
)
async def test_no_answer_names_the_program_and_its_version(request_line: bytes) -> None:
    async with running(web.get("/broken", broken)) as port, connected(port) as (streams,):
        answer = await ask(streams, request_line + b" HTTP/1.1\r\nHost: a\r\n\r\n")

    headers = [line for line in answer.split(b"\r\n") if line.lower().startswith((b"server", b"x-content"))]
    assert sorted(headers) == [b"Server: bantin", b"X-Content-Type-Options: nosniff"]

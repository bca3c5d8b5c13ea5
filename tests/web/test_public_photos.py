"""Photos by address over real HTTP: only under an address that was given out, bounded, and cacheable."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.store.engine.database import DatabaseUnavailable
from bot.web.public import MediaAddresses, media_route
from tests.emulated import jpeg
from tests.web.test_server import connected, running

PHOTO = jpeg()
KEY = hashlib.sha256(PHOTO).hexdigest()
UNKNOWN = "0" * 64
LARGE = b"\xff\xd8\xff" + bytes(8 << 20)
OURS = MediaAddresses("", b"the secret of the addresses")

Find = Callable[[str], Awaitable[bytes | None]]


async def find(key: str) -> bytes | None:
    return PHOTO if key == KEY else None


async def unavailable(key: str) -> bytes | None:
    raise DatabaseUnavailable(f"no connection for {key}")


@asynccontextmanager
async def serving(find: Find = find, **limits: Any) -> AsyncIterator[Callable[..., Any]]:
    """Serve photos; what is given asks for a path and returns status, headers and body."""
    async with running(media_route(OURS, find, **limits)) as port, aiohttp.ClientSession() as session:

        async def ask(path: str, method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
            url = f"http://127.0.0.1:{port}{path}"
            async with session.request(method, url, headers=headers) as answer:
                return answer.status, answer.headers, await answer.read()

        yield ask


async def test_a_photo_is_served_whole_and_may_be_cached() -> None:
    async with serving() as ask:
        status, headers, body = await ask(OURS.address(KEY))

    assert (status, body) == (200, PHOTO)
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Length"] == str(len(PHOTO))
    assert headers["Cache-Control"] == "public, max-age=86400, immutable"
    assert headers["ETag"] == f'"{KEY}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


async def test_head_tells_the_same_without_the_photo() -> None:
    async with serving() as ask:
        status, headers, body = await ask(OURS.address(KEY), "HEAD")

    assert (status, headers["Content-Length"], headers["ETag"], body) == (
        200,
        str(len(PHOTO)),
        f'"{KEY}"',
        b"",
    )


@pytest.mark.parametrize("known", [f'"{KEY}"', f'"other", W/"{KEY}"', "*"])
async def test_a_photo_that_is_known_is_not_sent_again(known: str) -> None:
    async with serving() as ask:
        status, headers, body = await ask(OURS.address(KEY), **{"If-None-Match": known})
        other, _, whole = await ask(OURS.address(KEY), **{"If-None-Match": '"other"'})
        gone, _, _ = await ask(OURS.address(UNKNOWN), **{"If-None-Match": known})

    assert (status, body, headers["ETag"], "Content-Type" in headers) == (304, b"", f'"{KEY}"', False)
    assert (other, whole, gone) == (200, PHOTO, 404)


async def test_an_address_that_was_not_given_out_asks_no_database() -> None:
    asked: list[str] = []

    async def watched(key: str) -> bytes | None:
        asked.append(key)
        return await find(key)

    ours = OURS.address(KEY)
    others = MediaAddresses("", b"another secret").address(KEY)
    invented = [
        others,
        "/p/",
        "/p",
        f"/p/{KEY}.jpg",
        f"/p/{KEY}",
        "/p/1.jpg",
        "/p/..%2f..%2fetc%2fpasswd",
        ours.upper().replace("/P/", "/p/").replace(".JPG", ".jpg"),
        ours.replace(".jpg", ".png"),
        f"{ours}/",
        ours[:-5] + ("0" if ours[-5] != "0" else "1") + ".jpg",
        ours.replace(KEY, UNKNOWN),
    ]
    async with serving(watched) as ask:
        answers = [await ask(path) for path in invented]
        posted, _, _ = await ask(ours, "POST")

    assert {status for status, _, _ in answers} == {404}
    assert (asked, posted) == ([], 405)


async def test_a_photo_that_is_gone_is_not_found() -> None:
    async with serving() as ask:
        assert (await ask(OURS.address(UNKNOWN)))[0] == 404


async def test_while_the_database_is_away_the_photo_is_to_be_asked_for_later() -> None:
    async with serving(unavailable) as ask:
        status, headers, _ = await ask(OURS.address(KEY))

    assert (status, headers["Retry-After"]) == (503, "5")


async def test_so_many_are_served_at_a_time_and_others_wait_in_line() -> None:
    at_once = most = 0
    go_on = asyncio.Event()
    three = asyncio.Event()

    async def slow(key: str) -> bytes | None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if at_once == 3:
            three.set()
        await go_on.wait()
        at_once -= 1
        return await find(key)

    async with serving(slow, at_once=3) as ask:
        asking = [asyncio.create_task(ask(OURS.address(KEY))) for _ in range(10)]
        async with asyncio.timeout(30):
            await three.wait()
        go_on.set()
        answers = await asyncio.gather(*asking)

    assert ([status for status, _, _ in answers], most) == ([200] * 10, 3)


async def test_who_waits_for_too_long_is_told_to_come_again() -> None:
    go_on = asyncio.Event()

    async def slow(key: str) -> bytes | None:
        await go_on.wait()
        return await find(key)

    async with serving(slow, at_once=1, patience=0.05) as ask:
        first = asyncio.create_task(ask(OURS.address(KEY)))
        second = asyncio.create_task(ask(OURS.address(KEY)))
        await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED, timeout=30)
        go_on.set()
        statuses = sorted([(await first)[0], (await second)[0]])

    assert statuses == [200, 503]


async def test_who_does_not_read_holds_no_place_for_long() -> None:
    async def large(key: str) -> bytes | None:
        return LARGE if key == KEY else PHOTO

    route = media_route(OURS, large, at_once=1, slowest=0.2)
    received = b""
    request = f"GET {OURS.address(KEY)} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    async with running(route) as port, connected(port, sending=request) as ((reader, _),):
        await reader.readuntil(b"\r\n\r\n")
        url = f"http://127.0.0.1:{port}{OURS.address(UNKNOWN)}"
        async with asyncio.timeout(30), aiohttp.ClientSession() as session, session.get(url) as answer:
            body = await answer.read()
        with suppress(ConnectionError):
            received = await reader.read()

    assert (body, len(received) < len(LARGE)) == (PHOTO, True)


async def test_who_goes_away_in_the_middle_is_no_fault_of_ours() -> None:
    asked = 0

    async def large(key: str) -> bytes | None:
        nonlocal asked
        asked += 1
        return LARGE if asked == 1 else await find(key)

    request = f"GET {OURS.address(KEY)} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    with capture_logs() as logs:
        async with running(media_route(OURS, large, at_once=1)) as port:
            async with connected(port, sending=request) as ((reader, writer),):
                await reader.readuntil(b"\r\n\r\n")
                writer.transport.abort()
            url = f"http://127.0.0.1:{port}{OURS.address(KEY)}"
            async with asyncio.timeout(30), aiohttp.ClientSession() as session, session.get(url) as answer:
                body = await answer.read()

    assert body == PHOTO
    assert [each["event"] for each in logs] == ["who asked for a file has gone"]


async def test_a_fault_of_ours_shows_no_address_in_the_log() -> None:
    async def broken(key: str) -> bytes | None:
        raise ValueError("a bug")

    with capture_logs() as logs:
        async with serving(broken) as ask:
            status, _, _ = await ask(OURS.address(KEY))

    (entry,) = [each for each in logs if each["log_level"] == "error"]
    assert (status, entry["route"]) == (500, "/p/{name}")
    assert KEY not in str(logs)


def test_an_address_is_the_same_in_every_process_and_another_with_another_secret() -> None:
    base = "https://tin.example.vn/ban-tin/"
    first, again, other = (MediaAddresses(base, secret) for secret in (b"one", b"one", b"two"))

    assert first.address(KEY) == again.address(KEY) != other.address(KEY)
    assert first.address(KEY).startswith("https://tin.example.vn/ban-tin/p/")
    assert len(first.address(KEY).rpartition("-")[2]) == len("0" * 32 + ".jpg")

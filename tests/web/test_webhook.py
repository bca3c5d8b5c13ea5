"""What the webhook takes, and what it refuses before it has looked at it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.web.server import serve
from bot.web.webhook import LARGEST_BODY, SECRET_HEADER, TELEGRAM, NotStoredError, webhook_route
from tests.web.posting import post, update

SECRET = "the-secret_1"
KNOWN = {SECRET_HEADER: SECRET}


@dataclass
class Door:
    """A served webhook and what it has stored."""

    port: int = 0
    stored: list[tuple[int, str]] = field(default_factory=list)
    fails: bool = False

    async def store(self, number: int, payload: str) -> None:
        if self.fails:
            raise NotStoredError
        self.stored.append((number, payload))


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    application = web.Application()
    application.add_routes([webhook_route(TELEGRAM, secret=SECRET, store=door.store)])
    runner = await serve(application, host="127.0.0.1", port=0)
    door.port = runner.addresses[0][1]
    yield door
    await runner.cleanup()


async def test_an_update_is_stored_as_it_came(door: Door) -> None:
    body = update(7, 77, "xin chào")

    status = await post(door.port, body, KNOWN)

    assert (status, door.stored) == (200, [(7, body.decode())])


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "another"}, {SECRET_HEADER: "sécret"}])
async def test_without_the_secret_nothing_is_even_read(door: Door, headers: dict[str, str]) -> None:
    statuses = [await post(door.port, body, headers) for body in (update(7, 77, "a"), b"no JSON")]

    assert (statuses, door.stored) == ([403, 403], [])


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(LARGEST_BODY // 1000 + 1):
        yield b" " * 1000


async def test_a_body_that_is_too_large_is_refused_however_it_comes(door: Door) -> None:
    whole = await post(door.port, b" " * (LARGEST_BODY + 1), KNOWN)
    chunked = await post(door.port, chunks(), KNOWN)

    assert (whole, chunked, door.stored) == (413, 413, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
    ],
)
async def test_what_is_no_update_is_refused(door: Door, body: bytes) -> None:
    assert (await post(door.port, body, KNOWN), door.stored) == (400, [])


async def test_a_compressed_body_that_is_none_is_refused(door: Door) -> None:
    assert await post(door.port, b"not gzip", {**KNOWN, "Content-Encoding": "gzip"}) == 400


async def test_an_update_that_cannot_be_stored_is_to_come_again(door: Door) -> None:
    door.fails = True

    assert await post(door.port, update(7, 77, "a"), KNOWN) == 503

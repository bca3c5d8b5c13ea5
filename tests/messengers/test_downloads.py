"""Files that people send, fetched from beside the Bot API: bounded, and from nowhere else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.domain.chats.chat import IncomingFile
from bot.domain.messaging.messenger import FileTooLargeError, MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.downloads import FileDownloads
from bot.messengers.telegram.request import AiohttpRequest, Timeouts
from tests.emulated import TOKEN, Emulated
from tests.messengers.test_incoming import heard

PATIENT = Timeouts(connect=5.0, answer=10.0, send=10.0)


async def sent(emulated: Emulated, messenger: TelegramMessenger, content: bytes) -> IncomingFile:
    """Return the document that somebody has sent."""
    (user,) = await emulated.subscribers(1)
    await emulated.hand_in(user, content, kind="document", name="a.pdf")
    (incoming,) = await heard(messenger, emulated)
    file = getattr(incoming, "file", None)
    assert isinstance(file, IncomingFile)
    return file


async def test_what_is_longer_than_it_may_be_is_not_taken(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    file = await sent(emulated, messenger, b"%PDF-1.7")

    with pytest.raises(FileTooLargeError):
        await messenger.download(file, most=7)


async def test_what_telegram_does_not_hand_out_is_too_large(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    file = await sent(emulated, messenger, b"x" * (20 * 2**20 + 1))

    with pytest.raises(FileTooLargeError):
        await messenger.download(file, most=2**30)


async def test_a_reference_that_telegram_does_not_know_is_an_error_of_one_line(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    with pytest.raises(MessengerError, match="invalid file_id"):
        await messenger.download(IncomingFile("AAAA"), most=10)


@asynccontextmanager
async def served(
    found: dict[str, Any], *, status: int = 200, body: bytes = b"x" * 100
) -> AsyncIterator[tuple[FileDownloads, list[str]]]:
    """Give downloads from a server that says that a file is *found* so, and what it was asked for."""
    asked: list[str] = []

    async def get_file(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": found})

    async def content(request: web.Request) -> web.StreamResponse:
        asked.append(request.raw_path)
        if status == 302:
            return web.Response(status=302, headers={"Location": "http://169.254.169.254/"})
        response = web.StreamResponse(status=status)
        await response.prepare(request)
        await response.write(body)
        return response

    application = web.Application()
    application.router.add_post("/bot{token}/getFile", get_file)
    application.router.add_get("/{path:.*}", content)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    request = AiohttpRequest(url, TOKEN, PATIENT, connections=1)
    downloads = FileDownloads(request, url, TOKEN, PATIENT, None)
    await request.initialize()
    await downloads.open()
    try:
        yield downloads, asked
    finally:
        await downloads.close()
        await request.shutdown()
        await runner.cleanup()


async def test_it_is_fetched_from_below_the_folder_of_the_bot() -> None:
    async with served({"file_path": "documents/file_12.pdf"}) as (downloads, asked):
        content = await downloads.fetch("A", most=100)

    assert (len(content), asked) == (100, [f"/file/bot{TOKEN}/documents/file_12.pdf"])


@pytest.mark.parametrize(
    "path",
    [
        "/var/lib/telegram-bot-api/1/documents/file_1.pdf",
        "../../bot1:other/getMe",
        "documents/../../secret",
        "documents//x",
        "http://169.254.169.254/latest",
        "//evil.example/x",
        "documents/x?y",
        "documents/x#y",
        "documents/%2e%2e/x",
        "documents/x y",
        "documents/x\n",
        "",
        None,
        7,
    ],
)
async def test_no_other_path_is_asked_for(path: object) -> None:
    async with served({"file_path": path}) as (downloads, asked):
        with pytest.raises(MessengerError):
            await downloads.fetch("A", most=100)

    assert asked == []


async def test_a_file_that_is_said_to_be_too_large_is_not_asked_for() -> None:
    async with served({"file_path": "documents/x.pdf", "file_size": 101}) as (downloads, asked):
        with pytest.raises(FileTooLargeError):
            await downloads.fetch("A", most=100)

    assert asked == []


async def test_a_file_that_is_larger_than_was_said_is_not_read_to_its_end() -> None:
    found = {"file_path": "documents/x.pdf", "file_size": 9}
    async with served(found, body=b"x" * 5_000_000) as (downloads, _):
        with pytest.raises(FileTooLargeError):
            await downloads.fetch("A", most=100)


@pytest.mark.parametrize("status", [302, 401, 404, 500])
async def test_no_address_that_a_file_leads_to_is_followed_and_no_error_names_the_token(status: int) -> None:
    async with served({"file_path": "documents/x.pdf"}, status=status) as (downloads, asked):
        with capture_logs() as logs, pytest.raises(MessengerError) as refused:
            await downloads.fetch("A", most=100)

    assert len(asked) == 1
    assert TOKEN not in f"{refused.value} {refused.value!r} {logs}"


async def test_what_cannot_be_reached_is_an_error_without_the_token(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    file = await sent(emulated, messenger, b"%PDF-1.7")
    await messenger.close()

    with pytest.raises(MessengerError) as failed:
        await messenger.download(file, most=100)

    assert TOKEN not in str(failed.value)

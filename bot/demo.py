"""The whole product on a bare machine: emulated Telegram and Zalo, a sample agency and the bot, over HTTP."""

import errno
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
from yarl import URL

from bot import app
from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, FeedKind, Topic
from bot.emulator import page
from bot.emulator.agency import Site
from bot.emulator.demo_world import DemoWorld, create_demo_world
from bot.emulator.server import Emulator
from bot.runtime.shutdown import ServiceError, stopped_by_signal
from bot.settings.accounts import TelegramSection, ZaloSection
from bot.settings.settings import (
    AccessSection,
    AgencySection,
    CorrectionsSection,
    DatabaseSection,
    HttpSection,
    PollingSection,
    Settings,
    VoiceSection,
    WebSection,
)
from bot.speech.recorder import missing_packages
from bot.web.console.console import PATH as CONSOLE_PATH
from bot.web.public.paths import ROOT

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8080
_TOKEN = "70000000:demo-token-of-the-emulated-telegram"  # noqa: S105 - known to our own emulator only
_ZALO_TOKEN = "70000001:demo-token-of-the-emulated-zalo"  # noqa: S105 - the same
_INTERVAL = timedelta(seconds=2)
# Often at first, for whoever plays the agency and waits; then as long as anybody will play.
_READ_AGAIN = (*range(6, 600, 6), *range(600, 12 * 3600, 30))
_CORRECTIONS = CorrectionsSection(
    window=timedelta(hours=12),
    read_again_after=tuple(timedelta(seconds=seconds) for seconds in _READ_AGAIN),
    edits=20,
)
_AGENCY = AgencySection(name="Cục Kiến tạo số (mẫu)", name_en="Digital Creation Office (sample)")

TOPICS = (
    Topic(
        TopicId("trong-nuoc"),
        {"vi": "Hoạt động trong nước", "en": "Domestic news"},
        {
            "vi": "Hội nghị, quyết định và hoạt động của Cục ở trong nước.",
            "en": "News from within the country.",
        },
        "TrongNước",
    ),
    Topic(
        TopicId("quoc-te"),
        {"vi": "Hoạt động quốc tế", "en": "International news"},
        {"vi": "Hợp tác và hoạt động quốc tế của Cục.", "en": "International cooperation and events."},
        "QuốcTế",
    ),
    Topic(
        TopicId("noi-bo"),
        {"vi": "Nội bộ Cục", "en": "Internal news"},
        {
            "vi": "Tin nội bộ của Cục, chỉ dành cho thành viên được mời.",
            "en": "Internal news of the Office, for invited members only.",
        },
        "NộiBộ",
        members_only=True,
    ),
)
_PATHS = {"trong-nuoc": "hoat-ong-trong-nuoc", "quoc-te": "hoat-ong-quoc-te"}
"""Where the sample agency lists what belongs to a topic; what is internal is published nowhere."""


async def run_demo(
    *, host: str, port: int | None, allow_private: Sequence[str] = (), announce: Callable[[str], None]
) -> None:
    """Run until a signal asks for an end; *announce* is told the one address to open.

    Without a *port* it is the usual one, or a free one if that is taken. Of private addresses the bot fetches
    those of its own agency, and what *allow_private* names.
    """
    stop = stopped_by_signal()
    with tempfile.TemporaryDirectory(prefix="bantin-demo-") as folder:
        served = web_section()
        links = {"console": f"{served.console_address}{CONSOLE_PATH}", "public": f"{served.public_url}{ROOT}"}
        async with _emulator(host, port, links) as emulator:
            world = await create_demo_world(emulator.url, _TOKEN, zalo_token=_ZALO_TOKEN)
            settings = demo_settings(emulator, world, Path(folder), allow_private, served=served)
            announce(_announcement(emulator.url, port))
            await app.run(settings, TOPICS, _feeds(emulator.url), stop=stop)


def _announcement(url: str, port: int | None) -> str:
    is_other = port is None and URL(url).port != USUAL_PORT
    why = f" (port {USUAL_PORT} is taken)" if is_other else ""
    return f"Bản Tin is running. Open {url}/ in a browser{why}; Ctrl+C ends it, and everything in it is lost."


@asynccontextmanager
async def _emulator(host: str, port: int | None, links: Mapping[str, str]) -> AsyncIterator[Emulator]:
    async with AsyncExitStack() as stack:
        try:
            wanted = USUAL_PORT if port is None else port
            emulator = await stack.enter_async_context(_listening(host, wanted, links))
        except (OSError, UnicodeError) as error:
            # The codec of host names has errors of its own.
            if port is not None or not (isinstance(error, OSError) and error.errno == errno.EADDRINUSE):
                raise ServiceError(_refusal(host, port or USUAL_PORT, error)) from None
            emulator = await stack.enter_async_context(_listening(host, 0, links))
        yield emulator


def _listening(host: str, port: int, links: Mapping[str, str]) -> AbstractAsyncContextManager[Emulator]:
    mounts = (Site().mount, partial(page.mount, console=links["console"], public=links["public"]))
    return Emulator.start(port=port, host=host, mounts=mounts)


def _refusal(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
        return f"port {port} cannot be used ({os.strerror(error.errno)}); without --port, a free one is taken"
    return f"cannot listen at {host!r}: --host takes an address of this machine"


def demo_settings(
    emulator: Emulator, world: DemoWorld, folder: Path, allow_private: Sequence[str], *, served: WebSection
) -> Settings:
    """Return settings that name every part of the demo and take nothing from the machine's configuration."""
    return Settings.model_construct(
        database=DatabaseSection(url=f"sqlite:///{folder / 'demo.db'}"),
        access=AccessSection(owners=(f"telegram:{world.person}", f"zalo:{world.zalo_person}")),
        telegram=TelegramSection(token=SecretStr(_TOKEN), api_url=emulator.url),
        zalo=ZaloSection(token=SecretStr(_ZALO_TOKEN), api_url=emulator.zalo_url),
        polling=PollingSection(interval=_INTERVAL),
        http=HttpSection(allow_private=(urlsplit(emulator.url).netloc, *allow_private)),
        corrections=_CORRECTIONS,
        agency=_AGENCY,
        web=served,
        voice=_voice(),
    )


def _voice() -> VoiceSection:
    """Have articles read aloud where what that needs is installed, by `make voice`."""
    spoken = VoiceSection(engine="espeak-ng")
    is_there = spoken.speaker is not None and not missing_packages(spoken.speaker)
    return spoken if is_there else VoiceSection()


def web_section() -> WebSection:
    """Return where the service listens: a port that is free just now, which addresses of photos name."""
    with socket.create_server((LOOPBACK, 0)) as free:
        address = f"{LOOPBACK}:{free.getsockname()[1]}"
    return WebSection(listen=address, public_url=f"http://{address}", console=True, public=True)


def _feeds(url: str) -> tuple[Feed, ...]:
    return tuple(
        Feed(
            id=FeedId(topic.id),
            topic=topic.id,
            name=f"Trang mẫu: {topic.name('vi')}",
            url=f"{url}/agency/web/guest/{_PATHS[topic.id]}",
            kind=FeedKind.LISTING,
            interval=_INTERVAL,
            preset="liferay-vgov",
        )
        for topic in TOPICS
        if topic.id in _PATHS
    )

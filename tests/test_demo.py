"""What the demo's bot may reach: its own agency, what whoever starts it names, and the public internet."""

from pathlib import Path

import pytest

from bot.demo import TOPICS, demo_settings, web_section
from bot.domain.news.feed import SourceError
from bot.emulator import page
from bot.emulator.agency import Site
from bot.emulator.demo_world import create_demo_world
from bot.emulator.server import Emulator
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from tests.sources.site import running_site

TOKEN = "70000000:demo-token-of-the-emulated-telegram"
LIMITS = HttpLimits(size=1_000_000, seconds=10)


@pytest.mark.parametrize("named", [False, True])
async def test_the_bot_of_the_demo_fetches_from_its_own_agency_and_from_what_it_was_started_with(
    tmp_path: Path, *, named: bool
) -> None:
    async with Emulator.start(mounts=(Site().mount, page.mount)) as demo, running_site() as other:
        other.answers("/", b"<html></html>")
        world = await create_demo_world(demo.url, TOKEN, zalo_token="1:zalo")
        allowed = [other.url.removeprefix("http://")] if named else []
        settings = demo_settings(demo, world, tmp_path, allowed, served=web_section())
        async with HttpClient(guard=AddressGuard(settings.http.allow_private)) as http:
            own = await http.get(f"{demo.url}/agency/", accept="*/*", limits=LIMITS)
            if named:
                assert (await http.get(f"{other.url}/", accept="*/*", limits=LIMITS)).status == 200
            else:
                with pytest.raises(SourceError, match="not in the public internet"):
                    await http.get(f"{other.url}/", accept="*/*", limits=LIMITS)

    assert own.status == 200
    # What reads aloud is among the tools of development.
    assert settings.voice.speaker is not None


def test_no_topic_of_the_demo_tells_its_readers_to_use_a_command_that_is_not_theirs() -> None:
    assert not [text for topic in TOPICS for text in topic.descriptions.values() if "/" in text]

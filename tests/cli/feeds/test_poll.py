"""`bantin poll` beside a service that runs: it is the service that polls."""

import json

import pytest

from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import listing_path
from tests.cli.bantin import TOPIC, Bantin, feed
from tests.emulated import Emulated

PAUSED = "bantin: nguon is paused: `bantin feeds resume nguon` polls it"


@pytest.fixture
def configured(ready: Bantin, agency: Emulated, database_url: str) -> Bantin:
    """The command line with one feed of the sample agency, which the service would not poll for an hour."""
    slow = feed(agency.url + listing_path(SECTIONS[0])) + 'interval = "1h"\n'
    ready.configure(feeds=TOPIC + slow)
    ready.knows(database__url=database_url)
    return ready


async def test_the_service_polls_when_it_is_asked_to_and_what_it_found_is_told(
    configured: Bantin, site: Site
) -> None:
    async with configured.running("run") as service:
        await service.says("polled")
        site.newsroom.publish(title="Tin vừa đăng", section=SECTIONS[0].id)

        found = await configured("poll", "nguon", "--json")
        nothing = await configured("poll")
        unknown = await configured("poll", "khong-co")
        await configured("feeds", "pause", "nguon")
        paused = await configured("poll", "nguon")

    (report,) = json.loads(found.out)
    assert (found.status, report["feed"], report["error"]) == (0, "nguon", None)
    assert [(entry["title"], entry["action"]) for entry in report["entries"]] == [("Tin vừa đăng", "push")]
    assert (nothing.status, nothing.out) == (0, "nguon: nothing new\n")
    assert unknown.complaint == "bantin: there is no feed 'khong-co'; there are nguon"
    assert paused.complaint == PAUSED


async def test_a_service_that_does_not_know_the_feeds_of_another_folder_keeps_its_own(
    configured: Bantin,
) -> None:
    async with configured.running("run") as service:
        await service.says("polled")
        configured.configure(feeds=TOPIC.replace("trong-nuoc", "khac"))

        polled = await configured("poll")
        listed = await configured("feeds", "--json")

    assert (polled.status, polled.out) == (0, "nguon: nothing new\n")
    assert [row["topic"] for row in json.loads(listed.out)] == ["trong-nuoc"]


async def test_what_is_done_with_each_entry_is_explained_once(configured: Bantin) -> None:
    said = (await configured("poll")).out

    assert said.count("keep: stored and found by /moinhat and /timkiem, sent to nobody") == 1

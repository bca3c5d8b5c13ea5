"""`bantin feeds`: what it says of an address, and how feeds are added, paused, removed and exchanged."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import cli
from bot.domain.errors import ExplainedError
from tests.sources.site import DATA
from tests.still_site import StillSite

FEEDS = """
[[topic]]
id = "tin"
name = { vi = "Tin tức" }
hashtag = "Tin"

[[feed]]
id = "co-san"
topic = "tin"
name = "Có sẵn"
url = "https://so.example.vn/rss"
"""


@pytest.fixture
def site() -> Iterator[StillSite]:
    with StillSite() as running:
        running.pages["/rss"] = (DATA / "feeds" / "rss20.xml").read_bytes()
        running.pages["/"] = (
            b"<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>"
        )
        yield running


@pytest.fixture
def bantin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Bantin":
    (tmp_path / "bot.toml").write_text("")
    (tmp_path / "feeds.toml").write_text(FEEDS)
    monkeypatch.setenv("BANTIN_DATABASE__URL", f"sqlite:///{tmp_path / 'x.db'}")
    monkeypatch.setenv("BANTIN_HTTP__ALLOW_PRIVATE", "127.0.0.1")
    return Bantin(tmp_path)


class Bantin:
    """The command line, with a configuration of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--config", str(self.folder)])

    def listed(self) -> dict[str, bool]:
        rows = json.loads(CliRunner().invoke(cli, ["feeds", "--json", "--config", str(self.folder)]).stdout)
        return {row["feed"]: row["paused"] for row in rows}


def test_an_address_is_tried(site: StillSite, bantin: Bantin) -> None:
    found = json.loads(bantin("feed", "test", f"{site.url}/", "--json").stdout)
    shown = bantin("feeds", "test", f"{site.url}/").stdout

    assert (found["kind"], len(found["entries"])) == ("syndication", 2)
    assert found["guessed"][0].endswith(f"read from {site.url}/rss, which it names")
    assert found["article"]["card"]["html"].startswith("<b>")
    assert found["guessed"][1].startswith(
        "the card is made of the entry alone, since its page cannot be read"
    )
    assert all(words in shown for words in ("kind       syndication", "entries    2", "│"))


def test_a_feed_is_added_paused_resumed_and_removed_and_survives_the_configuration(
    site: StillSite, bantin: Bantin
) -> None:
    bantin("feeds", "sync")
    added = bantin("feeds", "add", f"{site.url}/rss", "--topic", "tin", "--id", "moi")
    assert (added.exit_code, bantin.listed()) == (0, {"co-san": False, "moi": False})

    polled = json.loads(bantin("poll", "moi", "--json").stdout)
    assert len(polled[0]["entries"]) == 2

    bantin("feeds", "pause", "moi")
    assert bantin.listed() == {"co-san": False, "moi": True}
    bantin("feeds", "resume", "moi")
    bantin("feeds", "pause", "co-san")
    assert bantin.listed() == {"co-san": True, "moi": False}
    bantin("feeds", "remove", "moi")
    assert bantin.listed() == {"co-san": True}


@pytest.mark.parametrize(
    "list_of_feeds",
    [
        "<opml><body><outline text='A &amp; B' xmlUrl='https://a.vn/rss?x=1&amp;y=2'/></body></opml>",
        "<opml><body><outline text='A & B' xmlUrl='https://a.vn/rss?x=1&y=2'/></body></opml>",
        "<OPML><BODY><OUTLINE TITLE='A & B' xmlurl='https://a.vn/rss?x=1&#38;y=2'/></BODY></OPML>",
        "\n\n<?xml version='1.0' encoding='utf-16'?><opml><outline text=' A & B\n' url='https://a.vn/rss?x=1&y=2'/></opml>",
    ],
    ids=["well made", "bare ampersands", "other cases", "a wrong declaration after empty lines"],
)
def test_lists_that_people_have_written_themselves_are_taken(bantin: Bantin, list_of_feeds: str) -> None:
    file = bantin.folder / "in.opml"
    file.write_text(list_of_feeds, encoding="utf-8")

    assert bantin("feeds", "import-opml", str(file), "--topic", "tin").stdout == (
        "added a-vn-rss: https://a.vn/rss?x=1&y=2\n"
    )
    assert "A &amp; B" in bantin("feeds", "export-opml").stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this is no OPML file"),
        (b"<html><body>x<br></body></html>", "this is no OPML file: Opening and ending tag mismatch"),
        (b"<rss/>", "it begins with <rss>"),
        (b"<opml><body><outline xmlUrl='https://a.vn/rss'/><outl", "this is no OPML file"),
        (
            b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">'
            + b"".join(b'<!ENTITY %c "%b">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefgh")
            + b"]><opml><body><outline text='&h;' xmlUrl='https://a.vn/rss'/></body></opml>",
            "entity amplification",
        ),
    ],
    ids=["empty", "a page", "a feed", "cut off", "a bomb"],
)
def test_what_is_no_list_of_feeds_is_refused_in_one_line(bantin: Bantin, content: bytes, words: str) -> None:
    (bantin.folder / "in.opml").write_bytes(content)

    result = bantin("feeds", "import-opml", str(bantin.folder / "in.opml"))

    assert isinstance(result.exception, ExplainedError)
    assert words in str(result.exception)
    assert "\n" not in str(result.exception)


def test_check_looks_at_the_feeds_that_commands_have_added(site: StillSite, bantin: Bantin) -> None:
    bantin("feeds", "add", f"{site.url}/rss", "--topic", "tin", "--id", "tot")
    bantin("feeds", "add", f"{site.url}/khong-co", "--topic", "tin", "--id", "hong", "--unchecked")

    checked = bantin("check").output

    assert "ok   feed tot: 2 entries" in checked
    assert "NO   feed hong: " in checked


def test_what_feeds_toml_defines_as_well_is_said_and_then_its_own(site: StillSite, bantin: Bantin) -> None:
    bantin("feeds", "add", f"{site.url}/rss", "--topic", "tin", "--id", "moi")
    before = bantin("check").output
    with (bantin.folder / "feeds.toml").open("a") as file:
        file.write(f'[[feed]]\nid = "moi"\ntopic = "tin"\nname = "Mới"\nurl = "{site.url}/rss"\n')

    warned = bantin("check").output
    bantin("feeds", "sync")
    origins = {row["feed"]: row["origin"] for row in json.loads(bantin("feeds", "--json").stdout)}
    after = bantin("check").output

    twice = "warn feed moi: defined in feeds.toml and in the database"
    assert [twice in each for each in (before, warned, after)] == [False, True, False]
    assert origins == {"co-san": "feeds.toml", "moi": "feeds.toml"}
    assert "stands in feeds.toml" in str(bantin("feeds", "remove", "moi").exception)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("add", "https://so.example.vn/x", "--topic", "la", "--unchecked"),
            "there is no topic 'la'; there are tin",
        ),
        (("add", "ftp://so.example.vn/x", "--topic", "tin", "--unchecked"), "feed: url: this is not a web"),
        (("add", "http://[", "--topic", "tin", "--unchecked"), "feed: url: this is not a web address"),
        (
            ("add", "https://so.example.vn/rss", "--topic", "tin", "--unchecked"),
            "polled already, as co-san",
        ),
        (("add", "https://x.vn/", "--topic", "tin", "--id", "Tin Mới"), "feed: id: write up to 61"),
        (("add", "https://x.vn/", "--topic", "tin", "--interval", "10"), "feed: interval: write a duration"),
        (("add", "https://x.vn/", "--topic", "tin", "--preset", "joomla"), "there is no preset 'joomla'"),
        (
            ("add", "https://x.vn/", "--topic", "tin", "--ca-bundle", "khong-co.pem"),
            "khong-co.pem cannot be used",
        ),
        (("test", "http://["), "feed: url: this is not a web address"),
        (("test", "https://x.vn/", "--preset", "joomla"), "there is no preset 'joomla'"),
        (
            ("add", "https://x.vn/", "--topic", "tin", "--id", "co-san", "--unchecked"),
            "name another with --id",
        ),
        (("add", "http://127.0.0.1:1/", "--topic", "tin"), "could not be reached"),
        (("pause", "la"), "there is no feed 'la'; there are co-san"),
        (("remove", "co-san"), "stands in feeds.toml"),
        (("import-opml", "khong-co.opml"), "cannot be read"),
        (("test", "http://127.0.0.1:1/"), "could not be reached"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    bantin: Bantin, arguments: tuple[str, ...], words: str
) -> None:
    bantin("feeds", "sync")

    result = bantin("feeds", *arguments)

    assert isinstance(result.exception, ExplainedError)
    assert words in str(result.exception)
    assert "\n" not in str(result.exception)


def test_feeds_are_exchanged_as_opml(bantin: Bantin) -> None:
    exported = bantin.folder / "out.opml"
    bantin("feeds", "sync")
    bantin("feeds", "add", "https://a.vn/rss?x=1&y=2", "--topic", "tin", "--name", "A & B", "--unchecked")
    assert bantin("feeds", "export-opml", str(exported)).exit_code == 0
    bantin("feeds", "remove", "a-vn-rss")
    more = exported.read_text().replace(
        "</body>",
        '<outline text="Khác"><outline text="C" xmlUrl="https://c.vn/rss"/></outline></body>',
    )
    exported.write_text(more)

    lines = bantin("feeds", "import-opml", str(exported)).stdout.splitlines()

    assert lines == [
        "left out https://so.example.vn/rss: it is there already",
        "added a-vn-rss: https://a.vn/rss?x=1&y=2",
        "left out https://c.vn/rss: there is no topic '?'; there are tin",
    ]
    assert bantin("feeds", "import-opml", str(exported), "--topic", "tin").stdout.splitlines()[2] == (
        "added c-vn-rss: https://c.vn/rss"
    )
    assert set(bantin.listed()) == {"co-san", "a-vn-rss", "c-vn-rss"}

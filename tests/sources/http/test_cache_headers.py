"""How long a server wishes to be left alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.feeds.syndication import parse_feed
from bot.sources.http.cache_headers import max_age, retry_after

NOW = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("public, max-age=600", 600 * SECOND),
        ("max-age=0, must-revalidate", 0 * SECOND),
        ("no-cache, max-age=600", None),
        ("s-maxage=9", None),
        ("", None),
    ],
)
def test_cache_control_promises_a_while(header: str, expected: timedelta | None) -> None:
    assert max_age(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120 * SECOND),
        ("Mon, 04 May 2026 06:00:00 GMT", HOUR),
        ("Mon, 04 May 2026 01:00:00 GMT", 0 * HOUR),
        ("soon", None),
        ("", None),
        ("²", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, expected: timedelta | None) -> None:
    assert retry_after(header, now=NOW) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ttl>60</ttl>", HOUR),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", HOUR / 2),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 24 * HOUR),
        ("<ttl>often</ttl>", None),
        ("", None),
    ],
)
def test_a_feed_says_how_often_it_changes(markup: str, expected: timedelta | None) -> None:
    feed = (
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"<title>x</title>{markup}<item><title>Tin</title></item></channel></rss>"
    )

    assert (
        parse_feed(feed.encode(), url="https://so.example.vn/rss", charset=None, now=NOW).min_interval
        == expected
    )


def test_a_feed_names_its_hub_itself_and_its_next_page() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="https://hub.example/"/>'
        '<link rel="self" href="/rss"/><link rel="next" href="/rss?page=2"/>'
        "<entry><title>Tin</title></entry></feed>"
    )

    listed = parse_feed(feed.encode(), url="https://so.example.vn/x", charset=None, now=NOW)

    assert (listed.hub, listed.topic, listed.next_page) == (
        "https://hub.example/",
        "https://so.example.vn/rss",
        "https://so.example.vn/rss?page=2",
    )

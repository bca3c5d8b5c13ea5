from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, DatePrecision, Photo, Published
from bot.sources.feeds.merge import merged

DAY = Published(datetime(2017, 8, 16, tzinfo=VIETNAM), DatePrecision.DAY)
MINUTE = Published(datetime(2017, 8, 15, 17, 5, tzinfo=UTC), DatePrecision.MINUTE)
NEXT_DAY = Published(datetime(2017, 8, 16, 17, 5, tzinfo=UTC), DatePrecision.MINUTE)
ENTRY = Article(
    "https://a.example/id/1",
    "Tin của nguồn",
    "Tóm tắt.",
    ("Một.",),
    (Photo("https://a.example/1.jpg"),),
    MINUTE,
)


def test_the_page_wins() -> None:
    page = Article(
        "https://a.example/tin", "Tin", "Sapo.", ("Hai.",), (Photo("https://a.example/2.jpg"),), NEXT_DAY
    )

    assert merged(page, ENTRY) == page


def test_the_entry_fills_gaps() -> None:
    page = Article("https://a.example/tin", "Tin")

    assert merged(page, ENTRY) == Article(
        page.url, "Tin", ENTRY.summary, ENTRY.body, ENTRY.photos, ENTRY.published
    )


@pytest.mark.parametrize(
    ("page", "entry", "kept"),
    [
        (DAY, MINUTE, MINUTE),
        (DAY, NEXT_DAY, DAY),
        (MINUTE, DAY, MINUTE),
        (NEXT_DAY, MINUTE, NEXT_DAY),
        (DAY, None, DAY),
        (None, DAY, DAY),
        (None, None, None),
    ],
)
def test_the_entrys_time_is_taken_for_the_pages_day(
    page: Published | None, entry: Published | None, kept: Published | None
) -> None:
    both = (Article("https://a.example/tin", "Tin", published=date) for date in (page, entry))

    assert merged(*both).published == kept

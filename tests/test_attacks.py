"""Hostile text costs itself a poll, and nobody else anything: the event loop goes on."""

import pytest

from bot.sources.text.urls import LONGEST
from bot.sources.workers import bounds
from bot.store.articles.articles import StoredArticle
from tests.attacks import ATTACKS, Attack, stalls_under
from tests.bench.databases import new_database, opened

LONGEST_STALL = 0.05
ATTEMPTS = 4
"""A stall that a document causes comes every time; one that a busy machine causes does not."""


async def suffered(attack: Attack) -> tuple[float, list[StoredArticle]]:
    async with new_database("sqlite") as url, opened(url) as database:
        stalls, stored = await stalls_under(attack, database)
    return stalls.longest, stored


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_no_document_stops_the_service(attack: Attack) -> None:
    longest, stored = await suffered(attack)
    for _ in range(ATTEMPTS - 1):
        if longest > LONGEST_STALL:
            longest = min(longest, (await suffered(attack))[0])

    assert longest <= LONGEST_STALL
    article = stored[0].article
    assert len(article.title) <= bounds.TITLE
    assert sum(map(len, article.body)) <= bounds.BODY + 2
    assert all(len(photo.url) <= LONGEST for photo in article.photos)

"""Hostile text costs itself a poll, and nobody else anything: the event loop goes on."""

import pytest

from bot.sources.text.urls import LONGEST
from bot.sources.workers import bounds
from bot.store.database import Database
from tests.attacks import ATTACKS, Attack, stalls_under

LONGEST_STALL = 0.05


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_no_document_stops_the_service(attack: Attack, sqlite_db: Database) -> None:
    stalls, stored = await stalls_under(attack, sqlite_db)

    assert stalls.longest <= LONGEST_STALL
    article = stored[0].article
    assert len(article.title) <= bounds.TITLE
    assert sum(map(len, article.body)) <= bounds.BODY + 2
    assert all(len(photo.url) <= LONGEST for photo in article.photos)

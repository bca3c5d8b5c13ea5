"""Trials of feeds: few at once, each within a time, and the photos of the newest ones to be looked at."""

import asyncio

import pytest

from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.feed import Feed, Fetched, SourceError
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.reason import ReasonCode
from bot.runtime.serving.console import MARKUP
from bot.services.ingest import feed_trials
from bot.services.ingest.feed_trials import AT_ONCE, FeedTrials, TooManyTrialsError
from tests.services.polling_world import FEED

PHOTO = PreparedPhoto("k", "https://office.example/a.jpg", b"jpeg", 1, 1)


async def test_no_more_are_tried_at_once_than_may_be() -> None:
    goes_on = asyncio.Event()

    async def slowly(feed: Feed) -> FeedTrial:
        await goes_on.wait()
        return FeedTrial(feed, Fetched(()), Article("u", "Tin"), PHOTO)

    trials = FeedTrials(slowly, MARKUP)
    running = [asyncio.create_task(trials.run(FEED)) for _ in range(AT_ONCE)]
    await asyncio.sleep(0)

    with pytest.raises(TooManyTrialsError):
        await trials.run(FEED)
    goes_on.set()
    await asyncio.gather(*running)

    assert (await trials.run(FEED)).photo == PHOTO
    assert (trials.photo("k"), trials.photo("other")) == (b"jpeg", None)


async def test_a_trial_ends_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(feed: Feed) -> FeedTrial:
        await asyncio.Event().wait()
        raise AssertionError(feed)

    monkeypatch.setattr(feed_trials, "LONGEST", 0.01)
    trials = FeedTrials(never, MARKUP)

    for _ in range(AT_ONCE + 1):
        with pytest.raises(SourceError) as refused:
            await trials.run(FEED)
        assert refused.value.reason.code is ReasonCode.NO_ANSWER

"""Trying an address as a feed: what it lists, and its first article; nothing of it is kept."""

from bot.domain.news.feed import Feed, SourceError, Validators
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.reason import Reason
from bot.sources.feeds.merge import article_of
from bot.sources.web import WebSource


async def trial_of(source: WebSource, feed: Feed) -> FeedTrial:
    """Return what *feed* gives now; raises SourceError where that is nothing."""
    trying = source.apart()
    fetched = await trying.fetch(feed, Validators())
    assert fetched is not None, "a fetch without validators cannot be 'not modified'"
    first = next(iter(fetched.entries), None)
    if first is None:
        return FeedTrial(feed, fetched)
    article = await trying.read(feed, first)
    photo = await trying.photo(article)
    is_alone = first.link and article == article_of(feed, first)
    unread = await _unread(trying, feed, first.link) if is_alone else None
    return FeedTrial(feed, fetched, article.led_by(photo), photo, unread)


async def _unread(source: WebSource, feed: Feed, link: str) -> Reason | None:
    """Return why the page at *link* cannot be read, if it cannot."""
    try:
        await source.read_again(feed, link)
    except SourceError as error:
        return error.reason
    return None

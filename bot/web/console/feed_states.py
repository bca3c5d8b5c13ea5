"""How a feed is, in one word."""

from bot.store.feeds.feeds import FeedStatus


def feed_state(status: FeedStatus) -> str:
    """Return in one word how a feed is."""
    if status.paused:
        return "paused"
    if status.failures:
        return "failing"
    return "well" if status.has_worked else "new"

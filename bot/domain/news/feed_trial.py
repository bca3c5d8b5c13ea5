"""What an address gave when it was tried as a feed, before anything of it is kept."""

from dataclasses import dataclass

from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.feed import Feed, Fetched
from bot.domain.news.guess import Guess, GuessCode
from bot.domain.reason import Reason


@dataclass(frozen=True, slots=True)
class FeedTrial:
    """What *feed* lists now, and its first entry as an *article* with its *photo*.

    *unread* says why the card is made of the entry alone, where its page cannot be read.
    """

    feed: Feed
    fetched: Fetched
    article: Article | None = None
    photo: PreparedPhoto | None = None
    unread: Reason | None = None

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """Return what nobody had said, and what is doubtful."""
        return (*self.fetched.guessed, *self._doubts())

    def _doubts(self) -> list[Guess]:
        entries = self.fetched.entries
        total = str(len(entries))
        undated = sum(entry.published is None for entry in entries)
        unlinked = sum(not entry.link for entry in entries)
        counted = ((GuessCode.UNDATED, undated), (GuessCode.UNLINKED, unlinked))
        return [Guess(code, str(count), total) for code, count in counted if count]

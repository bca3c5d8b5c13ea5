"""What one document that was polled gives: entries, and what it says of itself."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.news.feed import Entry, FeedKind
from bot.domain.news.guess import Guess


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """The entries of a document in its own order, and how they were found.

    *wish* is how long it wishes to be left alone; *hub* and *topic* are where WebSub says that changes are
    told, and under which address. *next_page* leads to older entries. *guessed* says, one by one, what
    nobody configured, and *is_guessed* that no selector found the entries. *left_out* counts the entries
    beyond what is looked at.
    """

    entries: tuple[Entry, ...]
    kind: FeedKind
    min_interval: timedelta | None = None
    hub: str = ""
    topic: str = ""
    next_page: str = ""
    guessed: tuple[Guess, ...] = ()
    is_guessed: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A page that names its feeds, best first: autodiscovery."""

    feeds: tuple[str, ...]

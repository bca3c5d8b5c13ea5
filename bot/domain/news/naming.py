"""Ids and hashtags made of what people write, where they need not think of them."""

import re
from collections.abc import Collection

from bot.domain.text.text import fold

LONGEST_FEED_ID = 50
LONGEST_TOPIC_ID = 31
LONGEST_HASHTAG = 60

_SCHEME = re.compile(r"^https?://(?:www\.)?")
_OTHER = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"\w+")


def feed_id_of(url: str, taken: Collection[str] = ()) -> str:
    """Return an id made of an address: so.example.vn/rss/tin.rss is so-example-vn-rss-tin-rss."""
    bare = _SCHEME.sub("", fold(url)).partition("?")[0]
    return _free(_slug(bare, LONGEST_FEED_ID) or "feed", taken, LONGEST_FEED_ID)


def topic_id_of(name: str, taken: Collection[str] = ()) -> str:
    """Return an id made of a name: Tin tức is tin-tuc."""
    return _free(_slug(fold(name), LONGEST_TOPIC_ID) or "topic", taken, LONGEST_TOPIC_ID)


def hashtag_of(name: str) -> str:
    """Return a hashtag made of a name: Tin tức is TinTức."""
    words = _WORD.findall(name)
    return "".join(word[:1].upper() + word[1:] for word in words)[:LONGEST_HASHTAG]


def _slug(text: str, longest: int) -> str:
    return _OTHER.sub("-", text).strip("-")[:longest].strip("-")


def _free(name: str, taken: Collection[str], longest: int) -> str:
    """Return *name*, with a number behind it where it is taken."""
    numbered = (_numbered(name, number, longest) for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)


def _numbered(name: str, number: int, longest: int) -> str:
    ending = f"-{number}"
    return name[: longest - len(ending)].rstrip("-") + ending

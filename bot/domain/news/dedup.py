"""Recognition: which entries of a poll are new, whatever the feed has done to those that are known."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.domain.clock import VIETNAM
from bot.domain.news import address
from bot.domain.news.article import Article, DatePrecision, hashed
from bot.domain.news.feed import Entry

FIRST_POLL_KEPT = 20
"""How many of the newest entries a feed's first poll turns into articles."""

REBUILT = 10
"""More new entries than this, with none left that is known, look like a feed that was rebuilt."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORTEST_LIKENESS = 8
_BY_NUMBER = re.compile(r"id/\d+")


@dataclass(frozen=True, slots=True)
class FreshEntries:
    """What a poll means: *pushed* and *kept* become articles, *seen* are only remembered.

    *held* wait for somebody to decide about them, and *moved* are known ones at a new address. *names* says
    under which names each of all these is to be remembered.
    """

    pushed: tuple[Entry, ...] = ()
    kept: tuple[Entry, ...] = ()
    seen: tuple[Entry, ...] = ()
    held: tuple[Entry, ...] = ()
    moved: tuple[Entry, ...] = ()
    names: Mapping[Entry, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with its names: one of its *own* says for certain that it is known, its *likeness* perhaps."""

    entry: Entry
    own: tuple[str, ...]
    likeness: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.own, self.likeness) if self.likeness else self.own


def named(entries: tuple[Entry, ...], hosts: Mapping[str, str]) -> tuple[Named, ...]:
    """Return *entries* with the names by which they are remembered.

    A rebuilt feed keeps the addresses, and one that moves keeps the guids, so either will do. A guid that
    stands for several addresses at once names nothing.
    """
    links = [address.identity(entry.link, hosts) if _names_article(entry.link) else "" for entry in entries]
    guids = Counter(guid for guid, _ in {(e.guid, link) for e, link in zip(entries, links, strict=True)})
    return tuple(
        Named(entry, _own_names(entry, link, is_clear=guids[entry.guid] == 1), _likeness(entry))
        for entry, link in zip(entries, links, strict=True)
    )


def fresh_entries(
    found: tuple[Named, ...], known: AbstractSet[str], *, first_poll: bool, is_guessed: bool, room: int
) -> FreshEntries:
    """Return what to do with each entry of *found*, of whose names *known* are remembered.

    A list that *is_guessed* from a page's links may have become its menu when the page is another one today:
    with none left that is known it is held, however short.

    Nothing is gated on a date: feeds lie about dates, and an article that says 1970 is still news. Where two
    entries of one poll share a name, the first one counts. Pushed entries come oldest first; what goes beyond
    *room* is held, whatever else of the feed is known: it may have been broken into.
    """
    unknown = _unknown(found, known)
    listed = {each.likeness for each in found if not known.isdisjoint(each.own)}
    alike = Counter(each.likeness for each in unknown)
    # Two with one title and date that stand side by side are two; one that took another's place is the same.
    moved = [
        each
        for each in unknown
        if each.likeness in known and each.likeness not in listed and alike[each.likeness] == 1
    ]
    places = tuple(each.entry for each in moved)
    elsewhere = set(places)
    fresh = tuple(each.entry for each in reversed(unknown) if each.entry not in elsewhere)
    names = {each.entry: each.names for each in unknown}
    if first_poll:
        oldest_first = _by_date(fresh)
        kept, seen = oldest_first[-FIRST_POLL_KEPT:], oldest_first[:-FIRST_POLL_KEPT]
        return FreshEntries(kept=kept, seen=seen, moved=places, names=names)
    if len(fresh) > (0 if is_guessed else REBUILT) and not moved and not listed:
        return FreshEntries(held=fresh, names=names)
    return FreshEntries(pushed=fresh[:room], held=fresh[room:], moved=places, names=names)


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What an article is known by: another with one of its *addresses* or *twins* is the same article.

    Liferay 6.2: an article is reached by the number of its asset entry and by a slug made of its title, and
    no address tells the other. One of each with the same title and minute in one publisher is the same:
    *marks* are what an article is called at its own form of address, *twins* what it would be at the other.
    """

    addresses: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()


def article_names(article: Article, link: str, hosts: Mapping[str, str]) -> ArticleNames:
    """Return the names of *article*, whose entry had the address *link*."""
    urls = dict.fromkeys([article.url, *([link] if _names_article(link) else [])])
    return ArticleNames(
        addresses=tuple(dict.fromkeys(hashed(address.identity(url, hosts)) for url in urls)),
        marks=tuple(hashed(form) for url in urls for form in _portal_form(article, url, opposite=False)),
        twins=tuple(hashed(form) for form in _portal_form(article, article.url, opposite=True)),
    )


def _unknown(found: tuple[Named, ...], known: AbstractSet[str]) -> list[Named]:
    taken = set(known)
    unknown = []
    for each in found:
        if taken.isdisjoint(each.own):
            unknown.append(each)
        if known.isdisjoint(each.own):
            taken.update(each.own)
    return unknown


def _own_names(entry: Entry, link: str, *, is_clear: bool) -> tuple[str, ...]:
    names = [f"guid\n{entry.guid}"] if entry.guid and is_clear else []
    if link:
        names.append(f"link\n{link}")
    return tuple(hashed(name) for name in names or [f"title\n{entry.title}\n{entry.link}"])


def _names_article(link: str) -> bool:
    """Say whether *link* leads to something of its own: not to a site's front page."""
    if not link:
        return False
    parts = urlsplit(address.canonical(link))
    return parts.path not in {"", "/"} or bool(parts.query)


def _likeness(entry: Entry) -> str | None:
    """Return a name made of title and date; None where they say too little."""
    letters = skeleton(entry.title)
    if entry.published is None or len(letters) < _SHORTEST_LIKENESS:
        return None
    at = entry.published.at.astimezone(VIETNAM)
    exact = entry.published.precision is DatePrecision.MINUTE
    return hashed(f"alike\n{letters}\n{at:%Y-%m-%d %H:%M}" if exact else f"alike\n{letters}\n{at:%Y-%m-%d}")


def skeleton(text: str) -> str:
    """Return the ASCII letters and digits of *text* without marks.

    Liferay 6.2: an illegal character anywhere strips the whole feed to ASCII, where đ and all punctuation
    become spaces; the skeleton stays.
    """
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFD", text.casefold()))


def _portal_form(article: Article, url: str, *, opposite: bool) -> tuple[str, ...]:
    """Return what names an article of a portal by publisher, title and minute, for one form of address."""
    published = article.published
    if published is None or published.precision is not DatePrecision.MINUTE:
        return ()
    if not address.is_article_of_portal(url):
        return ()
    publisher, _, name = address.identity(url).partition("/")
    by_number = bool(_BY_NUMBER.fullmatch(name)) is not opposite
    form = "number" if by_number else "slug"
    return (f"{form}\n{publisher}\n{skeleton(article.title)}\n{published.at.timestamp() // 60:.0f}",)


def _by_date(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return *entries*, which come in the reverse of the feed's order, oldest first where all are dated."""
    dated = [(entry.published.at, entry) for entry in entries if entry.published]
    if len(dated) < len(entries):
        return entries
    return tuple(entry for _, entry in sorted(dated, key=lambda pair: pair[0]))

"""What a worker process hands over, within bounds, whatever the document held that it was read from.

Nothing behind this place has to fear a text: each is one line, composed, of characters that can be written
and seen, and no longer than any that an agency has ever published; so are addresses, and lists of them.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.blocks.bounds import bounded
from bot.domain.news.article import Article, Attachment, Photo, hashed
from bot.domain.news.feed import Entry
from bot.domain.news.guess import Guess
from bot.domain.text.text import ELLIPSIS, encodable, grapheme_start, one_line
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.text.urls import LONGEST

ENTRIES = 2_000
TITLE = 500
SUMMARY = 2_000
NAME = 300
CAPTION = 1_000
SIZE = 40
GUID = 2_048
PHOTOS = 100
ATTACHMENTS = 50
PARAGRAPHS = 2_000
BODY = 200_000
"""Code points, or how many there are. The longest titles of real articles have 250, their texts 60,000."""

_WORTH_KEEPING = 2


def bounded_listed(listed: ParsedFeed | Elsewhere) -> ParsedFeed | Elsewhere:
    """Return what a document lists with all that its entries hold in bounds."""
    if isinstance(listed, Elsewhere):
        return Elsewhere(tuple(filter(None, map(_address, listed.feeds))))
    return replace(
        listed,
        entries=tuple(entry for entry in map(_entry, listed.entries[:ENTRIES]) if entry.title or entry.link),
        hub=_address(listed.hub),
        topic=_address(listed.topic),
        next_page=_address(listed.next_page),
        guessed=tuple(map(_guess, listed.guessed)),
        left_out=listed.left_out + max(0, len(listed.entries) - ENTRIES),
    )


def _guess(guess: Guess) -> Guess:
    return replace(guess, what=_line(guess.what, SUMMARY), total=_line(guess.total, NAME))


def bounded_article(article: Article) -> Article:
    """Return *article* in bounds; a text that is cut ends in '…', and its page has the rest.

    Its own address is `canonical` of one that has been read, and as long as that at most, but for escapes.
    """
    return replace(
        article,
        title=_line(article.title, TITLE),
        summary=_line(article.summary, SUMMARY),
        body=_body(article.body),
        photos=_photos(article.photos),
        attachments=_attachments(article.attachments),
        author=_line(article.author, NAME),
        source=_line(article.source, NAME),
        blocks=bounded(article.blocks),
    )


def _entry(entry: Entry) -> Entry:
    return replace(
        entry,
        title=_line(entry.title, TITLE),
        link=_address(entry.link),
        guid=_guid(entry.guid),
        summary=_line(entry.summary, SUMMARY),
        body=_body(entry.body),
        photos=_photos(entry.photos),
        attachments=_attachments(entry.attachments),
        blocks=bounded(entry.blocks),
    )


def _line(text: str, most: int) -> str:
    """Return *text* on one line of at most *most* code points, cut behind a word."""
    line = encodable(one_line(text[: 4 * most]))
    if len(line) <= most:
        return line
    room = line[: grapheme_start(line, most - len(ELLIPSIS))]
    behind_word = room.rfind(" ")
    cut = room[:behind_word] if behind_word * _WORTH_KEEPING > len(room) else room
    return cut.rstrip(" ,;:–-") + ELLIPSIS


def _address(url: str) -> str:
    """Return *url* as it is, for half of one leads nowhere; empty if it is too long."""
    return url if len(url) <= LONGEST and url.isprintable() else ""


def _guid(guid: str) -> str:
    """Return what names an entry; a name that is too long gets one that stands for it."""
    name = encodable(guid)
    return name if len(name) <= GUID else hashed(name)


def _body(body: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    room = BODY
    for paragraph in body:
        if len(kept) == PARAGRAPHS or room <= 1:
            kept[-1] = f"{kept[-1].removesuffix(ELLIPSIS).rstrip()} {ELLIPSIS}"
            break
        line = _line(paragraph, room)
        if line:
            kept.append(line)
            room -= len(line)
    return tuple(kept)


def _photos(photos: Iterable[Photo]) -> tuple[Photo, ...]:
    found = (Photo(_address(photo.url), _line(photo.caption, CAPTION)) for photo in photos)
    return tuple(photo for photo in found if photo.url)[:PHOTOS]


def _attachments(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    found = (
        Attachment(_address(each.url), _line(each.name, NAME), _line(each.size, SIZE)) for each in attachments
    )
    return tuple(each for each in found if each.url)[:ATTACHMENTS]

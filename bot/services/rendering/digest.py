"""The digest: the one message that is made of several articles, by topic, a title and a line each.

Titles are numbered, and lead to the web site; a button with the number, or the number itself where there are
no buttons, opens the article in the chat.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Keyboard, Message, RichText, Size, Span, bold, plain
from bot.domain.chats.preferences import MessageOptions
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.feed import Topic
from bot.domain.text.text import cut_at_word, one_line, shorten
from bot.i18n import Translator, moments
from bot.services.rendering.card import CardFormat, in_rows, named_by, paragraphs, summary_of
from bot.store.articles.articles import StoredArticle

IN_A_ROW = 5
TITLE_LENGTH = 160
SHORTEST_TITLE = 50
"""Code points below which no title is shortened for the sake of others."""
LINE_LENGTH = 100
"""Code points: a line or two on a phone, so that a day's news is read at a glance."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a digest, under the topic by which it came."""

    stored: StoredArticle
    topic: Topic


@dataclass(frozen=True, slots=True)
class Digest:
    """A message of the first *count* items; *lead* is the item whose photo belongs on top, if one does."""

    message: Message
    count: int
    lead: Item | None


@dataclass(frozen=True, slots=True)
class Edition:
    """What a digest is made for beside its articles: the one of a *day*, in a *language* and *manner*.

    It is for a *private* chat, or for all others. *tells_ration* says that not all news can come at once.
    Its numbers begin with *first*: a further message of a day goes on where the one before has ended.
    """

    language: str
    manner: MessageOptions
    day: date
    private: bool
    tells_ration: bool = False
    first: int = 1


class ComposeDigest(Protocol):
    """Makes one message of as many articles as fit."""

    def __call__(self, items: Sequence[Item], edition: Edition) -> Digest: ...


class OpeningButton(Protocol):
    """Makes the button that opens an article; None where there is no way to open it."""

    def __call__(self, label: str, stored: StoredArticle, *, private: bool) -> Button | None: ...


def digest(
    items: Sequence[Item],
    edition: Edition,
    form: CardFormat,
    *,
    button: OpeningButton,
    saves_messages: bool = False,
) -> Digest:
    """Return the digest of as many *items* as fit, at least of one, in their order.

    *button* makes the one that opens an article, by its label. Where lists are typed it is not shown: the
    number that the title has already is its label, and opens the article in the chat itself.

    The photo of the newest goes on top where the whole then fits under it; what is longer has a preview of
    its page instead. The rest is for the next message: an item is never cut in two. But where each message
    counts (*saves_messages*) and numbers are typed, all become lines of titles if they do not fit in full.
    """
    sheet = _Sheet(edition, form, button)
    top = _top(items, edition.manner)
    if top and sheet.fitting(items, form.capabilities.caption_length) == len(items):
        return Digest(sheet.message(items, top), len(items), top)
    fits = sheet.fitting(items, form.capabilities.text_length)
    if fits < len(items) and saves_messages and not form.capabilities.keyboards:
        return _titles_alone(items, sheet)
    shown = items[: max(1, fits)]
    return Digest(sheet.message(shown, _top(shown, edition.manner)), len(shown), None)


def _titles_alone(items: Sequence[Item], sheet: "_Sheet") -> Digest:
    """Return the digest of as many *items* as fit as titles, all of them as long as there is room for."""
    size, room = sheet.form.capabilities.size, sheet.form.capabilities.text_length

    def taken(count: int, longest: int) -> int:
        return size(sheet.message(items[:count], None, longest=longest).text)

    counts, lengths = range(1, len(items) + 1), range(SHORTEST_TITLE, TITLE_LENGTH + 1)
    count = max(1, bisect_right(counts, room, key=lambda count: taken(count, SHORTEST_TITLE)))
    fitting = bisect_right(lengths, room, key=lambda longest: taken(count, longest))
    shown = items[:count]
    lead = _top(shown, sheet.edition.manner)
    message = sheet.message(shown, lead, longest=lengths[max(0, fitting - 1)])
    has_photo = lead and size(message.text) <= sheet.form.capabilities.caption_length
    return Digest(message, count, lead if has_photo else None)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How the digests of one *edition* are laid out."""

    edition: Edition
    form: CardFormat
    button: OpeningButton

    def fitting(self, items: Sequence[Item], room: int) -> int:
        """Return how many of *items* fit in full into *room*, with all that stands above and below them."""
        size = self.form.capabilities.size
        room -= size(self._title(len(items))) + len(f"\n\n{self._foot(self._keyboard(items))}")
        return _fitting(items, self.edition, size, room)

    def message(self, items: Sequence[Item], lead: Item | None, *, longest: int | None = None) -> Message:
        """Return the message of *items*: in full, or as titles of at most *longest* code points."""
        keyboard = self._keyboard(items)
        text = paragraphs(
            self._title(len(items)),
            *_by_topic(items, self.edition, longest),
            plain(self._foot(keyboard)),
        )
        preview_url = lead.stored.article.page if lead else None
        return Message(text, keyboard=keyboard, preview_url=preview_url, silent=self.edition.manner.silent)

    def _title(self, count: int) -> RichText:
        translator, language = self.form.translator, self.edition.language
        said = moments.date(translator, language, self.edition.day)
        return (bold(translator.text(language, "digest-title", count=count, date=said)),)

    def _foot(self, keyboard: Keyboard) -> str:
        keys = ["digest-ration"] if self.edition.tells_ration else []
        if keyboard and self.form.capabilities.keyboards:
            keys.append("digest-tap")
        elif keyboard:
            keys.append("digest-number" if self.edition.private else "digest-number-group")
        return "\n\n".join(self.form.translator.text(self.edition.language, key) for key in keys)

    def _keyboard(self, items: Sequence[Item]) -> Keyboard:
        """Return the buttons that open the articles, named by their numbers."""
        is_typed = not self.form.capabilities.keyboards
        made = (
            self.button(
                f"{number}" if is_typed else f"📖 {number}",
                item.stored,
                private=self.edition.private or is_typed,
            )
            for number, item in enumerate(items, self.edition.first)
        )
        return in_rows(tuple(each for each in made if each), IN_A_ROW)


def digest_composer(
    translator: Translator, capabilities: Capabilities, button: OpeningButton, *, saves_messages: bool = False
) -> ComposeDigest:
    """Return what makes the digests of one messenger; *saves_messages* where a month has only so many."""

    def compose(items: Sequence[Item], edition: Edition) -> Digest:
        form = CardFormat(translator, edition.language, capabilities)
        return digest(items, edition, form, button=button, saves_messages=saves_messages)

    return compose


def _top(items: Sequence[Item], manner: MessageOptions) -> Item | None:
    """Return the newest of *items* that has a photo, if any is wanted."""
    with_photo = (item for item in items if item.stored.photo_key and manner.photo)
    return max(with_photo, key=_newest, default=None)


def _newest(item: Item) -> tuple[datetime, int]:
    """Return where an article stands among the others: as published, but never later than it came."""
    stored = item.stored
    published = stored.article.published
    return min(published.at, stored.created_at) if published else stored.created_at, stored.id


def _fitting(items: Sequence[Item], edition: Edition, size: Size, room: int) -> int:
    """Return how many of *items* fit into *room*, by their *size*."""
    topic: TopicId | None = None
    for fits, item in enumerate(items):
        heading = _heading(item, edition.language) if item.topic.id != topic else ()
        topic = item.topic.id
        entry = _entry(edition.first + fits, item, edition)
        room -= size(heading) + size(entry) + len("\n\n") + len("\n")
        if room < 0:
            return fits
    return len(items)


def _by_topic(items: Sequence[Item], edition: Edition, longest: int | None) -> list[RichText]:
    """Return what stands below each topic: the items in full, or titles of at most *longest* code points."""
    by_topic: dict[TopicId, list[Span]] = {}
    is_dense = edition.manner.brief or longest is not None
    for number, item in enumerate(items, edition.first):
        lines = by_topic.setdefault(item.topic.id, list(_heading(item, edition.language)))
        lines.append(plain("\n" if is_dense or len(lines) == 1 else "\n\n"))
        if longest is None:
            lines += _entry(number, item, edition)
        else:
            lines.append(plain(f"{number}. {cut_at_word(item.stored.article.title, longest)}"))
    return [tuple(lines) for lines in by_topic.values()]


def _heading(item: Item, language: str) -> RichText:
    return (bold(f"📂 {one_line(item.topic.name(language))}"),)


def _entry(number: int, item: Item, edition: Edition) -> RichText:
    """Return the title of an article, what it is about, and its document unless the title names it."""
    article = item.stored.article
    title = named_by(shorten(article.title, TITLE_LENGTH), article)
    brief = edition.manner.brief
    summary = "" if brief else summary_of(article, LINE_LENGTH)
    number_said = article.document.number in article.title
    document = "" if brief or number_said else f"📜 {article.document.name}"
    lines = [plain(f"\n{each}") for each in (summary, document) if each]
    return plain(f"{number}. "), title, *lines

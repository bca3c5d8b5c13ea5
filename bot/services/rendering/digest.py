"""The digest: the one message that is made of several articles, by topic, a title and a line each.

Titles are numbered, and lead to the web site; a button with the number opens the article in the chat.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Protocol

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Keyboard, Message, RichText, Size, Span, bold, link, plain
from bot.domain.chats.preferences import MessageOptions
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line, shorten
from bot.i18n import Translator, moments
from bot.services.rendering.card import CardFormat, in_rows, paragraphs, summary_of
from bot.store.articles.articles import StoredArticle

IN_A_ROW = 5
TITLE_LENGTH = 160
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


class ComposeDigest(Protocol):
    """Makes one message of as many articles as fit, the digest of a *day*."""

    def __call__(
        self,
        items: Sequence[Item],
        language: str,
        manner: MessageOptions,
        day: date,
        *,
        private: bool,
        tells_ration: bool = False,
    ) -> Digest:
        """Return the digest for a private chat, or the one for all others, whose buttons lead to one.

        *tells_ration* says that not all news can come at once.
        """


class OpeningButton(Protocol):
    """Makes the button that opens an article; None where there is no way to open it."""

    def __call__(self, label: str, stored: StoredArticle, *, private: bool) -> Button | None: ...


def digest(
    items: Sequence[Item],
    form: CardFormat,
    *,
    manner: MessageOptions,
    day: date,
    button: Callable[[str, StoredArticle], Button | None],
    tells_ration: bool = False,
) -> Digest:
    """Return the digest of *day*: of as many *items* as fit, at least of one, in their order.

    *button* makes the one that opens an article, by its label. Where lists are typed there are none: to
    repeat all titles below would leave room for half as many. *tells_ration*: see `ComposeDigest`.

    The photo of the newest goes on top where the whole then fits under it; what is longer has a preview of
    its page instead. The rest is for the next message: an item is never cut in two.
    """
    translator, language, capabilities = form.translator, form.language, form.capabilities
    said = moments.date(translator, language, day)

    def title(count: int) -> RichText:
        return (bold(translator.text(language, "digest-title", count=count, date=said)),)

    size = capabilities.size
    keyboard = _keyboard(items, button) if capabilities.keyboards else ()
    note = translator.text(language, "digest-ration") if tells_ration else ""
    tap = translator.text(language, "digest-tap") if keyboard else ""
    foot = "\n\n".join(filter(None, (note, tap)))
    top, room = _top(items, manner), size(title(len(items))) + len(f"\n\n{foot}")
    if top:
        fits = _fitting(items, language, manner, size, capabilities.caption_length - room)
        if fits == len(items):
            message = _message(title(fits), items, language, manner, top)
            return Digest(_with_buttons(message, keyboard, foot), fits, top)
    fits = max(1, _fitting(items, language, manner, size, capabilities.text_length - room))
    shown = items[:fits]
    message = _message(title(fits), shown, language, manner, _top(shown, manner))
    keyboard = _keyboard(shown, button) if keyboard else ()
    return Digest(_with_buttons(message, keyboard, foot), fits, None)


def _with_buttons(message: Message, keyboard: Keyboard, foot: str) -> Message:
    return replace(message, text=paragraphs(message.text, plain(foot)), keyboard=keyboard)


def _keyboard(items: Sequence[Item], button: Callable[[str, StoredArticle], Button | None]) -> Keyboard:
    """Return the buttons that open the articles, named by their numbers."""
    made = (button(f"📖 {number}", item.stored) for number, item in enumerate(items, 1))
    return in_rows(tuple(each for each in made if each), IN_A_ROW)


def digest_composer(
    translator: Translator, capabilities: Capabilities, button: OpeningButton
) -> ComposeDigest:
    """Return what makes the digests of one messenger."""

    def compose(
        items: Sequence[Item],
        language: str,
        manner: MessageOptions,
        day: date,
        *,
        private: bool,
        tells_ration: bool = False,
    ) -> Digest:
        return digest(
            items,
            CardFormat(translator, language, capabilities),
            manner=manner,
            day=day,
            button=partial(button, private=private),
            tells_ration=tells_ration,
        )

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


def _fitting(items: Sequence[Item], language: str, manner: MessageOptions, size: Size, room: int) -> int:
    """Return how many of *items* fit into *room*, by their *size*."""
    topic: TopicId | None = None
    for fits, item in enumerate(items):
        number = fits + 1
        heading = _heading(item, language) if item.topic.id != topic else ()
        topic = item.topic.id
        room -= size(heading) + size(_entry(number, item, manner)) + len("\n\n") + len("\n")
        if room < 0:
            return fits
    return len(items)


def _message(
    title: RichText, items: Sequence[Item], language: str, manner: MessageOptions, lead: Item | None
) -> Message:
    by_topic: dict[TopicId, list[Span]] = {}
    for number, item in enumerate(items, 1):
        lines = by_topic.setdefault(item.topic.id, list(_heading(item, language)))
        gap = "\n" if manner.brief or len(lines) == 1 else "\n\n"
        lines += [plain(gap), *_entry(number, item, manner)]
    text = paragraphs(title, *map(tuple, by_topic.values()))
    preview_url = lead.stored.article.url if lead else None
    return Message(text=text, preview_url=preview_url, silent=manner.silent)


def _heading(item: Item, language: str) -> RichText:
    return (bold(f"📂 {one_line(item.topic.name(language))}"),)


def _entry(number: int, item: Item, manner: MessageOptions) -> RichText:
    article = item.stored.article
    title = link(shorten(article.title, TITLE_LENGTH), article.url)
    line = "" if manner.brief else summary_of(article, LINE_LENGTH)
    return plain(f"{number}. "), title, *((plain(f"\n{line}"),) if line else ())

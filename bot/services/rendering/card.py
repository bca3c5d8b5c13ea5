"""The card: the message that is made of one article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.chats.message import (
    Button,
    Keyboard,
    KnownPhoto,
    Message,
    NewPhoto,
    RichText,
    Span,
    bold,
    length,
    link,
    plain,
)
from bot.domain.clock import VIETNAM
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import Article, Attachment, DatePrecision, Published
from bot.domain.news.correction import Changes, CorrectionNote
from bot.domain.news.feed import Topic
from bot.domain.text.text import nfc, one_line, shorten
from bot.i18n import Translator, moments
from bot.services.rendering.document_line import document_line

TITLE_LENGTH = 300
"""Code points of a title. The longest of real ones stay below 250; beyond it stands a broken feed."""

SUMMARY_LENGTH = 600
"""Code points of a summary: what is read at a glance on a phone, without unfolding the message."""

ATTACHMENTS_LENGTH = 200
"""Code points of the line that names the attachments; the page lists them in full."""

ATTACHMENT_BUTTONS = 3
BUTTON_LENGTH = 40

_LEAST_SUMMARY = 40
_LOOKED_AT = 5 * SUMMARY_LENGTH
_NOT_IN_HASHTAGS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class CardFormat:
    """What cards are written for: a language, and a messenger that can show so much.

    *correction* is what they say of the last one of their article, if they are to.
    """

    translator: Translator
    language: str
    capabilities: Capabilities
    correction: CorrectionNote | None = None


def card(
    article: Article,
    topic: Topic,
    form: CardFormat,
    *,
    photo: NewPhoto | KnownPhoto | None = None,
    buttons: Sequence[Button] = (),
    brief: bool = False,
) -> Message:
    """Return the card of *article* as it came under *topic*, with *buttons* ahead of the one to its page.

    It names the page, if there is one, for a large preview, so that a messenger that refuses the photo loses
    only the photo: the same card without it is `replace(card, photo=None)`. A *brief* one is a title and
    where it belongs.
    """
    translator, language, capabilities = form.translator, form.language, form.capabilities
    limit = capabilities.text_length if photo is None else capabilities.caption_length
    title = bold(shorten(article.title, min(TITLE_LENGTH, limit // 2)))
    facts = _facts(article, topic, form)
    if brief:
        return Message(
            text=paragraphs(title, facts),
            photo=photo,
            keyboard=in_one_row((*buttons, *page_buttons(article, translator, language))),
            preview_url=article.page,
        )
    room = limit - length(paragraphs(title, facts)) - len("\n\n")
    summary = plain(summary_of(article, min(room, SUMMARY_LENGTH)))
    return Message(
        text=paragraphs(title, facts, summary),
        photo=photo,
        keyboard=_keyboard(article, (*buttons, *page_buttons(article, translator, language))),
        preview_url=article.page,
    )


def withdrawal(translator: Translator, language: str) -> Message:
    """Return what stands in the place of a card that could not be deleted."""
    return Message((plain(translator.text(language, "card-withdrawn")),))


def correction_note(translator: Translator, article: Article, what: Changes, language: str) -> Message:
    """Return a message of its own that says what has changed in *article*, each thing on a line."""

    def text(key: str, /, **args: str | int) -> str:
        return translator.text(language, key, **args)

    was, title = (shorten(each, TITLE_LENGTH) for each in (what.title or article.title, article.title))
    files = text("correction-files", added=what.added, removed=what.removed)
    summary = summary_of(article, SUMMARY_LENGTH) if what.has_new_summary else ""
    return Message(
        paragraphs(
            plain(text("correction-note", title=was)),
            (plain(text("correction-title") + " "), bold(title)) if what.title else (),
            plain(text("correction-summary", summary=summary) if summary else ""),
            plain(files if what.added or what.removed else ""),
            plain(text("correction-photo") if what.has_new_photo else ""),
        ),
        keyboard=in_one_row(page_buttons(article, translator, language)),
        preview_url=article.page,
    )


def removal_note(translator: Translator, article: Article, language: str) -> Message:
    """Return a message of its own that says that *article* was taken down."""
    title = shorten(article.title, TITLE_LENGTH)
    return Message((plain(translator.text(language, "removal-note", title=title)),))


def ending_note(translator: Translator, article: Article, language: str) -> Message:
    """Return a message of its own that says that the time of *article* is over."""
    title = shorten(article.title, TITLE_LENGTH)
    return Message((plain(translator.text(language, "ending-note", title=title)),))


def ended_card(
    article: Article, topic: Topic, form: CardFormat, *, photo: NewPhoto | KnownPhoto | None
) -> Message:
    """Return what stands in the place of the card of an article whose time is over."""
    title = ended_title(article, form.translator, form.language)
    facts = _facts(article, topic, form)
    return Message(paragraphs(bold(title), facts), photo=photo)


def ended_title(article: Article, translator: Translator, language: str) -> str:
    return translator.text(language, "card-ended", title=shorten(article.title, TITLE_LENGTH))


def date_line(published: Published, translator: Translator, language: str) -> str:
    """Return, for example, "Thứ Tư, 16/08/2017 | 18:52", in Viet Nam's time and only as exact as is known."""
    at = published.at.astimezone(VIETNAM)
    weekday = translator.text(language, "weekday", day=at.isoweekday())
    date = moments.date(translator, language, at)
    if published.precision is DatePrecision.DAY:
        return translator.text(language, "card-date-day", weekday=weekday, date=date)
    return translator.text(language, "card-date-minute", weekday=weekday, date=date, time=f"{at:%H:%M}")


def paragraphs(*parts: Span | RichText) -> RichText:
    """Return *parts* with an empty line between those that have any text."""
    spans: list[Span] = []
    for part in parts:
        texts: Iterable[Span] = (part,) if isinstance(part, Span) else part
        shown = [span for span in texts if span.text]
        if shown:
            spans += [plain("\n\n"), *shown] if spans else shown
    return tuple(spans)


def _facts(article: Article, topic: Topic, form: CardFormat) -> RichText:
    others = plain("\n".join(_other_facts(article, topic, form)))
    if article.published is None:
        return (others,)
    return plain("🗓 "), _moment(article.published, form), plain("\n" + others.text)


def _moment(published: Published, form: CardFormat) -> Span:
    """Return when something was published; a day alone is the same in every zone."""
    said = date_line(published, form.translator, form.language)
    if published.precision is DatePrecision.DAY or published.at.timestamp() < 1:
        return plain(said)
    return Span(said, moment=int(published.at.timestamp()))


def _other_facts(article: Article, topic: Topic, form: CardFormat) -> list[str]:
    translator, language = form.translator, form.language
    lines = [f"📂 {_named_topic(topic, language)}"]
    if said := document_line(article.document, translator, language):
        lines.append(said)
    if article.attachments:
        named = "; ".join(_named(attachment) for attachment in article.attachments)
        count = len(article.attachments)
        said = translator.text(
            language, "card-attachments", count=count, names=shorten(named, ATTACHMENTS_LENGTH)
        )
        lines.append(f"📎 {said}")
    if form.correction:
        lines.append(f"✏️ {correction_line(form.correction, translator, language)}")
    return lines


def correction_line(note: CorrectionNote, translator: Translator, language: str) -> str:
    """Return, for example, "Đính chính 10:30 ngày 16/08/2017: đổi tiêu đề; thêm 1 tệp"."""
    said = "; ".join(changed_parts(note.what, translator, language))
    at = moments.moment(translator, language, note.at)
    return translator.text(language, "card-corrected", moment=at, changes=said)


def changed_parts(what: Changes, translator: Translator, language: str) -> list[str]:
    """Return what has changed, in a few words each."""
    parts = {"title": what.title, "summary": what.has_new_summary, "photo": what.has_new_photo}
    said = [
        translator.text(language, "corrected-part", part=part) for part, is_new in parts.items() if is_new
    ]
    files = {"corrected-added": what.added, "corrected-removed": what.removed}
    return [*said, *(translator.text(language, key, count=count) for key, count in files.items() if count)]


def _named(attachment: Attachment) -> str:
    name = one_line(attachment.name)
    return f"{name} ({one_line(attachment.size)})" if attachment.size else name


def summary_of(article: Article, limit: int) -> str:
    """Return what an article is about in at most *limit* code points, if it says more than its title."""
    if limit < _LEAST_SUMMARY:
        return ""
    # No more is looked at than could be shown, whatever the feed's first paragraph holds.
    text = one_line((article.summary.strip() or next(iter(article.body), ""))[:_LOOKED_AT])
    # Feeds that have no summaries often put the title there once more.
    return "" if text == one_line(article.title[:_LOOKED_AT]) else shorten(text, limit)


def _named_topic(topic: Topic, language: str) -> str:
    """Return the topic's name, and on the same line the hashtag by which the chat finds all of it.

    The hashtag has its diacritics: Telegram takes Vietnamese letters, and people read them.
    """
    hashtag = "#" + _NOT_IN_HASHTAGS.sub("", nfc(topic.hashtag))
    return f"{one_line(topic.name(language))} {hashtag}"


def page_buttons(article: Article, translator: Translator, language: str) -> tuple[Button, ...]:
    """Return the button that leads to the page of *article*, if it has one."""
    return (Button(translator.text(language, "card-open"), url=article.page),) if article.page else ()


def named_by(title: str, article: Article) -> Span:
    """Return *title*, which leads to the page of *article* if it has one."""
    return link(title, article.page) if article.page else plain(title)


def in_one_row(buttons: Sequence[Button]) -> Keyboard:
    return in_rows(buttons, max(1, len(buttons)))


def in_pairs(buttons: Sequence[Button]) -> Keyboard:
    """Return *buttons* two a row, as they are still read on a phone."""
    return in_rows(buttons, 2)


def in_rows(buttons: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _keyboard(article: Article, buttons: Sequence[Button]) -> Keyboard:
    files = (
        (Button(f"📎 {shorten(attachment.name, BUTTON_LENGTH)}", url=attachment.url),)
        for attachment in article.attachments[:ATTACHMENT_BUTTONS]
    )
    return (*in_pairs(buttons), *files)

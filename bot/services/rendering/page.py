"""The page that is made of one article, for a platform that publishes."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.chats.message import KnownPhoto, Message, NewPhoto, bold
from bot.domain.chats.page import Page, PageImage, PageText
from bot.domain.messaging.messenger import PageLimits
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.card import date_line, summary_of
from bot.services.rendering.document_line import document_line

_NAME_LENGTH = 300


def page_message(
    article: Article,
    topic: Topic,
    limits: PageLimits,
    *,
    translator: Translator,
    language: str,
    photo: NewPhoto | KnownPhoto | None = None,
) -> Message:
    """Return *article* as a page within *limits*, whose cover is *photo*; its own address ends it."""
    first = next(iter(article.body), "")
    described = summary_of(article, limits.description) or shorten(first or article.title, limits.description)
    author = article.author or translator.text(language, "page-author")
    page = Page(
        key=article.key,
        title=shorten(article.title, limits.title),
        author=shorten(author, limits.author),
        description=described,
        blocks=(
            *_body(article, topic, translator, language),
            *_images(article, limits, has_cover=photo is not None),
            *_sources(article, translator, language),
        ),
    )
    return Message((bold(page.title),), photo=photo, page=page)


def _body(article: Article, topic: Topic, translator: Translator, language: str) -> Iterator[PageText]:
    facts = [one_line(topic.name(language))]
    if article.published:
        facts.insert(0, date_line(article.published, translator, language))
    yield PageText(" · ".join(facts))
    if said := document_line(article.document, translator, language):
        yield PageText(said)
    for paragraph in article.body or ((article.summary,) if article.summary.strip() else ()):
        yield PageText(paragraph)


def _images(article: Article, limits: PageLimits, *, has_cover: bool) -> Iterator[PageImage]:
    """Yield the photos beyond the lead, which is the cover, by the agency's own addresses."""
    others = article.photos[1:] if has_cover else ()
    shown = [photo for photo in others if urlsplit(photo.url).scheme in ("http", "https")]
    for photo in shown[: limits.images]:
        yield PageImage(photo.url, one_line(photo.caption))


def _sources(article: Article, translator: Translator, language: str) -> Iterator[PageText]:
    for attachment in article.attachments:
        yield PageText(f"📎 {shorten(attachment.name, _NAME_LENGTH)}", attachment.url)
    if article.source:
        yield PageText(translator.text(language, "article-source", name=one_line(article.source)))
    if article.page:
        yield PageText(translator.text(language, "card-open"), article.page)

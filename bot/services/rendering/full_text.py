"""The whole of one article, as the texts of several messages."""

from dataclasses import dataclass
from itertools import dropwhile

from bot.domain.blocks.model import Blocks, PhotoBlock
from bot.domain.chats.message import RichText, bold, italic, link, plain
from bot.domain.messaging.messenger import Capabilities
from bot.domain.messaging.splitting import Paragraph, split
from bot.domain.news.article import Article, Attachment
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold, one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.blocks.lines import lines_of
from bot.services.rendering.card import TITLE_LENGTH, date_line
from bot.services.rendering.tables.wide import WideTable, WideTables

_NAME_LENGTH = 300


@dataclass(frozen=True, slots=True)
class TextPart:
    """One message of a full text, and the wide tables that follow it as pictures."""

    text: RichText
    tables: tuple[WideTable, ...] = ()


def full_text(
    article: Article,
    topic: Topic,
    capabilities: Capabilities,
    *,
    translator: Translator,
    language: str,
    draws: bool = False,
) -> tuple[TextPart, ...]:
    """Return title, facts, text and attachments of *article* in messages of a platform.

    *draws* says that wide tables go as pictures.
    """
    facts = facts_of(article, topic, translator=translator, language=language)
    paragraphs: list[Paragraph] = [
        ((bold(shorten(article.title, TITLE_LENGTH)),),),
        tuple((plain(fact),) for fact in facts),
    ]
    if says_more(article):
        paragraphs.append(((italic(one_line(article.summary)),),))
    tables = WideTables(translator, language, albums=capabilities.albums > 0)
    mark = tables.mark if draws else None
    paragraphs += lines_of(_below_lead(article), columns=capabilities.columns, mark=mark)
    if article.attachments:
        heading = bold(translator.text(language, "article-attachments", count=len(article.attachments)))
        paragraphs.append(((heading,), *(_listed(each) for each in article.attachments)))
    parts = split(paragraphs, capabilities.text_length)
    return tuple(TextPart(part, tables.following(part)) for part in parts)


def facts_of(article: Article, topic: Topic, *, translator: Translator, language: str) -> list[str]:
    """Return the lines that say when *article* was published, where it belongs, and whose it is."""
    facts = [f"📂 {one_line(topic.name(language))}"]
    if article.published:
        facts.insert(0, f"🗓 {date_line(article.published, translator, language)}")
    if article.author:
        facts.append(f"✍️ {translator.text(language, 'article-author', name=one_line(article.author))}")
    if article.source:
        facts.append(f"📰 {translator.text(language, 'article-source', name=one_line(article.source))}")
    return facts


def _below_lead(article: Article) -> Blocks:
    """Return the layout of *article* without the photos above its text, which its card has shown."""
    return tuple(dropwhile(lambda block: isinstance(block, PhotoBlock), article.layout))


def says_more(article: Article) -> bool:
    """Say whether the summary says anything that the text itself does not."""
    summary = fold(article.summary)
    return bool(summary) and summary != fold(article.title) and summary not in fold(" ".join(article.body))


def _listed(attachment: Attachment) -> RichText:
    name = link(f"📎 {shorten(attachment.name, _NAME_LENGTH)}", attachment.url)
    return (name, plain(f" ({one_line(attachment.size)})")) if attachment.size else (name,)

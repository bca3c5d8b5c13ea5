"""The whole of one article, as the texts of several messages."""

from itertools import dropwhile

from bot.domain.blocks.model import Blocks, PhotoBlock
from bot.domain.chats.message import RichText, bold, italic, link, plain
from bot.domain.messaging.splitting import Paragraph, split
from bot.domain.news.article import Article, Attachment
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold, one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.blocks.lines import lines_of
from bot.services.rendering.card import TITLE_LENGTH, date_line

_NAME_LENGTH = 300


def full_text(
    article: Article, topic: Topic, *, translator: Translator, language: str, limit: int, columns: bool = True
) -> tuple[RichText, ...]:
    """Return title, facts, text and attachments of *article* in parts within *limit* code points.

    *columns* says that a table may be set in fixed width.
    """
    facts = facts_of(article, topic, translator=translator, language=language)
    paragraphs: list[Paragraph] = [
        ((bold(shorten(article.title, TITLE_LENGTH)),),),
        tuple((plain(fact),) for fact in facts),
    ]
    if says_more(article):
        paragraphs.append(((italic(one_line(article.summary)),),))
    paragraphs += lines_of(_below_lead(article), columns=columns)
    if article.attachments:
        heading = bold(translator.text(language, "article-attachments", count=len(article.attachments)))
        paragraphs.append(((heading,), *(_listed(each) for each in article.attachments)))
    return split(paragraphs, limit)


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

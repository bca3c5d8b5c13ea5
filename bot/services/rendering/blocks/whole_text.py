"""The whole of one article as one message that is laid out, with its photos in place."""

from collections.abc import Iterator

from bot.domain.blocks.model import (
    Block,
    Blocks,
    DocumentBlock,
    Heading,
    ItemList,
    Paragraph,
    PhotoBlock,
    Quotation,
    TextRun,
    plain_runs,
)
from bot.domain.chats.message import Keyboard, Message, WholeText, bold
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.card import TITLE_LENGTH
from bot.services.rendering.full_text import facts_of, says_more


def whole_text(
    article: Article,
    topic: Topic,
    *,
    translator: Translator,
    language: str,
    instead: tuple[Message, ...],
    keyboard: Keyboard,
) -> Message:
    """Return *article* as one message with *keyboard*; *instead* is what it is else."""
    title = shorten(article.title, TITLE_LENGTH)
    count = len(article.attachments)
    whole = WholeText(
        blocks=(
            Heading(1, plain_runs(title)),
            *_facts(article, topic, translator, language),
            *_lead(article),
            *article.layout,
        ),
        attachments=tuple(
            DocumentBlock(each.url, one_line(each.name), one_line(each.size)) for each in article.attachments
        ),
        attachments_title=translator.text(language, "article-attachments", count=count) if count else "",
        page=article.page,
        read_on=translator.text(language, "whole-text-read-on"),
        instead=instead,
    )
    return Message((bold(title),), keyboard=keyboard, whole=whole)


def _facts(article: Article, topic: Topic, translator: Translator, language: str) -> Iterator[Block]:
    facts = facts_of(article, topic, translator=translator, language=language)
    yield Paragraph(plain_runs(" · ".join(facts)))
    if says_more(article):
        yield Paragraph((TextRun(one_line(article.summary), italic=True),))


def _lead(article: Article) -> Blocks:
    """Return the lead photo, where the text shows none itself."""
    if any(_shows_photo(block) for block in article.layout):
        return ()
    return tuple(PhotoBlock(photo.url, one_line(photo.caption)) for photo in article.photos[:1])


def _shows_photo(block: Block) -> bool:
    match block:
        case PhotoBlock():
            return True
        case Quotation():
            return any(map(_shows_photo, block.blocks))
        case ItemList():
            return any(_shows_photo(inner) for item in block.items for inner in item.blocks)
        case _:
            return False

"""What is dearest to show takes no more than its share of time, on each platform."""

import gc
import time
from collections.abc import Callable

import pytest

from bot.domain.blocks.codec import restored, stored
from bot.domain.messaging.splitting import split
from bot.domain.news.article import Article
from bot.i18n import FormOfAddress
from bot.messengers.telegram.messenger import CAPABILITIES
from bot.messengers.telegram.rich import rich_html
from bot.messengers.text import to_html
from bot.messengers.zalo import text as zalo
from bot.services.rendering.blocks.lines import lines_of
from bot.services.rendering.blocks.whole_text import whole_text
from bot.services.rendering.card import CardFormat, card
from bot.services.rendering.full_text import full_text
from tests.commands.stage import TOPICS, texts
from tests.services.rendering.dearest import SHAPES, dearest
from tests.services.rendering.laying_out import as_html

MOST = 8.0
"""Four times the article may take so many times as long; a square would take sixteen times."""
_LEAST = 0.002
_TRIES = 5
TEXTS = texts(FormOfAddress.YOU)


def classic(article: Article) -> None:
    for part in full_text(article, TOPICS[0], CAPABILITIES, translator=TEXTS, language="vi", draws=True):
        to_html(part.text)


def rich(article: Article) -> None:
    message = whole_text(article, TOPICS[0], translator=TEXTS, language="vi", instead=(), keyboard=())
    assert message.whole
    rich_html(message.whole)


def on_zalo(article: Article) -> None:
    for part in split(lines_of(article.layout, columns=False), zalo.LONGEST, size=zalo.size):
        zalo.written_out(part)


def as_card(article: Article) -> None:
    card(article, TOPICS[0], CardFormat(TEXTS, "vi", CAPABILITIES))


def on_web(article: Article) -> None:
    as_html(article.layout)


def in_store(article: Article) -> None:
    assert restored(stored(article.blocks)) == article.blocks


def cost(show: Callable[[Article], None], article: Article) -> float:
    gc.disable()
    try:
        started = time.thread_time()
        show(article)
        return time.thread_time() - started
    finally:
        gc.enable()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("show", [classic, rich, on_zalo, as_card, on_web, in_store])
def test_four_times_the_article_takes_no_more_than_its_share_of_time(
    show: Callable[[Article], None], shape: str
) -> None:
    short, long = dearest(shape, share=0.25), dearest(shape)
    to_html.cache_clear()
    shortest, longest = cost(show, short), cost(show, long)
    for _ in range(_TRIES):
        if longest <= MOST * max(shortest, _LEAST):
            break
        to_html.cache_clear()
        shortest, longest = min(shortest, cost(show, short)), min(longest, cost(show, long))

    assert longest <= MOST * max(shortest, _LEAST)

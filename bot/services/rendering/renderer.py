"""The messages that deliveries need: a card, a digest, and what tells of a change."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chats.message import Message
from bot.domain.news.article import Article
from bot.domain.news.correction import Changes
from bot.services.rendering.card_cache import Compose
from bot.services.rendering.digest import ComposeDigest


@dataclass(frozen=True, slots=True)
class Renderer:
    """Composes cards and digests; *withdrawal* takes a language, and stands in the place of a card.

    Where no message can be edited, *correction* and *removal* make a second one of their own: of an article
    as it is now and what has changed in it, and of one that was taken down, in a language; *ending* makes one
    of what was for a time that is over.
    """

    card: Compose
    digest: ComposeDigest
    withdrawal: Callable[[str], Message]
    correction: Callable[[Article, Changes, str], Message]
    removal: Callable[[Article, str], Message]
    ending: Callable[[Article, str], Message]

"""The three messages that deliveries need: a card, a digest, and the note that an article was taken down."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chats.message import Message
from bot.services.rendering.card_cache import Compose
from bot.services.rendering.digest import ComposeDigest


@dataclass(frozen=True, slots=True)
class Renderer:
    """Composes cards and digests; *withdrawal* takes a language."""

    card: Compose
    digest: ComposeDigest
    withdrawal: Callable[[str], Message]

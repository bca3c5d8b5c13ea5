"""The buttons of one article: in a private chat they act there, elsewhere they lead to the private one."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.commands.actions import Verb, action
from bot.domain.article import ArticleId
from bot.domain.feed import Topic
from bot.domain.message import Button, Message, NewPhoto
from bot.domain.messenger import Messenger
from bot.i18n import Translator
from bot.services.cards import Compose
from bot.services.compose import card
from bot.store.articles import StoredArticle

_PAYLOAD = re.compile(r"doc_([0-9]{1,18})")
"""No id of a topic, which a payload may also be, has an underscore."""


@dataclass(frozen=True, slots=True)
class ArticleButtons:
    """Makes the buttons; *link* gives the address of a private chat with us, by what is said there first."""

    translator: Translator
    link: Callable[[str], str | None]

    def in_private(self, stored: StoredArticle, language: str) -> tuple[Button, ...]:
        if not stored.article.body:
            return ()
        label = self.translator.text(language, "button-read")
        return (Button(label, action=action(Verb.READ, stored.id, 0, stored.revision)),)

    def elsewhere(self, stored: StoredArticle, language: str) -> tuple[Button, ...]:
        address = self.link(f"doc_{stored.id}") if stored.article.body else None
        return (Button(self.translator.text(language, "button-read"), url=address),) if address else ()


def composer(translator: Translator, messenger: Messenger) -> Compose:
    """Return what makes the cards of deliveries."""
    buttons = ArticleButtons(translator, messenger.link_to_us)

    def compose(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, *, private: bool
    ) -> Message:
        make = buttons.in_private if private else buttons.elsewhere
        return card(
            stored.article,
            topic,
            translator=translator,
            language=language,
            capabilities=messenger.capabilities,
            photo=photo,
            buttons=make(stored, language),
        )

    return compose


def read_payload(payload: str) -> ArticleId | None:
    """Return the article whose text the *payload* of a link asks for, if it is of that kind."""
    found = _PAYLOAD.fullmatch(payload)
    return ArticleId(int(found[1])) if found else None

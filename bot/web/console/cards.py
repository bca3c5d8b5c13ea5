"""The cards of an article, as each account sends them."""

from dataclasses import dataclass

from bot.domain.chats.message import Message
from bot.domain.messaging.typed_menu import SpelledOut, spell_out
from bot.domain.news.feed import Topic
from bot.store.articles.articles import StoredArticle
from bot.web.console.console import ConsoleAccount
from bot.web.console.names import account_names
from bot.web.console.visit import Visit


@dataclass(frozen=True, slots=True)
class ShownCard:
    """The card of an article as an account sends it; where there are no buttons, they are *spelled* out."""

    account: str
    message: Message
    spelled: SpelledOut | None


async def cards_of(visit: Visit, stored: StoredArticle, topic: Topic) -> list[ShownCard]:
    """Return what readers of *topic* get of an article, on each account that people write to."""
    called = await account_names(visit)
    return [
        _card(visit, each, called[each.id], stored, topic)
        for each in visit.console.accounts
        if each.has_people
    ]


def _card(visit: Visit, account: ConsoleAccount, name: str, stored: StoredArticle, topic: Topic) -> ShownCard:
    message = account.card(stored, topic, visit.language, None, private=True, brief=False)
    has_buttons = account.messenger.capabilities.keyboards
    return ShownCard(name, message, None if has_buttons else spell_out(message.keyboard, after=0))

"""Notices: those who manage the bot are asked in their own chats what is theirs to decide."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

import structlog

from bot.domain.chat import AccountId, Address, Chat, ChatStatus
from bot.domain.clock import Clock
from bot.domain.delivery import Outcome, Receipt
from bot.domain.message import Message
from bot.store import admins, chats, holds, revisits
from bot.store.articles import StoredArticle
from bot.store.database import Database
from bot.store.holds import Hold

REMIND_AFTER = timedelta(days=1)
UNHEARD_AFTER = timedelta(hours=1)
"""When nobody could be reached, it is tried again so much later."""

log = structlog.get_logger(__name__)


class Notices:
    """Asks through one account. *reply* is the account's one way out.

    *about_hold* and *about_withdrawal* word the questions, in a language.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        account: AccountId,
        owners: Collection[str],
        reply: Callable[[Address, Message], Awaitable[Outcome]],
        about_hold: Callable[[Hold, str], Message],
        about_withdrawal: Callable[[StoredArticle, int, str], Message],
    ) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._owners = sorted(owners)
        self._reply = reply
        self._about_hold = about_hold
        self._about_withdrawal = about_withdrawal

    async def ask_about_holds(self) -> None:
        """Ask the owners what becomes of held entries, and remind them daily."""
        now = self._clock.now()
        async with self._database.read() as tx:
            due = await holds.undecided(tx, due=now)
        for hold in due:
            heard = False
            for owner in self._owners:
                if chat := await self._chat(owner):
                    question = self._about_hold(hold, chat.language)
                    heard |= isinstance(await self._reply(chat.address, question), Receipt)
            async with self._database.write() as tx:
                await holds.ask_again(tx, hold.id, now + (REMIND_AFTER if heard else UNHEARD_AFTER))

    async def tell_of_withdrawal(self, article: StoredArticle) -> None:
        """Tell owners and admins that an article is gone, and ask whether its messages should go as well."""
        async with self._database.read() as tx:
            appointed = [admin.user for admin in await admins.appointed(tx, self._account)]
            receipts = await revisits.receipts(tx, article.id)
        for user in sorted({*self._owners, *appointed}):
            if chat := await self._chat(user):
                await self._reply(chat.address, self._about_withdrawal(article, receipts, chat.language))

    async def _chat(self, user: str) -> Chat | None:
        """Return the chat of a person, unless it is off: a messenger gives a private chat its person's id."""
        address = Address(self._account, user)
        async with self._database.read() as tx:
            chat = await chats.find(tx, address)
        if chat is None or chat.status is ChatStatus.OFF:
            log.warning("somebody could not be asked: he or she has not written to the bot", user=user)
            return None
        return chat

"""Notices: those who manage the bot are asked in their own chats what is theirs to decide."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.chats.chat import AccountId, Address, Chat, ChatStatus, TopicId
from bot.domain.chats.message import Message
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Receipt, RetryLater
from bot.domain.desk.roles import Right
from bot.domain.news.correction import REPORTED_AT
from bot.domain.publication.editing import SourceText
from bot.services.aio import at_most
from bot.services.operations.managed_account import TOLD_WITHIN, ManagedAccount, is_spoken_through
from bot.store.articles import articles, revisits, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import quarantine
from bot.store.feeds.quarantine import Quarantine
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin

REMIND_AFTER = timedelta(days=1)
UNHEARD_AFTER = timedelta(hours=1)
"""When nobody could be reached, it is tried again so much later."""

WAITED_FOR = timedelta(hours=1)
"""How long a question that somebody has waits for those who could not be asked. Then it counts as asked."""

HEARD_WITHIN = 5.0
"""Seconds for which an account is waited for before the next question is put. It goes on by itself."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Questions:
    """What words the questions, in a language."""

    about_hold: Callable[[Quarantine, str], Message]
    about_withdrawal: Callable[[StoredArticle, int, str], Message]
    about_source: Callable[[StoredArticle, SourceText, str], Message]


def _who_publishes(appointed: Sequence[Admin], topics: Collection[TopicId]) -> set[str]:
    """Return the admins who decide about what is in all of *topics*."""
    return {
        admin.user
        for admin in appointed
        if admin.authority.may(Right.PUBLISH) and admin.authority.covers(topics)
    }


class ApprovalRequests:
    """Asks through those of the *accounts* that are ours."""

    def __init__(
        self, database: Database, clock: Clock, questions: Questions, accounts: Sequence[ManagedAccount]
    ) -> None:
        self._database = database
        self._clock = clock
        self._questions = questions
        self._accounts = tuple(accounts)
        self._heard: dict[str, set[Address]] = {}
        self._heard_at: dict[str, datetime] = {}
        self._asking: dict[AccountId, asyncio.Task[bool]] = {}
        """The accounts that are still being asked through. One that does not answer takes long."""
        self._unheard_until: dict[str, datetime] = {}

    async def ask(self) -> None:
        """Ask whatever is to be asked now, if there is an account to ask through."""
        if not self._speaking():
            return
        await self.ask_about_holds()
        await self.ask_about_withdrawals()
        await self.ask_about_sources()

    def _speaking(self) -> list[ManagedAccount]:
        spoken_through = filter(is_spoken_through, self._accounts)
        return [account for account in spoken_through if account.health().ours]

    async def ask_about_holds(self) -> None:
        """Ask the owners what becomes of held entries, and remind them daily."""
        now = self._clock.now()
        async with self._database.read() as tx:
            due = await quarantine.undecided(tx, due=now)
        for hold in due:
            about = f"hold {hold.id} of {hold.entries}"
            owners = {account: account.owners for account in self._speaking()}
            heard = await self._ask(about, owners, partial(self._questions.about_hold, hold))
            if heard is not None:
                async with self._database.write() as tx:
                    await quarantine.ask_again(tx, hold.id, now + (REMIND_AFTER if heard else UNHEARD_AFTER))

    async def ask_about_withdrawals(self) -> None:
        """Tell owners and admins which articles are gone, and ask whether their messages should go, too."""
        async with self._database.read() as tx:
            gone = await revisits.unasked(tx, absences=REPORTED_AT)
            appointed = {account: await admins.appointed(tx, account.id) for account in self._speaking()}
            found = await articles.many(tx, gone)
            receipts = {article: await revisits.receipts(tx, article) for article in found}
        now = self._clock.now()
        for number, article in found.items():
            question = partial(self._questions.about_withdrawal, article, receipts[number])
            if await self._ask_managers(f"article {number}", article, appointed, question):
                async with self._database.write() as tx:
                    await revisits.asked(tx, number, now)

    async def ask_about_sources(self) -> None:
        """Ask whether edited articles that are out take over what their sources say now."""
        async with self._database.read() as tx:
            changed = await source_texts.unasked(tx)
            appointed = {account: await admins.appointed(tx, account.id) for account in self._speaking()}
            found = await articles.many(tx, changed)
            sources = {article: await source_texts.get(tx, article) for article in found}
        now = self._clock.now()
        for number, article in found.items():
            if (source := sources[number]) is None:
                continue
            question = partial(self._questions.about_source, article, source)
            about = f"version {source.version} of the source of article {number}"
            if await self._ask_managers(about, article, appointed, question):
                async with self._database.write() as tx:
                    await source_texts.asked(tx, number, source.version, now)

    async def _ask_managers(
        self,
        about: str,
        article: StoredArticle,
        appointed: Mapping[ManagedAccount, Sequence[Admin]],
        question: Callable[[str], Message],
    ) -> bool:
        """Ask owners and whoever publishes in all topics of *article*; return whether that is done."""
        now = self._clock.now()
        self._unheard_until = {each: at for each, at in self._unheard_until.items() if at > now}
        if about in self._unheard_until:
            return False
        managers = {
            account: {*account.owners, *_who_publishes(those, article.all_topics)}
            for account, those in appointed.items()
        }
        heard = await self._ask(about, managers, question)
        if heard is False:
            self._unheard_until[about] = now + UNHEARD_AFTER
        return bool(heard)

    async def _ask(
        self,
        about: str,
        users: Mapping[ManagedAccount, Collection[str]],
        question: Callable[[str], Message],
    ) -> bool | None:
        """Put a question to those *users* of each account who can be reached and do not have it.

        Return whether anybody has it; None if somebody is to be asked again soon, and nobody else.
        """
        heard, now = self._heard.setdefault(about, set()), self._clock.now()
        asked = [self._begun(account, sorted(people), heard, question) for account, people in users.items()]
        is_later = any(await asyncio.gather(*asked))
        if heard:
            self._heard_at.setdefault(about, now)
        if is_later and now - self._heard_at.get(about, now) < WAITED_FOR:
            return None
        self._heard_at.pop(about, None)
        return bool(self._heard.pop(about))

    async def _begun(
        self,
        account: ManagedAccount,
        users: Sequence[str],
        heard: set[Address],
        question: Callable[[str], Message],
    ) -> bool:
        """Ask through one account, unless it is still busy; return whether one is to be asked later."""
        if account.id in self._asking:
            return True
        asking = at_most(TOLD_WITHIN, self._ask_through(account, users, heard, question))
        task = self._asking[account.id] = asyncio.create_task(asking)
        task.add_done_callback(partial(self._asked, account.id))
        try:
            return await asyncio.wait_for(asyncio.shield(task), HEARD_WITHIN)
        except TimeoutError:
            return True

    def _asked(self, account: AccountId, task: asyncio.Task[bool]) -> None:
        del self._asking[account]
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, TimeoutError):
            log.warning("a question could not be put", account=account, error=str(error))

    async def _ask_through(
        self,
        account: ManagedAccount,
        users: Sequence[str],
        heard: set[Address],
        question: Callable[[str], Message],
    ) -> bool:
        """Ask those *users* of one account who have not *heard*; return whether one is to be asked later."""
        later = False
        for user in users:
            address = Address(account.id, user)
            chat = None if address in heard else await self._chat(address)
            if chat is None:
                continue
            outcome = await account.reply(chat.address, question(chat.language))
            if isinstance(outcome, Receipt):
                heard.add(address)
            later = later or isinstance(outcome, RetryLater)
        return later

    async def _chat(self, address: Address) -> Chat | None:
        """Return the chat of a person, unless it is off: a messenger gives a private chat its person's id."""
        async with self._database.read() as tx:
            chat = await chats.find(tx, address)
        if chat is None or chat.status is ChatStatus.OFF:
            log.warning(
                "somebody could not be asked: he or she has not written to the bot", user=address.chat
            )
            return None
        return chat

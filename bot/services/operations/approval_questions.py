"""Questions about publications: who may approve is asked in their own chat, and sees who has answered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.chats.chat import Address, Chat, ChatStatus
from bot.domain.chats.message import Message, NewPhoto
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Receipt, RetryLater
from bot.domain.desk.roles import Right
from bot.domain.messaging.messenger import Capabilities
from bot.domain.publication.approval import Voter
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.operations.managed_account import ManagedAccount
from bot.services.publishing.standing import ApprovalStanding, standing
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.publications import approvals, questions
from bot.store.publications.approvals import ApprovalRequest
from bot.store.publications.questions import ApprovalQuestion
from bot.store.runtime import admins

UNHEARD_AFTER = timedelta(minutes=10)
"""When somebody could not be reached, it is tried again so much later."""

_MOST = 100
"""Publications that are asked about at a time, the longest waiting first."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ApprovalTexts:
    """What words the questions, in a language: the card as it will look, and how it was answered."""

    asking: Callable[[ApprovalStanding, NewPhoto | None, str, Capabilities], Message]
    answered: Callable[[ApprovalStanding, str], Message]


class ApprovalQuestions:
    """Asks the people of one account, and tells them what others have answered."""

    def __init__(
        self, database: Database, clock: Clock, texts: ApprovalTexts, account: ManagedAccount
    ) -> None:
        self._database = database
        self._clock = clock
        self._texts = texts
        self._account = account
        self._unheard_until: dict[str, datetime] = {}

    async def look(self) -> None:
        """Ask whom there is to ask now, and tell what was answered since they were asked."""
        if not self._account.health().ours:
            return
        async with self._database.read() as tx:
            asked = await questions.standing(tx, self._account.id)
            state = PublicationState.AWAITING
            waiting = await approvals.waiting(tx, topics=None, state=state, limit=_MOST)
            open_ones = {each.publication: each for each in waiting if each.is_asked_about}
            people = await self._people(tx, open_ones)
        current = {
            (each.publication, each.user) for each in asked if _stands(each, open_ones.get(each.publication))
        }
        for question in asked:
            if (question.publication, question.user) not in current:
                await self._tell(question)
        for publication, request in open_ones.items():
            for user in people[publication]:
                has_voted = Voter(user, self._account.id) in request.waiting.voters
                if (publication, user) not in current and not has_voted:
                    await self._ask(request, user)

    async def _people(
        self, tx: Transaction, asked_about: Collection[PublicationId]
    ) -> dict[PublicationId, list[str]]:
        """Return who decides about each publication, by this account."""
        if not asked_about:
            return {}
        publishers = [
            each for each in await admins.appointed(tx, self._account.id) if each.authority.may(Right.PUBLISH)
        ]
        return {
            about: sorted(
                {
                    *self._account.owners,
                    *(each.user for each in publishers if each.authority.covers([about.topic])),
                }
            )
            for about in asked_about
        }

    async def _ask(self, request: ApprovalRequest, user: str) -> None:
        if self._is_unheard(user):
            return
        async with self._database.read() as tx:
            chat = await self._chat(tx, user)
            stands = await standing(tx, request.publication)
            key = stands.stored.photo_key if stands else None
            photo = await articles.photo(tx, key) if key else None
        if chat is None or stands is None:
            self._note_unheard(user)
            return
        shown = NewPhoto(photo.key, photo.content) if photo else None
        capabilities = self._account.messenger.capabilities
        question = self._texts.asking(stands, shown, chat.language, capabilities)
        outcome = await self._account.reply(chat.address, question)
        if not isinstance(outcome, Receipt):
            log.warning("somebody could not be asked for approval", article=request.publication.article)
            self._note_unheard(user)
            return
        noted = ApprovalQuestion(
            request.publication, self._account.id, user, request.waiting.round, outcome.message_id
        )
        async with self._database.write() as tx:
            await questions.note(tx, noted)

    async def _tell(self, question: ApprovalQuestion) -> None:
        """Let a question say how it was answered, where the messenger edits; elsewhere people ask for it."""
        if self._is_unheard(question.user):
            return
        async with self._database.read() as tx:
            chat = await self._chat(tx, question.user)
            stands = await standing(tx, question.publication)
        if chat and stands and self._account.messenger.capabilities.edits:
            said = self._texts.answered(stands, chat.language)
            outcome = await self._account.reply(chat.address, replace(said, replaces=question.message))
            if isinstance(outcome, RetryLater):
                # It still shows its buttons: what it says is mended as soon as that can be.
                self._note_unheard(question.user)
                return
        async with self._database.write() as tx:
            await questions.forget(tx, question)

    def _is_unheard(self, user: str) -> bool:
        now = self._clock.now()
        return self._unheard_until.get(user, now) > now

    def _note_unheard(self, user: str) -> None:
        self._unheard_until[user] = self._clock.now() + UNHEARD_AFTER

    async def _chat(self, tx: Transaction, user: str) -> Chat | None:
        """Return the chat of a person, unless it is off: a messenger gives a private chat its person's id."""
        chat = await chats.find(tx, Address(self._account.id, user))
        return None if chat is None or chat.status is ChatStatus.OFF else chat


def _stands(question: ApprovalQuestion, request: ApprovalRequest | None) -> bool:
    """Return whether a question is about a publication as it waits now."""
    return request is not None and question.round == request.waiting.round

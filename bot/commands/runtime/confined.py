"""The conversation in a test installation: whoever is not listed learns that it is one, and nothing else."""

from dataclasses import replace

import structlog

from bot.commands.base.context import (
    SILENCE,
    OutgoingMessage,
    Response,
    authority_of,
    private_address,
    spoken_language,
)
from bot.commands.base.unit_of_work import Note, Plan, UnitOfWork
from bot.commands.runtime.handling import Speaker
from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    ChatMigrated,
    Incoming,
    InlineQuery,
    MembershipChanged,
    TextReceived,
)
from bot.domain.chats.message import Message, plain
from bot.domain.delivery.served_chats import ServedChats

_log = structlog.get_logger(__name__)


def confined(conversation: Speaker, served: ServedChats) -> Speaker:
    """Return *conversation* as it is held where only *served* gets anything."""
    return ConfinedConversation(conversation, served) if served.is_limited else conversation


class ConfinedConversation:
    """Lets *conversation* answer those who are listed and those who manage the bot.

    What it would say elsewhere than where it was spoken to goes to those alone who are listed.
    """

    def __init__(self, conversation: Speaker, served: ServedChats) -> None:
        self.context = conversation.context
        self._conversation = conversation
        self._served = served

    def plan(self, incoming: Incoming) -> Plan | None:
        return self._conversation.plan(incoming)

    def apology(self, incoming: Incoming) -> Response:
        return self._conversation.apology(incoming)

    def unheard(self, incoming: Incoming) -> tuple[Note, ...]:
        return self._conversation.unheard(incoming)

    async def answer(self, incoming: Incoming, unit: UnitOfWork) -> Response:
        """Answer; from others only what happened to the bot is noted: that it was let in or shut out."""
        takes_part = await self._takes_part(incoming, unit)
        if not takes_part and isinstance(incoming, TextReceived | ButtonPressed):
            return self._turned_away(incoming)
        if not takes_part and isinstance(incoming, InlineQuery):
            return SILENCE
        answer = await self._conversation.answer(incoming, unit)
        return self._within(answer, self._answered_at(incoming) if takes_part else None)

    def _answered_at(self, incoming: Incoming) -> Address:
        """Return where what is said is an answer: to whoever let the bot in, it is in their own chat."""
        match incoming:
            case InlineQuery() | MembershipChanged():
                return private_address(self.context, incoming.sender.user)
            case ChatMigrated():
                return incoming.new
            case _:
                return incoming.address

    async def _takes_part(self, incoming: Incoming, unit: UnitOfWork) -> bool:
        if self._served.gets_news(self._answered_at(incoming)):
            return True
        if isinstance(incoming, ChatMigrated):
            return False
        return (await authority_of(self.context, unit.tx, incoming.sender.user)).manages

    def _turned_away(self, incoming: TextReceived | ButtonPressed) -> Response:
        translator, language = self.context.translator, spoken_language(self.context, incoming)
        platform = self.context.messenger.account.partition(":")[0]
        said = translator.text(language, "test-only", chat=f"{platform}:{incoming.address.chat}")
        return Response((OutgoingMessage(incoming.address, Message((plain(said),))),))

    def _within(self, answer: Response, here: Address | None) -> Response:
        """Return *answer* without what is for others; *here* it is said that there was something."""
        kept = tuple(each for each in answer.messages if each.to == here or self._served.is_told(each.to))
        left_out = len(answer.messages) - len(kept)
        if left_out:
            _log.warning("a test installation: something was not said elsewhere", messages=left_out)
        if left_out and here:
            translator = self.context.translator
            said = translator.text(translator.default_language, "test-only-elsewhere", count=left_out)
            kept = (*kept, OutgoingMessage(here, Message((plain(said),))))
        later = answer.later
        if later is None:
            return replace(answer, messages=kept)

        async def then() -> Response:
            return self._within(await later.then(), here)

        return replace(answer, messages=kept, later=replace(later, then=then))

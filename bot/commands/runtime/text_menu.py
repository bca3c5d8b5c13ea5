"""The conversation on a messenger that lacks buttons or edits: the same menus, typed and sent anew."""

from dataclasses import replace
from functools import partial

from cachetools import LRUCache

from bot.commands.base import callback_data
from bot.commands.base.callback_data import Verb
from bot.commands.base.context import Deferred, OutgoingMessage, Response, spoken_language
from bot.commands.base.unit_of_work import Note, Plan, RoleOf, UnitOfWork
from bot.commands.router import understood
from bot.commands.runtime.handling import Speaker
from bot.domain.chats.chat import Address, ButtonPressed, ChatKind, Incoming, TextReceived
from bot.domain.chats.message import Button, Message, plain
from bot.domain.messaging.typed_menu import read_number
from bot.services.text_menus.menus import Talk, TextMenus
from bot.store.chats import chats

_REMEMBERED = 1_000
"""Chats whose last list is known in words as well. It is nowhere written: the words may be a search."""


def fitting(conversation: Speaker) -> Speaker:
    """Return *conversation* as its messenger can show it."""
    capabilities = conversation.context.messenger.capabilities
    return conversation if capabilities.keyboards and capabilities.edits else TextMenuAdapter(conversation)


class TextMenuAdapter:
    """Spells out what *conversation* answers, and reads typed numbers for it as what they stand for."""

    def __init__(self, conversation: Speaker) -> None:
        self.context = context = conversation.context
        self._conversation = conversation
        self._has_buttons = context.messenger.capabilities.keyboards
        self.menus = TextMenus(
            context.database, context.clock, context.translator, context.messenger.capabilities
        )
        self._said: LRUCache[Address, str] = LRUCache(_REMEMBERED)

    def apology(self, incoming: Incoming) -> Response:
        answer = self._conversation.apology(incoming)
        if self._has_buttons or not isinstance(incoming, TextReceived):
            return answer
        talk = Talk(spoken_language(self.context, incoming), private=incoming.kind is ChatKind.PRIVATE)
        said = self.menus.led_on([each.message for each in answer.messages], talk)
        return replace(answer, messages=tuple(OutgoingMessage(incoming.address, each) for each in said))

    def unheard(self, incoming: Incoming) -> tuple[Note, ...]:
        """Have numbers mean nothing, too, where no question stands any more."""
        forgotten = self._conversation.unheard(incoming)
        if self._has_buttons or not isinstance(incoming, TextReceived | ButtonPressed):
            return forgotten
        return (*forgotten, partial(self.menus.drop_of_stranger, address=incoming.address))

    def plan(self, incoming: Incoming) -> Plan | None:
        """Return what handling will need: a number may stand for any button."""
        plan = self._conversation.plan(incoming)
        if not isinstance(incoming, TextReceived) or self._number(incoming) is None:
            return plan
        asked = incoming.kind is not ChatKind.PRIVATE and self.context.messenger.capabilities.tells_roles
        return Plan(writes=True, question=RoleOf(incoming.address, incoming.sender.user) if asked else None)

    async def answer(self, incoming: Incoming, unit: UnitOfWork) -> Response:
        meant: Incoming | Response = incoming
        if isinstance(incoming, TextReceived) and not self._has_buttons:
            meant = await self._read(incoming, unit)
        if isinstance(meant, Response):
            return await self._spelled_out(incoming, meant, unit, goes_on=True)
        answer = await self._conversation.answer(meant, unit)
        if self._has_buttons:
            return _anew(answer)
        return await self._spelled_out(meant, answer, unit, goes_on=_opens_an_article(meant))

    def _number(self, incoming: TextReceived) -> int | None:
        """Return the number that somebody types to choose from a list."""
        if self._has_buttons or not incoming.addressed or incoming.kind is ChatKind.CHANNEL:
            return None
        typed = understood.read(incoming.text, self.context.messenger.username)
        return read_number(typed.argument) if typed and not typed.command else None

    async def _read(self, incoming: TextReceived, unit: UnitOfWork) -> Incoming | Response:
        """Return what somebody means who may have typed a number, or what is to be said about it."""
        number = self._number(incoming)
        if number is None:
            return incoming
        entries = await self.menus.meaning(unit.tx, incoming.address)
        if number not in entries and await self._awaits_words(unit, incoming.address):
            return incoming
        if entries and number not in entries:
            language = await self._language(incoming, unit)
            first, last = min(entries), max(entries)
            said = self.context.translator.text(language, "menu-no-such-number", first=first, last=last)
            return Response((OutgoingMessage(incoming.address, Message((plain(said),))),))
        # Without a list the number is answered as a button is that means nothing any more.
        action = entries.get(number)
        return ButtonPressed(
            incoming.address,
            incoming.kind,
            incoming.sender,
            action=action or "",
            message_id="",
            press_id="",
            title=incoming.title,
            text=self._said.get(incoming.address, ""),
            keyboard=((Button(str(number), action=action),),) if action else (),
        )

    async def _spelled_out(
        self, incoming: Incoming, answer: Response, unit: UnitOfWork, *, goes_on: bool = False
    ) -> Response:
        """Return what goes to the chat itself without buttons; what others get is spelled out when sent."""
        if not isinstance(incoming, TextReceived | ButtonPressed):
            return answer
        here = incoming.address
        answer = answer.with_toast_in_words(here)
        ours = [outgoing.message for outgoing in answer.messages if outgoing.to == here]
        before = await self.menus.meaning(unit.tx, here) if goes_on else {}
        talk = Talk(
            await self._language(incoming, unit),
            private=incoming.kind is ChatKind.PRIVATE,
            awaits_words=await self._awaits_words(unit, here),
            continues=answer.later is not None,
        )
        spelled = await self.menus.answer(unit.note, here, ours, talk, before=before)
        if not goes_on:
            await self._remember(here, ours, unit)
        others = (outgoing for outgoing in answer.messages if outgoing.to != here)
        messages = (*(OutgoingMessage(here, each) for each in spelled), *others)
        later = None
        if answer.later:
            has_list = any(message.keyboard for message in ours)
            later = self._later(incoming, answer.later, goes_on=goes_on or has_list)
        return replace(answer, messages=messages, later=later)

    def _later(self, incoming: Incoming, later: Deferred, *, goes_on: bool) -> Deferred:
        async def then() -> Response:
            answer = await later.then()
            async with self.context.database.write() as tx:
                unit = UnitOfWork(tx, is_writable=True)
                return await self._spelled_out(incoming, answer, unit, goes_on=goes_on)

        return replace(later, then=then)

    async def _awaits_words(self, unit: UnitOfWork, address: Address) -> bool:
        """Return whether the bot has asked for words, which may be a number."""
        question = self.context.recent.question(address)
        return bool(question and question.words) or await chats.awaits_input(unit.tx, address)

    async def _remember(self, address: Address, messages: list[Message], unit: UnitOfWork) -> None:
        """Keep in mind the head of the last list, which may say what was searched for."""
        listed = [message for message in messages if message.keyboard]
        if listed:
            self._said[address] = "".join(span.text for span in listed[-1].text).partition("\n")[0]
            return
        if messages and await self._awaits_words(unit, address):
            # It was asked for words and offered nothing: numbers are words now.
            await self.menus.forget(unit.note, address)
            self._said.pop(address, None)
        elif not await self.menus.meaning(unit.tx, address):
            self._said.pop(address, None)

    async def _language(self, incoming: TextReceived | ButtonPressed, unit: UnitOfWork) -> str:
        chat = await chats.find(unit.tx, incoming.address)
        if chat:
            return chat.language
        pressed = callback_data.read(incoming.action) if isinstance(incoming, ButtonPressed) else None
        return spoken_language(self.context, incoming, pressed.language if pressed else None)


def _opens_an_article(meant: Incoming) -> bool:
    """Say whether what comes is an article from a list that may be chosen from again."""
    pressed = callback_data.read(meant.action) if isinstance(meant, ButtonPressed) else None
    return pressed is not None and pressed.verb is Verb.SHOW


def _anew(answer: Response) -> Response:
    """Return *answer* with nothing in it that takes the place of another message."""

    async def then() -> Response:
        assert answer.later is not None
        return _anew(await answer.later.then())

    messages = tuple(
        replace(outgoing, message=replace(outgoing.message, replaces=None)) for outgoing in answer.messages
    )
    return replace(answer, messages=messages, later=answer.later and replace(answer.later, then=then))

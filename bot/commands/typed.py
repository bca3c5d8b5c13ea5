"""The conversation on a messenger that lacks buttons or edits: the same menus, typed and sent anew."""

from collections import OrderedDict
from dataclasses import replace
from typing import Protocol

from bot.commands import actions, names
from bot.commands.actions import Verb
from bot.commands.turn import Answer, Context, Later, Outgoing
from bot.domain.chat import Address, ButtonPressed, ChatKind, Incoming, TextReceived
from bot.domain.message import Message, Span, plain
from bot.domain.typed_menu import read_number
from bot.services.compose import paragraphs
from bot.services.typed_menus import TypedMenus
from bot.store import chats, shown_menus

_REMEMBERED = 1_000
"""Chats whose last list is known in words as well. It is nowhere written: the words may be a search."""


class Speaker(Protocol):
    """What answers people; it sends nothing by itself."""

    @property
    def context(self) -> Context: ...

    async def answer(self, incoming: Incoming) -> Answer: ...

    def apology(self, incoming: Incoming) -> Answer: ...


def fitting(conversation: Speaker) -> Speaker:
    """Return *conversation* as its messenger can show it."""
    capabilities = conversation.context.messenger.capabilities
    return conversation if capabilities.keyboards and capabilities.edits else TypedConversation(conversation)


class TypedConversation:
    """Spells out what *conversation* answers, and reads typed numbers for it as what they stand for."""

    def __init__(self, conversation: Speaker) -> None:
        self.context = context = conversation.context
        self._conversation = conversation
        self._has_buttons = context.messenger.capabilities.keyboards
        self._menus = TypedMenus(
            context.database, context.clock, context.translator, context.messenger.capabilities
        )
        self._said: OrderedDict[Address, str] = OrderedDict()

    def apology(self, incoming: Incoming) -> Answer:
        return self._conversation.apology(incoming)

    async def answer(self, incoming: Incoming) -> Answer:
        meant: Incoming | Answer = incoming
        if isinstance(incoming, TextReceived) and not self._has_buttons:
            meant = await self._read(incoming)
        if isinstance(meant, Answer):
            return meant
        answer = await self._conversation.answer(meant)
        if self._has_buttons:
            return _anew(answer)
        return await self._spelled_out(meant, answer, goes_on=_opens_an_article(meant))

    async def _read(self, incoming: TextReceived) -> Incoming | Answer:
        """Return what somebody means who may have typed a number, or what is to be said about it."""
        typed = names.read(incoming.text, self.context.messenger.username)
        number = read_number(typed.argument) if typed and not typed.command and incoming.addressed else None
        if number is None or incoming.kind is ChatKind.CHANNEL:
            return incoming
        entries = await self._menus.meaning(incoming.address)
        if number not in entries and await self._awaits_words(incoming.address):
            return incoming
        if entries and number not in entries:
            said = await self._text(incoming, "menu-no-such-number", first=min(entries), last=max(entries))
            return Answer((Outgoing(incoming.address, Message((plain(said),))),))
        return ButtonPressed(
            incoming.address,
            incoming.kind,
            incoming.sender,
            # Without a list the number is answered as a button is that means nothing any more.
            action=entries.get(number, ""),
            message_id="",
            press_id="",
            title=incoming.title,
            text=self._said.get(incoming.address, ""),
        )

    async def _spelled_out(self, incoming: Incoming, answer: Answer, *, goes_on: bool = False) -> Answer:
        """Return what goes to the chat itself without buttons; what others get is spelled out when sent."""
        if not isinstance(incoming, TextReceived | ButtonPressed):
            return answer
        here = incoming.address
        ours = [outgoing.message for outgoing in answer.messages if outgoing.to == here]
        ours = _with_toast(ours, answer.toast)
        before = await self._menus.meaning(here) if goes_on else {}
        language = await self._language(incoming)
        spelled = await self._menus.answer(here, ours, language, before=before)
        if not goes_on:
            await self._remember(here, ours)
        others = (outgoing for outgoing in answer.messages if outgoing.to != here)
        messages = (*(Outgoing(here, each) for each in spelled), *others)
        if answer.later is None:
            return Answer(messages)
        has_list = any(message.keyboard for message in ours)
        return Answer(messages, later=self._later(incoming, answer.later, goes_on=goes_on or has_list))

    def _later(self, incoming: Incoming, later: Later, *, goes_on: bool) -> Later:
        async def then() -> Answer:
            return await self._spelled_out(incoming, await later.then(), goes_on=goes_on)

        return replace(later, then=then)

    async def _remember(self, address: Address, messages: list[Message]) -> None:
        """Keep in mind the head of the last list, which may say what was searched for."""
        listed = [message for message in messages if message.keyboard]
        if listed:
            self._said[address] = "".join(span.text for span in listed[-1].text).partition("\n")[0]
            self._said.move_to_end(address)
            if len(self._said) > _REMEMBERED:
                self._said.popitem(last=False)
            return
        if messages and await self._awaits_words(address):
            # It was asked for words and offered nothing: numbers are words now.
            async with self.context.database.write() as tx:
                await shown_menus.forget(tx, address)
        if not await self._menus.meaning(address):
            self._said.pop(address, None)

    async def _awaits_words(self, address: Address) -> bool:
        async with self.context.database.read() as tx:
            return await chats.awaits_input(tx, address)

    async def _language(self, incoming: TextReceived | ButtonPressed) -> str:
        async with self.context.database.read() as tx:
            chat = await chats.find(tx, incoming.address)
        if chat:
            return chat.language
        translator = self.context.translator
        private = incoming.kind is ChatKind.PRIVATE
        return translator.language_for(incoming.sender.language) if private else translator.default_language

    async def _text(self, incoming: TextReceived, key: str, /, **args: str | int) -> str:
        return self.context.translator.text(await self._language(incoming), key, **args)


def _opens_an_article(meant: Incoming) -> bool:
    """Say whether what comes is an article from a list that may be chosen from again."""
    pressed = actions.read(meant.action) if isinstance(meant, ButtonPressed) else None
    return pressed is not None and pressed.verb is Verb.SHOW


def _anew(answer: Answer) -> Answer:
    """Return *answer* with nothing in it that takes the place of another message."""

    async def then() -> Answer:
        assert answer.later is not None
        return _anew(await answer.later.then())

    messages = tuple(
        replace(outgoing, message=replace(outgoing.message, replaces=None)) for outgoing in answer.messages
    )
    return replace(answer, messages=messages, later=answer.later and replace(answer.later, then=then))


def _with_toast(messages: list[Message], toast: str | None) -> list[Message]:
    """Return *messages* with the notice that would have been shown over a button."""
    if not toast:
        return messages
    if not messages or messages[0].photo is not None:
        return [Message((plain(toast),)), *messages]
    first = replace(messages[0], text=paragraphs(Span(toast), messages[0].text))
    return [first, *messages[1:]]

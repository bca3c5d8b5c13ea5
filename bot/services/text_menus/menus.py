"""Menus on messengers without buttons: shown as numbered lines, and remembered until the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from cachetools import LRUCache

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.chats.message import Message, RichText, plain, with_examples
from bot.domain.clock import VIETNAM, Clock
from bot.domain.messaging.messenger import Capabilities
from bot.domain.messaging.splitting import split
from bot.domain.messaging.typed_menu import (
    ENOUGH,
    HIGHEST,
    Entries,
    SpelledOut,
    as_paragraphs,
    has_own_numbers,
    spell_out,
)
from bot.i18n import Translator
from bot.services.rendering.card import paragraphs
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.runtime import shown_menus

Note = Callable[[Callable[[Transaction], Awaitable[object]]], Awaitable[None]]
"""Makes a change in the transaction of an update."""

STRANGERS = 1_000
"""Chats of which nothing is stored, whose last list is remembered."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_ROOM = 20
"""Numbers that are left for what is pushed: beyond them they begin anew."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Where an answer is given: in which *language*, and whether in a *private* chat.

    *awaits_words* says that the bot asks for some with it, *continues* that the rest of it is still to come.
    """

    language: str
    private: bool
    awaits_words: bool = False
    continues: bool = False


class TextMenus:
    """The menus of one account. What is spelled out has no buttons, and fits."""

    def __init__(
        self, database: Database, clock: Clock, translator: Translator, capabilities: Capabilities
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._capabilities = capabilities
        self._pushing = asyncio.Lock()
        self._strangers: LRUCache[Address, tuple[Entries, datetime]] = LRUCache(STRANGERS)

    async def answer(
        self,
        note: Note,
        address: Address,
        messages: Sequence[Message],
        talk: Talk,
        *,
        before: Entries,
    ) -> list[Message]:
        """Return the messages of one answer: their numbers go on behind those *before* them in it.

        What they mean is kept by *note*, which makes a change in the transaction of the update. An answer
        whose lists offer too little to choose from ends with words that people may type.
        """
        entries = {} if max(before, default=0) > HIGHEST - _ROOM else dict(before)
        spelled = []
        for message in messages:
            spelled.append(spell_out(message.keyboard, after=max(entries, default=0)))
            entries |= spelled[-1].entries
        if entries != before:
            await note(partial(self._keep, address=address, entries=entries))
        last = max((at for at, each in enumerate(spelled) if each.choices), default=None)
        how = self._how(talk.language, private=talk.private)
        lines = [_lines(each, how if at == last else "") for at, each in enumerate(spelled)]
        parts = [
            part for each, below in zip(messages, lines, strict=True) for part in self._fitted(each, below)
        ]
        is_enough = sum(len(each.entries) for each in spelled) >= ENOUGH
        return parts if is_enough or talk.continues else self.led_on(parts, talk)

    def led_on(self, messages: Sequence[Message], talk: Talk) -> list[Message]:
        """Return *messages* with words at their end that people may type, whatever they have been told."""
        if not messages:
            return []
        *before, last = messages
        key = "menu-let-go" if talk.awaits_words else "menu-ways-on" if talk.private else "menu-ways-on-group"
        ways = with_examples(self._translator.text(talk.language, key))
        if last.album:
            return [*messages, Message(ways)]
        return [*before, *self._fitted(last, ways)]

    async def push(self, address: Address, message: Message) -> Message:
        """Return what nobody asked for, in one message: its numbers go on and take no other's meaning.

        But a text that has numbers already, as a digest does, is what they mean from now on; and the first
        message of a day begins with 1, so that numbers stay short.
        """
        is_numbered = has_own_numbers(message.keyboard)
        # Two messages to one chat may be on their way at once: each goes on behind what the other has kept.
        async with self._pushing, self._database.write() as tx:
            before = await self._shown_today(tx, address)
            chat = await chats.find(tx, address)
            if max(before, default=0) > HIGHEST - _ROOM and not is_numbered:
                before = {}
            spelled = spell_out(message.keyboard, after=0 if is_numbered else max(before, default=0))
            if spelled.entries:
                entries = {**before, **spelled.entries}
                await shown_menus.show(tx, address, entries, self._clock.now())
        language = chat.language if chat else self._translator.default_language
        private = chat is None or chat.kind is ChatKind.PRIVATE
        lines = _lines(spelled, self._how(language, private=private, goes_on=bool(before)))
        size = self._capabilities.size
        room = self._limit(message) - size(lines) - len("\n\n")
        text = message.text
        if size(text) > room:
            text = split(as_paragraphs(text), max(1, room), size=size)[0]
        return replace(message, keyboard=(), text=paragraphs(text, lines))

    async def _shown_today(self, tx: Transaction, address: Address) -> Entries:
        """Return what numbers mean in a chat, if any were shown there today, by Viet Nam's calendar."""
        now, at = self._clock.now(), await shown_menus.shown_at(tx, address)
        if at is None or at.astimezone(VIETNAM).date() != now.astimezone(VIETNAM).date():
            return {}
        return await shown_menus.shown(tx, address, now)

    def _how(self, language: str, *, private: bool, goes_on: bool = False) -> str:
        """Return how to choose: where many people talk, nothing is heard but what is meant for us.

        A list that *goes_on* behind others, so that it does not begin with 1, is said to be of its message.
        """
        key = "menu-how-group" if not private else "menu-how-on" if goes_on else "menu-how"
        return self._translator.text(language, key)

    async def meaning(self, tx: Transaction, address: Address) -> Entries:
        """Return what numbers mean in a chat now."""
        entries, shown_at = self._strangers.get(address, ({}, _NEVER))
        if self._clock.now() - shown_at < shown_menus.HOLDS_FOR:
            return entries
        return await shown_menus.shown(tx, address, self._clock.now())

    async def forget(self, note: Note, address: Address) -> None:
        """Have numbers mean nothing in a chat."""
        self._strangers.pop(address, None)
        await note(partial(shown_menus.forget, address=address))

    async def drop_of_stranger(self, tx: Transaction, *, address: Address) -> None:
        """Have numbers mean nothing where nothing is stored of a chat."""
        del tx
        self._strangers.pop(address, None)

    async def _keep(self, tx: Transaction, address: Address, entries: Entries) -> None:
        """Keep what numbers mean: of people of whom nothing may be stored, in this process alone."""
        if await chats.find(tx, address) is not None:
            self._strangers.pop(address, None)
            await shown_menus.show(tx, address, entries, self._clock.now())
            return
        self._strangers[address] = entries, self._clock.now()

    def _limit(self, message: Message) -> int:
        capabilities = self._capabilities
        return capabilities.text_length if message.photo is None else capabilities.caption_length

    def _fitted(self, message: Message, lines: RichText) -> list[Message]:
        """Return *message* with *lines* below its text, in as many messages as that takes."""
        plainly = replace(message, keyboard=(), replaces=None)
        whole = paragraphs(message.text, lines)
        size = self._capabilities.size
        if size(whole) <= self._limit(message):
            return [replace(plainly, text=whole)]
        room = self._capabilities.text_length
        if message.photo is not None:
            return [plainly, *(Message(part) for part in split(as_paragraphs(lines), room, size=size))]
        return [replace(plainly, text=part) for part in split(as_paragraphs(whole), room, size=size)]


def _lines(spelled: SpelledOut, how: str) -> RichText:
    choices = "\n".join(filter(None, (how, *spelled.choices))) if spelled.choices else ""
    return paragraphs(*map(plain, spelled.links), plain(choices))

"""What was said last in each private chat: the question that stands, and a language chosen before consent.

It is kept in the memory of this process for a day and nowhere written, so that nothing is stored of who has
not agreed; the text privacy-kept says so. What is older goes as soon as anybody says anything.
After a restart no question stands, and whoever answers one is asked again.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.commands.base.awaited_input import AwaitedInput
from bot.domain.chats.chat import Address

MOST = 10_000
"""Chats that are remembered; the one that has been silent for longest is forgotten first."""

HOLDS_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot has just asked, so that the answer may be typed.

    *yes* and *no* are what the buttons send that stand below it. *words* is what is asked for, where the
    answer is free words. It stands for *holds_for*: an "ok" to what came long after must not do what
    cannot be undone.
    """

    yes: str = ""
    no: str = ""
    words: AwaitedInput | None = None
    holds_for: timedelta = HOLDS_FOR


@dataclass(frozen=True, slots=True)
class _Said:
    at: datetime
    question: Question | None = None
    language: str | None = None


class Recent:
    """The memory of one account."""

    def __init__(self) -> None:
        self._said: OrderedDict[Address, _Said] = OrderedDict()

    def question(self, address: Address, now: datetime) -> Question | None:
        """Return the question that stands: the last one, if nothing else was said after it."""
        said = self._recalled(address, now)
        question = said.question if said else None
        return question if said and question and now - said.at < question.holds_for else None

    def language(self, address: Address, now: datetime) -> str | None:
        return said.language if (said := self._recalled(address, now)) else None

    def ask(self, address: Address, question: Question | None, now: datetime) -> None:
        """Remember what was asked last, or that nothing is asked any more."""
        self._note(address, now, lambda said: replace(said, question=question))

    def speak(self, address: Address, language: str, now: datetime) -> None:
        self._note(address, now, lambda said: replace(said, language=language))

    def _recalled(self, address: Address, now: datetime) -> _Said | None:
        self._drop_old(now)
        return self._said.get(address)

    def _drop_old(self, now: datetime) -> None:
        """Forget what is older than it is kept for: what was said last stands at the end."""
        while self._said and now - next(iter(self._said.values())).at >= HOLDS_FOR:
            self._said.popitem(last=False)

    def _note(self, address: Address, now: datetime, change: Callable[[_Said], _Said]) -> None:
        said = change(replace(self._recalled(address, now) or _Said(now), at=now))
        self._said.pop(address, None)
        if said.question or said.language:
            self._said[address] = said
        if len(self._said) > MOST:
            self._said.popitem(last=False)

"""What was said last in each private chat: the question that stands, the last numbered list of articles, and
a language chosen before consent.

It is kept in the memory of this process for a day and nowhere written, so that nothing is stored of who has
not agreed; the text privacy-kept says so. What is older goes as soon as anybody says anything.
After a restart no question stands, and whoever answers one is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from cachetools import TTLCache

from bot.commands.base.awaited_input import AwaitedInput
from bot.domain.chats.chat import Address, TopicId
from bot.domain.clock import Clock

MOST = 10_000
"""Chats that are remembered; the one that was longest not heard of is forgotten first."""

HOLDS_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot has just asked, so that the answer may be typed.

    *yes* and *no* are what the buttons send that stand below it. *words* is what is asked for, where the
    answer is free words. *topics* is what the switches of a list of topics send, by topic. It stands for
    *holds_for*: an "ok" to what came long after must not do what cannot be undone.
    """

    yes: str = ""
    no: str = ""
    words: AwaitedInput | None = None
    topics: Mapping[TopicId, str] = field(default_factory=dict)
    holds_for: timedelta = HOLDS_FOR


@dataclass(frozen=True, slots=True)
class _Said:
    question: Question | None = None
    asked_at: float = 0.0
    language: str | None = None
    articles: Mapping[int, str] = field(default_factory=dict)


class Recent:
    """The memory of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said: TTLCache[Address, _Said] = TTLCache(
            MOST, HOLDS_FOR.total_seconds(), timer=clock.monotonic
        )

    def question(self, address: Address) -> Question | None:
        """Return the question that stands: the last one, if nothing else was said after it."""
        said = self._recalled(address)
        if said.question is None:
            return None
        age = self._clock.monotonic() - said.asked_at
        return said.question if age < said.question.holds_for.total_seconds() else None

    def language(self, address: Address) -> str | None:
        return self._recalled(address).language

    def articles(self, address: Address) -> Mapping[int, str]:
        """Return what opens each article of the last list, by its number."""
        return self._recalled(address).articles

    def ask(self, address: Address, question: Question | None) -> None:
        """Remember what was asked last, or that nothing is asked any more."""
        self._note(
            address, replace(self._recalled(address), question=question, asked_at=self._clock.monotonic())
        )

    def show(self, address: Address, articles: Mapping[int, str]) -> None:
        """Remember the list of articles that was shown last; it stands until there is another one."""
        self._note(address, replace(self._recalled(address), articles=articles))

    def speak(self, address: Address, language: str) -> None:
        self._note(address, replace(self._recalled(address), language=language))

    def _recalled(self, address: Address) -> _Said:
        self._said.expire()
        return self._said.get(address) or _Said()

    def _note(self, address: Address, said: _Said) -> None:
        if said.question or said.language or said.articles:
            self._said[address] = said
        else:
            self._said.pop(address, None)

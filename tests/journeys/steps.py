"""What a journey is made of. Steps are written once: they name commands, verbs and texts, not words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, reduce

from fluent.syntax import ast as fluent

from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import NAMES, Command
from bot.i18n.translator import source
from tests.i18n.checking import messages


class Place(StrEnum):
    """Where a journey leads through."""

    PRIVATE = "private"
    GROUP = "group"
    FORUM = "forum"


SHARED = (Place.GROUP, Place.FORUM)
EVERYWHERE = tuple(Place)
PRIVATE = (Place.PRIVATE,)


class Who(StrEnum):
    """PERSON decides in their own chat and in their group; OWNER is named in the configuration."""

    PERSON = "person"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Seen:
    """What has to be there after a step: texts by their keys, words as they stand, and a notice (its key).

    *kept* is what later steps may name in their words: a name, and a pattern whose first group it is.
    """

    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    toast: str | None = None
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Says:
    """Type a command with words after it, or mere words. Words may name what the stage has: {channel}."""

    command: Command | None
    words: str = ""
    sees: Seen = field(default_factory=Seen)

    def typed(self, language: str) -> str:
        return f"/{NAMES[self.command][language]} {self.words}".strip() if self.command else self.words


@dataclass(frozen=True, slots=True)
class Taps:
    """Tap the newest button with this verb whose arguments look like *rest*, a pattern.

    *forced* has the bot say something with such a button: what comes by a notice is not waited for.
    """

    verb: Verb
    rest: str = ""
    sees: Seen = field(default_factory=Seen)
    forced: bool = False

    def arguments(self, props: Mapping[str, str]) -> str:
        return reduce(lambda rest, name: rest.replace(f"{{{name}}}", props[name]), props, self.rest)


class File(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class HandsIn:
    """Send a photo, or a document called *name*, which is a PDF."""

    file: File
    name: str = "cong-van-12.pdf"
    sees: Seen = field(default_factory=Seen)


Step = Says | Taps | HandsIn


@dataclass(frozen=True, slots=True)
class Journey:
    name: str
    steps: tuple[Step, ...]
    places: tuple[Place, ...] = PRIVATE
    who: Who = Who.PERSON

    @property
    def commands(self) -> set[Command]:
        return {step.command for step in self.steps if isinstance(step, Says) and step.command}

    @property
    def verbs(self) -> set[Verb]:
        return {step.verb for step in self.steps if isinstance(step, Taps)}


def sees(*texts: str, words: str | tuple[str, ...] = (), toast: str | None = None, **kept: str) -> Seen:
    return Seen(texts, (words,) if isinstance(words, str) else words, toast, tuple(kept.items()))


def is_said(key: str, language: str, said: str) -> bool:
    """Return whether *said* holds the text *key* in *language*, with whatever arguments."""
    return _pattern(key, language).search(said) is not None


@cache
def _messages(language: str) -> dict[str, fluent.Message]:
    return messages(source(language))


@cache
def _pattern(key: str, language: str) -> re.Pattern[str]:
    value = _messages(language)[key].value
    assert value is not None
    return re.compile(_expression(value), re.DOTALL)


def _expression(pattern: fluent.Pattern) -> str:
    parts = []
    for element in pattern.elements:
        match element:
            case fluent.TextElement(value=text):
                # What is to be copied comes without the marks around it.
                parts.append(re.escape(text.replace("`", "")))
            case fluent.Placeable(expression=fluent.SelectExpression(variants=variants)):
                parts.append("(?:" + "|".join(_expression(variant.value) for variant in variants) + ")")
            case _:
                parts.append(".+?")
    return "".join(parts)

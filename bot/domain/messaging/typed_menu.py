"""Menus without buttons: a keyboard as numbered lines, and a typed number as what it stands for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from bot.domain.chats.message import Button, Keyboard, RichText, Span
from bot.domain.messaging.splitting import Paragraph
from bot.domain.text.text import fold

HIGHEST = 99
"""No list goes on beyond this number: people have to type it."""

ENOUGH = 2
"""An answer names at least so many things that can be typed: whoever has no buttons is led on by it."""

_TYPED = re.compile(r"(?:(?:chon|mo|xem|muc|bai|so|open|article|no|number) ?)*#?(\d{1,3})[.)]?")

Entries = Mapping[int, str]
"""What each number stands for: an action."""


@dataclass(frozen=True, slots=True)
class SpelledOut:
    """The lines that stand for a keyboard, and what their numbers mean; addresses have no number."""

    choices: tuple[str, ...]
    links: tuple[str, ...]
    entries: Entries


def spell_out(keyboard: Keyboard, *, after: int) -> SpelledOut:
    """Return *keyboard* as lines that are numbered from behind *after*.

    A label that is a number itself stands for a line that the text has already, and gets no other one.
    """
    buttons = [button for row in keyboard for button in row]
    entries = {int(each.label): each.action for each in buttons if each.action and _is_number(each, after)}
    choices, links = [], []
    for each in buttons:
        if each.url:
            links.append(f"{each.label}:\n{each.url}")
        elif each.action and not _is_number(each, after):
            number = max((after, *entries)) + 1
            entries[number] = each.action
            choices.append(f"{number}. {each.label}")
    return SpelledOut(tuple(choices), tuple(links), entries)


def has_own_numbers(keyboard: Keyboard) -> bool:
    """Return whether all that *keyboard* stands for has a number in the text already."""
    return all(_is_number(button, 0) for row in keyboard for button in row)


def read_number(text: str) -> int | None:
    """Return the number that *text* is, for example "2", "2.", "số 2", "bài 2" or "chọn số 2"."""
    match = _TYPED.fullmatch(fold(text))
    return int(match[1]) if match else None


def as_paragraphs(text: RichText) -> list[Paragraph]:
    """Return the paragraphs of *text*, each as its lines, so that it can be split."""
    lines: list[list[Span]] = [[]]
    for span in text:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=other)] for other in others]
    written = [tuple(span for span in line if span.text) for line in lines]
    return [tuple(paragraph) for has_words, paragraph in groupby(written, key=bool) if has_words]


def _is_number(button: Button, after: int) -> bool:
    return button.label.isdecimal() and after < int(button.label) <= HIGHEST

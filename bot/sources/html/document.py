"""A document as a server sent it, and what is known of its markup."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """What a server sent: the bytes, where they came from in the end, and the character set it declared."""

    body: bytes
    url: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Markup:
    """How to find the parts: CSS selectors by part, before those of a preset.

    The parts are those of `bot.sources.html.presets`. Without a *preset* the portal is recognised by what it
    writes.
    """

    selectors: Mapping[str, str]
    preset: str | None

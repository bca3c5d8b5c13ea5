"""A text as sound, and the port to what speaks it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.errors import ExplainedError


class AudioFormat(StrEnum):
    """How sound is written: what Telegram plays as a voice message, and what Zalo does."""

    OGG_OPUS = "ogg"
    AAC = "aac"


@dataclass(frozen=True, slots=True)
class Recording:
    """The *content* of a file, and for how many *seconds* it plays."""

    content: bytes
    seconds: float


class RecordingError(ExplainedError):
    """A text could not be spoken; the text of the error is one line for those who run the service."""


class Recorder(Protocol):
    """Speaks Vietnamese texts, offline."""

    @property
    def voice(self) -> str:
        """Return what tells the voice from others."""

    async def record(self, text: str, wanted: AudioFormat) -> Recording:
        """Return *text*, spelled out, as sound. Raises RecordingError."""

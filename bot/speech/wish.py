"""What the process that speaks is asked for."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.domain.speech.recording import AudioFormat


@dataclass(frozen=True, slots=True)
class Wish:
    """*text* is what is said, spelled out; without *piper_model* espeak-ng says it."""

    text: str
    format: AudioFormat
    piper_command: str = ""
    piper_model: str = ""


WISH = TypeAdapter(Wish)

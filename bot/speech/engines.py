"""The speech engines, as the process that speaks uses them: text in, samples out.

Nothing here is imported by the service itself.
"""

import ctypes
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson

WORDS_PER_MINUTE = 150
"""espeak-ng counts so; Vietnamese syllables come a little faster."""

_SYNCHRONOUS = 2
_RATE_PARAMETER = 1
_AT_CHARACTER = 1
_UTF8 = 1
"""speak_lib.h: AUDIO_OUTPUT_SYNCHRONOUS, espeakRATE, POS_CHARACTER, espeakCHARS_UTF8."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Sound of one channel: signed 16 bit in the machine's order, *rate* of them a second."""

    content: bytes
    rate: int


class EngineError(Exception):
    """The engine cannot speak; the text is one line for those who run the service."""


def espeak(text: str) -> Samples:
    """Return *text* spoken by espeak-ng, from the package espeakng-loader."""
    import espeakng_loader  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional extra

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    if rate <= 0 or library.espeak_SetVoiceByName(b"vi") != 0:
        raise EngineError("espeak-ng has no Vietnamese voice")
    library.espeak_SetParameter(_RATE_PARAMETER, WORDS_PER_MINUTE, 0)
    content = bytearray()

    def hear(samples: int | None, count: int, _: object) -> int:
        if samples and count > 0:
            content.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(hear)
    library.espeak_SetSynthCallback(callback)
    written = text.encode() + b"\0"
    if library.espeak_Synth(written, len(written), 0, _AT_CHARACTER, 0, _UTF8, None, None) != 0:
        raise EngineError("espeak-ng does not speak this text")
    library.espeak_Synchronize()
    return Samples(bytes(content), rate)


def piper(command: str, model: Path) -> Callable[[str], Samples]:
    """Return an engine that runs Piper, *command*, with the voice *model*, whose `.json` stands beside it."""

    def speak(text: str) -> Samples:
        try:
            about = orjson.loads(Path(f"{model}.json").read_bytes())
            rate = int(about["audio"]["sample_rate"])
        except (OSError, ValueError, KeyError, TypeError):
            raise EngineError(f"{model}.json does not describe a voice of Piper") from None
        # Piper takes a line for an utterance of its own.
        call = [command, "--model", str(model), "--output-raw"]
        try:
            done = subprocess.run(call, input=text.encode(), capture_output=True, check=True)  # noqa: S603 - the operator's own command
        except OSError as error:
            raise EngineError(f"{command} cannot be started: {error.strerror}") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise EngineError(f"{command} failed: {said[-1] if said else error.returncode}") from None
        return Samples(done.stdout, rate)

    return speak

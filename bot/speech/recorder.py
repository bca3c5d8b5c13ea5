"""Recordings, each made by a process of its own, one after the other."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from bot.domain.speech.recording import AudioFormat, Recording, RecordingError
from bot.speech.wish import WISH, Wish

PATIENCE = 90.0
"""Seconds in which a recording is made, its turn not counted."""

_KEPT_OF_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
"""Of the variables of this process, among which are secrets."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: espeak-ng, or Piper's *model* by *piper_command*."""

    piper_command: str = "piper"
    model: Path | None = None

    @property
    def name(self) -> str:
        """Return what tells this voice from others: a recording is made once for each."""
        return self.model.name if self.model else "espeak-ng"


class SpeechRecorder:
    """Has texts spoken by *voice*; see the port."""

    def __init__(self, voice: Voice, *, patience: float = PATIENCE) -> None:
        self.voice = voice.name
        self._speaker = voice
        self._patience = patience
        self._turn = asyncio.Lock()

    async def record(self, text: str, wanted: AudioFormat) -> Recording:
        model = str(self._speaker.model or "")
        wish = WISH.dump_json(Wish(text, wanted, self._speaker.piper_command, model))
        async with self._turn:
            return await self._spoken(wish)

    async def _spoken(self, wish: bytes) -> Recording:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.speech.child"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ},
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._patience):
                sound, said = await process.communicate(wish)
        except TimeoutError:
            raise RecordingError(f"it was not spoken within {self._patience:g} s") from None
        finally:
            if process.returncode is None:
                # With the program that it has started, which would speak on.
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process.returncode or len(sound) <= _HEAD:
            lines = said.decode(errors="replace").strip().splitlines()
            raise RecordingError(lines[-1] if lines else f"the process ended with {process.returncode}")
        return Recording(sound[_HEAD:], int.from_bytes(sound[:_HEAD], "big") / 10)


_HEAD = 4


def missing_packages(voice: Voice) -> tuple[str, ...]:
    """Return the packages that *voice* needs and that are not installed."""
    wanted = {"av": "av"} | ({} if voice.model else {"espeakng_loader": "espeakng-loader"})
    return tuple(name for module, name in wanted.items() if find_spec(module) is None)


def missing_files(voice: Voice) -> tuple[str, ...]:
    """Return what *voice* needs of Piper and is not there: the program, the model, its description."""
    if voice.model is None:
        return ()
    files = (voice.model, Path(f"{voice.model}.json"))
    lacking = [str(file) for file in files if not file.is_file()]
    return tuple(lacking if which(voice.piper_command) else [voice.piper_command, *lacking])

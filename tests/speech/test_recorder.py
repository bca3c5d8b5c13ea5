"""Recordings, made by real processes: espeak-ng, and a program that stands in for Piper."""

import asyncio
import fcntl
import io
import sys
from array import array
from pathlib import Path

import av
import orjson
import pytest

from bot.domain.speech.recording import AudioFormat, Recording, RecordingError
from bot.speech.recorder import SpeechRecorder, Voice, missing_packages

TEXT = "Cục Sở hữu trí tuệ tổ chức Hội nghị Đảng bộ ngày mười tháng tám.\nHội nghị bàn về kế hoạch năm."
MOST_A_MINUTE = 100_000
"""Bytes."""

CODECS = {AudioFormat.OGG_OPUS: "opus", AudioFormat.AAC: "aac"}


def played(recording: Recording) -> tuple[str, float, int]:
    """Return the codec, the seconds and the loudest sample of a file, as a player decodes it."""
    with av.open(io.BytesIO(recording.content), "r") as container:
        stream = container.streams.audio[0]
        to_samples = av.AudioResampler("s16", "mono", stream.rate)
        heard = array("h")
        for frame in container.decode(stream):
            for part in to_samples.resample(frame):
                heard.frombytes(bytes(part.planes[0])[: 2 * part.samples])
        return stream.codec_context.codec.canonical_name, len(heard) / stream.rate, max(map(abs, heard))


def piper(folder: Path, program: str) -> Voice:
    """Return a voice of Piper whose program is *program*, in Python."""
    command, model = folder / "piper", folder / "giong.onnx"
    command.write_text(f"#!{sys.executable}\nimport sys\n{program}\n", encoding="utf-8")
    command.chmod(0o700)
    Path(f"{model}.json").write_bytes(orjson.dumps({"audio": {"sample_rate": 16_000}}))
    return Voice(str(command), model)


@pytest.mark.parametrize("wanted", AudioFormat)
async def test_a_text_is_spoken_in_vietnamese_and_small(wanted: AudioFormat) -> None:
    recording = await SpeechRecorder(Voice()).record(TEXT * 5, wanted)

    codec, seconds, loudest = played(recording)
    assert codec == CODECS[wanted]
    assert seconds == pytest.approx(recording.seconds, abs=0.3)
    assert loudest > 3_000
    assert len(recording.content) / seconds * 60 < MOST_A_MINUTE * 1.05


async def test_piper_speaks_with_the_voice_that_is_named(tmp_path: Path) -> None:
    program = (
        "assert sys.argv[1:2] == ['--model'] and sys.argv[3:] == ['--output-raw'], sys.argv\n"
        "said = sys.stdin.buffer.read().decode()\n"
        "sys.stdout.buffer.write(b'\\x00\\x20' * 1600 * len(said.split()))"
    )
    recording = await SpeechRecorder(piper(tmp_path, program)).record("một hai ba", AudioFormat.OGG_OPUS)

    assert (recording.seconds, played(recording)[0]) == (0.3, "opus")


@pytest.mark.parametrize(
    ("program", "said"),
    [("sys.exit('no such voice')", "no such voice"), ("sys.exit(3)", "3")],
)
async def test_what_goes_wrong_is_said_in_one_line(tmp_path: Path, program: str, said: str) -> None:
    with pytest.raises(RecordingError, match=said) as caught:
        await SpeechRecorder(piper(tmp_path, program)).record(TEXT, AudioFormat.OGG_OPUS)

    assert "\n" not in str(caught.value)


async def test_a_voice_that_is_not_there_is_named(tmp_path: Path) -> None:
    voice = Voice("piper", tmp_path / "fehlt.onnx")

    with pytest.raises(RecordingError, match=r"fehlt\.onnx\.json"):
        await SpeechRecorder(voice).record(TEXT, AudioFormat.OGG_OPUS)


async def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    held = tmp_path / "held"
    program = (
        "import fcntl, signal\n"
        f"held = open({str(held)!r}, 'w')\n"
        "fcntl.flock(held, fcntl.LOCK_EX)\n"
        "signal.pause()"
    )

    with pytest.raises(RecordingError, match="within"):
        await SpeechRecorder(piper(tmp_path, program), patience=8.0).record(TEXT, AudioFormat.OGG_OPUS)

    with held.open("r") as file:
        # It is let go of by the end of whoever holds it, and waited for until then.
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_SH)


def test_what_is_installed_is_not_missing() -> None:
    assert missing_packages(Voice()) == ()

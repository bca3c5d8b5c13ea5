"""Sound as the platforms play it: OGG with Opus for Telegram, AAC in ADTS frames for Zalo."""

import io
from dataclasses import dataclass
from typing import cast

import av

from bot.domain.speech.recording import AudioFormat
from bot.speech.engines import Samples


@dataclass(frozen=True, slots=True)
class _Codec:
    """*rate*: samples a second; *bits*: a second, so that a minute has less than 100 kB."""

    container: str
    name: str
    rate: int
    bits: int
    options: dict[str, str]


_CODECS = {
    # Bot API, sendVoice: an .ogg file encoded with Opus. Speech needs half of Opus' full band.
    AudioFormat.OGG_OPUS: _Codec(
        "ogg", "libopus", 24_000, 12_000, {"application": "voip", "compression_level": "4"}
    ),
    # What Zalo's own clients record: 16 kHz, one channel.
    AudioFormat.AAC: _Codec("adts", "aac", 16_000, 11_000, {}),
}


def encoded(samples: Samples, wanted: AudioFormat) -> bytes:
    """Return *samples* in the format *wanted*."""
    codec, file = _CODECS[wanted], io.BytesIO()
    with av.open(file, "w", format=codec.container) as container:
        stream = cast(
            "av.AudioStream", container.add_stream(codec.name, rate=codec.rate, options=codec.options)
        )
        stream.layout = "mono"
        stream.bit_rate = codec.bits
        resampler = av.AudioResampler(stream.format, "mono", codec.rate)
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples.content) // 2)
        frame.sample_rate = samples.rate
        frame.planes[0].update(samples.content[: frame.planes[0].buffer_size])
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()

"""The process that speaks one text: a wish as JSON on standard input, the sound on standard output.

It is ended by its own limits, whatever engine and encoder do. What goes wrong is one line on standard error.
"""

import resource
import sys
from pathlib import Path

from bot.speech.encoding import encoded
from bot.speech.engines import EngineError, espeak, piper
from bot.speech.wish import WISH

PROCESSOR_SECONDS = 60
MEMORY = 2 << 30
"""Bytes of addresses: an engine maps its model, and a voice of Piper has some 100 MB."""


def main() -> int:
    """Write four bytes, how many tenths of a second there are, and the sound behind them."""
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    wish = WISH.validate_json(sys.stdin.buffer.read())
    engine = piper(wish.piper_command, Path(wish.piper_model)) if wish.piper_model else espeak
    try:
        samples = engine(wish.text)
    except (EngineError, ImportError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    tenths = 10 * len(samples.content) // (2 * samples.rate)
    sys.stdout.buffer.write(tenths.to_bytes(4, "big") + encoded(samples, wish.format))
    return 0


if __name__ == "__main__":
    sys.exit(main())

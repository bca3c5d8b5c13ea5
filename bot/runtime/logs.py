"""Logging: one structured stream, for people or machines, in which no token ever appears."""

import logging
import re
import sys
from collections.abc import Collection

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
"""The shape of a Telegram token (Bot API: the bot's id, a colon, 35 characters)."""


_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal or a viewer obeys in place of showing it: lines that end, colours, the other direction."""

_OF_SEVERAL_LINES = ("exception", "stack")


class Redacted(logging.Formatter):
    """Another formatter's line without its secrets, wherever in it they stand: text, fields, tracebacks."""

    def __init__(self, formatter: logging.Formatter, secrets: Collection[str]) -> None:
        super().__init__()
        self._formatter = formatter
        self._secrets = tuple(sorted(filter(None, secrets), key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        line = self._formatter.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _TOKEN.sub("***", line)


def _shown(text: str) -> str:
    """Return *text* on one line, with what would be obeyed written out."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def show_only(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Have no word of others look like a line of ours, or colour the terminal of who reads it.

    The lines of a traceback are indented: some of them may be made of such words, too.
    """
    for key, value in event.items():
        if key in _OF_SEVERAL_LINES:
            event[key] = "\n".join(f"  {_shown(line)}" for line in str(value).split("\n"))
        elif not isinstance(value, int | float | None):
            event[key] = _shown(str(value))
    return event


def set_up(*, level: str, style: str, secrets: Collection[str]) -> None:
    """Send every log line, ours and the libraries', to standard error: *style* is text or json."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        else [
            structlog.processors.format_exc_info,
            show_only,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted(formatter, secrets))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in ("aiosqlite", "aiohttp.access", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of every tick that is left out because the one before is still busy, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

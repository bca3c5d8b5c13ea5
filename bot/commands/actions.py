"""What a button sends back: a version, a verb and arguments, in at most 64 bytes.

Actions state what is wished, never "the other way round": a press that is handled twice, after a crash, ends
as it was meant. They come back from outside, so every handler checks rights and existence again.
"""

from dataclasses import dataclass
from enum import StrEnum

_VERSION = "1"
_SEPARATOR = "."


class Verb(StrEnum):
    """The verbs, short since every byte counts: the longest id of a feed has 61."""

    AGREE = "a"
    DECLINE = "d"
    TOPIC = "t"
    ALL_TOPICS = "T"
    UNDO = "u"
    OPEN = "o"
    OLDER = "m"
    LANGUAGE = "l"
    DISMISS = "x"
    CHANNELS = "K"
    CHANNEL = "k"
    CHANNEL_TOPIC = "s"
    CHANNEL_STATUS = "p"
    CHANNEL_TEST = "e"
    CHANNEL_REMOVE = "r"
    CHANNEL_ADD = "n"
    FEEDS = "F"
    POLL = "f"
    FAILURES = "L"
    RETRY = "R"
    ERASE = "z"
    HOLD = "h"
    WITHDRAW = "w"
    SEARCH_PAGE = "q"
    SHOW = "v"
    READ = "b"
    PHOTOS = "i"
    SAVE = "S"
    SAVED = "D"
    INVITATIONS = "iv"
    INVITE = "in"
    REVOKE = "ir"
    MEMBERS = "mb"
    SHUT_OUT = "mx"
    SETTINGS = "st"
    SCHEDULE = "sc"
    FILTER = "sf"
    PREFER = "sp"
    CHANNEL_SETTINGS = "cs"


@dataclass(frozen=True, slots=True)
class Action:
    """A pressed button. Only the last argument may hold a separator."""

    verb: Verb
    rest: str

    def arguments(self, count: int) -> tuple[str, ...]:
        """Return *count* arguments; those that are not there are empty."""
        parts = self.rest.split(_SEPARATOR, count - 1)
        return (*parts, *("" for _ in range(count - len(parts))))


def action(verb: Verb, *arguments: str | int) -> str:
    return _SEPARATOR.join((f"{_VERSION}{verb}", *map(str, arguments)))


def wrap(verb: Verb, about: int, wrapped: str) -> str:
    """Return an action that does what *wrapped* does, with something else than the chat it is tapped in."""
    return action(verb, about, wrapped.removeprefix(_VERSION))


def unwrap(rest: str) -> Action | None:
    """Return the action that stands inside another one."""
    return read(_VERSION + rest)


def read(data: str) -> Action | None:
    """Return the action in *data*, or None if no button of this version sends such a thing."""
    head, _, rest = data.partition(_SEPARATOR)
    if head[:1] != _VERSION or head[1:] not in set(Verb):
        return None
    return Action(Verb(head[1:]), rest)

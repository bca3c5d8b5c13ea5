"""Awaited input: what the bot has asked a chat for, so that the next words there are the answer.

It is stored as its kind and its fields, separated by dots: `filter.quoc-te`, `channel-filter.7.*`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.base.codec import SEPARATOR, ArticleRow, ChatRow, PackedFields, RowId
from bot.domain.chats.chat import TopicId
from bot.domain.publication.announcement import DraftPart
from bot.domain.publication.editing import EditedPart


class InputKind(StrEnum):
    CHANNEL = "channel"
    SEARCH = "search"
    FILTER = "filter"
    CHANNEL_FILTER = "channel-filter"
    APPOINTMENT = "appointment"
    ANNOUNCEMENT = "announcement"
    RECIPIENT = "recipient"
    RELEASE_TIME = "release-time"
    EDITED_WORDS = "edited-words"
    REJECTION = "rejection"


@dataclass(frozen=True, slots=True)
class AwaitedInput(PackedFields):
    """What is asked for, and what the answer is about. Subclasses name the fields."""

    kind: ClassVar[InputKind]

    def pack(self) -> str:
        """Return the string to store; raises ValueError where a field but the last holds a dot."""
        return SEPARATOR.join((self.kind, *self.written()))


@dataclass(frozen=True, slots=True)
class ChannelName(AwaitedInput):
    """The name of a channel or group that is to be added."""

    kind: ClassVar[InputKind] = InputKind.CHANNEL


@dataclass(frozen=True, slots=True)
class SearchWords(AwaitedInput):
    kind: ClassVar[InputKind] = InputKind.SEARCH


@dataclass(frozen=True, slots=True)
class FilterWords(AwaitedInput):
    """The filter of *target*, the id of a topic or all of them; see `bot.commands.settings.panels`."""

    kind: ClassVar[InputKind] = InputKind.FILTER
    target: str = ""


@dataclass(frozen=True, slots=True)
class ChannelFilterWords(AwaitedInput):
    """The filter of *target* for the channel or group *chat*."""

    kind: ClassVar[InputKind] = InputKind.CHANNEL_FILTER
    chat: ChatRow
    target: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentRole(AwaitedInput):
    """The role that *user* is to have, of whom an owner has said who it is in a *note*."""

    kind: ClassVar[InputKind] = InputKind.APPOINTMENT
    user: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementPart(AwaitedInput):
    """A part of the announcement that is being written in the chat."""

    kind: ClassVar[InputKind] = InputKind.ANNOUNCEMENT
    part: DraftPart


@dataclass(frozen=True, slots=True)
class RecipientId(AwaitedInput):
    """The id of somebody who has asked for help."""

    kind: ClassVar[InputKind] = InputKind.RECIPIENT


@dataclass(frozen=True, slots=True)
class ReleaseTime(AwaitedInput):
    """When an article is to be released in *topic*, by an answer to the question of a *round*."""

    kind: ClassVar[InputKind] = InputKind.RELEASE_TIME
    article: ArticleRow
    round: RowId
    topic: TopicId


@dataclass(frozen=True, slots=True)
class EditedWords(AwaitedInput):
    """A part of an article that waits to be released in *topic*, as somebody has it."""

    kind: ClassVar[InputKind] = InputKind.EDITED_WORDS
    article: ArticleRow
    part: EditedPart
    topic: TopicId


@dataclass(frozen=True, slots=True)
class RejectionReason(AwaitedInput):
    """Why an article is rejected in *topic*, by an answer to the question of a *round*."""

    kind: ClassVar[InputKind] = InputKind.REJECTION
    article: ArticleRow
    round: RowId
    topic: TopicId


@dataclass(frozen=True, slots=True)
class RawInput:
    """Awaited input whose fields have not been read."""

    kind: InputKind
    rest: str


def read_awaited(text: str) -> RawInput | None:
    """Return what is awaited by a stored *text*, or None if no version of ours stores such a thing."""
    kind, _, rest = text.partition(SEPARATOR)
    return RawInput(InputKind(kind), rest) if kind in set(InputKind) else None

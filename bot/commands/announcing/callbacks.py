"""The callback data of the buttons that write an announcement and release it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.base.callback_data import CallbackData, Verb
from bot.domain.publication.announcement import DraftPart


class DraftField(StrEnum):
    """What a button changes about an announcement that is being written."""

    URGENT = "u"
    TOPIC_ON = "+"
    TOPIC_OFF = "-"
    LASTS = "l"
    AT_END = "x"
    WITHOUT = "o"


class ReleaseStep(StrEnum):
    PREVIEW = "p"
    TEST = "t"
    RELEASE = "r"
    DROP = "d"


@dataclass(frozen=True, slots=True)
class WriteAnnouncement(CallbackData):
    """Asks for a *part* of the announcement that is being written; without one, it is shown."""

    verb: ClassVar[Verb] = Verb.ANNOUNCEMENT
    part: DraftPart | None = None


@dataclass(frozen=True, slots=True)
class ChangeDraft(CallbackData):
    """*value* is a flag, a topic, for how many days it lasts, what becomes of it then, or a part of it."""

    verb: ClassVar[Verb] = Verb.DRAFT
    field: DraftField
    value: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDraft(CallbackData):
    """*seen* is the mark of the draft that the button stands under."""

    verb: ClassVar[Verb] = Verb.RELEASE
    step: ReleaseStep
    seen: str = ""

"""The callback data of the buttons about what waits to be released."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.codec import ArticleRow, Bounds, PageNumber, RowId
from bot.domain.chats.chat import TopicId
from bot.domain.publication.approval import Answer


@dataclass(frozen=True, slots=True)
class ListWaiting(CallbackData):
    verb: ClassVar[Verb] = Verb.WAITING
    page: PageNumber = 0


@dataclass(frozen=True, slots=True)
class ShowWaiting(CallbackData):
    verb: ClassVar[Verb] = Verb.WAITING_ONE
    article: ArticleRow
    topic: TopicId


@dataclass(frozen=True, slots=True)
class AnswerApproval(CallbackData):
    """*round* is that of the question which the button stands under. A rejection is asked about first."""

    verb: ClassVar[Verb] = Verb.ANSWER
    article: ArticleRow
    answer: Answer
    round: RowId
    topic: TopicId


@dataclass(frozen=True, slots=True)
class RejectForNoReason(CallbackData):
    """Rejects without a reason, as somebody has confirmed."""

    verb: ClassVar[Verb] = Verb.REJECT
    article: ArticleRow
    round: RowId
    topic: TopicId


@dataclass(frozen=True, slots=True)
class PutBack(CallbackData):
    """Has what was rejected wait for approval again."""

    verb: ClassVar[Verb] = Verb.PUT_BACK
    article: ArticleRow
    topic: TopicId


@dataclass(frozen=True, slots=True)
class ChooseRelease(CallbackData):
    """Approves for a time, in minutes since the epoch; without one it is asked for."""

    verb: ClassVar[Verb] = Verb.RELEASE_AT
    article: ArticleRow
    round: RowId
    minute: Annotated[int, Bounds(1, 99_999_999)] | None
    topic: TopicId


class EditWish(StrEnum):
    """What a button does about an article that is edited before its release; without one it shows that."""

    SHOW = ""
    TITLE = "t"
    SUMMARY = "s"
    PHOTO = "p"
    WITHOUT_PHOTO = "o"
    URGENT = "u"
    NOT_URGENT = "n"
    RESTORE = "r"


@dataclass(frozen=True, slots=True)
class EditWaiting(CallbackData):
    verb: ClassVar[Verb] = Verb.EDIT
    article: ArticleRow
    wish: EditWish
    topic: TopicId


@dataclass(frozen=True, slots=True)
class ChoosePhoto(CallbackData):
    """*number* is that of a photo as they stood when the article was asked about in this *round*."""

    verb: ClassVar[Verb] = Verb.EDIT_PHOTO
    article: ArticleRow
    round: RowId
    number: RowId
    topic: TopicId


class MoveStep(StrEnum):
    """What a button does about a topic of an article that waits; without one it shows all of them."""

    SHOW = ""
    CHOOSE = "c"
    ALONE = "o"
    ADD = "a"
    TAKE_AWAY = "t"


@dataclass(frozen=True, slots=True)
class MoveWaiting(CallbackData):
    """Has an article wait in a topic alone, in it as well, or there no more."""

    verb: ClassVar[Verb] = Verb.MOVE
    article: ArticleRow
    step: MoveStep
    topic: TopicId


@dataclass(frozen=True, slots=True)
class DecideSource(CallbackData):
    """Takes over a *version* of what the source says, or leaves the article as it was edited."""

    verb: ClassVar[Verb] = Verb.DECIDE_SOURCE
    article: ArticleRow
    version: RowId
    takes: bool

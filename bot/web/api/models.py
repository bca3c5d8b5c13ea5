"""What programs send and get: the bodies and queries of the API, as they are checked and documented."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.domain.news import address
from bot.domain.publication.publication import PublicationState
from bot.domain.text.text import one_line
from bot.web.api.problems import FaultCode

LONGEST_ADDRESS = 2_000
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000
LONGEST_PARAGRAPH = 20_000
MOST_PARAGRAPHS = 2_000
MOST_ATTACHMENTS = 50
MOST_TOPICS = 50
MOST_IN_PAGE = 100
MOST_DAYS = 92

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_CURSOR = r"^[1-9][0-9]{0,15}$"


def _fault(code: FaultCode) -> PydanticCustomError:
    return PydanticCustomError(code.value, "it is refused")


def _web_address(value: str) -> str:
    """Return *value* if it can be the address of something on the web; where it leads is checked later."""
    if not address.is_web_address(value):
        raise _fault(FaultCode.NO_ADDRESS)
    return value


def _page(value: str) -> str:
    """Return *value* if it leads to a page of its own: a front page would be that of every article."""
    parts = urlsplit(address.canonical(_web_address(value)))
    if parts.path in ("", "/") and not parts.query:
        raise _fault(FaultCode.NO_PAGE)
    return value


def _line(value: str) -> str:
    """Return *value* on one line, without what nobody sees."""
    line = one_line(value)
    if not line:
        raise _fault(FaultCode.TOO_SHORT)
    return line


def _moment(value: datetime) -> datetime:
    if not _EARLIEST <= value < _LATEST:
        raise _fault(FaultCode.NO_MOMENT)
    return value.astimezone(UTC)


def _no_two_alike(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise _fault(FaultCode.TWICE)
    return value


def _text(value: str) -> str:
    """Return *value* if it can be a name of ours: PostgreSQL knows no text with a NUL."""
    if "\0" in value:
        raise _fault(FaultCode.WRONG_VALUE)
    return value


def _number(value: Any) -> Any:
    """Return the number that a query names: digits alone do, whatever else Python takes for one."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,9}", value, re.ASCII):
            raise _fault(FaultCode.WRONG_VALUE)
        return int(value)
    return value


WebAddress = Annotated[
    str,
    Field(
        max_length=LONGEST_ADDRESS,
        json_schema_extra={"format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
    ),
    AfterValidator(_web_address),
]
PageAddress = Annotated[WebAddress, AfterValidator(_page)]
Line = Annotated[str, Field(min_length=1), AfterValidator(_line)]


class Received(BaseModel):
    """What a program sends: nothing that is not named here, and every value of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerModel(BaseModel):
    """What a program gets."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PostedAttachment(Received):
    """A document that the page offers; readers are led to it."""

    url: WebAddress
    name: Annotated[Line, Field(max_length=300)]


class PostedContent(Received):
    """An article as a program publishes it: plain text, without any markup."""

    url: Annotated[
        PageAddress,
        Field(description="The page of the article. A feed that lists the same page brings nothing twice."),
    ]
    title: Annotated[Line, Field(max_length=LONGEST_TITLE)]
    topics: Annotated[
        tuple[str, ...],
        Field(
            min_length=1,
            max_length=MOST_TOPICS,
            description="Ids of topics, as GET /topics lists them.",
            json_schema_extra={"uniqueItems": True},
        ),
        AfterValidator(_no_two_alike),
    ]
    summary: Annotated[
        str, Field(max_length=LONGEST_SUMMARY, description="Else the beginning of the text is one.")
    ] = ""
    text: Annotated[
        tuple[Annotated[str, Field(max_length=LONGEST_PARAGRAPH)], ...],
        Field(max_length=MOST_PARAGRAPHS, description="The whole text, a paragraph in each item."),
    ] = ()
    photo_url: Annotated[
        WebAddress | None,
        Field(description="The lead photo. It is fetched from there; one that cannot be had is left out."),
    ] = None
    attachments: Annotated[tuple[PostedAttachment, ...], Field(max_length=MOST_ATTACHMENTS)] = ()
    urgent: Annotated[
        bool, Field(description="Whether it goes ahead of others, and through digests and quiet hours.")
    ] = False
    published_at: Annotated[
        Annotated[AwareDatetime, AfterValidator(_moment)] | None,
        Field(description="When the page says that it was published; else that is now."),
    ] = None


class PublicationsQuery(BaseModel):
    """Which publications are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: Annotated[
        str | None, Field(pattern=_CURSOR, description="`next_cursor` of the page before this one.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_IN_PAGE), BeforeValidator(_number)] = 20
    topic: Annotated[
        Annotated[str, AfterValidator(_text)] | None,
        Field(max_length=200, description="Only those in the topic of this id."),
    ] = None


class FiguresQuery(BaseModel):
    """Which figures are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: Annotated[
        int,
        Field(ge=1, le=MOST_DAYS, description="So many days of Viet Nam, of which today is the last one."),
        BeforeValidator(_number),
    ] = 7
    topic: Annotated[str | None, Field(max_length=200, description="Only those of the topic of this id.")] = (
        None
    )


ShownAmount = Annotated[
    int | str,
    Field(
        description="A number; of a members-only topic a text, as `< 5`, where it might tell of whom it is."
    ),
]


class NoQuery(BaseModel):
    """Nothing may be asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ShownPublication(AnswerModel):
    """An article in its topics, as far as the key is for them."""

    id: int
    url: str | None
    title: str
    state: Annotated[PublicationState, Field(description="What is out in one topic is out.")]
    states: Annotated[dict[str, PublicationState], Field(description="By the ids of its topics.")]
    created_at: datetime
    changed_at: datetime


class ShownFate(AnswerModel):
    """What has become of the messages about an article, by chats; nobody is named or followed."""

    sent: ShownAmount
    waiting: ShownAmount
    not_sent: ShownAmount
    is_growing: Annotated[bool, Field(description="Whether more of them are still to be made.")]


class PublicationDetails(ShownPublication):
    """An article in its topics, with what has become of it."""

    deliveries: ShownFate


class PublicationPage(AnswerModel):
    """Some publications, the newest first."""

    items: tuple[ShownPublication, ...]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins; null on the last.")]


Seconds = Annotated[
    float | None,
    Field(description="Seconds from when a content was first seen; null where nothing may be said."),
]


class ShownFigures(AnswerModel):
    """What was counted on a day for a topic on an account, and never about a person."""

    day: date
    topic: str
    account: Annotated[
        str | None,
        Field(description="Null is what concerns no one account, and all of a members-only topic."),
    ]
    released: Annotated[ShownAmount, Field(description="Contents.")]
    delivered: Annotated[ShownAmount, Field(description="First messages that the platform took.")]
    corrected: Annotated[ShownAmount, Field(description="Messages that were corrected or taken back.")]
    failed: Annotated[ShownAmount, Field(description="Messages that were refused or grew too old.")]
    subscribed: Annotated[ShownAmount, Field(description="Subscriptions that began.")]
    ended: Annotated[ShownAmount, Field(description="Subscriptions that ended.")]
    failed_because: Annotated[dict[str, ShownAmount], Field(description="By the code of the reason.")]
    ended_because: Annotated[dict[str, ShownAmount], Field(description="By the code of the reason.")]
    half_accepted_within: Seconds
    most_accepted_within: Annotated[Seconds, Field(description="95 %.")]
    all_accepted_within: Seconds


class FigureList(AnswerModel):
    """The figures of the days from *since* to *until*, of the topics that the key is for."""

    since: date
    until: date
    items: tuple[ShownFigures, ...]


class ShownTopic(AnswerModel):
    """What people subscribe to."""

    id: str
    names: Annotated[dict[str, str], Field(description="By language, as in vi and en.")]
    members_only: bool


class TopicList(AnswerModel):
    """The topics that the key is for, in their order."""

    items: tuple[ShownTopic, ...]


class ShownFault(AnswerModel):
    """What is wrong with one field."""

    pointer: Annotated[str, Field(description="A JSON Pointer (RFC 6901); for a query, its name.")]
    code: FaultCode
    detail: str


class ShownProblem(AnswerModel):
    """A refusal, by RFC 9457."""

    type: Annotated[str, Field(description="urn:bantin:problem: and the code.")]
    code: Annotated[str, Field(description="It never changes its meaning; the texts may.")]
    status: int
    title: str
    detail: str
    errors: tuple[ShownFault, ...] = ()

"""The port to a messenger: what every platform can be asked, and what it says about itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatFacts,
    ChatKind,
    ChatRole,
    Incoming,
    IncomingFile,
)
from bot.domain.chats.message import Message, Size, length
from bot.domain.delivery.delivery import MessageRejected, Outcome, PhotoRejected
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.errors import ExplainedError
from bot.domain.speech.recording import AudioFormat


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How much a page of a platform holds: code points of its parts, and pictures in its body."""

    title: int
    author: int
    description: int
    images: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a messenger can show. Lengths are what *size* says of a text: code points, unless it differs.

    *albums* is how many photos one album has at most, and 0 where there are none.
    *confirms_updates*: the numbers of updates follow one another, and an offset confirms those before it.
    Else a number is but a name, and what was received may come again at any time.
    *photos*: photos can be sent at all.
    *pages* is set where what is sent becomes a page of its own that everybody may read: there are no chats
    with people, nobody writes to us, and nobody can be told anything in person.
    *tells_roles*: it says who administers a group, and when it lets us in or out. Else a group is connected
    by its members alone, and none can be looked up by its name.
    *columns*: text can be set in fixed width, and a link shows its words instead of its address.
    *voices*: how a recording is written that is played as a voice message; None where there are none.
    *largest_file* is how many bytes a file has at most that somebody sent to us and that is handed out, and 0
    where documents are not.
    *whole_texts*: an article in full can be one message that is laid out, with its photos and tables.
    *styles*: buttons have styles. *moments*: a moment is told in its reader's own zone. Both go once a server
    that does not know them has said so.
    *user_id* is an example of a person's id.
    """

    text_length: int
    caption_length: int
    keyboards: bool
    edits: bool
    photo_upload: bool
    albums: int
    size: Size = length
    confirms_updates: bool = True
    photos: bool = True
    pages: PageLimits | None = None
    tells_roles: bool = True
    columns: bool = True
    user_id: str = "123456789"
    voices: AudioFormat | None = None
    largest_file: int = 0
    whole_texts: bool = False
    styles: bool = False
    moments: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """Whose servers messages pass through, as people are told: the *name*, and whether these are abroad."""

    name: str
    is_abroad: bool


class Audience(StrEnum):
    """Who sees a menu of commands."""

    PRIVATE = "private"
    GROUP = "group"
    GROUP_ADMINISTRATORS = "group_administrators"
    ONE_PERSON = "one_person"


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One line of the menu. The command has no slash; Bot API: 1–32 of a–z, 0–9 and _."""

    command: str
    description: str


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The menu for one audience in one language; without *language*, for all who have none of their own.

    *person* is the messenger's id of the ONE_PERSON whom it is for.
    """

    audience: Audience
    language: str | None
    entries: tuple[CommandEntry, ...]
    person: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account says about itself in one language: before a conversation, and on its own page."""

    language: str | None
    description: str
    short_description: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a messenger posts updates, and the secret by which it shows that it is the messenger."""

    url: str
    secret: str = field(repr=False)


CONFIRM_AFTER = 3.0
"""Seconds after which a refusal of the account is made sure of: what stands between may be mistaken once."""


class MessengerError(ExplainedError):
    """A messenger could not be asked. The text is one line for people and never holds a token.

    *retry_after* is the messenger's own wish, in seconds; *fatal* says that asking again is of no use until
    somebody has changed something.
    """

    def __init__(self, text: str, *, retry_after: float | None = None, fatal: bool = False) -> None:
        super().__init__(text)
        self.retry_after = retry_after
        self.fatal = fatal


class FileTooLargeError(Exception):
    """A file that somebody sent has more bytes than are taken, or than the messenger hands out."""


@dataclass(frozen=True, slots=True)
class FallbackRequest:
    """The platform wants another request: *message* is to be sent in its place, and in a turn of its own."""

    message: Message
    refusal: MessageRejected | PhotoRejected


@dataclass(frozen=True, slots=True)
class InlineResult:
    """Something to share: how it is listed, and the *message* that it becomes. *picture* is an address.

    An id has 1–64 bytes (Bot API), and is no other one's of the same answer.
    """

    id: str
    title: str
    description: str
    message: Message
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class InlineResults:
    """What is offered to somebody who asked inline; *next_offset* is empty where there is no more of it."""

    offers: tuple[InlineResult, ...]
    next_offset: str = ""


class Messenger(Protocol):
    """One account on one platform.

    All but `send`, `acknowledge` and `offer` raise MessengerError when they fail.
    """

    @property
    def account(self) -> AccountId: ...

    @property
    def username(self) -> str:
        """Return the name by which people mention the account, without @."""

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def platform(self) -> Platform: ...

    @property
    def pacing(self) -> PacingRules: ...

    async def open(self) -> None:
        """Reach the platform, and learn our own name there."""

    def send_only_while(self, is_leader: Callable[[], bool]) -> None:
        """Let no message leave while *is_leader* says no: it is asked when the request is made."""

    def link_to_us(self, payload: str) -> str | None:
        """Return the address that opens a private chat with us and says "/start *payload*" in it.

        None where the platform has no such thing. A payload has 1–64 of A–Z, a–z, 0–9, _ and - (Bot API).
        """

    def link_to_add(self, kind: ChatKind) -> str | None:
        """Return the address that lets people add us to a channel or group of theirs, whichever it is.

        None where the platform has no such thing.
        """

    def is_shared(self, address: Address) -> bool:
        """Return whether many people read the chat: a group or a channel."""

    def upload_wait(self, size: int, now: float) -> float:
        """Return for how many seconds an upload of *size* bytes has to wait; its turn is then taken.

        *now* is in seconds and never steps back.
        """

    async def send(self, address: Address, message: Message) -> Outcome | FallbackRequest:
        """Send *message*, or edit the one that it replaces; whatever the platform does becomes an outcome.

        It is one request, since each takes a slot of its own; see `FallbackRequest`.
        """

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        """Tell the app that a tap has arrived, with a short notice or none; a tap gone stale is no error."""

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        """Answer somebody who asked inline; a question gone stale is no error."""

    async def role(self, address: Address, user: str) -> ChatRole:
        """Return what *user* is in the chat."""

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        """Return the group or channel named by "@name" or by its id, or None if we cannot see one there."""

    async def verify_account(self) -> None:
        """Ask whether the platform accepts the account; if it refuses it, the MessengerError is fatal."""

    def is_user_id(self, text: str) -> bool:
        """Return whether *text* has the form of an id that the platform gives to a person."""

    async def knows(self, user: str) -> bool:
        """Return whether the account has met the person with that id."""

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        """Replace the menus of commands; one without entries is taken away."""

    async def describe(self, profiles: Sequence[Profile]) -> None:
        """Have the account say this about itself; what it says already is left alone."""

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        """Have updates posted to *webhook* from now on, or without one kept for `updates`."""

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        """Wait for what people did: (update id, payload) in order. An *offset* forgets all before it."""

    def parse(self, payload: str) -> Incoming | None:
        """Return what a payload of `updates` means, or None if it is nothing that we know."""

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        """Return what a *file* holds that somebody sent to us, and that has a reference.

        Raises FileTooLargeError where it has more bytes than *most*: no more are read.
        """

    async def close(self) -> None: ...

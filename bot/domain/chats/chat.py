"""Chats, their subscriptions, and what people say in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.chats.message import Keyboard

AccountId = NewType("AccountId", str)
"""One bot token on one platform: the platform and the bot's own id there, for example telegram:123456."""

ChatId = NewType("ChatId", int)
TopicId = NewType("TopicId", str)


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a messenger finds a chat: its own id there and, in a forum, the topic's."""

    account: AccountId
    chat: str
    thread: str | None = None


class ChatStatus(StrEnum):
    """ACTIVE is written to; PAUSED by its people; OFF because the messenger refuses us there.

    WAITING is not written to until it writes again: the plan may have no place for it.
    """

    ACTIVE = "active"
    WAITING = "waiting"
    PAUSED = "paused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Chat:
    """A place on a platform where we may write.

    *title* is kept for groups and channels only: names of persons are not stored.
    *consent_version* names the text that a private chat agreed to; without it nothing is pushed there.
    """

    id: ChatId
    address: Address
    kind: ChatKind
    language: str
    status: ChatStatus
    title: str | None = None
    consent_version: str | None = None
    consent_at: datetime | None = None


class ChatRole(StrEnum):
    """What a user is in a chat."""

    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    OUTSIDER = "outsider"


class ChatRight(StrEnum):
    """What the bot must be allowed to do in a group or channel."""

    POST = "post"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class ChatFacts:
    """A group or channel as the messenger describes it to us, with the rights that the bot lacks there."""

    address: Address
    kind: ChatKind
    title: str
    username: str | None
    missing: frozenset[ChatRight]


@dataclass(frozen=True, slots=True)
class UpdateSender:
    """Who speaks or taps: the messenger's id of a person, and the language that their app is set to.

    An administrator who speaks as the group itself (Telegram's anonymous administrators) has no id of
    their own; *anonymous_administrator* is set then.
    """

    user: str
    language: str | None = None
    anonymous_administrator: bool = False


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that somebody sent to us, as the messenger tells of it; nothing of it has been looked at.

    *reference* is what the messenger hands it out for, or, where it hands out none, *address* says where it
    lies on the web. *name* is what the sender's app calls it and *size* its bytes, 0 where nobody says.
    *is_photo* is set for a picture that was sent as one, and *in_album* for what was sent with others.
    """

    reference: str = ""
    address: str = ""
    name: str = ""
    size: int = 0
    is_photo: bool = False
    in_album: bool = False


@dataclass(frozen=True, slots=True)
class TextReceived:
    """Someone wrote to us, or sent a *file* with a *text* or without.

    *addressed* is false for group talk that names no command or bot.
    """

    address: Address
    kind: ChatKind
    sender: UpdateSender
    text: str
    title: str | None = None
    addressed: bool = True
    file: IncomingFile | None = None


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """Someone tapped a button under message *message_id*; *press_id* is what the messenger wants answered.

    *text* is what that message says and *keyboard* its buttons, or None if the messenger does not tell them.
    """

    address: Address
    kind: ChatKind
    sender: UpdateSender
    action: str
    message_id: str
    press_id: str
    title: str | None = None
    text: str = ""
    keyboard: Keyboard | None = None


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """The bot was let into a chat, or shut out of it, by *sender* (blocked, in a private chat)."""

    address: Address
    kind: ChatKind
    sender: UpdateSender
    can_write: bool
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ChatMigrated:
    """A group became a supergroup: the same people under a new id."""

    old: Address
    new: Address


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """Somebody typed our name and *words* in whatever chat, to share an article there.

    *offset* is empty, or what our last answer to the same words said about where the next one begins.
    """

    query_id: str
    sender: UpdateSender
    words: str
    offset: str = ""


Incoming = InlineQuery | TextReceived | ButtonPressed | MembershipChanged | ChatMigrated

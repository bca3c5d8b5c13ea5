"""Deliveries: one article owed to one chat, what sending it can come to, and what follows from that."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.article import ArticleId
from bot.domain.chat import Address, ChatId, ChatKind, TopicId

DeliveryId = NewType("DeliveryId", int)


class DeliveryStatus(StrEnum):
    """PENDING is owed; every other status is final and, but for SENT, carries a reason."""

    PENDING = "pending"
    SENT = "sent"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SET_ASIDE = "set_aside"


class Scope(StrEnum):
    """What a wait closes."""

    CHAT = "chat"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The messenger's proof. *photo_reference* is set when a photo was uploaded on the way."""

    message_id: str
    photo_reference: str | None = None


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now. A flood limit names its *scope* and is never charged as an attempt."""

    reason: str
    after: timedelta | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class PhotoRejected:
    """The text may go, this photo may not: *unwelcome* where the chat takes no photos at all."""

    reason: str
    unwelcome: bool = False


@dataclass(frozen=True, slots=True)
class MessageRejected:
    """This message will never be taken. *malformed* marks our own bug: it may still go as plain text."""

    reason: str
    malformed: bool = False


@dataclass(frozen=True, slots=True)
class ThreadGone:
    """The forum topic is closed or deleted; the rest of the chat may be fine."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatUnreachable:
    """The chat shut us out, or is gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The chat has a new id (Telegram: a group became a supergroup)."""

    to: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The request went out and the answer was lost: the message may have been taken."""

    reason: str


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """The messenger refuses the account itself: its token is wrong or was revoked."""

    reason: str


Outcome = (
    Receipt
    | RetryLater
    | PhotoRejected
    | MessageRejected
    | ThreadGone
    | ChatUnreachable
    | ChatMoved
    | Ambiguous
    | AccountRefused
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article owed to one chat, as it was claimed."""

    id: DeliveryId
    chat: ChatId
    address: Address
    kind: ChatKind
    language: str
    article: ArticleId
    topic: TopicId
    revision: int
    due_at: datetime
    expires_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed delivery stands after an attempt; *due_at* is set while it is still PENDING."""

    delivery: DeliveryId
    status: DeliveryStatus
    attempts: int
    due_at: datetime | None = None
    message_id: str | None = None
    reason: str | None = None

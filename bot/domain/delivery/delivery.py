"""Deliveries: one article owed to one chat, what sending it can come to, and what follows from that."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.chats.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.chats.preferences import MessageOptions
from bot.domain.delivery.fair_queue import Lane
from bot.domain.delivery.monthly_quota import Purpose
from bot.domain.news.article import ArticleId

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
    """The messenger's proof, with its *reference* to the photo or recording that was sent; *album* has those
    of an album.
    """

    message_id: str
    reference: str | None = None
    album: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now. A flood limit names its *scope* and is never charged as an attempt."""

    reason: str
    after: timedelta | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class PhotoRejected:
    """The text may go, this photo may not, at *place* of its album; *unwelcome* where no photo may.

    It is said of a recording as well.
    """

    reason: str
    unwelcome: bool = False
    place: int | None = None


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
class NotPermitted:
    """The chat may not be written to until it writes again: the plan has no place for it, for example."""

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
class QuotaSpent:
    """The plan's messages are spent *until* then: by our own count, or by what the platform says.

    The platform does not say until when: then there is no *until*.
    """

    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    """The account is tried out: what would have been sent was shown, and nothing was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """This is a test installation, and the chat is none of those that are listed: nothing was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rationed:
    """What may come at once today has come: the rest comes in digests."""

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
    | NotPermitted
    | ChatMoved
    | Ambiguous
    | QuotaSpent
    | DryRun
    | LeftOut
    | Rationed
    | AccountRefused
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article owed to one chat, as it was claimed.

    A later *revision* corrects the message that it *replaces*, or takes it back if that was *withdrawn*. That
    message was sent at *sent_at*, maybe in a digest; there *has_newer_copy* of it in the chat if it was sent
    again since. The chat *has_left* if it has unsubscribed since, or is not let into the topic any more.
    Those of one chat that are for its *digest* make one message.
    """

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
    replaces: str | None = None
    sent_at: datetime | None = None
    sent_in_digest: bool = False
    has_newer_copy: bool = False
    has_left: bool = False
    withdrawn: bool = False
    lane: Lane = Lane.NEWS
    digest: bool = False
    manner: MessageOptions = MessageOptions()

    @property
    def purpose(self) -> Purpose:
        """Return what its message is for. That an article was taken down is urgent, too."""
        if self.digest:
            return Purpose.DIGEST
        return Purpose.URGENT if self.lane is Lane.URGENT or self.takes_back else Purpose.AT_ONCE

    @property
    def takes_back(self) -> bool:
        """Return whether it says of a message that was sent that its article was taken down."""
        return self.withdrawn and self.replaces is not None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed delivery stands after an attempt; *due_at* is set while it is still PENDING.

    *parked* puts it off for want of messages, for the rest of the day or of the month: it is worth as much
    then as it is now, and comes in a digest.
    The *reason* why it failed is one as `bot.domain.reason` stores it.
    """

    delivery: DeliveryId
    status: DeliveryStatus
    attempts: int
    due_at: datetime | None = None
    message_id: str | None = None
    reason: str | None = None
    parked: bool = False


class Form(StrEnum):
    """How a card is sent. Each form asks less of the messenger than the one before."""

    CARD = "card"
    PREVIEW = "preview"
    TEXT = "text"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to wait before the next try: doubling, clamped, and without jitter."""

    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(minutes=10)

    def wait(self, failures: int) -> timedelta:
        """Return the wait after so many *failures* in a row, of which this is the last."""
        doublings = min(max(failures - 1, 0), 32)
        return min(self.first_wait * (1 << doublings), self.longest_wait)


@dataclass(frozen=True, slots=True)
class SwitchChatOff:
    """Nothing more goes to the chat until it lets us in again."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldChat:
    """Nothing goes to the chat until it writes again; what it is owed waits for that."""

    reason: str


@dataclass(frozen=True, slots=True)
class MoveChat:
    """What the chat has, subscriptions and pending deliveries, goes to its new id."""

    to: str


@dataclass(frozen=True, slots=True)
class DropThread:
    """Nothing more goes to this topic of the forum."""

    reason: str


@dataclass(frozen=True, slots=True)
class StopAccount:
    """Nothing more is sent through the account until its owner has acted; all that is owed is kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class JoinDigest:
    """The delivery comes with the next daily digest of its chat, which is told why, once a month."""


@dataclass(frozen=True, slots=True)
class NoteTold:
    """The chat was told that not all news can come at once."""


Effect = SwitchChatOff | HoldChat | MoveChat | DropThread | StopAccount | JoinDigest | NoteTold


@dataclass(frozen=True, slots=True)
class SendAs:
    """Try again at once, in a plainer form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Settled:
    """How the delivery stands, and what else follows; all is saved together.

    *others* are those of the deliveries that went with the same message.
    """

    settlement: Settlement
    effect: Effect | None = None
    others: tuple[Settlement, ...] = ()


Decision = SendAs | Settled

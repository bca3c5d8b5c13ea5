"""The audit log: who did what to what, when and from where, and how it stood before and after.

It names those who manage, what they manage, and nobody else: no chat of a person, no name of a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.chats.chat import AccountId, Address
from bot.domain.text.text import shorten

KEPT_AT_LEAST = timedelta(days=730)
"""No line is deleted before it is so old; the database itself refuses to (migration 0017)."""

LONGEST_VALUE = 300
"""Code points of one text among what an act changed."""

Plain = str | int | bool | None
Values = Mapping[str, Plain]
"""What an act changed, by the names of its fields."""


class AuditPlace(StrEnum):
    """From where somebody acted. The configuration acts when it is read, the service when a rule says so."""

    API = "api"
    CHAT = "chat"
    CONSOLE = "console"
    CLI = "cli"
    CONFIGURATION = "configuration"
    SERVICE = "service"


class AuditAction(StrEnum):
    """What was done."""

    ADMIN_APPOINTED = "admin-appointed"
    ADMIN_NOTED = "admin-noted"
    ADMIN_ROLE_CHANGED = "admin-role-changed"
    ADMIN_DISMISSED = "admin-dismissed"
    QUARANTINE_DECIDED = "quarantine-decided"
    FEED_ADDED = "feed-added"
    FEED_CHANGED = "feed-changed"
    FEED_REMOVED = "feed-removed"
    FEED_PAUSED = "feed-paused"
    FEED_RESUMED = "feed-resumed"
    FEED_POLLED = "feed-polled"
    TOPIC_ADDED = "topic-added"
    TOPIC_CHANGED = "topic-changed"
    TOPIC_REMOVED = "topic-removed"
    TOPIC_MERGED = "topic-merged"
    TOPIC_ENDED = "topic-ended"
    INVITATION_MADE = "invitation-made"
    INVITATION_REVOKED = "invitation-revoked"
    MEMBER_REMOVED = "member-removed"
    CONTENT_PUBLISHED = "content-published"
    DOCUMENT_UPLOADED = "document-uploaded"
    ANNOUNCEMENT_PROPOSED = "announcement-proposed"
    ANNOUNCEMENT_TAKEN_BACK = "announcement-taken-back"
    ANNOUNCEMENT_DROPPED = "announcement-dropped"
    ANNOUNCEMENT_ENDED = "announcement-ended"
    PUBLICATION_APPROVED = "publication-approved"
    PUBLICATION_REJECTED = "publication-rejected"
    PUBLICATION_PUT_BACK = "publication-put-back"
    PUBLICATION_TAKEN_BACK = "publication-taken-back"
    PUBLICATION_ASKED_ANEW = "publication-asked-anew"
    PUBLICATION_EDITED = "publication-edited"
    SOURCE_RESTORED = "source-restored"
    SOURCE_TAKEN = "source-taken"
    SOURCE_LEFT = "source-left"
    PUBLICATION_RELEASED = "publication-released"
    PUBLICATION_STOPPED = "publication-stopped"
    PUBLICATION_RESUMED = "publication-resumed"
    PUBLICATION_RECALLED = "publication-recalled"
    PUBLICATION_RESENT = "publication-resent"
    PAUSED = "paused"
    UNPAUSED = "unpaused"
    CHANNEL_CONNECTED = "channel-connected"
    CHANNEL_TOPIC_ADDED = "channel-topic-added"
    CHANNEL_TOPIC_REMOVED = "channel-topic-removed"
    CHANNEL_SET = "channel-set"
    CHANNEL_DIGEST_BROUGHT = "channel-digest-brought"
    CHANNEL_PAUSED = "channel-paused"
    CHANNEL_RESUMED = "channel-resumed"
    CHANNEL_REFUSED = "channel-refused"
    CHANNEL_TESTED = "channel-tested"
    CHANNEL_REMOVED = "channel-removed"
    DELIVERIES_RETRIED = "deliveries-retried"
    CHAT_LOOKED_UP = "chat-looked-up"
    CHAT_UNSUBSCRIBED = "chat-unsubscribed"
    CHAT_ERASED = "chat-erased"
    DATA_IMPORTED = "data-imported"
    API_KEY_CREATED = "api-key-created"
    API_KEY_REVOKED = "api-key-revoked"
    SETTING_CHANGED = "setting-changed"
    SETTING_RESET = "setting-reset"
    CONSOLE_LINK_MADE = "console-link-made"
    CONSOLE_ENTERED = "console-entered"
    CONSOLE_LEFT = "console-left"


class SubjectKind(StrEnum):
    """What kind of thing it was done to."""

    ACCOUNT = "account"
    ADMIN = "admin"
    ANNOUNCEMENT = "announcement"
    API_KEY = "api-key"
    ARTICLE = "article"
    CHANNEL = "channel"
    CHAT = "chat"
    CONSOLE_SESSION = "console-session"
    DATABASE = "database"
    DELIVERIES = "deliveries"
    FEED = "feed"
    INVITATION = "invitation"
    SERVICE = "service"
    SETTING = "setting"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, and from where.

    *user* is the messenger's id of somebody who manages, on *account*; at the command line it is the name of
    the login, at the API that of the key. It is empty where the configuration or the service itself acted.
    """

    place: AuditPlace
    user: str = ""
    account: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was done to. The *id* is what the store or the messenger calls it."""

    kind: SubjectKind
    id: str


EVERY = "*"
"""The id of a subject that is all of its kind, or one of it that the log does not name."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what was done to what, and the values that it changed, *before* and *after*."""

    action: AuditAction
    about: Subject
    before: Values | None = None
    after: Values | None = None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One line of the log."""

    id: int
    at: datetime
    actor: Actor
    act: Act


SERVICE = Actor(AuditPlace.SERVICE)
CONFIGURATION = Actor(AuditPlace.CONFIGURATION)


def of_admin(account: AccountId, user: str) -> Subject:
    """Return an admin as a subject, as "telegram:1/42"."""
    return Subject(SubjectKind.ADMIN, f"{account}/{user}")


def of_channel(address: Address) -> Subject:
    """Return a channel, a group or a topic of a forum as a subject, as "telegram:1/-1001/7"."""
    parts = (address.account, address.chat, address.thread)
    return Subject(SubjectKind.CHANNEL, "/".join(part for part in parts if part))


def address_of(about: Subject) -> Address | None:
    """Return where a channel is found that `of_channel` has named; None for another subject."""
    account, chat, thread, *_ = (*about.id.split("/"), "", "")
    if about.kind is not SubjectKind.CHANNEL or not chat:
        return None
    return Address(AccountId(account), chat, thread or None)


def changes(before: Values, after: Values) -> tuple[Values, Values]:
    """Return what of *before* is otherwise in *after*, and how it is there; what is not there is None."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def shortened(values: Values | None) -> dict[str, Plain] | None:
    """Return *values* with no text longer than `LONGEST_VALUE`; None if there are none."""
    if not values:
        return None
    return {
        name: shorten(value, LONGEST_VALUE) if isinstance(value, str) else value
        for name, value in values.items()
    }

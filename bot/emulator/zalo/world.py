"""Bots, the people and groups that wrote to them, and what was said in each chat."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from bot.emulator.zalo.inbox import Inbox
from bot.emulator.zalo.webhook import Webhook

Json = dict[str, Any]

_VIET_NAM = timezone(timedelta(hours=7))


@dataclass(slots=True)
class ChatMessage:
    """One message; *is_ours* is what the bot sent. *styles* are as they were sent.

    *photo* and *voice* are addresses, and *photo_sha256* and *voice_sha256* say which bytes were fetched
    from them, in hex.
    """

    id: str
    at: float
    is_ours: bool
    event: str
    text: str = ""
    photo: str = ""
    photo_sha256: str = ""
    voice: str = ""
    voice_sha256: str = ""
    styles: list[Any] = field(default_factory=list)

    def as_json(self) -> Json:
        return {
            "message_id": self.id,
            "date": milliseconds(self.at),
            "from_bot": self.is_ours,
            "event": self.event,
            "text": self.text,
            "photo": self.photo,
            "photo_sha256": self.photo_sha256,
            "voice": self.voice,
            "voice_sha256": self.voice_sha256,
            "text_styles": self.styles,
        }


@dataclass(slots=True)
class Chat:
    """A chat that a bot knows, since it was written to in it; *name* is the person's, or the group's.

    *said_since* are the texts that went there since somebody wrote in it.
    """

    id: str
    type: str
    name: str
    messages: list[ChatMessage] = field(default_factory=list)
    said_since: set[str] = field(default_factory=set)
    is_stale: bool = False

    def as_json(self) -> Json:
        return {"id": self.id, "chat_type": self.type, "name": self.name, "is_stale": self.is_stale}


@dataclass(slots=True)
class Account:
    """One bot. Its *chats* are in the order in which they first wrote; *spent* are messages by month."""

    id: str
    token: str
    account_name: str
    display_name: str
    can_join_groups: bool = False
    chats: dict[str, Chat] = field(default_factory=dict)
    inbox: Inbox = field(default_factory=Inbox)
    webhook: Webhook | None = None
    webhook_tests: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    serial: int = 0

    def as_json(self) -> Json:
        about: Json = {
            "id": self.id,
            "account_name": self.account_name,
            "account_type": "BASIC",
            "can_join_groups": self.can_join_groups,
        }
        return {**about, "display_name": self.display_name} if self.display_name else about

    def id_of(self, name: str) -> str:
        """Return the id of a person or group for this bot: each bot sees other ones."""
        return _hex(f"{self.id}/{name}")

    def next_message_id(self) -> str:
        self.serial += 1
        return _hex(f"{self.id}#{self.serial}")

    def is_admitted(self, chat: Chat, users: int) -> bool:
        """Return whether the plan, which allows so many *users*, lets the bot write to *chat*."""
        private = [each for each in self.chats.values() if each.type == "PRIVATE"]
        return chat.type != "PRIVATE" or chat in private[:users]


def milliseconds(moment: float) -> int:
    return int(moment * 1000)


def month(moment: float) -> str:
    """Return the month in Viet Nam, as 2026-11."""
    return datetime.fromtimestamp(moment, UTC).astimezone(_VIET_NAM).strftime("%Y-%m")


def day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).astimezone(_VIET_NAM).strftime("%Y-%m-%d")


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units, as Zalo counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _hex(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:20]

"""Invitations: links that let so many people into a members-only topic, for so long."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.chats.chat import TopicId

InvitationId = NewType("InvitationId", int)

TOKEN_BYTES = 16
"""128 bits: nobody guesses one."""

DAYS = (1, 7, 30)
USES = (1, 10, 50, 200)
"""What is offered to choose from."""

LONGEST_NOTE = 60
"""Code points."""

MOST_DAYS = 365
MOST_USES = 10_000

_PAYLOAD = re.compile(r"moi_([A-Za-z0-9_-]{22})")
"""No id of a topic, which a link's payload may also be, has an underscore."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that still lets somebody in; its token is known only to those who were sent it.

    *note* says whom it is for, in the words of whoever made it, and may be empty.
    """

    id: InvitationId
    topic: TopicId
    most_uses: int
    uses: int
    expires_at: datetime
    note: str = ""

    @property
    def uses_left(self) -> int:
        return self.most_uses - self.uses


def payload_of(token: str) -> str:
    """Return what the link of an invitation says to us."""
    return f"moi_{token}"


def token_in(payload: str) -> str | None:
    match = _PAYLOAD.fullmatch(payload)
    return match[1] if match else None


def fingerprint(token: str) -> str:
    """Return what is stored of a token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()

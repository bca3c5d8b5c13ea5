"""Keys of the API: which program may do what for the agency, and how it shows that it may."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.chats.chat import TopicId

ApiKeyId = NewType("ApiKeyId", int)

MARK = "bantin_"
"""What every token begins with: whoever finds one, a scanner of leaked secrets too, sees what it is for."""

TOKEN_BYTES = 32
"""256 bits: nobody guesses one."""

PREFIX = len(MARK) + 6
"""Characters of a token that are kept as they are, by which people tell one key from another."""

LONGEST_NAME = 60
"""Code points."""

_TOKEN = re.compile(rf"{MARK}[A-Za-z0-9_-]{{43}}")
_NAME = re.compile(r"\w(?:[\w .-]*\w)?")


class ApiScope(StrEnum):
    """What a key lets its program do."""

    CONTENTS_WRITE = "contents:write"
    PUBLICATIONS_READ = "publications:read"
    PUBLICATIONS_RECALL = "publications:recall"
    FIGURES_READ = "figures:read"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key, of whose token only the *prefix* is known. It is for *topics* alone, or with None for all."""

    id: ApiKeyId
    name: str
    prefix: str
    scopes: frozenset[ApiScope]
    topics: frozenset[TopicId] | None
    created_at: datetime
    last_used_on: date | None = None
    revoked_at: datetime | None = None

    def may(self, scope: ApiScope) -> bool:
        return scope in self.scopes

    def covers(self, topics: Iterable[TopicId]) -> bool:
        """Return whether the key is for each of *topics*."""
        return self.topics is None or self.topics.issuperset(topics)


def new_token() -> str:
    """Return a token that nobody has had before."""
    return f"{MARK}{secrets.token_urlsafe(TOKEN_BYTES)}"


def is_token(text: str) -> bool:
    """Return whether *text* has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def fingerprint(token: str) -> str:
    """Return what is stored of a token: its SHA-256, in hex.

    A slow hash would only protect a secret that can be guessed, as a password; with 256 random bits there is
    nothing to try out, and each request would cost the time that the slowness takes.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_name(text: str) -> bool:
    """Return whether *text* can be the name of a key: it stands in the audit log and on the command line."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def scopes_in(names: Iterable[str]) -> frozenset[ApiScope]:
    """Return the scopes that have these *names*; another version may know other ones."""
    return frozenset(ApiScope(name) for name in names if name in set(ApiScope))


def in_order(scopes: Iterable[ApiScope]) -> tuple[ApiScope, ...]:
    return tuple(sorted(scopes, key=list(ApiScope).index))

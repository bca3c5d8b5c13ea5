"""Tokens that a platform exchanges: a short-lived one to call with, and one by which the next pair is had."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

LIVES_FOR = timedelta(days=90)
"""How long a refresh token is taken: Zalo says three months."""

WARNED_AFTER = timedelta(days=60)
"""The owners are told of a refresh token that nothing has renewed for so long."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a refresh token was exchanged for; *lasts* is for how long the access token is taken."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The pair of an account. *origin* names the token of the settings that it was first exchanged for."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    origin: str
    expires_at: datetime
    refreshed_at: datetime


class AccessTokens(Protocol):
    """Where a messenger has its access token from."""

    async def access(self, *, refused: str | None = None) -> str:
        """Return a token that is taken; another one than *refused*, which the platform takes no more.

        Raises MessengerError, which is fatal where no token can be had any more.
        """

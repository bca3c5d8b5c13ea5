"""Access to the web console without passwords: a link that signs somebody in once, and sessions."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.chats.chat import AccountId

SessionId = NewType("SessionId", int)

TOKEN_BYTES = 32
"""256 bits: nobody guesses one."""

LINK_FOR = timedelta(minutes=10)
"""For how long a link can be used."""

IDLE_FOR = timedelta(hours=12)
"""After so long without a request a session is over."""

LONGEST = timedelta(days=7)
"""After so long a session is over, however much it is used."""

NOTED_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last used: a write for each page would cost too much."""

_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "coc_coc_browser": "Cốc Cốc",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""What a browser says of itself, the more telling first: most of them claim to be Chrome and Safari, too."""

_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class ConsoleSession:
    """Somebody who manages, signed in to the console: the messenger's id of a person on *account*.

    *device* is the browser and the system that it was begun with, as far as that was said.
    """

    id: SessionId
    account: AccountId
    user: str
    device: str
    begun_at: datetime
    used_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now >= min(self.used_at + IDLE_FOR, self.begun_at + LONGEST)


def fingerprint(token: str) -> str:
    """Return what is stored of a link's or a session's token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(session_token: str) -> str:
    """Return what each form of a session carries: only pages of ours know it, and it tells no token."""
    return hmac.digest(session_token.encode(), b"forms of the console", "sha256").hex()


def is_form_token(given: str, session_token: str) -> bool:
    return hmac.compare_digest(given.encode(), form_token(session_token).encode())


def device_of(user_agent: str) -> str:
    """Return, for example, "Firefox, Windows"; empty where a browser does not say what it is."""
    names = (
        next((name for mark, name in known.items() if mark in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, names))

"""WebSub (W3C): a hub tells us of a feed's changes; what we ask of it, and what we believe it."""

import hashlib
import hmac
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.news.feed import FeedId

LEASE = timedelta(days=10)
"""How long we ask a hub to keep telling us."""

SHORTEST_LEASE = timedelta(minutes=5)
LONGEST_LEASE = timedelta(days=30)
"""A hub that promises more is asked again after this all the same: it may have forgotten us meanwhile."""

PING_FLOOR = timedelta(seconds=30)
"""The least time between two polls of a feed that pings bring about."""

REPEATED_WITHIN = timedelta(minutes=10)
"""For how long a ping that comes a second time is taken for a copy of the first.

No longer: some hubs send the same empty body each time, and a feed is polled about as often anyway.
"""

_REMEMBERED = 50
ASK_AGAIN = timedelta(hours=1)
AFTER_REFUSAL = timedelta(days=1)
_DIGESTS = frozenset({"sha1", "sha256", "sha384", "sha512"})


class HubState(StrEnum):
    """How far a subscription at a hub has come."""

    ASKED = "asked"
    ACTIVE = "active"
    DENIED = "denied"
    LEAVING = "leaving"


class HubMode(StrEnum):
    """What a hub is asked for."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True)
class HubSubscription:
    """Our wish to be told by *hub* of changes of *topic*. *token* names it in our address; *secret* signs."""

    feed: FeedId
    hub: str
    topic: str
    token: str
    secret: str
    state: HubState
    ask_at: datetime
    expires_at: datetime | None = None

    @property
    def signs(self) -> bool:
        """Return whether the hub was given the secret: over plain http anybody on the way would have it."""
        return self.hub.startswith("https://")


@dataclass(frozen=True, slots=True)
class HubRequest:
    """What a hub is asked: to post changes of *topic* to *callback*, signed with *secret*, or to stop.

    Without a secret it signs nothing.
    """

    hub: str
    topic: str
    callback: str
    secret: str
    lease: timedelta = LEASE
    mode: HubMode = HubMode.SUBSCRIBE


def verified(subscription: HubSubscription, *, lease_seconds: int | None, now: datetime) -> HubSubscription:
    """Return *subscription* as the hub has confirmed it, asked again after four fifths of its lease."""
    lease = LEASE if lease_seconds is None else timedelta(seconds=min(lease_seconds, 10**8))
    lease = min(max(lease, SHORTEST_LEASE), LONGEST_LEASE)
    return replace(subscription, state=HubState.ACTIVE, ask_at=now + lease * 0.8, expires_at=now + lease)


def denied(subscription: HubSubscription, *, now: datetime) -> HubSubscription:
    return replace(subscription, state=HubState.DENIED, ask_at=now + AFTER_REFUSAL, expires_at=None)


def is_signed(body: bytes, signature: str, *, secret: str) -> bool:
    """Say whether X-Hub-Signature, 'sha256=…', is that of *body*; compared in constant time."""
    method, _, given = signature.strip().partition("=")
    if method.lower() not in _DIGESTS:
        return False
    expected = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode(errors="replace"))


class RecentPings:
    """The pings of the last minutes: one that comes again is a copy, whoever sends it."""

    def __init__(self) -> None:
        self._seen: dict[FeedId, deque[tuple[bytes, datetime]]] = {}

    def is_new(self, feed: FeedId, body: bytes, now: datetime) -> bool:
        """Return whether *feed* had no ping with this body lately, and remember it."""
        seen = self._seen.setdefault(feed, deque(maxlen=_REMEMBERED))
        digest = hashlib.sha256(body).digest()
        if any(known == digest and now - at < REPEATED_WITHIN for known, at in seen):
            return False
        seen.append((digest, now))
        return True


def due_after_ping(*, polled_at: datetime | None, next_poll_at: datetime, now: datetime) -> datetime:
    """Return when a feed is polled that a hub tells of *now*: at once, but not soon after the last poll."""
    earliest = now if polled_at is None else max(now, polled_at + PING_FLOOR)
    return min(earliest, next_poll_at)

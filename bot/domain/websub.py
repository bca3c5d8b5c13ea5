"""WebSub (W3C): a hub tells us of a feed's changes; what we ask of it, and what we believe it."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.feed import FeedId

LEASE = timedelta(days=10)
"""How long we ask a hub to keep telling us."""

SHORTEST_LEASE = timedelta(minutes=5)
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


@dataclass(frozen=True, slots=True)
class HubRequest:
    """What a hub is asked: to post changes of *topic* to *callback*, signed with *secret*, or to stop."""

    hub: str
    topic: str
    callback: str
    secret: str
    lease: timedelta = LEASE
    mode: HubMode = HubMode.SUBSCRIBE


def verified(subscription: HubSubscription, *, lease_seconds: int | None, now: datetime) -> HubSubscription:
    """Return *subscription* as the hub has confirmed it, asked again after four fifths of its lease."""
    lease = LEASE if lease_seconds is None else timedelta(seconds=min(lease_seconds, 10**8))
    lease = max(lease, SHORTEST_LEASE)
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

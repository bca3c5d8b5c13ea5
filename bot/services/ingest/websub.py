"""Being told by hubs: subscriptions asked for, confirmed and renewed, and pings that make a feed due."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.domain.clock import Clock
from bot.domain.news.feed import Feed, Fetched, SourceError
from bot.domain.news.websub import (
    ASK_AGAIN,
    HubMode,
    HubRequest,
    HubState,
    HubSubscription,
    RecentPings,
    denied,
    is_signed,
    verified,
)
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import websub

log = structlog.get_logger(__name__)

PATH = "/websub"
_AT_ONCE = 5

Ask = Callable[[HubRequest], Awaitable[None]]


class HubSubscriber:
    """Our side of WebSub. Polling goes on as it would: a hub only makes a feed due sooner."""

    def __init__(self, database: Database, ask: Ask, clock: Clock, *, public_url: str) -> None:
        """Take *ask*, which puts a request to a hub or raises SourceError, and where hubs reach us."""
        self._database = database
        self._ask = ask
        self._clock = clock
        self._public_url = public_url.rstrip("/")
        self._recent = RecentPings()

    async def ask_due(self) -> None:
        """Ask for the subscriptions that are new or soon to end; one that is not confirmed is asked again.

        Hubs of feeds that are polled no more are asked to stop.
        """
        await self._leave_ended()
        now = self._clock.now()
        async with self._database.write() as tx:
            due = await websub.claim_due(tx, now=now, again_at=now + ASK_AGAIN, limit=_AT_ONCE)
        for subscription in due:
            try:
                await self._ask(self._request(subscription, HubMode.SUBSCRIBE))
            except SourceError as error:
                log.warning("a hub could not be asked", feed=subscription.feed, error=str(error))
            else:
                log.info("asked a hub", feed=subscription.feed, renewal=subscription.expires_at is not None)

    async def _leave_ended(self) -> None:
        now = self._clock.now()
        async with self._database.write() as tx:
            ended = await websub.claim_ended(tx, now=now, again_at=now + ASK_AGAIN, limit=_AT_ONCE)
        for subscription in ended:
            if subscription.state is HubState.DENIED or not await self._leave(subscription, now):
                async with self._database.write() as tx:
                    await websub.forget(tx, subscription.feed)

    async def _leave(self, subscription: HubSubscription, now: datetime) -> bool:
        """Ask a hub to stop, and return whether to keep the subscription until the next look.

        A hub that has been asked verifies that we want no more; one that could not be is asked again.
        """
        lasts = subscription.expires_at is not None and subscription.expires_at > now
        if subscription.state is HubState.LEAVING and not lasts:
            return False
        try:
            await self._ask(self._request(subscription, HubMode.UNSUBSCRIBE))
        except SourceError as error:
            log.warning("a hub could not be left", feed=subscription.feed, error=str(error))
            return lasts
        async with self._database.write() as tx:
            await websub.end_lease(tx, subscription.feed, now)
        return True

    def _request(self, subscription: HubSubscription, mode: HubMode) -> HubRequest:
        callback = f"{self._public_url}{PATH}/{subscription.token}"
        secret = subscription.secret if subscription.signs else ""
        return HubRequest(subscription.hub, subscription.topic, callback, secret, mode=mode)

    async def is_known(self, token: str) -> bool:
        return await self._known(token) is not None

    async def _known(self, token: str) -> HubSubscription | None:
        """Look *token* up; anybody may ask us, so nobody is given the write lock for it."""
        async with self._database.read() as tx:
            return await websub.by_token(tx, token)

    async def confirm(self, token: str, *, mode: str, topic: str, lease_seconds: int | None) -> bool:
        """Say whether we want what a hub wants to confirm, and note it; also its refusal."""
        asked = await self._known(token)
        if asked is None:
            return False
        if asked.state is HubState.LEAVING:
            if mode != "unsubscribe" or topic != asked.topic:
                return False
            async with self._database.write() as tx:
                await websub.forget(tx, asked.feed)
            return True
        if topic != asked.topic or mode not in {"subscribe", "denied"}:
            return False
        now = self._clock.now()
        async with self._database.write() as tx:
            # Read again: meanwhile a poll may have found another hub, under another token.
            subscription = await websub.by_token(tx, token)
            if subscription is None:
                return False
            if mode == "denied":
                log.warning("a hub refuses", feed=subscription.feed, hub=subscription.hub)
                known = denied(subscription, now=now)
            else:
                known = verified(subscription, lease_seconds=lease_seconds, now=now)
            await websub.save(tx, known)
        return True

    async def ping(self, token: str, body: bytes, signature: str) -> bool:
        """Make the feed due if the hub signed the ping; False if the token is nobody's.

        What was pushed is not read: the feed itself says it better, and cannot be forged. So a ping of a hub
        that was given no secret may count, too: it brings about a poll, and never two within PING_FLOOR.
        """
        subscription = await self._known(token)
        if subscription is None:
            return False
        if subscription.signs and not is_signed(body, signature, secret=subscription.secret):
            log.warning("a ping without a good signature was ignored", feed=subscription.feed)
            return True
        now = self._clock.now()
        if self._recent.is_new(subscription.feed, body, now):
            async with self._database.write() as tx:
                await websub.note_ping(tx, subscription.feed, now)
        return True


async def note_hub(tx: Transaction, feed: Feed, fetched: Fetched, now: datetime) -> None:
    """Remember which hub *feed* names; another hub or topic is asked anew, and under a new secret."""
    known = await websub.of_feed(tx, feed.id)
    topic = fetched.topic or feed.url
    if not fetched.hub:
        if known:
            await websub.forget(tx, feed.id)
    elif known is None or (known.hub, known.topic) != (fetched.hub, topic):
        wanted = HubSubscription(
            feed=feed.id,
            hub=fetched.hub,
            topic=topic,
            token=secrets.token_urlsafe(24),
            secret=secrets.token_urlsafe(32),
            state=HubState.ASKED,
            ask_at=now,
        )
        await websub.save(tx, wanted)

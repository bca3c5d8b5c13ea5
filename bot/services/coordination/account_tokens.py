"""Tokens that a platform exchanges: refreshed in time, by one process at a time, and kept before use.

A refresh token is taken just once. Whoever has exchanged one holds the only pair that is taken from then on:
it is stored before anything else is done, however long the database is away.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.chats.chat import AccountId
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import StoredTokens, TokenPair
from bot.services.aio import Backoff
from bot.store.coordination import account_tokens, leases
from bot.store.engine.database import Database, DatabaseUnavailable

AHEAD = timedelta(hours=1)
"""How long before its end an access token is exchanged: requests that are under way are to end with it."""

LEASE = timedelta(seconds=90)
"""For how long one process that is alive may exchange: longer than the request takes, and its storing."""

LOOK_EVERY = 0.5
"""Seconds between two looks at what another process exchanges."""

_STORING = RetryPolicy(first_wait=timedelta(milliseconds=200), longest_wait=timedelta(seconds=5))

log = structlog.get_logger(__name__)

Exchange = Callable[[str], Awaitable[TokenPair]]
"""Exchanges a refresh token. Raises MessengerError, which is fatal where the token is not taken."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A refresh token, and the name of that of the settings which it descends from."""

    refresh: str
    origin: str


class AccountTokens:
    """The tokens of *account*, which begin with the refresh token that is *configured*."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        account: AccountId,
        owner: str,
        configured: str,
        exchange: Exchange,
    ) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._owner = owner
        self._configured = configured
        self._exchange = exchange
        self._lease = f"tokens of {account}"
        self._refreshing: asyncio.Task[StoredTokens] | None = None

    async def access(self, *, refused: str | None = None) -> str:
        """Return an access token that is taken for a while yet, and that is not the *refused* one.

        Raises MessengerError, which is fatal where no refresh token is taken any more, and
        DatabaseUnavailable.
        """
        stored = await self._stored()
        if stored and self._is_good(stored, refused):
            return stored.access
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refreshed(refused))
        # Whoever asks may be ended; a pair that was had must be stored all the same.
        return (await asyncio.shield(self._refreshing)).access

    async def close(self) -> None:
        """Let a refresh that is under way come to its end."""
        if self._refreshing and not self._refreshing.done():
            await asyncio.wait({self._refreshing})

    def _is_good(self, stored: StoredTokens, refused: str | None) -> bool:
        return stored.access != refused and stored.expires_at - self._clock.now() > AHEAD

    async def _stored(self) -> StoredTokens | None:
        async with self._database.read() as tx:
            return await account_tokens.get(tx, self._account)

    async def _refreshed(self, refused: str | None) -> StoredTokens:
        """Return a good pair, which this process exchanges, or another one meanwhile."""
        while True:
            async with self._database.write() as tx:
                is_ours = await leases.acquire(tx, self._lease, owner=self._owner, lease=LEASE, inherits=True)
                stored = await account_tokens.get(tx, self._account)
            if stored and self._is_good(stored, refused):
                if is_ours:
                    await self._give_up()
                return stored
            if is_ours:
                try:
                    return await self._exchanged(stored)
                finally:
                    await self._give_up()
            await self._clock.sleep(LOOK_EVERY)

    async def _exchanged(self, stored: StoredTokens | None) -> StoredTokens:
        """Exchange what is stored or, where that is not taken, what is configured and was never used."""
        refusal: MessengerError | None = None
        for candidate in self._candidates(stored):
            try:
                pair = await self._exchange(candidate.refresh)
            except MessengerError as error:
                if not error.fatal:
                    raise
                if (other := await self._stored()) and other != stored:
                    # A process that had stalled was quicker after all.
                    return other
                log.warning("a refresh token is not taken", account=self._account, reason=str(error))
                refusal = error
            else:
                return await self._keep(pair, candidate.origin)
        raise refusal or MessengerError("there is no refresh token: put one into the settings", fatal=True)

    def _candidates(self, stored: StoredTokens | None) -> list[_Candidate]:
        configured = _Candidate(self._configured, fingerprint(self._configured))
        own = [_Candidate(stored.refresh, stored.origin)] if stored else []
        is_new = bool(self._configured) and (stored is None or stored.origin != configured.origin)
        return [*own, *([configured] if is_new else [])]

    async def _keep(self, pair: TokenPair, origin: str) -> StoredTokens:
        """Store *pair*, and return only when it is stored: the one before it is not taken any more."""
        backoff = Backoff(_STORING)
        now = self._clock.now()
        tokens = StoredTokens(pair.access, pair.refresh, origin, now + pair.lasts, now)
        while True:
            try:
                async with self._database.write() as tx:
                    await account_tokens.save(tx, self._account, tokens)
            except DatabaseUnavailable as error:
                log.error("new tokens could not be stored yet", account=self._account, error=str(error))  # noqa: TRY400
                await self._clock.sleep(backoff.next())
            else:
                log.info("the tokens were exchanged", account=self._account, until=_moment(tokens.expires_at))
                return tokens

    async def _give_up(self) -> None:
        try:
            async with self._database.write() as tx:
                await leases.release(tx, self._lease, owner=self._owner)
        except DatabaseUnavailable as error:
            log.warning("a lease lapses by itself", lease=self._lease, error=str(error))


def fingerprint(token: str) -> str:
    """Return what tells one token from another, and nothing of it: a SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")

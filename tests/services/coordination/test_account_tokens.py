"""Tokens are exchanged once, whoever asks for them, and none is lost that could have been kept."""

import asyncio
import signal
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import TokenPair
from bot.emulator.server import Emulator
from bot.services.coordination.account_tokens import AccountTokens
from bot.store.coordination import account_tokens, heartbeats
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from tests.emulator.zalo_oa.client import REFRESH, OaClient
from tests.forked import ForkedProcess, start_module
from tests.messengers.zalo_oa.publishing import LaterClock
from tests.running import unconfigured
from tests.served_zalo_oa import ACCOUNT

EXCHANGE = "/oauth/v4/oa/access_token"
PATIENCE = 40.0


@pytest.fixture
async def oa() -> AsyncIterator[OaClient]:
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        client = OaClient(emulator, session)
        await client.authorised()
        yield client


@asynccontextmanager
async def process(
    oa: OaClient, url: str, owner: str = "one", refresh: str = REFRESH
) -> AsyncIterator[ForkedProcess]:
    """Run a process that asks for an access token once it is told to."""
    arguments = (owner, url, oa.url, oa.oauth_url, refresh)
    started = await start_module("tests.exchanging_process", *arguments, env=unconfigured(), stdout=PIPE)
    try:
        assert await said(started) == "asking"
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def said(started: ForkedProcess) -> str:
    """Return the next line that the process prints, which is not one of its log."""
    assert started.stdout
    async with asyncio.timeout(PATIENCE):
        while (line := (await started.stdout.readline()).decode().strip()).startswith("20"):
            pass
        return line


def tell(*started: ForkedProcess) -> None:
    for each in started:
        each.send_signal(signal.SIGUSR1)


async def token_of(started: ForkedProcess) -> str:
    while True:
        line = await said(started)
        if line.startswith(("access-", "refused")):
            return line


async def until_asked(oa: OaClient, times: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await oa.look("metrics"))["calls"].get(EXCHANGE, 0) < times:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.02)


async def refreshes(oa: OaClient) -> tuple[int, int]:
    metrics = await oa.look("metrics")
    return metrics["refreshes"], metrics["refresh_reuses"]


@pytest.mark.postgres
async def test_two_processes_that_ask_at_once_exchange_once(oa: OaClient, postgresql_url: str) -> None:
    await oa.control("faults", method=EXCHANGE, delay=1.0)
    async with process(oa, postgresql_url, "one") as one, process(oa, postgresql_url, "two") as two:
        tell(one, two)
        first, second = await token_of(one), await token_of(two)

    assert first == second
    assert await refreshes(oa) == (1, 0)


async def test_a_process_that_is_killed_before_the_exchange_loses_nothing(
    oa: OaClient, database_url: str
) -> None:
    """Its lease is left behind, and known to be a dead one's within seconds."""
    await oa.control("faults", method=EXCHANGE, delay=60.0, drop="before")
    async with process(oa, database_url, "one") as first:
        tell(first)
        await until_asked(oa, 1)
        first.kill()
        await first.wait()
    async with process(oa, database_url, "two") as second:
        tell(second)
        token = await token_of(second)

    assert token.startswith("access-")
    assert await refreshes(oa) == (1, 0)


async def test_a_process_that_is_killed_after_storing_loses_nothing(oa: OaClient, database_url: str) -> None:
    async with process(oa, database_url) as first:
        tell(first)
        token = await token_of(first)
        first.kill()
        await first.wait()
    async with process(oa, database_url) as second:
        tell(second)
        again = await token_of(second)

    assert token == again
    assert await refreshes(oa) == (1, 0)


async def test_a_pair_that_was_lost_with_its_process_needs_another_authorisation(
    oa: OaClient, sqlite_url: str
) -> None:
    """Zalo had exchanged it, and its answer reached nobody: that nobody can mend; but it is said."""
    await oa.control("faults", method=EXCHANGE, delay_answer=30.0)
    async with process(oa, sqlite_url) as first:
        tell(first)
        async with asyncio.timeout(PATIENCE):
            while await refreshes(oa) == (0, 0):  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.02)
        first.kill()
        await first.wait()
    async with process(oa, sqlite_url) as second:
        tell(second)
        refused = await token_of(second)
    await oa.control("authorise", refresh="another")
    async with process(oa, sqlite_url, refresh="another") as third:
        tell(third)
        token = await token_of(third)

    assert "authorise the Official Account anew" in refused
    assert token.startswith("access-")


class Exchanges:
    """Exchanges tokens with the emulated platform, and notes what was offered."""

    def __init__(self, oa: OaClient) -> None:
        self._oa = oa
        self.asked: list[str] = []

    async def __call__(self, refresh: str) -> TokenPair:
        self.asked.append(refresh)
        told = await self._oa.exchange(refresh)
        if "error" in told:
            raise MessengerError(told["message"], fatal=True)
        return TokenPair(told["access_token"], told["refresh_token"], timedelta(seconds=90_000))


async def tokens(
    database: Database,
    clock: LaterClock,
    exchanges: Exchanges,
    *,
    owner: str = "one",
    configured: str = REFRESH,
) -> AccountTokens:
    async with database.write() as tx:
        await heartbeats.beat(tx, owner)
    return AccountTokens(
        database, clock, account=ACCOUNT, owner=owner, configured=configured, exchange=exchanges
    )


async def test_a_pair_is_exchanged_an_hour_before_it_ends(oa: OaClient, db: Database) -> None:
    clock = LaterClock()
    kept = await tokens(db, clock, Exchanges(oa))
    first = await kept.access()
    clock.ahead = timedelta(hours=23)
    same = await kept.access()
    clock.ahead = timedelta(hours=24, minutes=1)
    second = await kept.access()

    assert first == same != second
    assert await refreshes(oa) == (2, 0)


async def test_those_who_ask_at_once_share_one_exchange(oa: OaClient, db: Database) -> None:
    one = await tokens(db, LaterClock(), Exchanges(oa))
    other = await tokens(db, LaterClock(), Exchanges(oa), owner="two")
    found = await asyncio.gather(*(each.access() for each in (one, one, other, other)))

    assert len(set(found)) == 1
    assert await refreshes(oa) == (1, 0)


async def test_a_token_that_is_refused_is_exchanged_once_for_all_who_had_it(
    oa: OaClient, db: Database
) -> None:
    one = await tokens(db, LaterClock(), Exchanges(oa))
    other = await tokens(db, LaterClock(), Exchanges(oa), owner="two")
    old = await one.access()
    found = await asyncio.gather(one.access(refused=old), other.access(refused=old))

    assert len({*found}) == 1
    assert old not in found
    assert await refreshes(oa) == (2, 0)


async def test_the_token_of_the_settings_is_tried_only_where_it_is_another_one(
    oa: OaClient, db: Database
) -> None:
    clock, exchanges = LaterClock(), Exchanges(oa)
    await (await tokens(db, clock, exchanges)).access()
    async with db.read() as tx:
        first = await account_tokens.get(tx, ACCOUNT)
    await oa.control("authorise", refresh="another")
    clock.ahead = timedelta(hours=25)
    with pytest.raises(MessengerError) as refused:
        await (await tokens(db, clock, exchanges)).access()
    renewed = await (await tokens(db, clock, exchanges, configured="another")).access()
    async with db.read() as tx:
        stored = await account_tokens.get(tx, ACCOUNT)

    assert refused.value.fatal
    assert first is not None
    assert stored is not None
    assert stored.access == renewed
    assert exchanges.asked == [REFRESH, first.refresh, first.refresh, "another"]


class Away(Database):
    """A database that is away for so many writing transactions, as it is told."""

    times = 0

    @asynccontextmanager
    async def write(self, *, even_if_lost: bool = False) -> AsyncIterator[Transaction]:
        if self.times:
            self.times -= 1
            raise DatabaseUnavailable("it is away")
        async with super().write(even_if_lost=even_if_lost) as tx:
            yield tx


async def test_a_pair_is_not_used_before_it_is_stored(oa: OaClient, sqlite_url: str) -> None:
    database = await Away.open(sqlite_url)
    exchanges = Exchanges(oa)

    async def exchange(refresh: str) -> TokenPair:
        pair = await exchanges(refresh)
        database.times = 2
        return pair

    kept = AccountTokens(
        database, LaterClock(), account=ACCOUNT, owner="one", configured=REFRESH, exchange=exchange
    )
    asking = asyncio.create_task(kept.access())
    await until_asked(oa, 1)
    # Whoever asked is ended: the pair is stored all the same.
    asking.cancel()
    await kept.close()
    async with database.read() as tx:
        stored = await account_tokens.get(tx, ACCOUNT)
    await database.close()

    assert stored is not None
    assert (await oa.get("oa/getoa", stored.access))["error"] == 0

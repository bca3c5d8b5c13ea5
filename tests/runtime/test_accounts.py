"""Two accounts in one process: one that is refused or stalls takes nothing from the other."""

import math
import time
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot import app
from bot.domain.messaging.messenger import MessengerError
from bot.settings.accounts import TelegramSection
from bot.settings.settings import DatabaseSection, Settings, WebSection
from tests.emulated import Emulated
from tests.two_accounts import ACCOUNTS, TOKENS, QuickService, TwoAccounts

FIRST, SECOND = range(2)
UNKNOWN = "777777:CCE-a-token-that-nobody-was-given-000"
AT_30_A_SECOND = 90
"""Chats, which the first account can have written to in three seconds."""
TURNS = 4


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[TwoAccounts]:
    async with TwoAccounts.open(sqlite_url) as world:
        yield world


async def test_both_send_an_article_to_their_own_chats_and_answer_there(world: TwoAccounts) -> None:
    readers = [await world.subscribe(FIRST, 12), await world.subscribe(SECOND, 9, first=1006)]
    await world.publish()
    async with world.serving():
        for account, people in enumerate(readers):
            await world.until_delivered(account, people)
            platform, person = world.platforms[account], people[0]
            await platform.post("updates/message", chat=person, text="/trogiup", **{"from": person})
            await world.until_said(account, person, "/moinhat")
        copies = [await world.copies(account) for account in (FIRST, SECOND)]

    assert copies == [dict.fromkeys(people, 1) for people in readers]


async def test_one_that_is_refused_from_the_beginning_ends_alone_and_owners_hear_of_it(
    world: TwoAccounts,
) -> None:
    readers = await world.subscribe(FIRST, AT_30_A_SECOND)
    await world.publish()
    async with world.serving(owners=readers[:1], tokens=(TOKENS[FIRST], UNKNOWN)) as service:
        problem = await service.until_problem()
        await world.until_delivered(FIRST, readers)
        told = await world.until_said(FIRST, readers[0], "telegram:777777")

    assert problem.startswith("telegram:777777: Telegram refuses the account:")
    assert told.startswith("⚠️ Cảnh báo từ hệ thống\n• Từ ")
    assert await world.copies(FIRST) == dict.fromkeys(readers, 1)


async def test_one_that_is_refused_later_keeps_what_it_owes_and_the_other_goes_on(world: TwoAccounts) -> None:
    readers = [await world.subscribe(FIRST, 40), await world.subscribe(SECOND, 10)]
    refused = {"status": 401, "description": "Unauthorized", "times": 999}
    async with world.serving(owners=readers[FIRST][:1]) as service:
        await service.until_serving()
        await world.platforms[SECOND].post("faults", **refused)
        problem = await service.until_problem()
        await world.publish()
        service._owed()
        await world.until_delivered(FIRST, readers[FIRST])
        told = await world.until_said(FIRST, readers[FIRST][0], ACCOUNTS[SECOND])
        kept = await world.copies(SECOND)

    assert problem.startswith(f"{ACCOUNTS[SECOND]}: Telegram refuses the account: ")
    assert kept == {}
    assert "bị ứng dụng nhắn tin từ chối" in told


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "fault", [{"delay": 60, "drop": "before"}, {"status": 502, "html": True}], ids=["slow", "502"]
)
async def test_one_that_stalls_slows_no_other_and_loses_nothing(
    world: TwoAccounts, fault: dict[str, object]
) -> None:
    readers = [await world.subscribe(FIRST, AT_30_A_SECOND), await world.subscribe(SECOND, 20)]
    usual: list[float] = []
    beside_it: list[float] = []
    async with world.serving() as service:
        await service.until_serving()
        # What else the machine does slows now the one, now the other: the best of several turns counts.
        while len(usual) < TURNS and not _is_as_quick(beside_it, usual):
            before, during = f"Bài {len(usual)} khi cả hai chạy", f"Bài {len(usual)} khi một bên đứng"
            usual.append(await _seconds_of(world, service, readers[FIRST], before))
            await world.until_delivered(SECOND, readers[SECOND], before)
            for method in ("sendMessage", "getUpdates"):
                await world.platforms[SECOND].post("faults", method=method, times=9999, **fault)
            beside_it.append(await _seconds_of(world, service, readers[FIRST], during))
            stalled = await world.copies(SECOND, during)
            await world.platforms[SECOND].mend()
            await world.until_delivered(SECOND, readers[SECOND], during)
            copies = [await world.copies(account, during) for account in (FIRST, SECOND)]

            assert stalled == {}
            assert copies == [dict.fromkeys(people, 1) for people in readers]

    assert _is_as_quick(beside_it, usual), f"seconds beside one that stalls: {beside_it}, else: {usual}"


def _is_as_quick(beside_it: list[float], usual: list[float]) -> bool:
    return min(beside_it, default=math.inf) < 1.5 * min(usual, default=math.inf)


async def _seconds_of(world: TwoAccounts, service: QuickService, readers: list[int], title: str) -> float:
    """Return how long a new article takes to reach all *readers* on the first account."""
    began_at = time.monotonic()
    await world.publish(title)
    service._owed()
    await world.until_delivered(FIRST, readers, title)
    return time.monotonic() - began_at


async def test_the_service_ends_when_no_account_is_left(sqlite_url: str) -> None:
    async with Emulated.start() as emulated:
        settings = Settings.model_construct(
            database=DatabaseSection(url=sqlite_url),
            telegram=TelegramSection(token=SecretStr(UNKNOWN), api_url=emulated.url),
            web=WebSection(listen="127.0.0.1:0"),
        )

        with pytest.raises(MessengerError, match="Telegram"):
            await app.run(settings, [], [])

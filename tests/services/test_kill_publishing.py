"""A service that is killed while it creates an article, and the one that follows: one article, no second."""

from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.emulator.zalo.client import TOKEN
from tests.emulator.zalo_oa.client import APP, APP_SECRET, COVER, REFRESH
from tests.forked import ForkedProcess, start_module
from tests.running import unconfigured
from tests.served_zalo_oa import ServedOa

LEASE = "2.0"
CREATE, VERIFY = "/v2.0/article/create", "/v2.0/article/verify"


@asynccontextmanager
async def service(served: ServedOa) -> AsyncIterator[ForkedProcess]:
    """Run the service in a process of its own."""
    environment = {
        "BANTIN_DATABASE__URL": served.url,
        "BANTIN_ZALO__TOKEN": TOKEN,
        "BANTIN_ZALO__API_URL": served.platform.url,
        "BANTIN_ZALO_OA__ENABLED": "true",
        "BANTIN_ZALO_OA__APP_ID": APP,
        "BANTIN_ZALO_OA__APP_SECRET": APP_SECRET,
        "BANTIN_ZALO_OA__REFRESH_TOKEN": REFRESH,
        "BANTIN_ZALO_OA__API_URL": served.oa.url,
        "BANTIN_ZALO_OA__OAUTH_URL": served.oa.oauth_url,
        "BANTIN_ZALO_OA__COVER": COVER,
        "BANTIN_SUBSCRIBERS__QUIET_HOURS": "",
        "BANTIN_WEB__LISTEN": "127.0.0.1:0",
    }
    process = await start_module(
        *("tests.service_process", LEASE, "poll,send"),
        env=unconfigured() | environment,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        await served.until(served.is_established)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def calls(served: ServedOa, path: str) -> int:
    number: int = (await served.oa.look("metrics"))["calls"].get(path, 0)
    return number


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("fault", "path"),
    [
        # Killed while it waits for the answer to a creation that took effect.
        ({"method": CREATE, "delay_answer": 60.0}, CREATE),
        # Killed with the creation's token in hand, and no article yet.
        ({"method": VERIFY, "delay": 60.0}, VERIFY),
        # Killed when the article was there, and nobody knew its id.
        ({"method": VERIFY, "delay_answer": 60.0, "after": 1}, VERIFY),
    ],
    ids=["create", "between", "verify"],
)
async def test_a_service_that_is_killed_over_an_article_publishes_it_once(
    database_url: str, fault: dict[str, object], path: str
) -> None:
    async with ServedOa.open(database_url) as served:
        await served.oa.control("faults", **fault)
        async with service(served) as process:
            await served.publish()
            asked = 1 + int(str(fault.get("after", 0)))

            async def is_under_way() -> bool:
                created = await served.oa.look("articles")
                return bool(created) and await calls(served, path) >= asked

            await served.until(is_under_way)
            process.kill()
            await process.wait()
        await served.oa.mend()
        async with service(served):
            (delivery,) = await served.settled()
        (article,) = await served.oa.look("articles")
        metrics = await served.oa.look("metrics")

    assert delivery == ("sent", article["id"])
    assert (metrics["second_copies"], metrics["refreshes"], metrics["refresh_reuses"]) == (0, 1, 0)

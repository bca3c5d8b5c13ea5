import asyncio
import logging
import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.domain.news.feed import SourceError
from bot.domain.reason import Reason, ReasonCode
from bot.sources.workers.pool import CallLimits, WorkerError, Workers
from tests.sources import jobs

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(count=2, limits=CallLimits(seconds=10, memory=1 << 30, calls=50)) as started:
        yield started


@pytest.fixture
async def hasty() -> AsyncIterator[Workers]:
    async with Workers(count=1, limits=CallLimits(seconds=0.3)) as started:
        yield started


def gone(process: int) -> bool:
    """Return whether a process has ended, or does so within two seconds."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    with os.fdopen(handle):
        return bool(select.select([handle], [], [], 2)[0])


async def test_a_call_runs_elsewhere_and_its_value_comes_back(workers: Workers) -> None:
    assert await workers.run(jobs.double, "tin", times=3) == "tintintin"
    assert await workers.run(jobs.who) != os.getpid()


async def test_a_process_serves_one_call_after_another(workers: Workers) -> None:
    assert await workers.run(jobs.who) == await workers.run(jobs.who)


async def test_what_a_library_prints_does_not_get_between_the_answers(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await workers.run(jobs.chatter) == "said"
    assert capfd.readouterr() == ("", "")


async def test_a_refusal_comes_back_as_it_was_raised(workers: Workers) -> None:
    with pytest.raises(SourceError, match=r"^the feed is empty$") as raised:
        await workers.run(jobs.refuse)

    assert raised.value.reason == Reason(ReasonCode.EMPTY, "the feed is empty", {"host": "office.example"})


async def test_a_bug_is_logged_and_costs_one_call(workers: Workers, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(WorkerError, match=r"fault in this program"):
        await workers.run(jobs.stumble)

    assert "KeyError: 'a bug'" in caplog.text


@pytest.mark.parametrize(
    ("job", "problem"),
    [
        (jobs.crash, f"died (status -{signal.SIGSEGV:d})"),
        (jobs.leave, "died (status 7)"),
        (jobs.swell, "more than 1024 MiB of memory"),
    ],
)
async def test_a_death_costs_one_call(workers: Workers, job: Callable[[], None], problem: str) -> None:
    with pytest.raises(WorkerError) as caught:
        await workers.run(job)

    assert problem in str(caught.value)
    assert await workers.run(jobs.double, "tin") == "tintin"


async def test_a_call_that_hangs_is_ended(hasty: Workers) -> None:
    with pytest.raises(WorkerError, match=r"more than 0\.3 s"):
        await hasty.run(jobs.hang)

    assert await hasty.run(jobs.double, "tin") == "tintin"


async def test_only_the_process_that_hangs_is_killed() -> None:
    async with Workers(count=2, limits=CallLimits(seconds=0.4)) as workers:
        hanging = asyncio.create_task(workers.run(jobs.hang))
        others = [await workers.run(jobs.who) for _ in range(5)]

        with pytest.raises(WorkerError):
            await hanging

        assert {await workers.run(jobs.who)} == set(others)


async def test_a_process_that_is_killed_while_idle_is_replaced(workers: Workers) -> None:
    first = await workers.run(jobs.who)
    os.kill(first, signal.SIGKILL)

    with pytest.raises(WorkerError):
        await workers.run(jobs.who)

    assert await workers.run(jobs.who) != first


async def test_a_process_has_a_limited_life() -> None:
    async with Workers(count=1, limits=CallLimits(calls=2)) as workers:
        lives = [await workers.run(jobs.who) for _ in range(4)]

    assert lives[0] == lives[1] != lives[2] == lives[3]


async def test_no_process_is_started_before_it_is_needed() -> None:
    async with Workers(count=2) as workers:
        assert not workers._idle


async def test_no_process_outlives_the_close() -> None:
    async with Workers(count=1) as workers:
        idle = await workers.run(jobs.who)

    assert gone(idle)


async def test_closing_ends_a_call_in_hand_and_those_behind_it() -> None:
    workers = Workers(count=1)
    await workers.run(jobs.who)
    calls = [asyncio.create_task(workers.run(jobs.hang)) for _ in range(2)]
    while not workers._busy:  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(0)

    await workers.close()

    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(end, WorkerError) for end in ends] == [True, True]
    with pytest.raises(WorkerError, match="stopping"):
        await workers.run(jobs.who)


async def test_signals_to_the_service_are_not_for_the_processes(workers: Workers) -> None:
    process = await workers.run(jobs.who)

    os.kill(process, signal.SIGINT)
    os.kill(process, signal.SIGTERM)

    assert await workers.run(jobs.who) == process
    assert os.getsid(process) != os.getsid(0)


async def test_a_process_loads_nothing_that_its_calls_do_not_need(workers: Workers) -> None:
    loaded = await workers.run(jobs.modules)

    assert not {"aiohttp", "sqlalchemy", "telegram", "feedparser", "PIL", "lxml"} & set(loaded)


def test_any_main_module_will_do_and_an_unclosed_pool_ends_with_it() -> None:
    # Without the guard that `multiprocessing` wants around a main module.
    program = """
        import asyncio
        from bot.sources.workers.pool import Workers
        from tests.sources import jobs
        workers = Workers()
        print(asyncio.run(workers.run(jobs.who)))
    """
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert gone(int(done.stdout))
    assert "Traceback" not in done.stderr


async def test_a_process_is_told_nothing_of_the_services_secrets(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN", "42:secret")

    told = await workers.run(jobs.environment)

    assert "secret" not in str(told)
    assert told.keys() <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE"}


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
async def test_a_process_gains_no_privileges_by_what_it_executes(workers: Workers) -> None:
    assert "NoNewPrivs:\t1" in await workers.run(jobs.status)


async def test_an_answer_can_run_no_code_here(workers: Workers, tmp_path: Path) -> None:
    witness = tmp_path / "witness"

    with pytest.raises(WorkerError, match="makes no sense"):
        await workers.run(jobs.take_over, str(witness))

    assert not await asyncio.to_thread(witness.exists)
    assert await workers.run(jobs.double, "tin") == "tintin"


async def test_an_answer_is_of_the_type_that_the_call_promises(workers: Workers) -> None:
    with pytest.raises(WorkerError, match="makes no sense"):
        await workers.run(jobs.promise)


async def test_an_answer_that_is_too_large_is_refused_before_it_is_read(workers: Workers) -> None:
    with pytest.raises(WorkerError, match="more than 8 MiB"):
        await workers.run(jobs.overflow)

    assert await workers.run(jobs.double, "tin") == "tintin"


async def test_a_call_may_have_a_limit_of_its_own(workers: Workers) -> None:
    with pytest.raises(WorkerError, match=r"more than 0\.2 s"):
        await workers.run_within(0.2, jobs.hang)


async def test_a_process_that_has_nothing_to_do_for_a_while_ends() -> None:
    async with Workers(count=1, limits=CallLimits(idle=0.3)) as workers:
        process = await workers.run(jobs.who)

        ended = await asyncio.to_thread(gone, process)

        assert ended
        assert await workers.run(jobs.who) != process

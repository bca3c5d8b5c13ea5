"""The end of a process's event loop."""

import asyncio

from bot.runtime.process.event_loop import run_to_end


def test_what_waits_when_it_is_cancelled_is_not_waited_for() -> None:
    ends: list[str] = []

    async def silent() -> None:
        for at in ("asked", "cancelled"):
            try:
                await asyncio.Event().wait()
            finally:
                ends.append(at)
                # As a driver does that tells a silent server to give up, and waits for its answer.
                if at == "asked":
                    await asyncio.Event().wait()

    async def main() -> str:
        asyncio.create_task(silent())  # noqa: RUF006 - nobody waits for it
        await asyncio.sleep(0)
        return "done"

    assert run_to_end(main()) == "done"
    assert ends == ["asked"]

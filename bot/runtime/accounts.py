"""The accounts that this process competes for, each served by a worker of its own."""

import asyncio
from collections.abc import Iterator, Sequence

import structlog

from bot.domain.messaging.messenger import MessengerError
from bot.runtime.account_worker import AccountWorker
from bot.services.aio import first_ended
from bot.store.engine.notify import Signal

log = structlog.get_logger(__name__)


class AccountWorkers:
    """The workers of all accounts."""

    def __init__(self, workers: Sequence[AccountWorker]) -> None:
        self._workers = tuple(workers)

    def __iter__(self) -> Iterator[AccountWorker]:
        return iter(self._workers)

    @property
    def problem(self) -> str | None:
        """Return in one line what keeps accounts from being served, and which ones, if anything does."""
        return "; ".join(problem for worker in self if (problem := worker.problem)) or None

    def hear(self, signal: Signal) -> None:
        """Take note of what this process or another one has stored."""
        for worker in self:
            worker.hear(signal)

    async def introduce_anew(self) -> None:
        """Say through each account that is ours who we are: the words have changed."""
        await asyncio.gather(*(worker.introduce_anew() for worker in self))

    def hold(self) -> None:
        """Send nothing more that is owed. Owners are still told."""
        for worker in self:
            worker.hold()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve every account until *stop* is set; then let all of them settle what is under way.

        One that its platform does not know from the beginning is left out. Raises MessengerError if no other
        is left, and whatever a worker that ended by a bug of ours has raised.
        """
        ending = asyncio.Event()
        working = [asyncio.create_task(worker.run(ending), name=worker.id) for worker in self]
        try:
            while working and (ended := await first_ended(stop, working)):
                working = [task for task in working if task not in ended]
                for task in ended:
                    _note_end(task, is_last=not working)
        finally:
            ending.set()
            for ended_at_last in await asyncio.gather(*working, return_exceptions=True):
                if isinstance(ended_at_last, Exception):
                    log.error("an account was not served to the end", exc_info=ended_at_last)


def _note_end(task: asyncio.Task[None], *, is_last: bool) -> None:
    """Raise why *task* ended, unless it was a refusal and other accounts are left."""
    error = task.exception()
    if error is None:
        return
    if is_last or not isinstance(error, MessengerError):
        raise error
    log.error("the account is refused", account=task.get_name(), reason=str(error))

"""Counts the transactions that updates take, whoever opens them: by what SQLAlchemy itself begins."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event


@dataclass
class Transactions:
    """The statements of each transaction, by the update that was being dealt with.

    What is remembered of uploaded photos and recordings belongs to no update: the next message with one of
    them needs it as well.
    """

    of_updates: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    @contextmanager
    def counted(cls) -> Iterator["Transactions"]:
        found = cls()
        event.listen(Engine, "begin", found._begin)
        event.listen(Engine, "before_cursor_execute", found._execute)
        try:
            yield found
        finally:
            event.remove(Engine, "begin", found._begin)
            event.remove(Engine, "before_cursor_execute", found._execute)

    def most(self) -> tuple[int, list[list[str]]]:
        """Return how many transactions the update took that took most, and what they did."""
        counts = {
            name: [each for each in transactions if not _is_about_uploads(each)]
            for name, transactions in self.of_updates.items()
        }
        longest = max(counts.values(), key=len, default=[])
        return len(longest), longest

    def _begin(self, _: Connection) -> None:
        if name := _update():
            self.of_updates[name].append([])

    def _execute(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        name = _update()
        if name and self.of_updates[name] and not statement.startswith("BEGIN"):
            self.of_updates[name][-1].append(statement)


def _update() -> str | None:
    task = asyncio.current_task()
    name = task.get_name() if task else ""
    return name if name.startswith("update ") else None


def _is_about_uploads(statements: list[str]) -> bool:
    references = ("photo_references", "recording_references")
    return all(any(table in each for table in references) for each in statements)

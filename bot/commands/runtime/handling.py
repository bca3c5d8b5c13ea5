"""Handling one update in one transaction, whatever must be asked of the messenger before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.commands.base.context import SILENCE, Context, Response
from bot.commands.base.unit_of_work import Note, Plan, Question, Reply, StartOver, UnitOfWork, ask
from bot.domain.chats.chat import Incoming
from bot.domain.messaging.messenger import MessengerError
from bot.store.engine.database import Transaction

Keep = Callable[[Transaction, Response], Awaitable[None]]
"""Keeps an answer in the transaction that holds its effect."""


class Speaker(Protocol):
    """What answers people; it sends nothing by itself."""

    @property
    def context(self) -> Context: ...

    def plan(self, incoming: Incoming) -> Plan | None:
        """Return what handling *incoming* will need; None where nothing is to be done about it."""

    async def answer(self, incoming: Incoming, unit: UnitOfWork) -> Response:
        """Return what to do about *incoming*; raises StartOver where *unit* does not do."""

    def apology(self, incoming: Incoming) -> Response: ...

    def unheard(self, incoming: Incoming) -> tuple[Note, ...]:
        """Return the changes that are to be made where an answer to *incoming* did not arrive."""


@dataclass(frozen=True, slots=True)
class Handled:
    """An answer, and the changes that are left for the transaction which settles the update.

    *is_kept* says that the answer is stored: handling the update once more would not give it again.
    """

    answer: Response
    notes: tuple[Note, ...] = ()
    is_kept: bool = False


async def handle(speaker: Speaker, incoming: Incoming, *, keep: Keep) -> Handled:
    """Handle *incoming*: its effect is committed, together with the kept answer, when this returns.

    An answer that goes on later is not kept: it can be had again by handling the update once more.
    """
    plan = speaker.plan(incoming)
    if plan is None:
        return Handled(SILENCE)
    database, messenger = speaker.context.database, speaker.context.messenger
    known: dict[Question, Reply | MessengerError] = {}
    question, writes = plan.question, plan.writes
    while True:
        if question is not None:
            known[question] = await ask(messenger, question)
        try:
            async with database.write() if writes else database.read() as tx:
                unit = UnitOfWork(tx, is_writable=writes, known=known)
                answer = await speaker.answer(incoming, unit)
                is_kept = writes and answer.later is None
                if is_kept:
                    await keep(tx, answer)
                return Handled(answer, tuple(unit.notes), is_kept)
        except StartOver as again:
            question = again.question
            writes = writes or question is None

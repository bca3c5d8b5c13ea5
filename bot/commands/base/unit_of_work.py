"""One update, one unit of work: the transaction that it is handled in, and what must be known before it.

A messenger is asked over the network, and no transaction may stay open meanwhile. So a handler asks for what
the messenger knows as if it were there; where it is not, `StartOver` is raised, the transaction is rolled
back, the question is asked, and the handler runs again.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.chats.chat import Address, ChatFacts, ChatRole
from bot.domain.messaging.messenger import Messenger, MessengerError
from bot.store.engine.database import Transaction

Note = Callable[[Transaction], Awaitable[object]]
"""A change that no answer depends on; made twice it does no harm."""


@dataclass(frozen=True, slots=True)
class RoleOf:
    """The question what *user* is in a chat."""

    address: Address
    user: str


@dataclass(frozen=True, slots=True)
class FactsOf:
    """The question which group or channel "@name" or an id is."""

    reference: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The question whether the messenger knows the person with that id."""

    user: str


Question = RoleOf | FactsOf | KnownPerson
Reply = ChatRole | ChatFacts | bool | None
Known = Mapping[Question, Reply | MessengerError]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of an update before its transaction: whether that writes, and what it will ask."""

    writes: bool = False
    question: Question | None = None


class StartOver(Exception):  # noqa: N818 - a request, as StopIteration is one
    """The handler must run again: in a transaction that may write, or with the answer to *question*."""

    def __init__(self, question: Question | None = None) -> None:
        super().__init__(str(question))
        self.question = question


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """The transaction of one update. *known* are the messenger's answers to earlier questions.

    *notes* are left for the transaction that settles the update, where this one only reads.
    """

    tx: Transaction
    is_writable: bool
    known: Known = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def write_tx(self) -> Transaction:
        """Return the transaction for a change; raises StartOver where it only reads."""
        if not self.is_writable:
            raise StartOver
        return self.tx

    async def note(self, change: Note) -> None:
        """Make a change that no answer depends on: now, or together with the update's settlement."""
        if self.is_writable:
            await change(self.tx)
        else:
            self.notes.append(change)

    def role(self, address: Address, user: str) -> ChatRole:
        """Return what *user* is in the chat; raises MessengerError, or StartOver if it was not asked."""
        answer = self._answer(RoleOf(address, user))
        assert isinstance(answer, ChatRole)
        return answer

    def facts(self, reference: str) -> ChatFacts | None:
        """Return the group or channel *reference* names; raises MessengerError, or StartOver."""
        answer = self._answer(FactsOf(reference))
        assert answer is None or isinstance(answer, ChatFacts)
        return answer

    def knows(self, user: str) -> bool:
        """Return whether the messenger knows *user*; raises MessengerError, or StartOver."""
        return self._answer(KnownPerson(user)) is True

    def _answer(self, question: Question) -> Reply:
        if question not in self.known:
            raise StartOver(question)
        answer = self.known[question]
        if isinstance(answer, MessengerError):
            raise answer
        return answer


async def ask(messenger: Messenger, question: Question) -> Reply | MessengerError:
    """Return the messenger's answer, or the error that was its answer."""
    try:
        match question:
            case RoleOf(address=address, user=user):
                return await messenger.role(address, user)
            case FactsOf(reference=reference):
                return await messenger.facts(reference)
            case KnownPerson(user=user):
                return await messenger.knows(user)
    except MessengerError as error:
        return error

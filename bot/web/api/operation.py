"""An operation of the API: what it takes, gives and refuses, and what does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from bot.domain.clock import Clock
from bot.domain.desk.api_keys import ApiKey, ApiScope
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.publication.submission import Submission
from bot.services.publishing.submissions import NewSubmission
from bot.store.engine.database import Database
from bot.web.api.models import NoQuery
from bot.web.api.problems import ProblemCode, ProblemError


@dataclass(frozen=True, slots=True)
class ApiContext:
    """What the operations work with; *owed* is called when chats may be owed something now."""

    database: Database
    clock: Clock
    submit: Callable[[NewSubmission], Awaitable[Submission]]
    owed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request that may be answered: who makes it, and what it says, checked.

    *path* are the parts of the address that vary, *header* is the one that the operation needs.
    """

    key: ApiKey
    path: Mapping[str, str]
    query: BaseModel
    body: BaseModel | None = None
    header: str = ""

    @property
    def actor(self) -> Actor:
        return Actor(AuditPlace.API, self.key.name)

    @property
    def id(self) -> int:
        """Return the number that the address names; raises ProblemError where no number can be meant."""
        text = self.path["id"]
        if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID and int(text)):
            raise ProblemError(ProblemCode.NOT_FOUND)
        return int(text)


_LONGEST_ID = 15


@dataclass(frozen=True, slots=True)
class OperationAnswer:
    """What is answered."""

    model: BaseModel
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequiredHeader:
    """A header that an operation needs: which values it takes, and the problem if it has none of them."""

    name: str
    pattern: str
    description: str
    lacking: ProblemCode


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be done at *path* by *method*, by a key with *scope*, or without one by any key.

    *answers* says what is given, by the status, and when.
    """

    name: str
    method: str
    path: str
    summary: str
    handle: Callable[[ApiContext, ApiRequest], Awaitable[OperationAnswer]]
    answers: Mapping[int, tuple[type[BaseModel], str]]
    scope: ApiScope | None = None
    query: type[BaseModel] = NoQuery
    body: type[BaseModel] | None = None
    header: RequiredHeader | None = None
    problems: tuple[ProblemCode, ...] = ()

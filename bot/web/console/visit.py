"""One request of somebody who is signed in, and what it is answered with."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, Values
from bot.domain.desk.console_access import ConsoleSession
from bot.domain.desk.roles import Authority, Right
from bot.domain.news.article import ArticleId
from bot.i18n import moments
from bot.services.administration.console_access import actor_of
from bot.store.engine.database import Transaction
from bot.store.runtime import audit
from bot.web.console.console import Console, ConsoleAccount
from bot.web.uploads import FormFile


@dataclass(frozen=True, slots=True)
class FormFields:
    """What a form or the query of an address holds: each field may have several values, or *files*."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[FormFile]] = field(default_factory=dict)

    @classmethod
    def read(cls, encoded: str) -> "FormFields":
        """Read what browsers write; raises ValueError where there is more of it than any of our forms has.

        So it does for a NUL, which nobody types, and PostgreSQL stores in no text.
        """
        return cls.of(parse_qs(encoded, keep_blank_values=True, max_num_fields=_MOST_FIELDS))

    @classmethod
    def of(
        cls, fields: Mapping[str, Sequence[str]], files: Mapping[str, Sequence[FormFile]] | None = None
    ) -> "FormFields":
        """Return these fields; raises ValueError where there is a NUL among what was typed."""
        if any("\0" in value for values in fields.values() for value in values):
            raise ValueError("a NUL")
        return cls(fields, files or {})

    def value(self, name: str) -> str:
        """Return the value of a field without white space around it; empty where there is none."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.fields.get(name, ()))

    def number(self, name: str, *, at_least: int = 0, at_most: int = 2**53) -> int:
        """Return the whole number in a field, brought into its bounds; the least one where there is none."""
        text = self.value(name)
        is_number = text.isascii() and text.isdecimal() and len(text) < _DIGITS
        return min(max(int(text) if is_number else at_least, at_least), at_most)

    def moment(self, name: str) -> datetime | None:
        """Return the moment in a field for the local time of Viet Nam; None where there is none."""
        try:
            at = datetime.strptime(self.value(name), _LOCAL_TIME)  # noqa: DTZ007 - browsers send no zone
        except ValueError:
            return None
        return at.replace(tzinfo=VIETNAM)


_LOCAL_TIME = "%Y-%m-%dT%H:%M"
_MOST_FIELDS = 500
_DIGITS = 17


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: the *template* and what it shows. One that *has_frame* shows a SandboxedPage in it."""

    template: str
    values: Mapping[str, Any]
    status: int = 200
    has_frame: bool = False


@dataclass(frozen=True, slots=True)
class SandboxedPage:
    """HTML from elsewhere, made inert, for a frame on one of our pages: it may do nothing that our *script*
    does not do, and has an origin of its own.
    """

    html: str
    style: str
    script: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """What follows an act: the page at *path*, below the console's own, with a *notice* by its name.

    *in_force* has it wait until what was stopped is stopped everywhere. *afterwards* is the rest of the work,
    which is not done in the transaction of the act. *language* is the one that was chosen for this browser.
    """

    path: str
    notice: str = ""
    query: Mapping[str, str | int] = field(default_factory=dict)
    in_force: bool = False
    afterwards: Callable[[], Awaitable[object]] | None = None
    language: str = ""

    @property
    def address(self) -> str:
        query = urlencode({**self.query, **({"notice": self.notice} if self.notice else {})})
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes of some type; with a *file_name* they are to be kept."""

    body: bytes
    type: str
    file_name: str = ""


class Refusal(Exception):  # noqa: N818 - what it stops is no error of the program
    """The request is not done: *key* names the text that says why; *wait* says for how many seconds."""

    def __init__(self, status: int, key: str, *, wait: int = 0) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.wait = wait


Answer = PageView | SandboxedPage | Redirect | Download


@dataclass(frozen=True, slots=True)
class Visit:
    """A request in its context: who asks for what, and the transaction that it is answered in.

    *arguments* are the parts of the path that have names. *told* is what the route's question to a messenger
    was answered with, where it has one.
    """

    console: Console
    tx: Transaction
    session: ConsoleSession
    authority: Authority
    language: str
    form_token: str = field(repr=False)
    arguments: Mapping[str, str] = field(default_factory=dict)
    query: FormFields = field(default_factory=FormFields)
    form: FormFields = field(default_factory=FormFields)
    told: object = None

    @property
    def now(self) -> datetime:
        return self.console.clock.now()

    @property
    def actor(self) -> Actor:
        return actor_of(self.session)

    @property
    def accounts(self) -> tuple[ConsoleAccount, ...]:
        """Return the accounts whose people and channels are theirs to manage: an owner's are all of them."""
        known = (each for each in self.console.accounts if each.has_people)
        return tuple(each for each in known if self.authority.is_owner or each.id == self.session.account)

    def text(self, key: str, /, **args: str | int) -> str:
        return self.console.translator.text(self.language, key, **args)

    def moment(self, at: datetime) -> str:
        return moments.moment(self.console.translator, self.language, at)

    def may(self, right: Right, *topics: TopicId) -> bool:
        """Return whether they have *right*, for each of *topics* where some are named."""
        return self.authority.may(right) and self.authority.covers(topics)

    def require(self, right: Right, *topics: TopicId) -> None:
        """Raise Refusal where they have not."""
        if not self.may(right, *topics):
            raise Refusal(403, "only-other-topics")

    async def record(
        self,
        action: AuditAction,
        about: Subject,
        *,
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Write down what they have done, in the transaction of its effect."""
        await audit.record(self.tx, self.actor, Act(action, about, before, after), now=self.now)


def gone() -> Refusal:
    """Return the refusal of what is asked for by an id that nothing has."""
    return Refusal(404, "console-gone")


def article_number(text: str) -> ArticleId:
    """Return the id that *text*, a part of an address or of a form, is; raises Refusal where it is none."""
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise gone()
    return ArticleId(int(text))

"""/nhatky: owners read who managed what, when and from where, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.commands.base.callbacks import ListAudit
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.chat import AccountId
from bot.domain.chats.message import Button, bold, plain
from bot.domain.desk.audit import (
    EVERY,
    Actor,
    AuditRecord,
    Plain,
    Subject,
    SubjectKind,
    Values,
    address_of,
    of_admin,
)
from bot.domain.desk.roles import Right, in_order, roles_in
from bot.domain.news.feed import FeedId
from bot.domain.text.text import shorten
from bot.store.chats import chats
from bot.store.feeds import feeds
from bot.store.runtime import admins, audit

handlers = Handlers()

_SHOWN = 6
_MOST_PAGES = 1_000
"""What is older is for `bantin audit`."""
_NAME = 60
_VALUE = 40
_VALUES = 3


@dataclass(frozen=True, slots=True)
class _Names:
    """What people call the subjects of some lines."""

    subjects: Mapping[Subject, str]

    def of(self, about: Subject) -> str:
        """Return the name of *about*; what is not there any more is called by its id alone."""
        return self.subjects.get(about) or about.id.rpartition("/")[2]


@handlers.command(Command.AUDIT, admins_only(Right.AUDIT), writes=False, takes=any_words)
async def show_audit(request: Request, words: str) -> Response:
    del words
    return await _list(request, 0)


@handlers.button(ListAudit, admins_only(Right.AUDIT))
async def press_audit(request: Request, pressed: ListAudit) -> Response:
    return await _list(request, pressed.page)


async def _list(request: Request, page: int) -> Response:
    pages = min(_MOST_PAGES, max(1, -(-(await audit.count(request.tx)) // _SHOWN)))
    page = min(page, pages - 1)
    lines = await audit.newest(request.tx, limit=_SHOWN, offset=page * _SHOWN)
    names = await _names(request, lines)
    return request.say(
        bold(request.text("audit-title")),
        *(plain(_line(request, line, names)) for line in lines),
        plain("" if lines else request.text("audit-none")),
        keyboard=(
            *paging(ListAudit, page=page, pages=pages),
            (Button(request.text("button-refresh"), action=ListAudit().pack()),),
        ),
    )


def _line(request: Request, line: AuditRecord, names: _Names) -> str:
    what = request.text(
        "audit-what", action=line.act.action, about=shorten(_about(request, line, names), _NAME)
    )
    said = request.text(
        "audit-line", moment=request.moment(line.at), who=_who(request, line.actor, names), what=what
    )
    return "\n".join([said, *_changes(request, line)])


def _about(request: Request, line: AuditRecord, names: _Names) -> str:
    """Return what people call the subject of a line; an article is called by the title that it had."""
    about = line.act.about
    if about.id == EVERY:
        return request.text("audit-every", kind=about.kind)
    title = {**(line.act.after or {}), **(line.act.before or {})}.get("title")
    return str(title) if title else names.of(about)


def _who(request: Request, actor: Actor, names: _Names) -> str:
    user = names.of(of_admin(actor.account, actor.user)) if actor.account else actor.user
    return request.text("audit-who", place=actor.place, user=shorten(user, _NAME))


def _changes(request: Request, line: AuditRecord) -> list[str]:
    """Return what an act changed, a line each, if that is not too much."""
    before, after = line.act.before or {}, line.act.after or {}
    names = [name for name in {**before, **after} if name != "title"]
    return [f"  {_change(request, name, before, after)}" for name in names[:_VALUES]]


def _change(request: Request, name: str, before: Values, after: Values) -> str:
    field = _field(request, name)
    if name in before and name in after:
        old, new = _value(request, name, before[name]), _value(request, name, after[name])
        return request.text("audit-change", name=field, before=old, after=new)
    return request.text("audit-value", name=field, value=_value(request, name, {**before, **after}[name]))


def _field(request: Request, name: str) -> str:
    """Return what people call a field; that of a topic has the topic behind it."""
    field, _, topic = name.partition(" ")
    said = request.text("audit-field", field=field.replace("_", "-"))
    return f"{said} ({topic})" if topic else said


def _value(request: Request, name: str, value: Plain) -> str:
    """Return *value* in words; one that has none of its own stands as it is."""
    match value:
        case None:
            word = "none"
        case bool():
            word = "yes" if value else "no"
        case _:
            word = str(value)
    if name == "roles":
        return ", ".join(
            request.text("role-name", role=role) for role in in_order(roles_in(word.split(", ")))
        )
    if name == "state":
        return request.text("audit-state", state=word)
    return request.text("audit-word", word=word, value=shorten(str(value), _VALUE))


async def _names(request: Request, lines: Sequence[AuditRecord]) -> _Names:
    """Return what those are called now that *lines* name, as far as they are still there."""
    subjects = {line.act.about for line in lines}
    accounts = {account for line in lines if (account := line.actor.account)} | {request.address.account}
    found = await feeds.defined(
        request.tx, [FeedId(each.id) for each in subjects if each.kind is SubjectKind.FEED]
    )
    topics = await feeds.topics(request.tx)
    names = {Subject(SubjectKind.FEED, feed.id): feed.name for feed in found.values()}
    names |= {Subject(SubjectKind.TOPIC, topic.id): topic.name(request.language) for topic in topics}
    names |= await _admins(request, accounts)
    for about in subjects:
        if about.kind is SubjectKind.CHANNEL and (address := address_of(about)):
            chat = await chats.find(request.tx, address)
            names[about] = (chat.title if chat else "") or ""
    return _Names(names)


async def _admins(request: Request, accounts: set[AccountId]) -> dict[Subject, str]:
    return {
        of_admin(account, admin.user): f"{admin.note} ({admin.user})" if admin.note else admin.user
        for account in accounts
        for admin in await admins.appointed(request.tx, account)
    }

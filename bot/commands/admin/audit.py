"""/nhatky: owners read who managed what, when and from where, page by page."""

from bot.commands.base.callbacks import ListAudit
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.message import Button, bold, plain
from bot.domain.desk.audit import AuditRecord
from bot.domain.desk.roles import Right
from bot.services.rendering.audit_words import AuditWords
from bot.store.runtime import audit

handlers = Handlers()

_SHOWN = 6
_MOST_PAGES = 1_000
"""What is older is for `bantin audit`."""
_CHANGES = 3


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
    words = await AuditWords.about(request.tx, lines, request.context.translator, request.language)
    return request.say(
        bold(request.text("audit-title")),
        *(plain(_line(request, line, words)) for line in lines),
        plain("" if lines else request.text("audit-none")),
        keyboard=(
            *paging(ListAudit, page=page, pages=pages),
            (Button(request.text("button-refresh"), action=ListAudit().pack()),),
        ),
    )


def _line(request: Request, line: AuditRecord, words: AuditWords) -> str:
    moment = request.moment(line.at)
    said = request.text("audit-line", moment=moment, who=words.who(line.actor), what=words.what(line))
    return "\n".join([said, *(f"  {change}" for change in words.changes(line)[:_CHANGES])])

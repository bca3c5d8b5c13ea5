"""/admin: owners appoint and dismiss the admins of the bot."""

from bot.commands.base.callbacks import Dismiss, ListAdmins
from bot.commands.base.command_names import Command
from bot.commands.base.context import Context, OutgoingMessage, Request, Response, private_address
from bot.commands.base.guards import BotRole, admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.unit_of_work import KnownPerson
from bot.domain.chats.chat import ChatKind
from bot.domain.chats.invitation import LONGEST_NOTE
from bot.domain.chats.message import Button, Keyboard, Message, bold, plain
from bot.domain.desk.audit import AuditAction, of_admin
from bot.domain.text.text import one_line, shorten
from bot.store.chats import chats, preferences
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin

_NOTE = 24
"""Code points on a button."""

handlers = Handlers()


def _question(context: Context, words: str) -> KnownPerson | None:
    """Return what the messenger is to be asked before the person with the id in *words* is appointed."""
    user, _ = _read(words)
    return KnownPerson(user) if context.messenger.is_user_id(user) else None


def _read(words: str) -> tuple[str, str]:
    """Return the id that stands first in *words*, and what is written down beside it."""
    user, _, note = one_line(words).partition(" ")
    return user, shorten(note, LONGEST_NOTE)


@handlers.command(Command.ADMINS, admins_only(BotRole.OWNER), asks=_question, takes=any_words)
async def manage_admins(request: Request, words: str) -> Response:
    """List the admins, or appoint the person whose id stands first in *words*, with the note behind it."""
    if not words:
        return await _list(request)
    user, note = _read(words)
    if not request.context.messenger.is_user_id(user):
        return await _list(request, request.text("admin-not-an-id", words=shorten(words, 60)))
    if user in request.context.owners:
        return await _list(request, request.text("admin-is-owner", user=user))
    if not request.unit.knows(user):
        return await _list(request, request.text("admin-unknown", user=user))
    return await _appoint(request, user, note)


@handlers.button(ListAdmins, admins_only(BotRole.OWNER))
async def press_admins(request: Request, pressed: ListAdmins) -> Response:
    del pressed
    return await _list(request)


@handlers.button(Dismiss, admins_only(BotRole.OWNER), writes=lambda pressed: pressed.sure)
async def press_dismiss(request: Request, pressed: Dismiss) -> Response:
    """Dismiss an admin, once that was confirmed."""
    account = request.context.messenger.account
    found = await admins.appointed(request.tx, account)
    admin = next((each for each in found if each.user == pressed.user), None)
    if admin is None:
        return await _list(request, request.text("admin-gone", user=shorten(pressed.user, 60)))
    if not pressed.sure:
        return _confirm(request, admin)
    await admins.dismiss(request.write_tx, account, pressed.user)
    await request.record(AuditAction.ADMIN_DISMISSED, of_admin(account, pressed.user))
    return await _list(request, request.text("admin-dismissed", user=_called(admin)))


def _confirm(request: Request, admin: Admin) -> Response:
    return request.say(
        plain(request.text("admin-confirm", user=_called(admin))),
        keyboard=(
            (Button(request.text("button-dismiss-sure"), action=Dismiss(admin.user, sure=True).pack()),),
            (Button(request.text("button-cancel"), action=ListAdmins().pack()),),
        ),
    )


async def _appoint(request: Request, user: str, note: str) -> Response:
    context = request.context
    account = context.messenger.account
    is_new = await admins.appoint(
        request.write_tx,
        account,
        user,
        appointed_by=request.sender.user,
        now=context.clock.now(),
    )
    if is_new:
        await request.record(AuditAction.ADMIN_APPOINTED, of_admin(account, user))
    if note:
        await admins.annotate(request.write_tx, account, user, note)
        await request.record(AuditAction.ADMIN_NOTED, of_admin(account, user))
    theirs = await chats.find(request.tx, private_address(context, user))
    news = request.text("admin-appointed" if is_new else "admin-already", user=user)
    if theirs is None:
        news += "\n" + request.text("admin-not-started")
    answer = await _list(request, news)
    if not is_new or theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return answer
    form = await preferences.form_of_address(request.tx, theirs.id)
    said = context.translator.addressing(form).text(theirs.language, "admin-welcome")
    welcome = Message((plain(said),))
    return Response((*answer.messages, OutgoingMessage(theirs.address, welcome)), answer.toast)


def _called(admin: Admin) -> str:
    """Return what an admin is called: by what was written down about them, with their id behind it."""
    return f"{admin.note} ({admin.user})" if admin.note else admin.user


def _short(admin: Admin) -> str:
    """Return the same for a button, on which the id is not to be cut off."""
    return f"{shorten(admin.note, _NOTE)} ({admin.user})" if admin.note else admin.user


async def _list(request: Request, news: str = "") -> Response:
    found = await admins.appointed(request.tx, request.context.messenger.account)
    lines = (
        f"• {request.text('admin-line', user=_called(admin), moment=request.moment(admin.appointed_at))}"
        for admin in found
    )
    listed = "\n".join(lines) or request.text("admins-none")
    keyboard: Keyboard = tuple(
        (Button(request.text("button-dismiss", user=_short(admin)), action=Dismiss(admin.user).pack()),)
        for admin in found
    )
    return request.say(
        plain(news),
        (bold(request.text("admins-title")), plain(f"\n{listed}")),
        request.examples("admins-how"),
        keyboard=keyboard,
    )

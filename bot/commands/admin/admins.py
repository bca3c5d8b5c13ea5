"""/admin: owners appoint and dismiss the admins of the bot."""

from bot.commands.base.callbacks import Dismiss, ListAdmins
from bot.commands.base.command_names import Command
from bot.commands.base.context import Context, OutgoingMessage, Request, Response, private_address
from bot.commands.base.guards import BotRole, admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.base.unit_of_work import KnownPerson
from bot.domain.chats.chat import ChatKind
from bot.domain.chats.message import Button, Keyboard, Message, bold, plain
from bot.domain.text.text import shorten
from bot.store.chats import chats
from bot.store.runtime import admins

handlers = Handlers()


def _question(context: Context, words: str) -> KnownPerson | None:
    """Return what the messenger is to be asked before the person with the id *words* is appointed."""
    return KnownPerson(words) if context.messenger.is_user_id(words) else None


@handlers.command(Command.ADMINS, admins_only(BotRole.OWNER), asks=_question)
async def manage_admins(request: Request, words: str) -> Response:
    """List the admins, or appoint the person whose id *words* are."""
    if not words:
        return await _list(request)
    shown = shorten(words, 60)
    if not request.context.messenger.is_user_id(words):
        return await _list(request, request.text("admin-not-an-id", words=shown))
    if words in request.context.owners:
        return await _list(request, request.text("admin-is-owner", user=shown))
    if not request.unit.knows(words):
        return await _list(request, request.text("admin-unknown", user=shown))
    return await _appoint(request, words)


@handlers.button(ListAdmins, admins_only(BotRole.OWNER))
async def press_admins(request: Request, pressed: ListAdmins) -> Response:
    del pressed
    return await _list(request)


@handlers.button(Dismiss, admins_only(BotRole.OWNER), writes=lambda pressed: pressed.sure)
async def press_dismiss(request: Request, pressed: Dismiss) -> Response:
    """Dismiss an admin, once that was confirmed."""
    account = request.context.messenger.account
    if not await admins.is_admin(request.tx, account, pressed.user):
        return await _list(request, request.text("admin-gone", user=shorten(pressed.user, 60)))
    if not pressed.sure:
        return _confirm(request, pressed.user)
    await admins.dismiss(request.write_tx, account, pressed.user)
    return await _list(request, request.text("admin-dismissed", user=pressed.user))


def _confirm(request: Request, user: str) -> Response:
    return request.say(
        plain(request.text("admin-confirm", user=user)),
        keyboard=(
            (Button(request.text("button-dismiss-sure"), action=Dismiss(user, sure=True).pack()),),
            (Button(request.text("button-cancel"), action=ListAdmins().pack()),),
        ),
    )


async def _appoint(request: Request, user: str) -> Response:
    context = request.context
    is_new = await admins.appoint(
        request.write_tx,
        context.messenger.account,
        user,
        appointed_by=request.sender.user,
        now=context.clock.now(),
    )
    theirs = await chats.find(request.tx, private_address(context, user))
    news = request.text("admin-appointed" if is_new else "admin-already", user=user)
    if theirs is None:
        news += "\n" + request.text("admin-not-started")
    answer = await _list(request, news)
    if not is_new or theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return answer
    welcome = Message((plain(context.translator.text(theirs.language, "admin-welcome")),))
    return Response((*answer.messages, OutgoingMessage(theirs.address, welcome)), answer.toast)


async def _list(request: Request, news: str = "") -> Response:
    found = await admins.appointed(request.tx, request.context.messenger.account)
    lines = (
        f"• {request.text('admin-line', user=admin.user, moment=request.moment(admin.appointed_at))}"
        for admin in found
    )
    listed = "\n".join(lines) or request.text("admins-none")
    keyboard: Keyboard = tuple(
        (Button(request.text("button-dismiss", user=admin.user), action=Dismiss(admin.user).pack()),)
        for admin in found
    )
    return request.say(
        plain(news),
        (bold(request.text("admins-title")), plain(f"\n{listed}")),
        plain(request.text("admins-how")),
        keyboard=keyboard,
    )

"""/admin: owners appoint and dismiss those who manage the bot. An appointment is a question first."""

from functools import partial

from bot.commands.admin.admin_panel import called, panel, short
from bot.commands.base.awaited_input import AppointmentRole, InputKind, read_awaited
from bot.commands.base.callbacks import Appoint, Dismiss, ListAdmins, ShowAdmin
from bot.commands.base.command_names import Command
from bot.commands.base.context import Context, OutgoingMessage, Request, Response, private_address
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.managing import role_names, role_title
from bot.commands.base.unit_of_work import KnownPerson
from bot.domain.chats.chat import ChatKind
from bot.domain.chats.invitation import LONGEST_NOTE
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, Message, bold, plain
from bot.domain.desk.roles import Right, Role
from bot.domain.text.text import fold, one_line, shorten
from bot.services.administration import appointments
from bot.store.chats import chats, preferences
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin, Appointment

handlers = Handlers()


def _question(context: Context, words: str) -> KnownPerson | None:
    """Return what the messenger is to be asked before the person with the id in *words* is appointed."""
    user, _ = _read(words)
    return KnownPerson(user) if context.messenger.is_user_id(user) else None


def _read(words: str) -> tuple[str, str]:
    """Return the id that stands first in *words*, and what is written down beside it."""
    user, _, note = one_line(words).partition(" ")
    return user, shorten(note, LONGEST_NOTE)


@handlers.command(Command.ADMINS, admins_only(Right.ADMINS), asks=_question, takes=any_words)
async def manage_admins(request: Request, words: str) -> Response:
    """List the admins, or ask which role the person is to have whose id stands first in *words*, with the
    note behind it; of an admin the note is written down.
    """
    if not words:
        return await _list(request)
    user, note = _read(words)
    if not request.context.messenger.is_user_id(user):
        return await _list(request, _not_an_id(request, words))
    if user in request.context.owners:
        return await _list(request, request.text("admin-is-owner", user=user))
    if admin := await _find(request, user):
        return await _noted(request, admin, note)
    if not request.unit.knows(user):
        return await _list(request, request.text("admin-unknown", user=user))
    return await _ask(request, user, note)


@handlers.button(ListAdmins, admins_only(Right.ADMINS))
async def press_admins(request: Request, pressed: ListAdmins) -> Response:
    del pressed
    await _forget_question(request)
    return await _list(request)


@handlers.button(Appoint, admins_only(Right.ADMINS), writes=True)
async def press_appoint(request: Request, pressed: Appoint) -> Response:
    """Appoint the person whom the message asks about, with the note that was written with the question."""
    asked = await _asked(request)
    note = asked.note if asked and asked.user == pressed.user else ""
    await _forget_question(request)
    return await _appoint(request, pressed.user, Appointment((pressed.role,), note=note))


@handlers.awaited(AppointmentRole, admins_only(Right.ADMINS))
async def take_role(request: Request, awaited: AppointmentRole, words: str) -> Response:
    """Appoint the person to the role that somebody has typed; ask once more if it is none."""
    said = fold(one_line(words))
    named = [role for role in Role if said in {role, fold(request.text("role-name", role=role))}]
    if not named:
        return await _ask(request, awaited.user, awaited.note)
    return await _appoint(request, awaited.user, Appointment(tuple(named), note=awaited.note))


@handlers.button(Dismiss, admins_only(Right.ADMINS), writes=lambda pressed: pressed.sure)
async def press_dismiss(request: Request, pressed: Dismiss) -> Response:
    """Dismiss an admin, once that was confirmed."""
    account = request.context.messenger.account
    admin = await _find(request, pressed.user)
    if admin is None:
        return await _list(request, request.text("admin-gone", user=shorten(pressed.user, 60)))
    if not pressed.sure:
        return _confirm(request, admin)
    await appointments.dismiss(request.write_tx, (account, admin.user), request.actor, now=request.now)
    return await _list(request, request.text("admin-dismissed", user=called(admin)))


def _not_an_id(request: Request, words: str) -> str:
    example = request.context.messenger.capabilities.user_id
    return request.text("admin-not-an-id", words=shorten(words, 60), example=example)


async def _find(request: Request, user: str) -> Admin | None:
    return await admins.find(request.tx, request.context.messenger.account, user)


async def _noted(request: Request, admin: Admin, note: str) -> Response:
    """Write down who an admin is, if that was said, and show the admin."""
    if note and note != admin.note:
        person = request.context.messenger.account, admin.user
        await appointments.annotate(request.write_tx, person, note, request.actor, now=request.now)
    return await panel(request, admin.user, news=request.text("admin-already", user=admin.user))


async def _ask(request: Request, user: str, note: str) -> Response:
    """Ask which role somebody is to have. The note waits with the question, and goes with it."""
    chat = await request.registered()
    await chats.await_input(request.write_tx, chat.id, AppointmentRole(user, note).pack(), request.now)
    name = _called(user, note)
    buttons = (Button(role_title(request, role), action=Appoint(user, role).pack()) for role in Role)
    return request.say(
        bold(request.text("appoint-question", user=name)),
        *(plain(request.text("role-about", role=role)) for role in Role),
        plain(request.text("appoint-note") if note else ""),
        keyboard=(
            *((button,) for button in buttons),
            (Button(request.text("button-cancel"), action=ListAdmins().pack()),),
        ),
    )


def _called(user: str, note: str) -> str:
    return f"{note} ({user})" if note else user


async def _asked(request: Request) -> AppointmentRole | None:
    """Return about whom a role is asked for, if it is."""
    stored = await chats.awaited(request.tx, request.chat.id) if request.chat else None
    raw = read_awaited(stored) if stored else None
    return AppointmentRole.of(raw.rest) if raw and raw.kind is InputKind.APPOINTMENT else None


async def _forget_question(request: Request) -> None:
    await request.unit.note(partial(chats.forget_input, address=request.address))


async def _appoint(request: Request, user: str, appointment: Appointment) -> Response:
    context, account = request.context, request.context.messenger.account
    if user in context.owners or not context.messenger.is_user_id(user):
        return await _list(request)
    actor, now = request.actor, request.now
    if not await appointments.appoint(request.write_tx, (account, user), appointment, actor, now=now):
        return await panel(request, user, news=request.text("admin-already", user=user))
    theirs = await chats.find(request.tx, private_address(context, user))
    news = request.text("admin-appointed", user=_called(user, appointment.note))
    if theirs is None:
        news += "\n" + request.text("admin-not-started")
    answer = await panel(request, user, news=news)
    if theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return answer
    form = await preferences.form_of_address(request.tx, theirs.id)
    translator = context.translator.addressing(form)
    role = translator.text(theirs.language, "role-name", role=appointment.roles[0])
    said = [translator.text(theirs.language, "admin-welcome", roles=role)]
    if appointment.note:
        said.append(translator.text(theirs.language, "admin-welcome-note", note=appointment.note))
    welcome = Message((plain("\n".join(said)),))
    return Response((*answer.messages, OutgoingMessage(theirs.address, welcome)), answer.toast)


def _confirm(request: Request, admin: Admin) -> Response:
    return request.say(
        plain(request.text("admin-confirm", user=called(admin))),
        keyboard=(
            (
                Button(
                    request.text("button-dismiss-sure"),
                    action=Dismiss(admin.user, sure=True).pack(),
                    style=ButtonStyle.DANGER,
                ),
            ),
            (Button(request.text("button-cancel"), action=ShowAdmin(admin.user).pack()),),
        ),
    )


async def _list(request: Request, news: str = "") -> Response:
    found = await admins.appointed(request.tx, request.context.messenger.account)
    lines = (f"• {_line(request, admin)}" for admin in found)
    listed = "\n".join(lines) or request.text("admins-none")
    keyboard: Keyboard = tuple(
        (Button(short(admin), action=ShowAdmin(admin.user).pack()),) for admin in found
    )
    return request.say(
        plain(news),
        (bold(request.text("admins-title")), plain(f"\n{listed}")),
        request.examples("admins-how", example=request.context.messenger.capabilities.user_id),
        keyboard=keyboard,
    )


def _line(request: Request, admin: Admin) -> str:
    roles, moment = role_names(request, admin.authority), request.moment(admin.appointed_at)
    return request.text("admin-line", user=called(admin), roles=roles, moment=moment)

"""/admin: owners appoint and dismiss the admins of the bot."""

from bot.commands.callbacks import Dismiss, ListAdmins
from bot.commands.turn import Answer, Context, Outgoing, Turn, private_address
from bot.commands.unit_of_work import KnownPerson
from bot.domain.chat import ChatKind
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.store import admins, chats


def question(context: Context, words: str) -> KnownPerson | None:
    """Return what the messenger is to be asked before the person with the id *words* is appointed."""
    return KnownPerson(words) if context.messenger.is_user_id(words) else None


async def manage_admins(turn: Turn, words: str) -> Answer:
    """List the admins, or appoint the person whose id *words* are."""
    if not words:
        return await _list(turn)
    shown = shorten(words, 60)
    if not turn.context.messenger.is_user_id(words):
        return await _list(turn, turn.text("admin-not-an-id", words=shown))
    if words in turn.context.owners:
        return await _list(turn, turn.text("admin-is-owner", user=shown))
    if not turn.unit.knows(words):
        return await _list(turn, turn.text("admin-unknown", user=shown))
    return await _appoint(turn, words)


async def press_admins(turn: Turn, pressed: ListAdmins) -> Answer:
    del pressed
    return await _list(turn)


async def press_dismiss(turn: Turn, pressed: Dismiss) -> Answer:
    """Dismiss an admin, once that was confirmed."""
    account = turn.context.messenger.account
    if not await admins.is_admin(turn.tx, account, pressed.user):
        return await _list(turn, turn.text("admin-gone", user=shorten(pressed.user, 60)))
    if not pressed.sure:
        return _confirm(turn, pressed.user)
    await admins.dismiss(turn.write_tx, account, pressed.user)
    return await _list(turn, turn.text("admin-dismissed", user=pressed.user))


def _confirm(turn: Turn, user: str) -> Answer:
    return turn.say(
        plain(turn.text("admin-confirm", user=user)),
        keyboard=(
            (Button(turn.text("button-dismiss-sure"), action=Dismiss(user, sure=True).pack()),),
            (Button(turn.text("button-cancel"), action=ListAdmins().pack()),),
        ),
    )


async def _appoint(turn: Turn, user: str) -> Answer:
    context = turn.context
    is_new = await admins.appoint(
        turn.write_tx,
        context.messenger.account,
        user,
        appointed_by=turn.sender.user,
        now=context.clock.now(),
    )
    theirs = await chats.find(turn.tx, private_address(context, user))
    news = turn.text("admin-appointed" if is_new else "admin-already", user=user)
    if theirs is None:
        news += "\n" + turn.text("admin-not-started")
    answer = await _list(turn, news)
    if not is_new or theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return answer
    welcome = Message((plain(context.translator.text(theirs.language, "admin-welcome")),))
    return Answer((*answer.messages, Outgoing(theirs.address, welcome)), answer.toast)


async def _list(turn: Turn, news: str = "") -> Answer:
    found = await admins.appointed(turn.tx, turn.context.messenger.account)
    lines = (
        f"• {turn.text('admin-line', user=admin.user, moment=turn.moment(admin.appointed_at))}"
        for admin in found
    )
    listed = "\n".join(lines) or turn.text("admins-none")
    keyboard: Keyboard = tuple(
        (Button(turn.text("button-dismiss", user=admin.user), action=Dismiss(admin.user).pack()),)
        for admin in found
    )
    return turn.say(
        plain(news),
        (bold(turn.text("admins-title")), plain(f"\n{listed}")),
        plain(turn.text("admins-how")),
        keyboard=keyboard,
    )

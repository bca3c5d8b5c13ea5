"""/admin: owners appoint and dismiss the admins of the bot."""

import re

from bot.commands.callbacks import Dismiss
from bot.commands.turn import Answer, Outgoing, Turn, private_address
from bot.domain.chat import ChatKind
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.store import admins, chats

_USER = re.compile(r"[A-Za-z0-9_-]{1,40}")


async def manage_admins(turn: Turn, words: str) -> Answer:
    """List the admins, or appoint the person whose id *words* are."""
    if not words:
        return await _list(turn)
    if not _USER.fullmatch(words):
        return await _list(turn, turn.text("admin-not-an-id", words=shorten(words, 60)))
    return await _appoint(turn, words)


async def press_dismiss(turn: Turn, pressed: Dismiss) -> Answer:
    await admins.dismiss(turn.write_tx, turn.context.messenger.account, pressed.user)
    return await _list(turn, turn.text("admin-dismissed", user=pressed.user))


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
    answer = await _list(turn, turn.text("admin-appointed" if is_new else "admin-already", user=user))
    if not is_new or theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return answer
    welcome = Message((plain(context.translator.text(theirs.language, "admin-welcome")),))
    return Answer((*answer.messages, Outgoing(theirs.address, welcome)), answer.toast)


async def _list(turn: Turn, news: str = "") -> Answer:
    found = await admins.appointed(turn.tx, turn.context.messenger.account)
    names = "\n".join(f"• {admin.user}" for admin in found)
    keyboard: Keyboard = tuple(
        (Button(turn.text("button-dismiss", user=admin.user), action=Dismiss(admin.user).pack()),)
        for admin in found
    )
    return turn.say(
        plain(news),
        (bold(turn.text("admins-title")), plain("\n" + (names or turn.text("admins-none")))),
        plain(turn.text("admins-how")),
        keyboard=keyboard,
    )

"""The keeping of a group: taken by the first who agrees, passed on or given up by its keeper."""

from dataclasses import replace

from bot.commands.base import group_keeper
from bot.commands.base.callbacks import KeeperStep, KeepGroup
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.handlers import Handlers
from bot.commands.reader import subscribe
from bot.domain.chats.keeper import OFFERED_FOR
from bot.domain.chats.message import plain
from bot.store.chats import keepers

handlers = Handlers()

_MINUTES = round(OFFERED_FOR.total_seconds() / 60)


@handlers.button(KeepGroup, writes=True)
async def press_keeper(request: Request, pressed: KeepGroup) -> Response:
    if not request.is_kept:
        return request.refuse(request.text("button-stale"))
    match pressed.step:
        case KeeperStep.TAKE:
            return await _take(request)
        case KeeperStep.DECLINE:
            return request.say(plain(request.text("keeper-declined")))
    if request.chat is None:
        return group_keeper.question(request)
    return await group_keeper.refusal(request) or await _changed(request, pressed.step)


async def _take(request: Request) -> Response:
    """Let the sender decide for the group, unless another one does."""
    chat = await request.registered()
    if not await keepers.take(request.write_tx, chat.id, request.sender.user, request.now):
        return request.refuse(request.text("only-group-keeper"))
    taken = plain(f"✅ {request.text('keeper-taken')}")
    return await subscribe.menu(replace(request, chat=chat), Command.SUBSCRIBE, before=(taken,))


async def _changed(request: Request, step: KeeperStep) -> Response:
    assert request.chat is not None, "a group without a chat has no keeper"
    chat = request.chat.id
    match step:
        case KeeperStep.OFFER:
            await keepers.offer(request.write_tx, chat, request.now + OFFERED_FOR)
            said = request.text("keeper-offered", minutes=_MINUTES)
            return request.say(plain(said), keyboard=group_keeper.kept_on(request))
        case KeeperStep.ASK_RELEASE:
            return request.say(
                plain(request.text("keeper-release-question")), keyboard=group_keeper.sure(request)
            )
        case KeeperStep.RELEASE:
            await keepers.release(request.write_tx, chat)
            return request.say(plain(request.text("keeper-released")))
        case _:
            await keepers.offer(request.write_tx, chat, None)
            return request.say(plain(request.text("keeper-kept")))

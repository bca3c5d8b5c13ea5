"""Who decides for a group where the messenger does not say who administers it: asked before it is stored."""

from bot.commands.base.callbacks import KeeperStep, KeepGroup
from bot.commands.base.context import Request, Response
from bot.domain.chats.keeper import Standing
from bot.domain.chats.message import Button, Keyboard, bold, plain


async def refusal(request: Request) -> Response | None:
    """Return what to say to somebody who may not decide for this group, or not yet; None if they may."""
    match await request.standing():
        case Standing.DECIDES:
            return None
        case Standing.MAY_TAKE:
            return question(request)
        case Standing.NEITHER:
            return request.refuse(request.text("only-group-keeper"))


def question(request: Request) -> Response:
    """Ask whoever reads it to decide for the group from now on; nothing is stored before somebody agrees."""
    platform = request.context.messenger.platform.name
    return request.say(
        bold(request.text("keeper-title")),
        plain(request.text("keeper-why", platform=platform)),
        plain(request.text("keeper-stored", platform=platform)),
        keyboard=(
            (_button(request, "button-keeper-take", KeeperStep.TAKE),),
            (_button(request, "button-keeper-decline", KeeperStep.DECLINE),),
        ),
    )


def rows(request: Request) -> Keyboard:
    """Return the buttons by which a keeper passes the group on, or keeps it no longer."""
    if not request.is_kept:
        return ()
    return (
        (_button(request, "button-keeper-offer", KeeperStep.OFFER),),
        (_button(request, "button-keeper-release", KeeperStep.ASK_RELEASE),),
    )


def kept_on(request: Request) -> Keyboard:
    """Return the button by which a keeper keeps the group all the same."""
    return ((_button(request, "button-keeper-keep", KeeperStep.KEEP),),)


def sure(request: Request) -> Keyboard:
    return ((_button(request, "button-keeper-release-sure", KeeperStep.RELEASE),), *kept_on(request))


def _button(request: Request, key: str, step: KeeperStep) -> Button:
    return Button(request.text(key), action=KeepGroup(step).pack())

"""Guards: who may use a command, a button or an awaited answer, and whether in a private chat only.

A guard is declared where its handler is registered (`bot.commands.base.handlers`). The router asks it before
the handler runs.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.commands.base import group_keeper
from bot.commands.base.context import SILENCE, Request, Response


class BotRole(StrEnum):
    """Who manages the bot; an owner may do whatever an admin may."""

    ADMIN = "admin"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Guard:
    """*role* is what the sender must be, if anything. A person decides in their own chat, and where
    *group_administrators_only* is set, its administrators alone in a group.
    """

    private_only: bool = False
    group_administrators_only: bool = False
    role: BotRole | None = None


ANYWHERE = Guard()
PRIVATE_ONLY = Guard(private_only=True)
GROUP_ADMINISTRATORS_ONLY = Guard(group_administrators_only=True)


def admins_only(role: BotRole = BotRole.ADMIN) -> Guard:
    """Return the guard for those who manage the bot, each in their own chat with it."""
    return Guard(private_only=True, role=role)


async def refusal(request: Request, guard: Guard) -> Response | None:
    """Return what to say to somebody whom *guard* keeps out; raises MessengerError or StartOver.

    Others than managers are told that only managers can do this.
    """
    if guard.group_administrators_only and request.is_kept:
        return await group_keeper.refusal(request)
    if request.pressed is not None:
        return await _refused_press(request, guard)
    is_allowed = await _is_allowed(request, guard)
    if guard.private_only and not request.is_private:
        told = is_allowed or guard.role is not BotRole.ADMIN
        return request.refuse(request.text("private-only")) if told else SILENCE
    if is_allowed:
        return None
    if guard.role is None:
        return request.refuse(request.text("only-group-administrators"))
    return request.refuse(request.text("only-managers", role=guard.role))


async def _refused_press(request: Request, guard: Guard) -> Response | None:
    if guard.private_only and not request.is_private:
        return request.refuse(request.text("not-allowed" if guard.role else "button-stale"))
    if await _is_allowed(request, guard):
        return None
    return request.refuse(request.text("not-allowed" if guard.role else "only-group-administrators"))


async def _is_allowed(request: Request, guard: Guard) -> bool:
    match guard.role:
        case BotRole.OWNER:
            return request.is_owner
        case BotRole.ADMIN:
            return await request.may_manage()
        case None:
            return not guard.group_administrators_only or request.may_configure()

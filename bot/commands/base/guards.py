"""Guards: who may use a command, a button or an awaited answer, and whether in a private chat only.

A guard is declared where its handler is registered (`bot.commands.base.handlers`). The router asks it before
the handler runs.
"""

from dataclasses import dataclass

from bot.commands.base import group_keeper
from bot.commands.base.context import SILENCE, Request, Response
from bot.domain.desk.roles import OF_OWNERS, Right, roles_with


@dataclass(frozen=True, slots=True)
class Guard:
    """*right* is what the sender must be allowed, if anything. A person decides in their own chat, and where
    *group_administrators_only* is set, its administrators alone in a group.
    """

    private_only: bool = False
    group_administrators_only: bool = False
    right: Right | None = None


ANYWHERE = Guard()
PRIVATE_ONLY = Guard(private_only=True)
GROUP_ADMINISTRATORS_ONLY = Guard(group_administrators_only=True)


def admins_only(right: Right) -> Guard:
    """Return the guard for those who manage the bot and have *right*, each in their own chat with it."""
    return Guard(private_only=True, right=right)


async def refusal(request: Request, guard: Guard) -> Response | None:
    """Return what to say to somebody whom *guard* keeps out; raises MessengerError or StartOver.

    Others than managers are told that only managers can do this; those which of them can.
    """
    if guard.group_administrators_only and request.is_kept:
        return await group_keeper.refusal(request)
    if request.pressed is not None:
        return await _refused_press(request, guard)
    is_allowed = await _is_allowed(request, guard)
    if guard.private_only and not request.is_private:
        told = is_allowed or guard.right is None or guard.right in OF_OWNERS
        return request.refuse(request.text("private-only")) if told else SILENCE
    if is_allowed:
        return None
    who = "owner" if guard.right in OF_OWNERS else "admin"
    return await _refused(request, guard.right, request.text("only-managers", role=who))


async def _refused(request: Request, right: Right | None, to_strangers: str) -> Response:
    """Say who may do what takes *right*; those who do not manage the bot are told so in general."""
    if right is None:
        return request.refuse(request.text("only-group-administrators"))
    if not (await request.authority()).manages:
        return request.refuse(to_strangers)
    names = [request.text("role-name", role="owner")]
    names += [request.text("role-name", role=role) for role in roles_with(right)]
    return request.refuse(request.text("only-roles", roles=", ".join(names)))


async def _refused_press(request: Request, guard: Guard) -> Response | None:
    if guard.private_only and not request.is_private:
        return request.refuse(request.text("not-allowed" if guard.right else "button-stale"))
    if await _is_allowed(request, guard):
        return None
    return await _refused(request, guard.right, request.text("not-allowed"))


async def _is_allowed(request: Request, guard: Guard) -> bool:
    if guard.right is None:
        return not guard.group_administrators_only or request.may_configure()
    return await request.may(guard.right)

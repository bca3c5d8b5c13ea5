"""The panel of one admin: the roles, the topics that they are for, and the way to dismiss."""

from bot.commands.base.callbacks import Dismiss, ListAdmins, ShowAdmin, SwitchAdminTopic, SwitchRole
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import CHOSEN, NOT_CHOSEN
from bot.commands.base.managing import role_names, role_title
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Keyboard, bold, plain
from bot.domain.desk.roles import Right, Role, in_order
from bot.domain.news.feed import Topic
from bot.domain.text.text import shorten
from bot.services.administration import appointments
from bot.store.feeds import feeds
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin

handlers = Handlers()

_NOTE = 24
"""Code points on a button."""


def called(admin: Admin) -> str:
    """Return what an admin is called: by what was written down about them, with their id behind it."""
    return f"{admin.note} ({admin.user})" if admin.note else admin.user


def short(admin: Admin) -> str:
    """Return the same for a button, on which the id is not to be cut off."""
    return f"{shorten(admin.note, _NOTE)} ({admin.user})" if admin.note else admin.user


@handlers.button(ShowAdmin, admins_only(Right.ADMINS))
async def press_admin(request: Request, pressed: ShowAdmin) -> Response:
    return await panel(request, pressed.user, topics=pressed.topics)


@handlers.button(SwitchRole, admins_only(Right.ADMINS), writes=True)
async def press_role(request: Request, pressed: SwitchRole) -> Response:
    """Give an admin a role, or take it; whoever is to have none is dismissed instead."""
    account = request.context.messenger.account
    admin = await admins.find(request.tx, account, pressed.user)
    if admin is None:
        return await panel(request, pressed.user)
    roles = in_order({*admin.roles, pressed.role} if pressed.on else {*admin.roles} - {pressed.role})
    if not roles:
        return await panel(request, pressed.user, toast=request.text("admin-needs-a-role"))
    if roles != admin.roles:
        person, actor, now = (account, admin.user), request.actor, request.now
        await appointments.set_roles(request.write_tx, person, roles, actor, now=now)
    return await panel(request, pressed.user, toast=request.text("toast-saved"))


@handlers.button(SwitchAdminTopic, admins_only(Right.ADMINS), writes=True)
async def press_topic(request: Request, pressed: SwitchAdminTopic) -> Response:
    """Limit an admin to topics, one by one, or to none."""
    account = request.context.messenger.account
    admin = await admins.find(request.tx, account, pressed.user)
    if admin is None:
        return await panel(request, pressed.user)
    topics = _limited(admin, pressed)
    if topics is not None and not topics:
        return await panel(request, admin.user, topics=True, toast=request.text("admin-needs-a-topic"))
    if topics != admin.topics:
        person, actor, now = (account, admin.user), request.actor, request.now
        await appointments.set_topics(request.write_tx, person, topics, actor, now=now)
    return await panel(request, admin.user, topics=True, toast=request.text("toast-saved"))


def _limited(admin: Admin, pressed: SwitchAdminTopic) -> frozenset[TopicId] | None:
    if not pressed.topic:
        return None
    chosen = {TopicId(pressed.topic)}
    return (admin.topics or frozenset()) | chosen if pressed.on else (admin.topics or frozenset()) - chosen


async def panel(
    request: Request, user: str, *, topics: bool = False, news: str = "", toast: str | None = None
) -> Response:
    """Show what an admin may do, and the buttons that change it."""
    admin = await admins.find(request.tx, request.context.messenger.account, user)
    if admin is None:
        gone = request.text("admin-gone", user=shorten(user, 60))
        return request.say(plain(gone), keyboard=(_back(request, ListAdmins().pack()),))
    known = await feeds.topics(request.tx)
    return request.say(
        plain(news),
        bold(called(admin)),
        plain("\n".join(_lines(request, admin, known))),
        *(() if topics else (plain(request.text("role-about", role=role)) for role in admin.roles)),
        plain(request.text("admin-topics-how") if topics else ""),
        keyboard=_topics(request, admin, known) if topics else _roles(request, admin),
        toast=toast,
    )


def _lines(request: Request, admin: Admin, known: tuple[Topic, ...]) -> list[str]:
    roles = role_names(request, admin.authority)
    names = [topic.name(request.language) for topic in known if admin.topics and topic.id in admin.topics]
    limits = request.text("admin-topics-all") if admin.topics is None else ", ".join(names)
    return [
        request.text("admin-roles", roles=roles),
        request.text("admin-topics", topics=limits),
        request.text("admin-since", moment=request.moment(admin.appointed_at)),
    ]


def _roles(request: Request, admin: Admin) -> Keyboard:
    return (
        *(
            (
                Button(
                    f"{CHOSEN if role in admin.roles else NOT_CHOSEN} {role_title(request, role)}",
                    action=SwitchRole(admin.user, role, role not in admin.roles).pack(),
                ),
            )
            for role in Role
        ),
        (Button(request.text("button-admin-topics"), action=ShowAdmin(admin.user, topics=True).pack()),),
        (Button(request.text("button-dismiss", user=short(admin)), action=Dismiss(admin.user).pack()),),
        _back(request, ListAdmins().pack()),
    )


def _topics(request: Request, admin: Admin, known: tuple[Topic, ...]) -> Keyboard:
    limits = admin.topics or frozenset()
    every = f"{CHOSEN if admin.topics is None else NOT_CHOSEN} {request.text('button-every-topic')}"
    return (
        (Button(every, action=SwitchAdminTopic(admin.user, on=True).pack()),),
        *(
            (
                Button(
                    f"{CHOSEN if topic.id in limits else NOT_CHOSEN} {topic.name(request.language)}",
                    action=SwitchAdminTopic(admin.user, topic.id not in limits, topic.id).pack(),
                ),
            )
            for topic in known
        ),
        _back(request, ShowAdmin(admin.user).pack()),
    )


def _back(request: Request, action: str) -> tuple[Button, ...]:
    return (Button(request.text("button-back"), action=action),)

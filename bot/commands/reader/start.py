"""/start: who speaks here, that it is automatic, and what is stored."""

from bot.commands.base.article_buttons import Part, read_payload
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import language_buttons, navigation
from bot.commands.base.managing import managing_help, role_names
from bot.commands.reader import consent, onboarding, subscribe
from bot.commands.reader.articles import full_text, photos
from bot.domain.chats.invitation import token_in
from bot.domain.chats.message import RichText, bold, plain, with_examples
from bot.services.rendering.card import paragraphs
from bot.services.subscribers.subscriptions import choice
from bot.store.runtime import admins

handlers = Handlers()

IDENTITY = "ma_so"
"""The payload that asks for one's own id; no id of a topic has an underscore."""


def _starts_something(payload: str) -> bool:
    """Return whether a deep link subscribes or lets somebody in, and does not just show an article."""
    return bool(payload) and read_payload(payload) is None


async def _takes(request: Request, payload: str) -> bool:
    del request
    return payload == IDENTITY


@handlers.command(Command.START, writes=_starts_something, takes=_takes)
async def start(request: Request, payload: str) -> Response:
    """Introduce the bot. *payload*, from a deep link, is a topic, an article, an invitation, or nothing."""
    if not request.is_private:
        return request.say(plain(request.text("group-hello" if request.is_kept else "channel-hello")))
    if asked := read_payload(payload):
        part, article = asked
        return await (full_text.show if part is Part.TEXT else photos.show)(request, article)
    if payload == IDENTITY:
        return request.say(_identity(request))
    if token := token_in(payload):
        return await onboarding.open_invitation(request, token)
    return await _introduced(request, payload)


async def _introduced(request: Request, payload: str) -> Response:
    """Introduce the bot, and go on with the topic or the article that *payload* names."""
    topics = await choice(request.tx, request.chat)
    wanted = topics.topic(payload)
    if not request.has_consent:
        is_goal = payload == consent.ALL_TOPICS or consent.article_in(payload) is not None
        goal = wanted.id if wanted else payload if is_goal else consent.MENU
        if not request.context.messenger.capabilities.keyboards:
            # A list of numbers begins with the answer to the question.
            return consent.ask(request, goal, before=paragraphs(*await _introduction(request)))
        languages = language_buttons(request, Command.START, goal)
        greeting = request.say(*await _introduction(request), keyboard=(languages,)).messages[0].message
        return consent.ask_below(request, goal, greeting)
    if wanted:
        return await subscribe.subscribe_to(request, [wanted])
    state = request.text("start-choose")
    if topics.chosen:
        names = topics.names(request.language)
        state = request.text("start-subscribed", count=len(topics.chosen), topics=names)
    return request.say(
        *await _introduction(request),
        plain(state),
        keyboard=(*navigation(request), language_buttons(request, Command.START)),
    )


async def _introduction(request: Request) -> tuple[RichText, ...]:
    """Return who speaks here, and to those who manage the bot their role; while nobody owns the bot, also the
    id by which somebody becomes its owner.
    """
    about: list[RichText] = [(bold(request.text("start-title")),), (plain(request.text("start-about")),)]
    if not request.context.owners:
        about.append(_identity(request))
    if role := await _role(request):
        about.append((plain(role),))
    return tuple(about)


def _identity(request: Request) -> RichText:
    return with_examples(request.text("start-identity", user=f"`{request.sender.user}`"))


async def _role(request: Request) -> str:
    """Return which role the sender has, and what it lets them do; nothing for others."""
    authority = await request.authority()
    if not authority.manages:
        return ""
    help_ = managing_help(request, authority)
    if authority.is_owner:
        return "\n".join((request.text("role-owner"), help_))
    lines = [request.text("role-admin", roles=role_names(request, authority))]
    admin = await admins.find(request.tx, request.address.account, request.sender.user)
    if admin and admin.note:
        lines.append(request.text("admin-welcome-note", note=admin.note))
    return "\n".join((*lines, help_))

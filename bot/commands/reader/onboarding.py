"""Coming in: by an invitation to a members-only topic, and by a yes to what is stored."""

from bot.commands.base.callbacks import Agree
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import navigation
from bot.commands.reader import consent, subscribe
from bot.commands.reader.articles import reading_list
from bot.domain.chats.invitation import payload_of, token_in
from bot.domain.chats.message import plain
from bot.services.subscribers import invitations
from bot.services.subscribers.subscriptions import choice

handlers = Handlers()


async def open_invitation(request: Request, token: str) -> Response:
    """Let the person in whom a link has brought here, once they have agreed to what is stored."""
    context = request.context
    topic = await invitations.invited_to(request.tx, context.messenger.account, token, now=request.now)
    if topic is None:
        return _void(request)
    request = request.addressing(topic)
    if not request.has_consent:
        offer = request.text("invitation-offer", topic=topic.name(request.language))
        return consent.ask(request, payload_of(token), before=(plain(offer),))
    return await _enter(request, token)


@handlers.button(Agree, PRIVATE_ONLY, writes=True)
async def press_agree(request: Request, pressed: Agree) -> Response:
    """Record the consent and go on with what was asked for before it."""
    request = await consent.record(request)
    if token := token_in(pressed.goal):
        return await _enter(request, token)
    if article := consent.article_in(pressed.goal):
        return await reading_list.save_after_consent(request, article)
    topics = await choice(request.tx, request.chat)
    wanted = topics.topic(pressed.goal)
    if pressed.goal == consent.ALL_TOPICS:
        return await subscribe.subscribe_to(request, topics.topics)
    if wanted:
        return await subscribe.subscribe_to(request, [wanted])
    thanks = plain(request.text("consent-thanks"))
    return await subscribe.menu(request, Command.SUBSCRIBE, before=(thanks,))


async def _enter(request: Request, token: str) -> Response:
    chat = await request.registered()
    topic = await invitations.enter(request.write_tx, chat, token, now=request.now)
    return await subscribe.subscribe_to(request, [topic]) if topic else _void(request)


def _void(request: Request) -> Response:
    return request.say(plain(request.text("invitation-void")), keyboard=navigation(request))

"""Coming in: by an invitation to a members-only topic, and by a yes to what is stored."""

from bot.commands import consent, saved, subscribe
from bot.commands.callbacks import Agree
from bot.commands.menus import navigation
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.invitation import payload_of, token_in
from bot.domain.message import plain
from bot.services import invitations
from bot.services.subscriptions import choice


async def open_invitation(turn: Turn, token: str) -> Answer:
    """Let the person in whom a link has brought here, once they have agreed to what is stored."""
    context = turn.context
    topic = await invitations.invited_to(turn.tx, context.messenger.account, token, now=turn.now)
    if topic is None:
        return _void(turn)
    turn = turn.addressing(topic)
    if not turn.has_consent:
        offer = turn.text("invitation-offer", topic=topic.name(turn.language))
        return consent.ask(turn, payload_of(token), before=(plain(offer),))
    return await _enter(turn, token)


async def press_agree(turn: Turn, pressed: Agree) -> Answer:
    """Record the consent and go on with what was asked for before it."""
    turn = await consent.record(turn)
    if token := token_in(pressed.goal):
        return await _enter(turn, token)
    if article := consent.article_in(pressed.goal):
        return await saved.save_after_consent(turn, article)
    topics = await choice(turn.tx, turn.chat)
    wanted = topics.topic(pressed.goal)
    if pressed.goal == consent.ALL_TOPICS:
        return await subscribe.subscribe_to(turn, topics.topics)
    if wanted:
        return await subscribe.subscribe_to(turn, [wanted])
    thanks = plain(turn.text("consent-thanks"))
    return await subscribe.menu(turn, Command.SUBSCRIBE, before=(thanks,))


async def _enter(turn: Turn, token: str) -> Answer:
    chat = await turn.registered()
    topic = await invitations.enter(turn.write_tx, chat, token, now=turn.now)
    return await subscribe.subscribe_to(turn, [topic]) if topic else _void(turn)


def _void(turn: Turn) -> Answer:
    return turn.say(plain(turn.text("invitation-void")), keyboard=navigation(turn))

"""/start: who speaks here, that it is automatic, and what is stored."""

from bot.commands import consent, joining, managing, photos, reading, subscribe
from bot.commands.article_buttons import Part, read_payload
from bot.commands.menus import language_buttons, navigation
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.invitation import token_in
from bot.domain.message import RichText, bold, italic, plain
from bot.services.compose import paragraphs
from bot.services.subscriptions import choice


async def start(turn: Turn, payload: str) -> Answer:
    """Introduce the bot. *payload*, from a deep link, is a topic, an article, an invitation, or nothing."""
    if not turn.is_private:
        return turn.say(plain(turn.text("channel-hello")))
    if asked := read_payload(payload):
        part, article = asked
        return await (reading.show if part is Part.TEXT else photos.show)(turn, article)
    if token := token_in(payload):
        return await joining.open_invitation(turn, token)
    topics = await choice(turn.tx, turn.chat)
    wanted = topics.topic(payload)
    introduction = paragraphs(bold(turn.text("start-title")), plain(turn.text("start-about")))
    identity: RichText = (italic(turn.text("start-identity", user=turn.sender.user)),)
    if role := await managing.role(turn):
        identity = paragraphs(identity, plain(role))
    if not turn.has_consent:
        is_goal = payload == consent.ALL_TOPICS or consent.article_in(payload) is not None
        goal = wanted.id if wanted else payload if is_goal else consent.MENU
        return consent.ask(turn, goal, before=introduction, after=identity)
    if wanted:
        return await subscribe.subscribe_to(turn, [wanted])
    state = turn.text("start-choose")
    if topics.chosen:
        names = topics.names(turn.language)
        state = turn.text("start-subscribed", count=len(topics.chosen), topics=names)
    return turn.say(
        introduction,
        plain(state),
        identity,
        keyboard=(*navigation(turn), language_buttons(turn, Command.START)),
    )

"""/start: who speaks here, that it is automatic, and what is stored."""

from bot.commands import consent, joining, managing, photos, reading, subscribe
from bot.commands.article_buttons import Part, read_payload
from bot.commands.menus import language_buttons, navigation
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.invitation import token_in
from bot.domain.message import RichText, bold, plain, with_examples
from bot.services.compose import paragraphs
from bot.services.subscriptions import choice

IDENTITY = "ma_so"
"""The payload that asks for one's own id; no id of a topic has an underscore."""


async def start(turn: Turn, payload: str) -> Answer:
    """Introduce the bot. *payload*, from a deep link, is a topic, an article, an invitation, or nothing."""
    if not turn.is_private:
        return turn.say(plain(turn.text("channel-hello")))
    if asked := read_payload(payload):
        part, article = asked
        return await (reading.show if part is Part.TEXT else photos.show)(turn, article)
    if payload == IDENTITY:
        return turn.say(_identity(turn))
    if token := token_in(payload):
        return await joining.open_invitation(turn, token)
    return await _introduced(turn, payload)


async def _introduced(turn: Turn, payload: str) -> Answer:
    """Introduce the bot, and go on with the topic or the article that *payload* names."""
    topics = await choice(turn.tx, turn.chat)
    wanted = topics.topic(payload)
    if not turn.has_consent:
        is_goal = payload == consent.ALL_TOPICS or consent.article_in(payload) is not None
        goal = wanted.id if wanted else payload if is_goal else consent.MENU
        if not turn.context.messenger.capabilities.keyboards:
            # A list of numbers begins with the answer to the question.
            return consent.ask(turn, goal, before=paragraphs(*await _introduction(turn)))
        languages = language_buttons(turn, Command.START, goal)
        greeting = turn.say(*await _introduction(turn), keyboard=(languages,)).messages[0].message
        return consent.ask_below(turn, goal, greeting)
    if wanted:
        return await subscribe.subscribe_to(turn, [wanted])
    state = turn.text("start-choose")
    if topics.chosen:
        names = topics.names(turn.language)
        state = turn.text("start-subscribed", count=len(topics.chosen), topics=names)
    return turn.say(
        *await _introduction(turn),
        plain(state),
        keyboard=(*navigation(turn), language_buttons(turn, Command.START)),
    )


async def _introduction(turn: Turn) -> tuple[RichText, ...]:
    """Return who speaks here, and to those who manage the bot their role; while nobody owns the bot, also the
    id by which somebody becomes its owner.
    """
    about: list[RichText] = [(bold(turn.text("start-title")),), (plain(turn.text("start-about")),)]
    if not turn.context.owners:
        about.append(_identity(turn))
    if role := await managing.role(turn):
        about.append((plain(role),))
    return tuple(about)


def _identity(turn: Turn) -> RichText:
    return with_examples(turn.text("start-identity", user=f"`{turn.sender.user}`"))

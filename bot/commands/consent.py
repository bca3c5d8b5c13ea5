"""Consent: asked plainly before anything is pushed to a person, and stored with the version of its text."""

from dataclasses import replace

from bot.commands.actions import Verb, action
from bot.commands.menus import language_buttons, navigation
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.message import Button, RichText, Span, bold, plain
from bot.store import chats

CONSENT_VERSION = "2"
"""The version of the texts consent-data and consent-question: raised whenever what they ask for changes."""

ALL_TOPICS = "*"
MENU = ""


def ask(turn: Turn, goal: str, *, before: RichText = (), after: RichText = ()) -> Answer:
    """Ask for consent; *goal* is what goes on after a yes: a topic's id, ALL_TOPICS or MENU."""
    return turn.say(
        before,
        (bold(turn.text("consent-title")), Span("\n" + turn.text("consent-data"))),
        plain(turn.text("consent-question")),
        after,
        keyboard=(
            (Button(turn.text("button-agree"), action=action(Verb.AGREE, goal)),),
            (Button(turn.text("button-decline"), action=action(Verb.DECLINE)),),
            language_buttons(turn, Command.START, goal),
        ),
    )


async def record(turn: Turn) -> Turn:
    """Store the chat and its consent, and return the turn as it goes on from there."""
    chat = await turn.registered()
    now = turn.now
    async with turn.context.database.write() as tx:
        await chats.give_consent(tx, chat.id, CONSENT_VERSION, now)
    return replace(turn, chat=replace(chat, consent_version=CONSENT_VERSION, consent_at=now))


def decline(turn: Turn) -> Answer:
    return turn.say(plain(turn.text("consent-declined")), keyboard=navigation(turn))

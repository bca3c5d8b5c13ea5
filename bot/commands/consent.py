"""Consent: asked plainly before anything is stored of a person or pushed to them, and stored with the version
of its text.
"""

import re
from dataclasses import replace

from bot.commands.callbacks import Agree, Decline
from bot.commands.menus import language_buttons, navigation
from bot.commands.names import Command
from bot.commands.recent import Question
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.article import ArticleId
from bot.domain.consent import VERSION
from bot.domain.message import Button, Keyboard, Message, RichText, Span, bold, plain
from bot.services.channels import register
from bot.store import chats

ALL_TOPICS = "*"
MENU = ""
_ARTICLE = re.compile(r"luu_([0-9]{1,18})")
"""No id of a topic, which a goal may also be, has an underscore."""


def to_save(article: ArticleId) -> str:
    """Return the goal of saving *article*."""
    return f"luu_{article}"


def article_in(goal: str) -> ArticleId | None:
    """Return the article that is to be saved after a yes, if that is the *goal*."""
    found = _ARTICLE.fullmatch(goal)
    return ArticleId(int(found[1])) if found else None


def ask(turn: Turn, goal: str, *, before: RichText = ()) -> Answer:
    """Ask for consent; *goal* is what goes on after a yes: a topic's id, ALL_TOPICS, MENU, an invitation's
    payload, or an article to save.
    """
    languages = (language_buttons(turn, Command.START, goal),)
    return _asked(turn, goal, before=before, more=languages)


def ask_below(turn: Turn, goal: str, greeting: Message) -> Answer:
    """Ask for consent below a *greeting*, which offers the other languages."""
    asked = _asked(replace(turn, pressed=None), goal)
    return replace(asked, messages=(Outgoing(turn.address, greeting), *asked.messages))


def ask_again(turn: Turn) -> Answer:
    """Ask somebody who agreed to an older text; until they answer, what they agreed to goes on."""
    languages = (language_buttons(turn, Command.START, MENU),)
    return _asked(turn, MENU, before=(plain(turn.text("consent-renewal")),), more=languages)


def _asked(turn: Turn, goal: str, *, before: RichText = (), more: Keyboard = ()) -> Answer:
    yes, no = Agree(goal).pack(), Decline().pack()
    return turn.say(
        before,
        *_text(turn),
        keyboard=(
            (Button(turn.text("button-agree"), action=yes),),
            (Button(turn.text("button-decline"), action=no),),
            *more,
        ),
        asks=Question(yes=yes, no=no),
    )


def is_outdated(turn: Turn) -> bool:
    """Return whether a person has agreed to an older text than the one in force."""
    return turn.is_private and turn.chat is not None and turn.chat.consent_version not in (None, VERSION)


def _text(turn: Turn) -> tuple[RichText, ...]:
    return (
        (bold(turn.text("consent-title")), Span("\n" + turn.text("consent-controller"))),
        (Span(data(turn)),),
        (Span(turn.text("consent-question")),),
    )


def data(turn: Turn) -> str:
    """Return what is stored of a person, and through whose servers news passes."""
    platform = turn.context.messenger.platform
    abroad = "yes" if platform.is_abroad else "no"
    days = turn.context.keeping.deliveries
    return turn.text("consent-data", days=days, platform=platform.name, abroad=abroad)


async def record(turn: Turn) -> Turn:
    """Store the chat and its consent, and return the turn as it goes on from there."""
    now = turn.now
    chat = await register(
        turn.write_tx, turn.address, kind=turn.kind, language=turn.language, title=None, now=now
    )
    await chats.give_consent(turn.write_tx, chat.id, VERSION, now)
    return replace(turn, chat=replace(chat, consent_version=VERSION, consent_at=now))


def decline(turn: Turn) -> Answer:
    return turn.say(plain(turn.text("consent-declined")), keyboard=navigation(turn))

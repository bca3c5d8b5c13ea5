"""Consent: asked plainly before anything is stored of a person or pushed to them, and stored with the version
of its text.
"""

import re
from dataclasses import replace

from bot.commands.base.callbacks import Agree, Decline
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import language_buttons, navigation
from bot.commands.base.recent import Question
from bot.domain.chats.consent import VERSION
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, Message, RichText, Span, bold, plain
from bot.domain.news.article import ArticleId
from bot.services.subscribers.channels import register
from bot.store.chats import chats

handlers = Handlers()

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


def ask(request: Request, goal: str, *, before: RichText = ()) -> Response:
    """Ask for consent; *goal* is what goes on after a yes: a topic's id, ALL_TOPICS, MENU, an invitation's
    payload, or an article to save.
    """
    languages = (language_buttons(request, Command.START, goal),)
    return _asked(request, goal, before=before, more=languages)


def ask_below(request: Request, goal: str, greeting: Message) -> Response:
    """Ask for consent below a *greeting*, which offers the other languages."""
    asked = _asked(replace(request, pressed=None), goal)
    return replace(asked, messages=(OutgoingMessage(request.address, greeting), *asked.messages))


def ask_again(request: Request) -> Response:
    """Ask somebody who agreed to an older text; until they answer, what they agreed to goes on."""
    languages = (language_buttons(request, Command.START, MENU),)
    return _asked(request, MENU, before=(plain(request.text("consent-renewal")),), more=languages)


def _asked(request: Request, goal: str, *, before: RichText = (), more: Keyboard = ()) -> Response:
    yes, no = Agree(goal).pack(), Decline().pack()
    return request.say(
        before,
        *_text(request),
        keyboard=(
            (Button(request.text("button-agree"), action=yes, style=ButtonStyle.SUCCESS),),
            (Button(request.text("button-decline"), action=no),),
            *more,
        ),
        asks=Question(yes=yes, no=no),
    )


def is_outdated(request: Request) -> bool:
    """Return whether a person has agreed to an older text than the one in force."""
    return (
        request.is_private
        and request.chat is not None
        and request.chat.consent_version not in (None, VERSION)
    )


def _text(request: Request) -> tuple[RichText, ...]:
    return (
        (bold(request.text("consent-title")), Span("\n" + request.text("consent-controller"))),
        (Span(data(request)),),
        (Span(request.text("consent-question")),),
    )


def data(request: Request) -> str:
    """Return what is stored of a person, and through whose servers news passes."""
    platform = request.context.messenger.platform
    abroad = "yes" if platform.is_abroad else "no"
    days = request.context.keeping.deliveries
    return request.text("consent-data", days=days, platform=platform.name, abroad=abroad)


async def record(request: Request) -> Request:
    """Store the chat and its consent, and return the request as it goes on from there."""
    now = request.now
    chat = await register(
        request.write_tx, request.address, kind=request.kind, language=request.language, title=None, now=now
    )
    await chats.give_consent(request.write_tx, chat.id, VERSION, now)
    return replace(request, chat=replace(chat, consent_version=VERSION, consent_at=now))


@handlers.button(Decline, PRIVATE_ONLY)
async def press_decline(request: Request, pressed: Decline) -> Response:
    del pressed
    return request.say(plain(request.text("consent-declined")), keyboard=navigation(request))

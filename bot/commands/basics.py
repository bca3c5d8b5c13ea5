"""/trogiup and /ngonngu, and what is said to words that are no wish."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.menus import language_buttons, latest_button, topics_button, ways_on
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.message import RichText, bold, plain
from bot.domain.text import fold
from bot.i18n import LANGUAGES
from bot.services.compose import paragraphs
from bot.store import chats

_LANGUAGES: Mapping[str, str] = {
    "vi": "vi",
    "vn": "vi",
    "viet": "vi",
    "tieng viet": "vi",
    "vietnamese": "vi",
    "en": "en",
    "anh": "en",
    "tieng anh": "en",
    "english": "en",
}
"""The languages by what people call them, folded."""


async def show_help(turn: Turn, words: str) -> Answer:
    """Say what the sender can do here, and no more than that."""
    del words
    title = bold(turn.text("help-title"))
    if not turn.is_private:
        commands = turn.examples("help-commands-group")
        return turn.say(title, commands, plain(turn.text("help-group")))
    parts: list[RichText] = [(title,), turn.examples("help-commands"), (plain(turn.text("help-data")),)]
    parts.append(turn.examples("help-typing"))
    if await turn.may_manage():
        manage = turn.text("help-admin")
        owner = "\n" + turn.text("help-owner") if turn.is_owner else ""
        parts.append((plain(manage + owner),))
    keyboard = ((topics_button(turn), latest_button(turn)), language_buttons(turn, Command.HELP))
    return turn.say(paragraphs(*parts), keyboard=keyboard)


async def choose_language(turn: Turn, words: str) -> Answer:
    """Offer every language, with a mark at the one in force, or speak the one that *words* name."""
    language = language_in(words)
    if language:
        turn = await speak(turn, language)
    is_chosen = language is not None or turn.pressed is not None
    said = turn.text("language-set" if is_chosen else "language-choose")
    return turn.say(plain(said), keyboard=(language_buttons(turn, Command.LANGUAGE, with_own=True),))


def language_in(words: str) -> str | None:
    """Return the language that *words* name."""
    language = _LANGUAGES.get(fold(words))
    return language if language in LANGUAGES else None


async def speak(turn: Turn, language: str) -> Turn:
    """Return the turn in *language*, which is stored with the chat.

    Nothing is stored of a person who has not agreed to it: their choice stands in the buttons of the answer,
    and is remembered for a while.
    """
    if turn.is_private and turn.chat is None:
        turn.context.recent.speak(turn.address, language, turn.now)
        return replace(turn, language=language)
    chat = await turn.registered()
    await chats.set_language(turn.write_tx, chat.id, language)
    return replace(turn, language=language, chat=replace(chat, language=language))


def hint(turn: Turn) -> Answer:
    return turn.say(plain(turn.text("hint")), keyboard=ways_on(turn))


def let_go(turn: Turn) -> Answer:
    """Answer somebody who was asked for words and does not want to say any."""
    return turn.say(plain(turn.text("let-go")), keyboard=ways_on(turn))


def welcome(turn: Turn) -> Answer:
    """Answer thanks."""
    return turn.say(plain(turn.text("welcome")))

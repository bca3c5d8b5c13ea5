"""/trogiup, /ngonngu, and what is said to words that nobody understands."""

from dataclasses import replace

from bot.commands.menus import language_buttons, latest_button, navigation, topics_button
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.message import RichText, bold, plain
from bot.services.compose import paragraphs
from bot.store import chats


async def show_help(turn: Turn, words: str) -> Answer:
    """Say what the sender can do here, and no more than that."""
    del words
    parts: list[RichText] = [(bold(turn.text("help-title")),), (plain(turn.text("help-commands")),)]
    if not turn.is_private:
        return turn.say(*parts, plain(turn.text("help-group")))
    parts += [(plain(turn.text("help-data")),), (plain(turn.text("help-typing")),)]
    if await turn.may_manage():
        manage = turn.text("help-admin")
        owner = "\n" + turn.text("help-owner") if turn.is_owner else ""
        parts.append((plain(manage + owner),))
    keyboard = ((topics_button(turn), latest_button(turn)), language_buttons(turn, Command.HELP))
    return turn.say(paragraphs(*parts), keyboard=keyboard)


async def choose_language(turn: Turn, words: str) -> Answer:
    """Offer the other languages; after one was tapped, say so in it."""
    del words
    said = turn.text("language-choose" if turn.pressed is None else "language-set")
    return turn.say(plain(said), keyboard=(language_buttons(turn, Command.LANGUAGE),))


async def speak(turn: Turn, language: str) -> Turn:
    """Return the turn in *language*, which is stored with the chat.

    Nothing is stored of a person who has not agreed to it: their choice stands in the buttons of the answer.
    """
    if turn.is_private and turn.chat is None:
        return replace(turn, language=language)
    chat = await turn.registered()
    await chats.set_language(turn.write_tx, chat.id, language)
    return replace(turn, language=language, chat=replace(chat, language=language))


def hint(turn: Turn) -> Answer:
    return turn.say(plain(turn.text("hint")), keyboard=navigation(turn))

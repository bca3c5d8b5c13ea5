"""/ngonngu: the language of a chat."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import language_buttons
from bot.domain.chats.message import plain
from bot.domain.text.text import fold
from bot.i18n import LANGUAGES
from bot.store.chats import chats

handlers = Handlers()

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


async def _takes(request: Request, words: str) -> bool:
    del request
    return language_in(words) is not None


@handlers.command(Command.LANGUAGE, GROUP_ADMINISTRATORS_ONLY, takes=_takes)
async def choose_language(request: Request, words: str) -> Response:
    """Offer every language, with a mark at the one in force, or speak the one that *words* name."""
    language = language_in(words)
    if language:
        request = await speak(request, language)
    is_chosen = language is not None or request.pressed is not None
    said = request.text("language-set" if is_chosen else "language-choose")
    return request.say(plain(said), keyboard=(language_buttons(request, Command.LANGUAGE, with_own=True),))


def language_in(words: str) -> str | None:
    """Return the language that *words* name."""
    language = _LANGUAGES.get(fold(words))
    return language if language in LANGUAGES else None


async def speak(request: Request, language: str) -> Request:
    """Return the request in *language*, which is stored with the chat.

    Nothing is stored of a person who has not agreed to it: their choice stands in the buttons of the answer,
    and is remembered for a while.
    """
    if request.is_private and request.chat is None:
        request.context.recent.speak(request.address, language)
        return replace(request, language=language)
    chat = await request.registered()
    await chats.set_language(request.write_tx, chat.id, language)
    return replace(request, language=language, chat=replace(chat, language=language))

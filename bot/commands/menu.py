"""The menus of commands that messengers show, by audience and language."""

from collections.abc import Mapping

from bot.commands.names import NAMES, Command
from bot.domain.messenger import Audience, CommandEntry, CommandMenu
from bot.i18n import LANGUAGES, Translator

_EVERYBODY = (Command.LATEST, Command.SEARCH, Command.TOPICS, Command.HELP)
_ADMINISTRATORS = (
    Command.SUBSCRIBE,
    Command.UNSUBSCRIBE,
    Command.TOPICS,
    Command.LATEST,
    Command.SEARCH,
    Command.SETTINGS,
    Command.LANGUAGE,
    Command.HELP,
)
_PERSONS = (
    *_ADMINISTRATORS,
    Command.READ,
    Command.PHOTOS,
    Command.SAVED,
    Command.DATA,
    Command.ERASE,
    Command.PRIVACY,
    Command.START,
)

_SHOWN: Mapping[Audience, tuple[Command, ...]] = {
    Audience.PRIVATE: _PERSONS,
    Audience.GROUP: _EVERYBODY,
    Audience.GROUP_ADMINISTRATORS: _ADMINISTRATORS,
}


def menus(translator: Translator) -> tuple[CommandMenu, ...]:
    """Return every menu; the one in the default language is for all whose own language has none."""
    default = translator.default_language
    others = (language for language in LANGUAGES if language != default)
    spoken = [(None, default), *((language, language) for language in others)]
    return tuple(
        CommandMenu(audience, code, tuple(_entry(translator, language, command) for command in commands))
        for audience, commands in _SHOWN.items()
        for code, language in spoken
    )


def _entry(translator: Translator, language: str, command: Command) -> CommandEntry:
    return CommandEntry(NAMES[command][language], _description(translator, language, command))


def _description(translator: Translator, language: str, command: Command) -> str:
    return translator.text(language, "command", command=command)

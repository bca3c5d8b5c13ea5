"""The menus of commands that messengers show, by audience and language."""

from collections.abc import Mapping, Sequence

from bot.commands.base.command_names import NAMES, Command
from bot.commands.base.managing import commands_with
from bot.domain.desk.roles import Right
from bot.domain.messaging.messenger import Audience, CommandEntry, CommandMenu, Profile
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
    Command.FOLLOW,
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
    return tuple(
        CommandMenu(audience, code, _entries(translator, language, commands))
        for audience, commands in _SHOWN.items()
        for code, language in _spoken(translator)
    )


def menus_of_manager(
    translator: Translator, user: str, rights: frozenset[Right], *, has_console: bool
) -> tuple[CommandMenu, ...]:
    """Return the menus of somebody who manages the bot: what their rights let them do stands first."""
    commands = (*commands_with(rights, has_console=has_console), *_PERSONS)
    return tuple(
        CommandMenu(Audience.ONE_PERSON, code, _entries(translator, language, commands), user)
        for code, language in _spoken(translator)
    )


def no_menus(translator: Translator, user: str) -> tuple[CommandMenu, ...]:
    """Return what takes the menus of their own away from somebody, who then has those of everybody."""
    return tuple(CommandMenu(Audience.ONE_PERSON, code, (), user) for code, _ in _spoken(translator))


def profiles(translator: Translator) -> tuple[Profile, ...]:
    """Return what the bot says about itself, in every language."""
    return tuple(
        Profile(
            code,
            translator.text(language, "bot-description"),
            translator.text(language, "bot-short-description"),
        )
        for code, language in _spoken(translator)
    )


def _spoken(translator: Translator) -> tuple[tuple[str | None, str], ...]:
    """Return each language with its code; the default one stands in for those that there are no texts for."""
    default = translator.default_language
    others = (language for language in LANGUAGES if language != default)
    return (None, default), *((language, language) for language in others)


def _entries(translator: Translator, language: str, commands: Sequence[Command]) -> tuple[CommandEntry, ...]:
    return tuple(_entry(translator, language, command) for command in commands)


def _entry(translator: Translator, language: str, command: Command) -> CommandEntry:
    return CommandEntry(NAMES[command][language], _description(translator, language, command))


def _description(translator: Translator, language: str, command: Command) -> str:
    return translator.text(language, "command", command=command)

"""`bantin init`: makes a configuration folder, by asking for what nobody can guess."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr, ValidationError

from bot.cli.base.options import DEFAULT_FOLDER, Directory, run_to_end
from bot.cli.base.progress import progress
from bot.cli.service.check import UNREACHABLE
from bot.cli.service.owner_claim import claimed_by, new_code
from bot.domain.clock import SystemClock
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.runtime import logs
from bot.runtime.telegram_account import telegram_settings
from bot.settings.folder import BOT, FEEDS, make_folder, shipped
from bot.settings.loading import load_settings, variable
from bot.settings.problems import unreadable
from bot.settings.review import token_refused
from bot.settings.secrets_file import NAME, close_to_others, write_secrets
from bot.settings.settings import AccessSection, AgencySection, ConfigurationError, Settings

_TOKEN = variable("telegram", "token")
_OWNERS = variable("access", "owners")
_CLAIM_WITHIN = 600.0


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the command line says already, which is then not asked for."""

    agency: str | None
    agency_en: str | None
    contact: str | None
    token_file: Path | None
    owner: str | None
    yes: bool


def init(
    folder: Directory = None,
    *,
    agency: Annotated[str | None, typer.Option(help="The agency's name in Vietnamese.")] = None,
    agency_en: Annotated[str | None, typer.Option(help="The agency's name in English.")] = None,
    contact: Annotated[
        str | None, typer.Option(help="Who answers questions about personal data: an address.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="A file that holds the token from @BotFather.", metavar="FILE")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(help="Who owns the bot, for example telegram:123456789.", metavar="ID")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Set values in files that are there already.")] = False,
) -> None:
    """Ask for what is not given, check it, and write bot.toml, feeds.toml and secrets.env."""
    where = folder or DEFAULT_FOLDER
    given = _Answers(agency, agency_en, contact, token_file, owner, yes)
    _require_somebody_to_ask(where, given)
    try:
        _ask_and_write(where, given)
    except typer.Abort:
        typer.echo("\nbantin: nothing was written", err=True)
        raise typer.Exit(1) from None


def _require_somebody_to_ask(folder: Path, given: _Answers) -> None:
    options = {
        "--agency": given.agency,
        "--contact": given.contact,
        "--token-file": given.token_file,
        "--owner": given.owner,
        "--yes": given.yes or not _own_files(folder),
    }
    missing = [name for name, value in options.items() if not value]
    if missing and not sys.stdin.isatty():
        raise ConfigurationError(f"there is no terminal to ask at: give {', '.join(missing)} as well")


def _ask_and_write(folder: Path, given: _Answers) -> None:
    _ask_about_files(folder, given)
    before = load_settings(folder if folder.is_dir() else None)
    agency = _agency(before.agency, given)
    settings, username = _with_token(before, given)
    owners = _owners(settings, username, given)
    make_folder(folder, {("agency", key): value for key, value in agency.model_dump().items()})
    token = settings.telegram.token
    variables = {_TOKEN: token.get_secret_value() if token else ""}
    if owners:
        # An empty one would hide those that are written into bot.toml later.
        variables[_OWNERS] = ",".join(owners)
    write_secrets(folder, variables)
    _tell_what_comes_next(folder, username, agency)


def _own_files(folder: Path) -> list[Path]:
    """Return the files in *folder* that hold values of their own, which must not change unasked."""
    file = folder / BOT
    own = [file] if file.exists() and file.read_bytes() != shipped(BOT).encode() else []
    if (folder / NAME).exists():
        own.append(folder / NAME)
    return own


def _ask_about_files(folder: Path, given: _Answers) -> None:
    """Have it confirmed that files which somebody has written are changed."""
    own = _own_files(folder)
    if own and not given.yes:
        named = " and ".join(map(str, own))
        typer.confirm(f"Set in {named} what you answer now, and keep all else there?", abort=True)
    if (folder / NAME).exists():
        # One that others can read is not used.
        close_to_others(folder)


def _agency(before: AgencySection, given: _Answers) -> AgencySection:
    name = given.agency or _asked("The agency's name, in Vietnamese", default=before.name)
    usual = before.name_en if name == before.name else name
    name_en = given.agency_en or (usual if given.agency else _asked("Its name in English", default=usual))
    contact = given.contact or _asked(
        "Who answers questions about personal data (an address that people can write to)",
        default=before.contact or None,
    )
    return AgencySection(name=name, name_en=name_en, contact=contact)


def _asked(question: str, *, default: str | None) -> str:
    while True:
        answer = " ".join(str(typer.prompt(question, default=default)).split())
        if answer and answer.isprintable():
            return answer
        typer.echo("Please write it in plain text.")


def _with_token(before: Settings, given: _Answers) -> tuple[Settings, str]:
    """Return the settings with a token, and the bot's name on Telegram; "" if that was not asked."""
    if given.token_file:
        settings = _set_token(before, _first_line(given.token_file))
        if problem := token_refused(settings.telegram):
            raise ConfigurationError(f"{given.token_file}: {problem.said}; {problem.advice}")
        return settings, run_to_end(_username(settings))
    while True:
        token = typer.prompt("The bot's token, from @BotFather (it is not shown)", hide_input=True)
        settings = _set_token(before, token.strip())
        if problem := token_refused(settings.telegram):
            typer.echo(f"{problem.said}; {problem.advice}")
            continue
        try:
            with progress("asking Telegram"):
                username = run_to_end(_username(settings))
        except MessengerError as error:
            typer.echo(str(error) if error.fatal else f"{error}; {UNREACHABLE}")
            if not error.fatal and typer.confirm("Keep this token without having asked Telegram?"):
                return settings, ""
        else:
            typer.echo(f"This is @{username}.")
            return settings, username


def _set_token(before: Settings, token: str) -> Settings:
    logs.set_up(level="error", style="text", secrets=[token])
    telegram = before.telegram.model_copy(update={"token": SecretStr(token)})
    return before.model_copy(update={"telegram": telegram})


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None


async def _username(settings: Settings) -> str:
    messenger = await TelegramMessenger.connect(telegram_settings(settings.telegram))
    await messenger.close()
    return messenger.username


def _owners(settings: Settings, username: str, given: _Answers) -> tuple[str, ...]:
    """Return the owners there are already, and who is given or has sent the code."""
    known = (*settings.access.owners, *(f"telegram:{owner}" for owner in settings.telegram.owners))
    if given.owner:
        return tuple(dict.fromkeys([*known, *_checked(given.owner)]))
    question = "Find out who owns the bot, by a message that you send to it?"
    if not username or not typer.confirm(question, default=not known):
        return known
    if owner := _claimed(settings, username):
        typer.echo(f"You are {owner}, and own this bot.")
        return tuple(dict.fromkeys([*known, owner]))
    return known


def _checked(owner: str) -> tuple[str, ...]:
    try:
        return AccessSection.model_validate({"owners": owner}).owners
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"--owner: {problem}") from None


def _claimed(settings: Settings, username: str) -> str | None:
    """Return the person who has sent the code in time; Ctrl+C goes on without."""
    code = new_code()
    typer.echo(f"In Telegram, send this to @{username}:\n\n    /start {code}\n")
    try:
        typer.echo(f"or open https://t.me/{username}?start={code} and press Start. Ctrl+C skips this.")
        with progress("waiting for your message"):
            return f"telegram:{run_to_end(_claim(settings, code))}"
    except KeyboardInterrupt:
        typer.echo("Skipped.")
    except TimeoutError:
        typer.echo("Nobody has sent it; this is skipped.")
    except MessengerError as error:
        typer.echo(f"{error}; this is skipped.")
    return None


async def _claim(settings: Settings, code: str) -> str:
    messenger = await TelegramMessenger.connect(telegram_settings(settings.telegram))
    try:
        async with asyncio.timeout(_CLAIM_WITHIN):
            return await claimed_by(messenger, code, SystemClock())
    finally:
        await messenger.close()


def _tell_what_comes_next(folder: Path, username: str, agency: AgencySection) -> None:
    option = "" if folder == DEFAULT_FOLDER else f" --config {folder}"
    typer.echo(f"\n{folder / BOT} has the settings, {folder / FEEDS} the topics and feeds,")
    typer.echo(f"{folder / NAME} the secrets; nobody else can read that one.")
    if agency.name != AgencySection().name:
        typer.echo(
            f"The feeds are those of the {AgencySection().name_en}: put your own into {folder / FEEDS}"
        )
        typer.echo("(docs/feeds.md says how); `bantin feed test URL` tries one.")
    typer.echo("\nNext:")
    typer.echo(f"    bantin{option} check    # could it run here?")
    typer.echo(f"    bantin{option} run      # then write /start to @{username or 'your bot'}")

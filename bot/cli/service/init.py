"""`bantin init`: makes a configuration folder, by asking for what nobody can guess."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.cli.base.options import DEFAULT_FOLDER, Directory
from bot.cli.service import tokens
from bot.cli.service.owner_claim import ask_for_owner
from bot.cli.service.platforms import PLATFORMS, ZALO
from bot.cli.service.tokens import ChosenTokens
from bot.settings.contact import HOW, is_reachable
from bot.settings.folder import BOT, FEEDS, make_folder, shipped
from bot.settings.loading import load_settings, variable
from bot.settings.secrets_file import NAME, close_to_others, write_secrets
from bot.settings.settings import AccessSection, AgencySection, ConfigurationError

_OWNERS = variable("access", "owners")
_TOKEN_OPTIONS = {"telegram": "--token-file", "zalo": "--zalo-token-file"}


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the command line says already, which is then not asked for; *token_files* by section."""

    agency: str | None
    agency_en: str | None
    contact: str | None
    token_files: Mapping[str, Path]
    owners: Sequence[str]
    unchecked: bool
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
    zalo_token_file: Annotated[
        Path | None, typer.Option(help="A file that holds the token from Zalo's Bot Creator.", metavar="FILE")
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(help="Who owns the bot, as telegram:123456789; may be repeated.", metavar="ID"),
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Keep tokens also where a platform cannot be reached.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Set values in files that are there already.")] = False,
) -> None:
    """Ask for what is not given, check it, and write bot.toml, feeds.toml and secrets.env.

    Either platform alone will do. With a token from a file, no other one is asked for.
    """
    where = folder or DEFAULT_FOLDER
    files = {"telegram": token_file, "zalo": zalo_token_file}
    token_files = {section: file for section, file in files.items() if file}
    given = _Answers(agency, agency_en, contact, token_files, owner or (), unchecked, yes)
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
        " or ".join(_TOKEN_OPTIONS.values()): given.token_files,
        "--owner": given.owners,
        "--yes": given.yes or not _own_files(folder),
    }
    missing = [name for name, value in options.items() if not value]
    if missing and not sys.stdin.isatty():
        raise ConfigurationError(f"there is no terminal to ask at: give {', '.join(missing)} as well")


def _ask_and_write(folder: Path, given: _Answers) -> None:
    named = _checked(given.owners)
    _ask_about_files(folder, given)
    before = load_settings(folder if folder.is_dir() else None)
    agency = _agency(before.agency, given)
    if given.token_files:
        chosen = tokens.from_files(before, given.token_files, unchecked=given.unchecked)
    else:
        chosen = tokens.ask(before)
    owners = _owners(chosen, named)
    make_folder(folder, {("agency", key): value for key, value in agency.model_dump().items()})
    variables = {variable(section, "token"): token for section, token in chosen.typed.items()}
    if owners:
        # An empty one would hide those that are written into bot.toml later.
        variables[_OWNERS] = ",".join(owners)
    write_secrets(folder, variables)
    _tell_what_comes_next(folder, chosen, agency)


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
    return AgencySection(name=name, name_en=name_en, contact=_contact(before.contact, given))


def _contact(before: str, given: _Answers) -> str:
    if given.contact and not is_reachable(given.contact):
        raise ConfigurationError(f"--contact: {HOW}")
    contact = given.contact
    while not contact:
        answer = _asked(
            "Who answers questions about personal data (an address that people can write to)",
            default=before or None,
        )
        contact = answer if is_reachable(answer) else None
        if contact is None:
            typer.echo(f"Nobody can be reached by that: {HOW}")
    return contact


def _asked(question: str, *, default: str | None) -> str:
    while True:
        answer = " ".join(str(typer.prompt(question, default=default)).split())
        if answer and answer.isprintable():
            return answer
        typer.echo("Please write it in plain text.")


def _owners(chosen: ChosenTokens, named: Sequence[str]) -> tuple[str, ...]:
    """Return the owners there are already, and who is *named* or has sent the code."""
    access = chosen.settings.access.owners
    known = [*access, *(f"telegram:{owner}" for owner in chosen.settings.telegram.owners), *named]
    for platform in chosen.served if not named else ():
        name = chosen.names.get(platform.section)
        is_owned = any(owner.startswith(f"{platform.section}:") for owner in known)
        question = f"Find out who owns the bot on {platform.name}, by a message that you send to it?"
        if name and typer.confirm(question, default=not is_owned):
            owner = ask_for_owner(platform, chosen.settings, name)
            if owner:
                typer.echo(f"You are {owner}, and own this bot.")
                known.append(owner)
    # Who is named once more keeps the name that stands behind the id.
    by_person = {owner.partition(" ")[0]: owner for owner in sorted(known, key=len)}
    return tuple(by_person[person] for person in dict.fromkeys(owner.partition(" ")[0] for owner in known))


def _checked(owners: Sequence[str]) -> tuple[str, ...]:
    try:
        return AccessSection.model_validate({"owners": list(owners)}).owners
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"--owner: {problem}") from None


def _tell_what_comes_next(folder: Path, chosen: ChosenTokens, agency: AgencySection) -> None:
    option = "" if folder == DEFAULT_FOLDER else f" --config {folder}"
    typer.echo(f"\n{folder / BOT} has the settings, {folder / FEEDS} the topics and feeds,")
    typer.echo(f"{folder / NAME} the secrets; nobody else can read that one.")
    if agency.name != AgencySection().name:
        typer.echo(
            f"The feeds are those of the {AgencySection().name_en}: put your own into {folder / FEEDS}"
        )
        typer.echo("(docs/feeds.md says how); `bantin feed test URL` tries one.")
    if ZALO in chosen.served:
        typer.echo(
            f"On Zalo the free plan has 50 users and {chosen.settings.zalo.messages_per_month} messages a"
            " month: news come there as a daily digest."
        )
    typer.echo("\nNext:")
    if not chosen.served:
        names = " or ".join(variable(section, "token") for section in _TOKEN_OPTIONS)
        typer.echo(f"    write the token into {folder / NAME} as {names}")
    typer.echo(f"    bantin{option} check    # could it run here?")
    typer.echo(f"    bantin{option} run      # then {_greetings(chosen)}")


def _greetings(chosen: ChosenTokens) -> str:
    """Return what to write to the bots, each on its platform."""
    bots = [
        f"{platform.called(name)} on {platform.name}" if name else f"your bot on {platform.name}"
        for platform in chosen.served or PLATFORMS[:1]
        for name in [chosen.names.get(platform.section)]
    ]
    return f"write /start to {' and to '.join(bots)}"

"""The commands. Each gives one clear line and a non-zero status for bad input, and never a traceback."""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.cli.base.lazy_group import LazyCommand, lazy_group
from bot.cli.base.output import echo
from bot.domain.errors import ExplainedError

COMMANDS = {
    "demo": LazyCommand(
        "bot.cli.service.demo:demo",
        "Start the whole product with no token and no network, and print one address to open.",
    ),
    "init": LazyCommand(
        "bot.cli.service.init:init",
        "Make a configuration folder, by asking for what it must hold, and checking it.",
    ),
    "run": LazyCommand("bot.cli.service.run:run", "Run the service: poll, deliver, answer."),
    "check": LazyCommand(
        "bot.cli.service.check:check",
        "Say whether the service could run here: configuration, database, token, feeds.",
    ),
    "migrate": LazyCommand("bot.cli.service.run:migrate", "Bring the database's schema up to date."),
    "poll": LazyCommand(
        "bot.cli.feeds.poll:poll",
        "Poll feeds now, by the service that runs here or without one; what is new is owed to its chats.",
    ),
    "preview": LazyCommand(
        "bot.cli.feeds.preview:preview", "Fetch one article page and show the card that would be sent."
    ),
    "feeds": LazyCommand(
        "bot.cli.feeds.group:app",
        "List the feeds and how they are; its commands try, add, pause, resume, remove and sync them.",
    ),
    # A second name, which reads better with one of them: `bantin feed test URL`.
    "feed": LazyCommand("bot.cli.feeds.group:app", "", hidden=True),
    "topics": LazyCommand(
        "bot.cli.feeds.topics:app",
        "List the topics and how many subscribe; its commands merge one into another, or end one.",
    ),
    "chats": LazyCommand(
        "bot.cli.stored.listing:chats", "Count the chats by kind and status, or list the groups and channels."
    ),
    "stats": LazyCommand(
        "bot.cli.stored.listing:stats", "Show how much is owed, sent and refused, or the daily figures."
    ),
    "deliveries": LazyCommand("bot.cli.stored.listing:deliveries", "List how deliveries ended, and why."),
    "publications": LazyCommand(
        "bot.cli.stored.publications:publications",
        "List what was published last, its state, and what has become of it.",
    ),
    "announce": LazyCommand(
        "bot.cli.stored.announce:announce",
        "Release an announcement in topics, or say to how many chats it would go.",
    ),
    "announcements": LazyCommand(
        "bot.cli.stored.announcements:app", "List the announcements; its command ends one before its time."
    ),
    "approve": LazyCommand(
        "bot.cli.stored.approval:approve", "Approve an article that waits, to be released now or at a time."
    ),
    "reject": LazyCommand("bot.cli.stored.approval:reject", "Reject an article that waits to be released."),
    "put-back": LazyCommand(
        "bot.cli.stored.approval:put_back",
        "Have an article wait for approval again that was rejected within the last days.",
    ),
    "edit": LazyCommand(
        "bot.cli.stored.edit:edit", "Edit an article that waits to be released, and have it approved anew."
    ),
    "stop": LazyCommand(
        "bot.cli.stored.publications:stop", "Stop an article: what has not gone out of it is held back."
    ),
    "resume": LazyCommand(
        "bot.cli.stored.publications:resume",
        "Let an article go on that was stopped, or a topic, an account or everything that was paused.",
    ),
    "recall": LazyCommand(
        "bot.cli.stored.publications:recall",
        "Recall an article for good: what was sent of it is deleted, or says so, where that can be done.",
    ),
    "pause": LazyCommand(
        "bot.cli.stored.publications:pause",
        "Send no news of a topic, of an account or at all for now; without options, show what is paused.",
    ),
    "resend": LazyCommand(
        "bot.cli.stored.resend:resend",
        "Owe an article to subscribers who have not got it, to whom it failed, or once more to one chat.",
    ),
    "retry": LazyCommand(
        "bot.cli.stored.retry:retry", "Owe failed deliveries once more; a running service sends them."
    ),
    "support": LazyCommand(
        "bot.cli.stored.support:support",
        "Show what CHAT, an id, subscribes to and got last; unsubscribe or delete it at its own wish.",
    ),
    "erased": LazyCommand(
        "bot.cli.stored.listing:erased",
        "Say when the data of CHAT, an id, was deleted at its own wish, as far as proofs are kept.",
    ),
    "admins": LazyCommand(
        "bot.cli.stored.admins:admins", "List who manages the bot: the owners, and whom they have appointed."
    ),
    "api-keys": LazyCommand(
        "bot.cli.stored.api_keys:app",
        "List the keys of the API, by which programs publish; its commands add and revoke one.",
    ),
    "settings": LazyCommand(
        "bot.cli.stored.settings:app",
        "Show the settings in force and where they come from; its commands set one, and take that back.",
    ),
    "audit": LazyCommand(
        "bot.cli.stored.audit:audit",
        "List who managed what, when and from where, the latest first; with --days, all of them.",
    ),
    "console": LazyCommand(
        "bot.cli.stored.console:app",
        "The web console; its command `link` makes a link that signs somebody in once.",
    ),
    "export": LazyCommand(
        "bot.cli.stored.transfer:export",
        "Write everything that is stored to FILE, compressed if its name ends in .gz.",
    ),
    "import": LazyCommand(
        "bot.cli.stored.transfer:import_",
        "Read what `export` has written into an empty database, of either kind.",
    ),
    "health": LazyCommand(
        "bot.cli.service.health:health", "Ask the service that runs here whether it is well."
    ),
}

cli = typer.Typer(
    name="bantin",
    cls=lazy_group(COMMANDS),
    help="Bản Tin: news of Vietnamese public agencies, pushed to the chats that asked for it.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line; what goes wrong is told in one line."""
    try:
        status = cli(prog_name="bantin", standalone_mode=False)
    except ExplainedError as error:
        _fail(str(error))
    except typer.TyperException as error:
        # Those of arguments know more than their bare text.
        _fail(getattr(error, "format_message", error.__str__)(), status=2)
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be flushed to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - it is logged
        _log(error)
        _fail(f"failed by a bug of ours: {type(error).__name__}", status=70)
    sys.exit(status)


def _fail(text: str, *, status: int = 1) -> NoReturn:
    for line in text.splitlines():
        echo(f"bantin: {line}", err=True)
    sys.exit(status)


def _log(bug: Exception) -> None:
    """Log *bug* with its traceback: Python itself would print it without striking secrets out."""
    import structlog  # noqa: PLC0415 - most commands log nothing

    from bot.runtime import logs  # noqa: PLC0415

    if not structlog.is_configured():
        logs.set_up(level="error", style="text", secrets=())
    structlog.get_logger(__name__).error("failed by a bug of ours", exc_info=bug)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        typer.echo(f"bantin {version('bantin')}")
        raise typer.Exit


@cli.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    *,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", envvar="BANTIN_CONFIG", help="Folder of bot.toml and feeds.toml.", metavar="DIR"
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version of Bản Tin and exit."
        ),
    ] = False,
) -> None:
    del config, version
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())

"""A group of commands that are imported when they run; help and completion need only their summaries."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """A command that is not imported yet.

    *target* is `module:name` of a function, or of a typer.Typer for a group; *summary* is its help line.
    """

    target: str
    summary: str
    hidden: bool = False


class _Summary(TyperCommand):
    """Stands for a command in help and in completion."""

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the whole summary: the formatter wraps it, so nothing has to be cut."""
        del limit
        return self.help or ""


def lazy_group(commands: Mapping[str, LazyCommand]) -> type[TyperGroup]:
    """Return a class for `typer.Typer(cls=…)` that has these commands."""

    class LazyGroup(TyperGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            for name, command in commands.items():
                self.add_command(_Summary(name, help=command.summary, hidden=command.hidden))

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            name, _, rest = super().resolve_command(ctx, args)
            return name, (_load(name, commands[name]) if name else None), rest

    return LazyGroup


def _load(name: str, command: LazyCommand) -> Any:
    module, _, attribute = command.target.partition(":")
    target = getattr(import_module(module), attribute)
    if isinstance(target, typer.Typer):
        return get_command(target)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, help=command.summary)(target)
    return get_command(alone)

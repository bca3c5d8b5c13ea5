"""The commands of those who manage the bot, with the right that each takes, and the help about them."""

from collections.abc import Collection

from bot.commands.base.command_names import Command
from bot.commands.base.context import Request
from bot.domain.desk.roles import Authority, Right, Role

MANAGING = {
    Command.APPROVALS: Right.EDIT,
    Command.ANNOUNCE: Right.PUBLISH,
    Command.PUBLICATIONS: Right.SEE,
    Command.PAUSE: Right.SEE,
    Command.FEEDS: Right.SEE,
    Command.CHANNELS: Right.CHANNELS,
    Command.FAILURES: Right.SEE,
    Command.INVITATIONS: Right.MEMBERS,
    Command.FIGURES: Right.SEE,
    Command.SUPPORT: Right.SUPPORT,
    Command.ADMINS: Right.ADMINS,
    Command.AUDIT: Right.AUDIT,
    Command.CONSOLE: Right.SEE,
}


def commands_with(rights: Collection[Right], *, has_console: bool) -> tuple[Command, ...]:
    """Return the commands that somebody with these *rights* has, where there is a console or none."""
    return tuple(
        command
        for command, right in MANAGING.items()
        if right in rights and (has_console or command is not Command.CONSOLE)
    )


def managing_help(request: Request, authority: Authority) -> str:
    """Return what somebody with that *authority* may do to manage the bot, a line for each command."""
    commands = commands_with(authority.rights, has_console=bool(request.context.console_url))
    lines = (request.text("help-managing", command=command) for command in commands)
    return "\n".join((request.text("help-admin"), *lines))


def role_title(request: Request, role: Role) -> str:
    """Return the name of a role as it stands on a button."""
    name = request.text("role-name", role=role)
    return name[0].upper() + name[1:]


def role_names(request: Request, authority: Authority) -> str:
    """Return the names of somebody's roles as they stand within a sentence."""
    return ", ".join(request.text("role-name", role=role) for role in authority.ordered_roles)

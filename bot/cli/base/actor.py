"""Who is at the command line, as the audit log names them."""

import getpass
import os

from bot.domain.desk.audit import Actor, AuditPlace


def actor() -> Actor:
    """Return the login of whoever runs a command; where it has no name, as in some containers, its number."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = f"uid {os.getuid()}"
    return Actor(AuditPlace.CLI, name)

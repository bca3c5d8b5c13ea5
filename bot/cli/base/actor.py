"""Who is at the command line, as the audit log names them."""

import os
import pwd

from bot.domain.desk.audit import Actor, AuditPlace


def actor() -> Actor:
    """Return the login of whoever runs a command; where it has no name, as in some containers, its number.

    The environment is not asked: whoever sets LOGNAME would be another person, with another vote.
    """
    user = os.getuid()
    try:
        name = pwd.getpwuid(user).pw_name
    except KeyError:
        name = f"uid {user}"
    return Actor(AuditPlace.CLI, name)

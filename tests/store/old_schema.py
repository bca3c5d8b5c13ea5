"""Databases as an older release left them."""

from collections.abc import Callable

from alembic import command
from sqlalchemy import Connection

from bot.store.integrity import migrate


def upgraded_to(revision: str) -> Callable[[Connection], None]:
    """Return what makes the tables of *revision* on a connection, from nothing or from an older schema."""

    def upgrade(connection: Connection) -> None:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    return upgrade

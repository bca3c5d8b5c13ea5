"""PostgreSQL as we use it: a small pool, and server settings that suit short transactions."""

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.files.url import DatabaseUnavailable, place

CONNECT_SECONDS = 10
COMMAND_SECONDS = 60

_SERVER_SETTINGS = {
    "application_name": "bantin",
    # Compiling a statement, or starting workers for it, takes longer than any of ours runs.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # A process that is stopped in the middle of a transaction must not keep the others from its rows.
    "idle_in_transaction_session_timeout": "10000",
}


# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS: SQLAlchemy takes the first,
# asyncpg the second from an address, the third are sent to the server, and the last is asyncpg's `timeout`.
_OF_SQLALCHEMY = frozenset({"host", "port", "user", "password", "ssl"})
_OF_ASYNCPG = frozenset(
    {
        "passfile",
        "target_session_attrs",
        "krbsrvname",
        "gsslib",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "sslpassword",
        "sslcrl",
        "sslnegotiation",
        "ssl_min_protocol_version",
        "ssl_max_protocol_version",
    }
)
_OF_THE_SERVER = frozenset({"application_name", "options"})
_TIMEOUT = "connect_timeout"
_KNOWN = _OF_SQLALCHEMY | _OF_ASYNCPG | _OF_THE_SERVER | {_TIMEOUT}


def engine(url: URL) -> AsyncEngine:
    """Return the engine for *url*, which may have libpq's parameters. Raises DatabaseUnavailable."""
    given = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    if unknown := sorted(given.keys() - _KNOWN):
        raise _refused(url, f"there is no parameter {unknown[0]!r}; there are {', '.join(sorted(_KNOWN))}")
    try:
        return create_async_engine(
            url.set(query={name: value for name, value in given.items() if name in _OF_SQLALCHEMY}),
            pool_size=5,
            max_overflow=5,
            # Connections that a restart of the server has broken are replaced before they are used.
            pool_pre_ping=True,
            # Among what is bound are chats and tokens; what goes wrong is logged.
            hide_parameters=True,
            connect_args=_connect_arguments(given),
        )
    except (ArgumentError, ValueError):
        raise _refused(url, "host, port or connect_timeout is not what it must be") from None


def _connect_arguments(given: dict[str, str]) -> dict[str, Any]:
    """Return what asyncpg.connect takes beside what SQLAlchemy passes to it."""
    to_asyncpg = {name: value for name, value in given.items() if name in _OF_ASYNCPG}
    to_the_server = {name: value for name, value in given.items() if name in _OF_THE_SERVER}
    return {
        "dsn": f"postgresql://?{urlencode(to_asyncpg)}" if to_asyncpg else None,
        "timeout": int(given.get(_TIMEOUT, CONNECT_SECONDS)),
        "command_timeout": COMMAND_SECONDS,
        "server_settings": _SERVER_SETTINGS | to_the_server,
    }


def _refused(url: URL, why: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(f"cannot use the database {place(url)}: database.url: {why}")

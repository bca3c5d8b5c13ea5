"""PostgreSQL as we use it: a small pool, and server settings that suit short transactions."""

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

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


def engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=5,
        max_overflow=5,
        # Connections that a restart of the server has broken are replaced before they are used.
        pool_pre_ping=True,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": COMMAND_SECONDS,
            "server_settings": _SERVER_SETTINGS,
        },
    )

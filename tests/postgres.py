"""What happens to a PostgreSQL server."""

import re

import asyncpg


async def cut_connections(url: str) -> None:
    """End every connection of the service, as a restart of the server would."""
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()

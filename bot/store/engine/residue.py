"""What deleted rows leave in a database's files, and taking it out: deleted is deleted.

SQLite zeroes what is deleted (secure_delete), but its write-ahead log keeps what was written until it begins
anew: a checkpoint empties it. PostgreSQL keeps deleted rows in its files until a VACUUM; its own write-ahead
log lives for as long as its operator keeps it.
"""

import asyncio
from typing import Any

from bot.store.schema import (
    admins,
    announcement_drafts,
    approval_questions,
    approvals,
    chat_preferences,
    chats,
    console_links,
    console_sessions,
    deliveries,
    desk_drafts,
    dormant_chats,
    filters,
    follow_ups,
    follows,
    group_keepers,
    invitations,
    manager_menus,
    memberships,
    pending_inputs,
    rate_events,
    saved_articles,
    shown_menus,
    stopped_subscriptions,
    subscriptions,
    updates,
)

NAMING = (
    admins,
    approval_questions,
    approvals,
    chats,
    console_links,
    console_sessions,
    desk_drafts,
    filters,
    group_keepers,
    invitations,
    memberships,
    shown_menus,
    stopped_subscriptions,
    rate_events,
    updates,
)
"""The tables that hold a messenger's ids of people, or words of theirs or about them."""

PERSONAL = (
    announcement_drafts,
    chat_preferences,
    deliveries,
    dormant_chats,
    follow_ups,
    follows,
    manager_menus,
    pending_inputs,
    saved_articles,
    subscriptions,
)
"""The tables that know people by our own numbers alone."""

REWRITTEN = 256 * 2**20
"""Bytes: a table that is not larger is rewritten, during which nobody else can use it."""

LOCK_TIMEOUT = "3s"

LOOKS = 50
LOOK_EVERY = 0.1

_SEEN = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) <= $1::text::xid8 OR EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND age(backend_xmin) > age($1::text::xid8::xid)
    )
"""
"""Whether a transaction is open that began before the one named: one that writes, in whatever database of the
server, for a table that is rewritten keeps what that may see; or one that reads, in this database."""


async def empty_sqlite_log(connection: Any) -> bool:
    """Write the log of SQLite into the file and empty it; False while a reader looks at an older state."""
    busy, _, _ = await connection.errand(
        lambda driver: driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    )
    return not busy


async def vacuum_postgresql(connection: Any) -> bool:
    """Take deleted rows out of the files of PostgreSQL; do nothing, and return False, if others may see them.

    A plain VACUUM gives their room free, where their bytes stay until other rows take it; only a table that
    is rewritten has none of them left. Raises LockNotAvailableError of asyncpg while others use a table.
    """
    await connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    if await _is_seen_for_long(connection):
        return False
    for table in NAMING:
        size = await connection.fetchval("SELECT pg_relation_size($1::regclass)", table.name)
        how = "FULL" if size <= REWRITTEN else "INDEX_CLEANUP ON"
        await connection.execute(f"VACUUM ({how}) {table.name}")
    for table in PERSONAL:
        await connection.execute(f"VACUUM (INDEX_CLEANUP ON) {table.name}")
    return True


async def _is_seen_for_long(connection: Any) -> bool:
    """Return whether some transaction began before the deletion and goes on; it is waited for a while.

    It may be one of another database, or one that nobody began: PostgreSQL's own ANALYZE.
    """
    ours = await connection.fetchval("SELECT pg_current_xact_id()::text")
    for _ in range(LOOKS):
        if not await connection.fetchval(_SEEN, ours):
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True

"""Give tables the names that the field has for what is in them.

They are made anew and filled: a table that SQLite renames keeps the old names of its keys.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    rename_quarantines()
    rename_poll_stats()
    rename_rate_events()


def rename_quarantines() -> None:
    op.create_table(
        "quarantines",
        sa.Column("id", ID, primary_key=True),
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id"), nullable=False, unique=True),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ask_at", MOMENT, nullable=False),
        sa.Column("decision", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quarantined_entries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("quarantine_id", ID, sa.ForeignKey("quarantines.id", ondelete="CASCADE"), nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
    )
    op.create_index("ix_quarantined_entries_quarantine_id", "quarantined_entries", ["quarantine_id"])
    same = {"id": "id", "feed_id": "feed_id", "ask_at": "ask_at", "decision": "decision"}
    fill("quarantines", "holds", same | {"began_at": "held_at"})
    fill("quarantined_entries", "held_entries", {"id": "id", "quarantine_id": "hold_id", "entry": "entry"})
    for new, old in (("quarantines", "holds"), ("quarantined_entries", "held_entries")):
        number_on(new, old)
    for old in ("held_entries", "holds"):
        op.drop_table(old)


def rename_poll_stats() -> None:
    op.create_table(
        "feed_poll_stats",
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("min_interval_seconds", sa.Integer),
        sa.Column("usual_gap_seconds", sa.Integer),
        sa.Column("changed_at", MOMENT),
    )
    same = {each: each for each in ("feed_id", "usual_gap_seconds", "changed_at")}
    fill("feed_poll_stats", "feed_paces", same | {"min_interval_seconds": "wish_seconds"})
    op.drop_table("feed_paces")


def rename_rate_events() -> None:
    op.create_table(
        "rate_events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    fill("rate_events", "traces", {each: each for each in ("id", "account_id", "kind", "chat", "at")})
    number_on("rate_events", "traces")
    op.drop_table("traces")


def fill(new: str, old: str, columns: Mapping[str, str]) -> None:
    """Copy all rows of *old* into *new*; *columns* names those of *old* by those of *new*."""
    op.execute(f"INSERT INTO {new} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {old}")


def number_on(new: str, old: str) -> None:
    """Let the ids of *new* go on behind all that *old* has given out, also to rows that are gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{new}', 'id'), last_value, is_called) FROM {old}_id_seq"
        )
        return
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq)"
        f" SELECT '{new}', seq FROM sqlite_sequence AS of_old WHERE name = '{old}'"
        f" AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{new}')"
    )
    op.execute(
        "UPDATE sqlite_sequence"
        f" SET seq = MAX(seq, (SELECT seq FROM sqlite_sequence WHERE name = '{old}'))"
        f" WHERE name = '{new}' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{old}')"
    )

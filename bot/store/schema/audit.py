"""The table of what was done by those who manage. Its triggers stand in migration 0017."""

from sqlalchemy import Column, Index, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("place", Text, nullable=False),
    # No foreign key: a line outlives the account that it names.
    Column("account_id", Text),
    Column("user_id", Words, nullable=False),
    Column("action", Text, nullable=False),
    Column("about_kind", Text, nullable=False),
    Column("about_id", Words, nullable=False),
    Column("before", Json),
    Column("after", Json),
    # How many lines name somebody, who asks what is stored about them.
    Index("ix_audit_log_actor", "account_id", "user_id"),
    Index("ix_audit_log_about", "about_kind", "about_id"),
    sqlite_autoincrement=True,
)

"""The tables of who may enter the web console: links that work once, and sessions."""

from sqlalchemy import Column, ForeignKey, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Moment

# One a person: who asks for another one has no use for the first any more. Of a token there is only its hash.
console_links = Table(
    "console_links",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("device", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    # The number of one that is over stands in the audit log, and is no other one's.
    sqlite_autoincrement=True,
)

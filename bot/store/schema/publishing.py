"""The tables of accounts that publish: their tokens, the pages that were begun, and what was broadcast."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Json, Moment, Words

# A row is written before its tokens are used, and holds the one pair that is taken: an account that has
# never been reached has tokens already, so that this refers to none. It is never exported.
account_tokens = Table(
    "account_tokens",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("access_token", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    # A SHA-256, in hex, of the token of the settings that the first pair was had for.
    Column("began_with", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("refreshed_at", Moment, nullable=False),
)

creations = Table(
    "creations",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    # The key of the article.
    Column("key", Text, primary_key=True),
    Column("title", Words, nullable=False),
    Column("token", Text),
    Column("page", Text),
    Column("begun_at", Moment, nullable=False),
    Index("ix_creations_page", "account_id", "page"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    # A date of Viet Nam, as 2017-08-16.
    Column("day", Text, primary_key=True),
    Column("pages", Json, nullable=False),
    # What became of it; a broadcast is not made twice, whatever that was.
    Column("state", Text, nullable=False),
    Column("receipt", Text),
    Column("reason", Words),
    Column("begun_at", Moment, nullable=False),
)

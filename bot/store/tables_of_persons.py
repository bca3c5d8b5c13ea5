"""The tables that keep what a person asked for apart from any chat."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import Moment
from bot.store.tables import metadata

# That somebody's data was deleted, and when. Without the key, which lies elsewhere, it says nothing of whom.
erasures = Table(
    "erasures",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("erased_at", Moment, nullable=False),
)

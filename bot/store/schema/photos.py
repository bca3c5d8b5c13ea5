"""The tables of photos: the pictures themselves, where they were had from, and how messengers call them."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Moment

photos = Table(
    "photos",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    # The pictures themselves are large: whoever looks for old ones must not have to step over them.
    Column("created_at", Moment, nullable=False, index=True),
)

# Those that were fetched when somebody asked for them; the lead photos are found by their articles.
photo_addresses = Table(
    "photo_addresses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("photo_key", Text, ForeignKey("photos.key", ondelete="CASCADE"), nullable=False, index=True),
)

photo_references = Table(
    "photo_references",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("photo_key", Text, ForeignKey("photos.key", ondelete="CASCADE"), primary_key=True, index=True),
    Column("reference", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

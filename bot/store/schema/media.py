"""The tables of files: photos and recordings, how messengers call them, and documents that were handed in."""

from sqlalchemy import Column, Double, ForeignKey, Integer, LargeBinary, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Moment, Words

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

# What articles say as sound. The key names the words, the voice and the format: made once for each.
recordings = Table(
    "recordings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

recording_references = Table(
    "recording_references",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column(
        "recording_key", Text, ForeignKey("recordings.key", ondelete="CASCADE"), primary_key=True, index=True
    ),
    Column("reference", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

# The articles that come with them; what is being written names them by their addresses.
article_uploads = Table(
    "article_uploads",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("upload_key", Text, ForeignKey("uploads.key"), primary_key=True, index=True),
)

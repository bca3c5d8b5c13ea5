"""The tables that tell one article from another, and that follow what the agency does to it."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

# Every address that has led to the article, as its identity, and what else it is known by.
article_names = Table(
    "article_names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
)

# Articles whose pages are still read again, to see whether the agency has changed them.
revisits = Table(
    "revisits",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("absences", Integer, nullable=False),
    # When somebody was asked what becomes of the messages about an article that is gone.
    Column("asked_at", Moment),
)

# Entries that wait for somebody to decide about them: a feed looks as if it had been rebuilt.
quarantines = Table(
    "quarantines",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False, unique=True),
    Column("began_at", Moment, nullable=False),
    Column("ask_at", Moment, nullable=False),
    Column("decision", Text),
    sqlite_autoincrement=True,
)

quarantined_entries = Table(
    "quarantined_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("quarantine_id", Id, ForeignKey("quarantines.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("entry", Json, nullable=False),
)

# What an article showed before each correction, and when that was: its history, which tells what is new. The
# files, the key of the photo and the time are not known of corrections that were made before they were kept.
article_corrections = Table(
    "article_corrections",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("files", Json),
    Column("photo", Text),
    Column("corrected_at", Moment),
)

# What the source itself says of an article that was edited before its release: corrections of the page stay
# here until somebody takes them. Each is another version. One is undecided where the article is out.
source_texts = Table(
    "source_texts",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("body", Json, nullable=False),
    Column("photos", Json, nullable=False),
    Column("attachments", Json, nullable=False),
    Column("photo_key", Text, ForeignKey("photos.key"), index=True),
    Column("version", Integer, nullable=False),
    Column("undecided", Boolean, nullable=False),
    # When those who decide were asked about this version.
    Column("asked_at", Moment),
    Column("blocks", Json),
)

# What each article says of the official document that it publishes, all of it empty where it publishes none;
# dates are written as in ISO 8601. An article without a row has not been read for it yet.
document_fields = Table(
    "document_fields",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("issuer", Words, nullable=False),
    Column("signer", Words, nullable=False),
    Column("issued_on", Text),
    Column("effective_on", Text),
)

"""The tables of what goes out: the publications, each with its state, and what is paused."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

# An article in a topic. The state is one of bot.domain.publication.publication.PublicationState.
publications = Table(
    "publications",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# A pause without an end stands. One that is over still counts for what was owed meanwhile. No foreign keys:
# what *about* names is an account, a topic or an article, by the scope.
pauses = Table(
    "pauses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    # Whether the service itself has stopped an article, since too much of it was refused as malformed.
    Column("automatic", Boolean, nullable=False),
    # What it holds names it in a number made of the id, which is never given out again.
    sqlite_autoincrement=True,
)

Index(
    "ix_pauses_standing",
    pauses.c.scope,
    pauses.c.about,
    unique=True,
    sqlite_where=pauses.c.until.is_(None),
    postgresql_where=pauses.c.until.is_(None),
)

# What somebody who manages the bot is writing in their chat; there is one at a time. The photo is kept
# meanwhile. What becomes of it at its end is one of bot.domain.publication.announcement.AtEnd.
announcement_drafts = Table(
    "announcement_drafts",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Json, nullable=False),
    Column("page", Words, nullable=False),
    Column("photo_key", Text, ForeignKey("photos.key"), index=True),
    Column("documents", Json, nullable=False),
    Column("topics", Json, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("ends_at", Moment),
    Column("at_end", Text, nullable=False),
)

# The articles that are announcements, and when each is over, and was noted to be, if ever.
announcements = Table(
    "announcements",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("ends_at", Moment),
    Column("at_end", Text, nullable=False),
    Column("ended_at", Moment),
)

_ENDING = announcements.c.ends_at.is_not(None) & announcements.c.ended_at.is_(None)

Index("ix_announcements_ending", announcements.c.ends_at, sqlite_where=_ENDING, postgresql_where=_ENDING)

"""The tables of what goes out: the publications, each with its state, and what is paused."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)

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

# What a topic asks for before anything is released in it; without a row that is what is usual. A table of its
# own, since SQLite cannot add a column to one that others refer to without making it anew.
topic_approvals = Table(
    "topic_approvals",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("approval", Text, nullable=False),
    Column("unanswered", Text, nullable=False),
    Column("unanswered_after_seconds", Integer, nullable=False),
)

# One row: what topics ask for that have no rule of their own; without it that is nothing. It follows the
# settings.
usual_approval = Table(
    "usual_approval",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("approval", Text, nullable=False),
    Column("unanswered", Text, nullable=False),
    Column("unanswered_after_seconds", Integer, nullable=False),
)


def _of_publication() -> ForeignKeyConstraint:
    both = ["article_id", "topic_id"]
    return ForeignKeyConstraint(both, [f"publications.{name}" for name in both], ondelete="CASCADE")


# A row is there for as long as its publication waits: to be approved, or for its time.
approval_requests = Table(
    "approval_requests",
    metadata,
    Column("article_id", Id, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("approval", Text, nullable=False),
    # How often it was asked about: a button of an earlier round is about something else.
    Column("round", Integer, nullable=False),
    # How it goes out once it is released, if it is owed to anybody, and for how long it is worth that.
    Column("owed", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("lasts_seconds", Integer, nullable=False),
    Column("release_at", Moment),
    # When it counts as unanswered; nothing where nobody is asked.
    Column("answer_until", Moment),
    Column("created_at", Moment, nullable=False),
    _of_publication(),
)

Index("ix_approval_requests_release_at", approval_requests.c.release_at)
Index("ix_approval_requests_answer_until", approval_requests.c.answer_until)

# Who has approved a publication, or rejected it. The account is empty for the login of a command line.
approvals = Table(
    "approvals",
    metadata,
    Column("article_id", Id, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("approves", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    _of_publication(),
)

# What was rejected, perhaps for a reason, and how it waited before: for some days it can be put back. It was
# moved where an edit has put the article into other topics.
rejections = Table(
    "rejections",
    metadata,
    Column("article_id", Id, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("approval", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("owed", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("lasts_seconds", Integer, nullable=False),
    Column("release_at", Moment),
    Column("reason", Words, nullable=False),
    Column("moved", Boolean, nullable=False),
    Column("rejected_at", Moment, nullable=False),
    _of_publication(),
)

# The questions that people have in their chats, until they are told how each was answered.
approval_questions = Table(
    "approval_questions",
    metadata,
    Column("article_id", Id, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("round", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    _of_publication(),
)


def _draft() -> tuple[Column[Any], ...]:
    """Return the columns of an announcement that is being written. Its photo is kept meanwhile.

    What becomes of it at its end is one of bot.domain.publication.announcement.AtEnd.
    """
    return (
        Column("key", Text, nullable=False),
        Column("title", Words, nullable=False),
        Column("text", Json, nullable=False),
        Column("page", Words, nullable=False),
        Column("photo_key", Text, ForeignKey("photos.key"), index=True),
        Column("documents", Json, nullable=False),
        Column("topics", Json, nullable=False),
        Column("urgent", Boolean, nullable=False),
        Column("release_at", Moment),
        Column("ends_at", Moment),
        Column("at_end", Text, nullable=False),
    )


# What somebody who manages the bot is writing in their chat; there is one at a time.
announcement_drafts = Table(
    "announcement_drafts",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    *_draft(),
)

# What is being written in the console, by whom, and whether it waits for somebody who publishes.
desk_drafts = Table(
    "desk_drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("user_id", Text, nullable=False),
    *_draft(),
    Column("proposed", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # The audit log names one by its number, which is given to no other.
    sqlite_autoincrement=True,
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

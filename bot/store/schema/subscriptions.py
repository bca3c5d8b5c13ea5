"""The tables of what people have chosen: topics, when news comes, which of it, and how."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

# Each moment of a digest that anybody has chosen, once: a fan-out asks for all of them when it comes next.
schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("timing", Text, nullable=False),
    # 1 is Monday; 0 every day: a NULL would not take part in the unique constraint.
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("time_zone", Text, nullable=False),
    UniqueConstraint("timing", "weekday", "hour", "time_zone"),
    sqlite_autoincrement=True,
)

# Each filter that anybody has set, once, in its normal form. An id is never given out again: who has read a
# filter may go on by its id.
filters = Table(
    "filters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("words", Words, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

# Without a schedule news comes at once, without a filter all of it comes.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True),
    Column("schedule_id", Id, ForeignKey("schedules.id")),
    Column("filter_id", Id, ForeignKey("filters.id")),
    Column("created_at", Moment, nullable=False),
    Index("ix_subscriptions_fanout", "topic_id", "chat_id"),
)

CHOOSY = subscriptions.c.schedule_id.is_not(None) | subscriptions.c.filter_id.is_not(None)
"""The subscriptions for which a fan-out has something to find out; they stand in an index of their own."""

Index(
    "ix_subscriptions_choosy",
    subscriptions.c.topic_id,
    subscriptions.c.chat_id,
    subscriptions.c.schedule_id,
    subscriptions.c.filter_id,
    sqlite_where=CHOOSY,
    postgresql_where=CHOOSY,
)

for _column in (subscriptions.c.schedule_id, subscriptions.c.filter_id):
    Index(None, _column, sqlite_where=_column.is_not(None), postgresql_where=_column.is_not(None))

# What a subscription had chosen when it was stopped, for a short while: stopping can be undone.
stopped_subscriptions = Table(
    "stopped_subscriptions",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True),
    Column("timing", Text, nullable=False),
    Column("weekday", Integer),
    Column("hour", Integer, nullable=False),
    Column("words", Words),
    Column("stopped_at", Moment, nullable=False, index=True),
)

# A row only for chats that have chosen anything; the others have what the configuration says.
chat_preferences = Table(
    "chat_preferences",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    # Minutes of the day; both are NULL where no hours are quiet.
    Column("quiet_begin", Integer),
    Column("quiet_end", Integer),
    Column("quiet_mode", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("photo", Boolean, nullable=False),
    Column("brief", Boolean, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("address", Text),
    # NULL in rows from before it could be chosen.
    Column("whole_text", Boolean),
)

# An article on somebody's list is kept until it is taken off it.
saved_articles = Table(
    "saved_articles",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("saved_at", Moment, nullable=False),
)

# Each page that anybody follows, once: a page of an article, or of another thing on the site of a feed. An id
# is never given out again: notices may still name it.
followed_pages = Table(
    "followed_pages",
    metadata,
    Column("id", Id, primary_key=True),
    # What its address has in common over http and https, with "www." or not.
    Column("identity", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    Column("topic_id", Text, ForeignKey("topics.id"), nullable=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("title", Words, nullable=False),
    # What it said when it was last read; NULL until then.
    Column("lines", Json),
    Column("etag", Words),
    Column("last_modified", Words),
    # How often it has changed, and from which chat on the last change is still to be owed: NULL where it is.
    Column("revision", Integer, nullable=False),
    Column("owed_from", Id),
    # Whether whoever has a card of its article learns from that what has changed.
    Column("told_by_card", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_read_at", Moment, nullable=False, index=True),
    Column("read_at", Moment),
    Column("ended_at", Moment),
    sqlite_autoincrement=True,
)

# Who follows which page, and until when. One that has ended stays until its last notice is sent.
follows = Table(
    "follows",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("page_id", Id, ForeignKey("followed_pages.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("followed_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False, index=True),
    Column("ended_at", Moment),
)

"""The tables of members-only topics, of the invitations into them, and of who decides for a group."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Moment, Words

memberships = Table(
    "memberships",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True),
    Column("created_at", Moment, nullable=False),
    # That of the invitation by which the chat came in.
    Column("note", Words),
    Index("ix_memberships_topic", "topic_id", "created_at"),
)

# A revoked invitation is deleted. Of its token only the SHA-256 is kept, which opens nothing.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("topic_id", Text, ForeignKey("topics.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("most_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("note", Words),
    sqlite_autoincrement=True,
)

# Who decides for a group, having agreed to that, where the messenger does not say who administers it.
group_keepers = Table(
    "group_keepers",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Text, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    # Until then another member may take the group.
    Column("offered_until", Moment),
)

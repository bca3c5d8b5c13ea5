"""The tables of the conversation itself: what was asked and offered, and that somebody is forgotten."""

from sqlalchemy import Column, ForeignKey, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment

# What the next words in a chat answer.
pending_inputs = Table(
    "pending_inputs",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# Since when a chat subscribes to nothing, or cannot be written to: it is erased after a while.
dormant_chats = Table(
    "dormant_chats",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("since", Moment, nullable=False),
)

# Whom to tell how something ends that they began, and how it was when they did.
follow_ups = Table(
    "follow_ups",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("mark", Json, nullable=False),
    Column("begun_at", Moment, nullable=False),
)

# Who has the menu of commands of those who manage the bot, and a fingerprint of the menu.
manager_menus = Table(
    "manager_menus",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("shown", Text, nullable=False),
)

# That somebody's data was deleted, and when. Without the key, which lies elsewhere, it says nothing of whom.
erasures = Table(
    "erasures",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("erased_at", Moment, nullable=False),
)

# Where a messenger has no buttons: what the numbers mean that a chat was last shown. It holds for a day, and
# says what could be chosen, not what was. A chat need not be stored to have one: strangers are asked, too.
shown_menus = Table(
    "shown_menus",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("chat", Text, primary_key=True),
    # '' is the chat itself, as in chats.
    Column("thread", Text, primary_key=True),
    Column("entries", Json, nullable=False),
    Column("shown_at", Moment, nullable=False),
)

"""The tables of the service itself: its managers, what it has heard and said, who does what."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

admins = Table(
    "admins",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("appointed_by", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    # What an owner wrote beside the id.
    Column("note", Words),
    # The names of the roles, and the ids of the topics that they are for; without those they are for all.
    Column("roles", Json),
    Column("topics", Json),
)

# What the configuration calls owners, by platform and the messenger's id; a process writes it when it begins.
owner_names = Table(
    "owner_names",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("name", Words, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    # What was dealt with loses its words at once; its number stays a while, to be known if it comes again.
    Column("payload", Words),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    # Once what was asked for is done: the answer, until it has been sent.
    Column("answer", Words),
    Index("ix_updates_turn", "account_id", "handled_at", "update_id"),
)

# What an account's limiter must know after a restart, beside the receipts: a reply, and when it was answered;
# a closure of a chat, or with '' of the account, and when it ends.
rate_events = Table(
    "rate_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# One row, by which the database is told from any other in its place.
database_identity = Table("database_identity", metadata, Column("id", Text, primary_key=True))

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

# Which processes are alive: what one has leased is free when it is not.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

# What the owners were told is wrong. Without *told_at* nobody could be told yet.
alerts = Table(
    "alerts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
)

paid_messages = Table(
    "paid_messages",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    # A date of Viet Nam, as 2017-08-16.
    Column("day", Text, primary_key=True),
    Column("messages", Integer, nullable=False),
)

monthly_messages = Table(
    "monthly_messages",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    # A month of Viet Nam, as 2026-11.
    Column("month", Text, primary_key=True),
    Column("messages", Integer, nullable=False),
    # How many of them were no answers, how many of these came beside digests, and how many so on the last
    # day, as 2026-11-30.
    Column("news", Integer, nullable=False),
    Column("beside", Integer, nullable=False),
    Column("at_once", Integer, nullable=False),
    Column("day", Text, nullable=False),
)

# Whether a chat is to be told that not all news could come at once, and in which month it was, as 2026-11.
ration_notices = Table(
    "ration_notices",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("owed", Boolean, nullable=False),
    Column("told_in", Text, nullable=False),
)

# How often in a month somebody of whom nothing is stored could not be answered: the plan had no place.
turned_away = Table(
    "turned_away",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)

# What owners have set in the console or by a command, over bot.toml: by the name of the setting, as
# agency.name, and written as in the environment.
stored_settings = Table(
    "stored_settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Words, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

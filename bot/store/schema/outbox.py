"""The tables of what is owed: the outbox, and the fan-outs that fill it."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Moment, Words

fanouts = Table(
    "fanouts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("topic_id", Text, ForeignKey("topics.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("after_chat_id", Id, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# No foreign keys: a fan-out to a million chats would pay for three of them by the row, and in PostgreSQL
# would lock every chat on its way. The one INSERT … SELECT that fills the table reads the chats themselves.
# The unique key begins with the article, so that a fan-out appends to one end of its index.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, nullable=False),
    Column("chat_id", Id, nullable=False),
    Column("article_id", Id, nullable=False),
    Column("topic_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", Text, nullable=False),
    # Who goes first: a number of bot.domain.delivery.fair_queue.Lane.
    Column("lane", Integer, nullable=False),
    # Whether it comes in one message with whatever else of the kind the chat is owed by then.
    Column("digest", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    # A lease, a chat that is closed for now, or a pause keeps the delivery from being claimed until then.
    Column("held_until", Moment),
    Column("lease_owner", Text),
    Column("claims", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("message_id", Text),
    Column("reason", Words),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    UniqueConstraint("article_id", "chat_id", "revision"),
)

# Each pending delivery is in just one of the first two indexes: what waits, in the order in which it goes,
# and what is held. A claim never steps over what is in flight, and what comes back has its old place. The
# words stand in the statements as they are: only so can a planner see that an index applies.
PENDING = deliveries.c.status == literal_column("'pending'")
WAITING = PENDING & deliveries.c.held_until.is_(None)
HELD = PENDING & deliveries.c.held_until.is_not(None)
SETTLED = deliveries.c.settled_at.is_not(None)
FAILED = deliveries.c.status.in_(
    [literal_column("'rejected'"), literal_column("'expired'"), literal_column("'set_aside'")]
)
# The words are the reason, as it is shown; few end so, and all of them may be owed again.
LEFT_OUT = (deliveries.c.status == literal_column("'cancelled'")) & (
    deliveries.c.reason == literal_column("'the chat''s filter leaves it out'")
)


def _partial(name: str, condition: ColumnElement[bool], *columns: str) -> None:
    Index(
        name,
        *(deliveries.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


_partial("ix_deliveries_waiting", WAITING, "account_id", "lane", "due_at", "id")
_partial("ix_deliveries_held", HELD, "account_id", "held_until", "due_at")
_partial("ix_deliveries_chat", PENDING, "chat_id")
_partial("ix_deliveries_left_out", LEFT_OUT, "chat_id")
_partial("ix_deliveries_failed", FAILED, "settled_at")
_partial("ix_deliveries_settled", SETTLED, "settled_at")

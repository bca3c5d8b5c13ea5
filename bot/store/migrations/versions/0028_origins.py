"""Keep which topics the database itself defines, the merges that are under way, and how polls have gone."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "added_topics",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_table(
        "topic_merges",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("into_id", sa.Text, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
    )
    op.create_table(
        "feed_polls",
        sa.Column("id", ID, primary_key=True),
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("fresh", sa.Integer, nullable=False),
        sa.Column("took_ms", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
    )
    op.create_index("ix_feed_polls_of_feed", "feed_polls", ["feed_id", "id"])

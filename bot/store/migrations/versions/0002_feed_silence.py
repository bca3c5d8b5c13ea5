"""How much feeds bring, and which topics tell their subscribers that a source is down."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "feed_volumes",
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("usual_thousandths", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("began_at", MOMENT),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("emptied_at", MOMENT),
    )
    op.create_table(
        "outage_topics",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    )

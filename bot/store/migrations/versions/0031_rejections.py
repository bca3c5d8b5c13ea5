"""Keep how what is rejected waited, and for what reason it was, so that it can be put back."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "rejections",
        sa.Column("article_id", ID, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("approval", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("owed", sa.Boolean, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("lasts_seconds", sa.Integer, nullable=False),
        sa.Column("release_at", MOMENT),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("moved", sa.Boolean, nullable=False),
        sa.Column("rejected_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "topic_id"],
            ["publications.article_id", "publications.topic_id"],
            ondelete="CASCADE",
        ),
    )

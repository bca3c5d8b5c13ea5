"""Keep what owners have set over the configuration, and what topics without a rule of their own ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "stored_settings",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_table(
        "usual_approval",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("approval", sa.Text, nullable=False),
        sa.Column("unanswered", sa.Text, nullable=False),
        sa.Column("unanswered_after_seconds", sa.Integer, nullable=False),
    )

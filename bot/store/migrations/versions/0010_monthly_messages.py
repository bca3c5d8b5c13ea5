"""Count the messages of a month, where a platform's plan has only so many."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "monthly_messages",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("messages", sa.Integer, nullable=False),
    )

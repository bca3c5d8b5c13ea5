"""Count by the day what happens to the topics on each account. What happened before is not counted."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

CLASSES = 17


def upgrade() -> None:
    op.create_table(
        "daily_figures",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("subscribed", sa.Integer, nullable=False),
        sa.Column("delivered", sa.Integer, nullable=False),
        sa.Column("corrected", sa.Integer, nullable=False),
        sa.Column("released", sa.Integer, nullable=False),
        *(sa.Column(f"waits_{number}", sa.Integer, nullable=False) for number in range(CLASSES)),
        sa.Column("longest_wait", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "daily_reasons",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("figure", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "weekly_reports",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
    )

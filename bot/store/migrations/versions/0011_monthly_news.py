"""Count apart how many of a month's messages were news, and how many of those came beside digests."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # What was counted before may all have been news.
    counted = op.get_bind().execute(sa.text("SELECT account_id, month, messages FROM monthly_messages"))
    rows = [dict(row) for row in counted.mappings()]
    # Made anew: SQLite adds no column that must have a value without a default, which the schema has not.
    op.drop_table("monthly_messages")
    table = op.create_table(
        "monthly_messages",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("news", sa.Integer, nullable=False),
        sa.Column("beside", sa.Integer, nullable=False),
        sa.Column("at_once", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
    )
    all_of_it = ("news", "beside")
    never = {"at_once": 0, "day": "0001-01-01"}
    op.bulk_insert(table, [row | dict.fromkeys(all_of_it, row["messages"]) | never for row in rows])

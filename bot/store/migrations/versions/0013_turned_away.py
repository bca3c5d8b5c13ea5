"""Count how often in a month somebody who is not stored could not be answered."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "turned_away",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )

"""Keep the answer of an update from the commit of its effect until it has been sent; note dormant chats."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    with op.batch_alter_table("updates", recreate="auto") as updates:
        updates.add_column(sa.Column("answer", sa.Text))
    op.create_table(
        "dormant_chats",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
    )

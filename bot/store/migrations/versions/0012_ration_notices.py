"""Remember which chats are to be told, or were, that not all news can come at once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ration_notices",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("owed", sa.Boolean, nullable=False),
        sa.Column("told_in", sa.Text, nullable=False),
    )

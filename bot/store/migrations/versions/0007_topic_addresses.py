"""Let a topic have a form of address of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "topic_addresses",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
    )

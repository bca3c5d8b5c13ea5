"""Keep what articles say as sound, and how the messengers call it."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema.types import Moment

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_index("ix_recordings_created_at", "recordings", ["created_at"])
    op.create_table(
        "recording_references",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column(
            "recording_key", sa.Text, sa.ForeignKey("recordings.key", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_index("ix_recording_references_recording_key", "recording_references", ["recording_key"])

"""Keep announcements that are being written in the console."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "desk_drafts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("photo_key", sa.Text, sa.ForeignKey("photos.key")),
        sa.Column("documents", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("release_at", MOMENT),
        sa.Column("ends_at", MOMENT),
        sa.Column("at_end", sa.Text, nullable=False),
        sa.Column("proposed", sa.Boolean, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_drafts_photo_key", "desk_drafts", ["photo_key"])

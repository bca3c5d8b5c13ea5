"""Keep announcements that are being written, and when those that went out are over."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "announcement_drafts",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
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
    )
    op.create_index("ix_announcement_drafts_photo_key", "announcement_drafts", ["photo_key"])
    op.create_table(
        "announcements",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ends_at", MOMENT),
        sa.Column("at_end", sa.Text, nullable=False),
        sa.Column("ended_at", MOMENT),
    )
    ending = sa.text("ends_at IS NOT NULL AND ended_at IS NULL")
    op.create_index(
        "ix_announcements_ending",
        "announcements",
        ["ends_at"],
        sqlite_where=ending,
        postgresql_where=ending,
    )

"""Keep the documents that are handed in with announcements, and which articles come with them."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema.types import Id, Moment

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_index("ix_uploads_created_at", "uploads", ["created_at"])
    op.create_table(
        "article_uploads",
        sa.Column("article_id", Id, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("upload_key", sa.Text, sa.ForeignKey("uploads.key"), primary_key=True),
    )
    op.create_index("ix_article_uploads_upload_key", "article_uploads", ["upload_key"])

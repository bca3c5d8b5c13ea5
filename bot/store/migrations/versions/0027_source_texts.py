"""Keep what the source says of an article that was edited before its release."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "source_texts",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("photos", sa.Text, nullable=False),
        sa.Column("attachments", sa.Text, nullable=False),
        sa.Column("photo_key", sa.Text, sa.ForeignKey("photos.key")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("undecided", sa.Boolean, nullable=False),
        sa.Column("asked_at", MOMENT),
    )
    op.create_index("ix_source_texts_photo_key", "source_texts", ["photo_key"])

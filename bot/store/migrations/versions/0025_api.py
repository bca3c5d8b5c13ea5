"""Keep the keys of the API, and which contents were posted with which idempotency key."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("topics", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_on", sa.Text),
        sa.Column("revoked_at", MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "submissions",
        sa.Column("api_key_id", ID, sa.ForeignKey("api_keys.id"), primary_key=True),
        sa.Column("idempotency_key", sa.Text, primary_key=True),
        sa.Column("body_hash", sa.Text, nullable=False),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_submissions_article_id", "submissions", ["article_id"])
    op.create_index("ix_submissions_created_at", "submissions", ["created_at"])

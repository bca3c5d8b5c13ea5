"""Let those who manage into a web console: links that sign in once, sessions, an index of what is managed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "console_links",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "console_sessions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    shared = sa.text("kind != 'private'")
    op.create_index("ix_chats_shared", "chats", ["title", "id"], sqlite_where=shared, postgresql_where=shared)

"""Keep the tokens of accounts that publish, the pages that were begun, and what was broadcast."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "account_tokens",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("access_token", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text, nullable=False),
        sa.Column("began_with", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("refreshed_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "creations",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("page", sa.Text),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_creations_page", "creations", ["account_id", "page"])
    op.create_table(
        "broadcasts",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("pages", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )

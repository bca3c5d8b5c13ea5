"""Keep when each correction was made; of those that were made, nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    with op.batch_alter_table("article_corrections", recreate="auto") as corrections:
        corrections.add_column(sa.Column("corrected_at", sa.BigInteger))

"""Keep who wants full texts as one message, and which accounts are refused that."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    with op.batch_alter_table("chat_preferences", recreate="auto") as preferences:
        preferences.add_column(sa.Column("whole_text", sa.Boolean))
    with op.batch_alter_table("accounts", recreate="auto") as accounts:
        accounts.add_column(sa.Column("whole_text_refused_at", sa.BigInteger))

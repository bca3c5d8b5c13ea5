"""Let a chat have a form of address of its own; keep notes of who is invited and appointed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    with op.batch_alter_table("chat_preferences", recreate="auto") as preferences:
        preferences.add_column(sa.Column("address", sa.Text))
    for table in ("memberships", "invitations", "admins"):
        with op.batch_alter_table(table, recreate="auto") as noted:
            noted.add_column(sa.Column("note", sa.Text))

"""An identity for the database, by which it is told from any other in its place."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table("database_identity", sa.Column("id", sa.Text, primary_key=True))

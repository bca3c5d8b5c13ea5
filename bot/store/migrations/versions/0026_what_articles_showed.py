"""Keep which files and photo an article had before each correction; of those that were made, nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    with op.batch_alter_table("article_corrections", recreate="auto") as corrections:
        corrections.add_column(sa.Column("files", sa.Text))
        corrections.add_column(sa.Column("photo", sa.Text))

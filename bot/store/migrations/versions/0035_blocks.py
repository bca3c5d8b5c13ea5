"""Keep how the text of an article is laid out; of old articles the plain paragraphs are all there is."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    for name in ("articles", "source_texts"):
        with op.batch_alter_table(name, recreate="auto") as table:
            table.add_column(sa.Column("blocks", sa.Text))

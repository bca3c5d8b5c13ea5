"""Give each admin roles, and perhaps topics that they are for.

Who is an admin already may go on doing the same, which takes both the role of a publisher and that of feeds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    with op.batch_alter_table("admins", recreate="auto") as admins:
        admins.add_column(sa.Column("roles", sa.Text))
        admins.add_column(sa.Column("topics", sa.Text))
    op.execute("""UPDATE admins SET roles = '["publisher","feeds"]'""")

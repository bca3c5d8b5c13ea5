"""Give each article in a topic a state, and keep what is paused.

What was in a topic before is released, or recalled where the article was withdrawn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.execute(
        "INSERT INTO publications (article_id, topic_id, state, created_at, changed_at)"
        " SELECT article_id, topic_id,"
        " CASE WHEN withdrawn_at IS NULL THEN 'released' ELSE 'recalled' END,"
        " article_topics.created_at, coalesce(withdrawn_at, article_topics.created_at)"
        " FROM article_topics JOIN articles ON articles.id = article_topics.article_id"
    )
    op.drop_table("article_topics")
    op.create_table(
        "pauses",
        sa.Column("id", ID, primary_key=True),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("automatic", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_pauses_standing",
        "pauses",
        ["scope", "about"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )

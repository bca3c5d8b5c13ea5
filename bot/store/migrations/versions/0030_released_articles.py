"""List what is released in each topic by age, for the pages that everybody may read."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "released_articles",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("place", ID, primary_key=True, autoincrement=False),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_released_articles_article_id", "released_articles", ["article_id"])
    # The place is that of article_words: the minute, and then the id.
    op.execute(
        "INSERT INTO released_articles (topic_id, place, article_id)"
        " SELECT publications.topic_id, (articles.ranked_at / 60000) * 2147483648 + articles.id, articles.id"
        " FROM publications JOIN articles ON articles.id = publications.article_id"
        " WHERE publications.state = 'released' AND articles.withdrawn_at IS NULL"
    )

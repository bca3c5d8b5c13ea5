"""Remember which topics have ended, what was offered instead, and by which notice that was told.

Find the lines of the audit log that name somebody by indexes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ended_topics",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("offered_id", sa.Text, sa.ForeignKey("topics.id")),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="SET NULL")),
        sa.Column("ended_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_ended_topics_article_id", "ended_topics", ["article_id"])
    op.create_index("ix_audit_log_actor", "audit_log", ["account_id", "user_id"])
    op.create_index("ix_audit_log_about", "audit_log", ["about_kind", "about_id"])

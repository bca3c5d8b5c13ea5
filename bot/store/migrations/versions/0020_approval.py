"""Keep what topics ask for before anything is released in them, what waits for that, and who answered."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch


def _of_publication() -> sa.ForeignKeyConstraint:
    both = ["article_id", "topic_id"]
    return sa.ForeignKeyConstraint(both, [f"publications.{name}" for name in both], ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "topic_approvals",
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("approval", sa.Text, nullable=False),
        sa.Column("unanswered", sa.Text, nullable=False),
        sa.Column("unanswered_after_seconds", sa.Integer, nullable=False),
    )
    op.create_table(
        "approval_requests",
        sa.Column("article_id", ID, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("approval", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("owed", sa.Boolean, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("lasts_seconds", sa.Integer, nullable=False),
        sa.Column("release_at", MOMENT),
        sa.Column("answer_until", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        _of_publication(),
    )
    op.create_index("ix_approval_requests_release_at", "approval_requests", ["release_at"])
    op.create_index("ix_approval_requests_answer_until", "approval_requests", ["answer_until"])
    op.create_table(
        "approvals",
        sa.Column("article_id", ID, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("approves", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_publication(),
    )
    op.create_table(
        "approval_questions",
        sa.Column("article_id", ID, primary_key=True),
        sa.Column("topic_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        _of_publication(),
    )

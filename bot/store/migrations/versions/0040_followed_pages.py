"""Keep which pages are followed, by whom, and of which page an article is a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

MOMENT = sa.BigInteger  # milliseconds since the epoch
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "followed_pages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("identity", sa.Text, nullable=False, unique=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id"), nullable=False),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="SET NULL"), index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("lines", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("owed_from", ID),
        sa.Column("told_by_card", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_read_at", MOMENT, nullable=False, index=True),
        sa.Column("read_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follows",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "page_id",
            ID,
            sa.ForeignKey("followed_pages.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        sa.Column("followed_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False, index=True),
        sa.Column("ended_at", MOMENT),
    )
    # SQLite adds a column behind the constraints, where no table that is made anew has one.
    with op.batch_alter_table("articles", recreate="auto") as articles:
        articles.add_column(sa.Column("followed_page_id", ID))

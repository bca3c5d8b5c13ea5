"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger  # milliseconds since the epoch
JSON = sa.Text


def upgrade() -> None:
    create_feeds()
    create_articles()
    create_photo_addresses()
    create_entries()
    create_article_names()
    create_revisits()
    create_holds()
    create_accounts()
    create_chats()
    create_choices()
    create_memberships()
    create_outbox()
    index_outbox()
    create_service_state()
    create_erasures()
    create_shown_menus()
    create_saved_articles()
    create_search()


def create_feeds() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("descriptions", JSON, nullable=False),
        sa.Column("hashtag", sa.Text, nullable=False),
        sa.Column("members_only", sa.Boolean, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("urgent_words", JSON, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("interval_seconds", sa.Integer, nullable=False),
        sa.Column("preset", sa.Text),
        sa.Column("listing", JSON, nullable=False),
        sa.Column("page", JSON, nullable=False),
        sa.Column("verified", sa.Boolean, nullable=False),
        sa.Column("ca_bundle", sa.Text),
        sa.Column("adapts", sa.Boolean, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("first_polled_at", MOMENT),
        sa.Column("last_polled_at", MOMENT),
        sa.Column("last_article_at", MOMENT),
        sa.Column("last_error", sa.Text),
        sa.Column("last_error_at", MOMENT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", MOMENT),
        sa.Column("next_poll_at", MOMENT, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("leased_until", MOMENT),
    )
    create_paces()


def create_paces() -> None:
    op.create_table(
        "feed_paces",
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wish_seconds", sa.Integer),
        sa.Column("usual_gap_seconds", sa.Integer),
        sa.Column("changed_at", MOMENT),
    )
    op.create_table(
        "feed_hubs",
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("hub", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False, unique=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ask_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("pinged_at", MOMENT),
    )


def create_articles() -> None:
    op.create_table(
        "photos",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_photos_created_at", "photos", ["created_at"])
    op.create_table(
        "articles",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("photos", JSON, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("date_precision", sa.Text),
        sa.Column("attachments", JSON, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("photo_key", sa.Text, sa.ForeignKey("photos.key")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("ranked_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_photo_key", "articles", ["photo_key"])
    op.create_index("ix_articles_ranked", "articles", ["ranked_at", "id"])


def create_photo_addresses() -> None:
    op.create_table(
        "photo_addresses",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("photo_key", sa.Text, sa.ForeignKey("photos.key", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_photo_addresses_photo_key", "photo_addresses", ["photo_key"])


def create_entries() -> None:
    op.create_table(
        "article_topics",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id"), primary_key=True),
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="SET NULL")),
    )
    op.create_index("ix_entries_article_id", "entries", ["article_id"])


def create_article_names() -> None:
    op.create_table(
        "article_names",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_article_names_article_id", "article_names", ["article_id"])


def create_revisits() -> None:
    op.create_table(
        "revisits",
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id"), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("absences", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT),
    )
    op.create_index("ix_revisits_due_at", "revisits", ["due_at"])


def create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", ID, primary_key=True),
        sa.Column("feed_id", sa.Text, sa.ForeignKey("feeds.id"), nullable=False, unique=True),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("ask_at", MOMENT, nullable=False),
        sa.Column("decision", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "held_entries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("hold_id", ID, sa.ForeignKey("holds.id", ondelete="CASCADE"), nullable=False),
        sa.Column("entry", JSON, nullable=False),
    )
    op.create_index("ix_held_entries_hold_id", "held_entries", ["hold_id"])


def create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("update_offset", sa.BigInteger),
        sa.Column("updates_polled_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "photo_references",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("photo_key", sa.Text, sa.ForeignKey("photos.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_photo_references_photo_key", "photo_references", ["photo_key"])


def create_chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("off_reason", sa.Text),
        sa.Column("consent_version", sa.Text),
        sa.Column("consent_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("account_id", "chat", "thread"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pending_inputs",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def create_choices() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", ID, primary_key=True),
        sa.Column("timing", sa.Text, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.UniqueConstraint("timing", "weekday", "hour", "time_zone"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "filters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("words", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscriptions",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("schedule_id", ID, sa.ForeignKey("schedules.id")),
        sa.Column("filter_id", ID, sa.ForeignKey("filters.id")),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_subscriptions_fanout", "subscriptions", ["topic_id", "chat_id"])
    choosy = sa.text("schedule_id IS NOT NULL OR filter_id IS NOT NULL")
    op.create_index(
        "ix_subscriptions_choosy",
        "subscriptions",
        ["topic_id", "chat_id", "schedule_id", "filter_id"],
        sqlite_where=choosy,
        postgresql_where=choosy,
    )
    for column in ("schedule_id", "filter_id"):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_subscriptions_{column}",
            "subscriptions",
            [column],
            sqlite_where=given,
            postgresql_where=given,
        )
    op.create_table(
        "chat_preferences",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("quiet_begin", sa.Integer),
        sa.Column("quiet_end", sa.Integer),
        sa.Column("quiet_mode", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("photo", sa.Boolean, nullable=False),
        sa.Column("brief", sa.Boolean, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
    )

    op.create_table(
        "stopped_subscriptions",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("timing", sa.Text, nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("words", sa.Text),
        sa.Column("stopped_at", MOMENT, nullable=False),
    )
    op.create_index("ix_stopped_subscriptions_stopped_at", "stopped_subscriptions", ["stopped_at"])


def create_memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_memberships_topic", "memberships", ["topic_id", "created_at"])
    op.create_table(
        "invitations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("most_uses", sa.Integer, nullable=False),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )


def create_outbox() -> None:
    op.create_table(
        "fanouts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("topic_id", sa.Text, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("after_chat_id", ID, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("topic_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("lane", sa.Integer, nullable=False),
        sa.Column("digest", sa.Boolean, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("held_until", MOMENT),
        sa.Column("lease_owner", sa.Text),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.UniqueConstraint("article_id", "chat_id", "revision"),
    )


def index_outbox() -> None:
    pending = "status = 'pending'"
    waiting, held = f"{pending} AND held_until IS NULL", f"{pending} AND held_until IS NOT NULL"
    failed = "status IN ('rejected', 'expired', 'set_aside')"
    create_partial_index("waiting", "account_id", "lane", "due_at", "id", where=waiting)
    create_partial_index("held", "account_id", "held_until", "due_at", where=held)
    create_partial_index("chat", "chat_id", where=pending)
    left_out = "status = 'cancelled' AND reason = 'the chat''s filter leaves it out'"
    create_partial_index("left_out", "chat_id", where=left_out)
    create_partial_index("failed", "settled_at", where=failed)
    create_partial_index("settled", "settled_at", where="settled_at IS NOT NULL")


def create_partial_index(name: str, *columns: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        f"ix_deliveries_{name}", "deliveries", columns, sqlite_where=condition, postgresql_where=condition
    )


def create_service_state() -> None:
    op.create_table(
        "admins",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("appointed_by", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "updates",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("payload", sa.Text),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.Index("ix_updates_turn", "account_id", "handled_at", "update_id"),
    )
    op.create_table(
        "traces",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
    )
    op.create_table(
        "paid_messages",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("messages", sa.Integer, nullable=False),
    )


def create_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
    )


def create_shown_menus() -> None:
    op.create_table(
        "shown_menus",
        sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("thread", sa.Text, primary_key=True),
        sa.Column("entries", JSON, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
    )


def create_saved_articles() -> None:
    op.create_table(
        "saved_articles",
        sa.Column("chat_id", ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("saved_at", MOMENT, nullable=False),
    )
    op.create_index("ix_saved_articles_article_id", "saved_articles", ["article_id"])


def create_search() -> None:
    words = sa.Text().with_variant(postgresql.TSVECTOR, "postgresql")
    op.create_table(
        "article_words",
        sa.Column("place", ID, primary_key=True, autoincrement=False),
        sa.Column("article_id", ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.UniqueConstraint("article_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        index_words_on_sqlite()
    else:
        op.execute(
            "CREATE INDEX ix_article_words_words ON article_words USING gin (words) WITH (fastupdate = off)"
        )
        op.execute("ALTER TABLE article_words SET (toast_tuple_target = 128)")


def index_words_on_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE article_index USING fts5(words, content='article_words', content_rowid='place',"
        " detail='none', columnsize=0, tokenize=\"ascii tokenchars '^=#~'\")"
    )
    op.execute(
        "CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN"
        " INSERT INTO article_index (rowid, words) VALUES (new.place, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER article_words_removed AFTER DELETE ON article_words BEGIN"
        " INSERT INTO article_index (article_index, rowid, words)"
        " VALUES ('delete', old.place, old.words); END"
    )

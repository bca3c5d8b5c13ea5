"""Every table. The migrations arrive at the same, which a test makes sure of."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    select,
)

from bot.store.schema.access import api_keys, console_links, console_sessions, submissions
from bot.store.schema.audit import audit_log
from bot.store.schema.conversation import (
    dormant_chats,
    erasures,
    follow_ups,
    manager_menus,
    pending_inputs,
    shown_menus,
)
from bot.store.schema.figures import daily_figures, daily_reasons, weekly_reports
from bot.store.schema.identity import (
    article_corrections,
    article_names,
    document_fields,
    quarantined_entries,
    quarantines,
    revisits,
    source_texts,
)
from bot.store.schema.media import (
    article_uploads,
    photo_addresses,
    photo_references,
    photos,
    recording_references,
    recordings,
    uploads,
)
from bot.store.schema.memberships import group_keepers, invitations, memberships
from bot.store.schema.metadata import metadata
from bot.store.schema.outbox import FAILED, HELD, LEFT_OUT, PENDING, SETTLED, WAITING, deliveries, fanouts
from bot.store.schema.publications import (
    announcement_drafts,
    announcements,
    approval_questions,
    approval_requests,
    approvals,
    desk_drafts,
    pauses,
    publications,
    rejections,
    topic_approvals,
    usual_approval,
)
from bot.store.schema.publishing import account_tokens, broadcasts, creations
from bot.store.schema.runtime import (
    admins,
    alerts,
    database_identity,
    heartbeats,
    leases,
    monthly_messages,
    owner_names,
    paid_messages,
    rate_events,
    ration_notices,
    stored_settings,
    turned_away,
    updates,
)
from bot.store.schema.search import article_words, released_articles
from bot.store.schema.subscriptions import (
    chat_preferences,
    filters,
    followed_pages,
    follows,
    saved_articles,
    schedules,
    stopped_subscriptions,
    subscriptions,
)
from bot.store.schema.types import Id, Json, Moment, Words

__all__ = [
    "FAILED",
    "HELD",
    "LEFT_OUT",
    "PENDING",
    "SETTLED",
    "SHARED",
    "WAITING",
    "account_tokens",
    "admins",
    "alerts",
    "announcement_drafts",
    "announcements",
    "api_keys",
    "approval_questions",
    "approval_requests",
    "approvals",
    "article_corrections",
    "article_names",
    "article_uploads",
    "article_words",
    "audit_log",
    "broadcasts",
    "chat_preferences",
    "console_links",
    "console_sessions",
    "creations",
    "daily_figures",
    "daily_reasons",
    "database_identity",
    "deliveries",
    "desk_drafts",
    "document_fields",
    "dormant_chats",
    "erasures",
    "fanouts",
    "filters",
    "follow_ups",
    "followed_pages",
    "follows",
    "group_keepers",
    "heartbeats",
    "invitations",
    "leases",
    "manager_menus",
    "memberships",
    "metadata",
    "monthly_messages",
    "owner_names",
    "paid_messages",
    "pauses",
    "pending_inputs",
    "photo_addresses",
    "photo_references",
    "photos",
    "publications",
    "quarantined_entries",
    "quarantines",
    "rate_events",
    "ration_notices",
    "recording_references",
    "recordings",
    "rejections",
    "released_articles",
    "revisits",
    "saved_articles",
    "schedules",
    "shown_menus",
    "source_texts",
    "stopped_subscriptions",
    "stored_settings",
    "submissions",
    "subscriptions",
    "topic_approvals",
    "turned_away",
    "updates",
    "uploads",
    "usual_approval",
    "weekly_reports",
]

topics = Table(
    "topics",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("names", Json, nullable=False),
    Column("descriptions", Json, nullable=False),
    Column("hashtag", Text, nullable=False),
    Column("members_only", Boolean, nullable=False),
    # Whether all of its news is urgent, and the words that make an article so, each as a filter.
    Column("urgent", Boolean, nullable=False),
    Column("urgent_words", Json, nullable=False),
    Column("retired", Boolean, nullable=False),
)

# The topics whose subscribers are told when a source of it is down for long. A table of its own, since SQLite
# cannot add a column to one that others refer to without making it anew.
outage_topics = Table(
    "outage_topics",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
)

# How messages about a topic address the reader, for those that have a form of their own.
topic_addresses = Table(
    "topic_addresses",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("address", Text, nullable=False),
)

# The topics that have ended: what was offered instead, and the notice that told who subscribed to them.
ended_topics = Table(
    "ended_topics",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("offered_id", Text, ForeignKey("topics.id")),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("ended_at", Moment, nullable=False),
)

# The topics that a command or the console has defined; feeds.toml defines all others. See `outage_topics`.
added_topics = Table(
    "added_topics",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
)

# The topics that are being merged into others: who subscribes is moved once all are owed what was published.
topic_merges = Table(
    "topic_merges",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("into_id", Text, ForeignKey("topics.id"), nullable=False),
    Column("began_at", Moment, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("topic_id", Text, ForeignKey("topics.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("interval_seconds", Integer, nullable=False),
    Column("preset", Text),
    Column("listing", Json, nullable=False),
    Column("page", Json, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("ca_bundle", Text),
    Column("adapts", Boolean, nullable=False),
    Column("origin", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("first_polled_at", Moment),
    Column("last_polled_at", Moment),
    Column("last_article_at", Moment),
    Column("last_error", Words),
    Column("last_error_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("next_poll_at", Moment, nullable=False),
    Column("lease_owner", Text),
    Column("leased_until", Moment),
)

feed_poll_stats = Table(
    "feed_poll_stats",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("min_interval_seconds", Integer),
    Column("usual_gap_seconds", Integer),
    Column("changed_at", Moment),
)

# The newest polls of each feed.
feed_polls = Table(
    "feed_polls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("result", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("took_ms", Integer, nullable=False),
    Column("error", Words),
    Index("ix_feed_polls_of_feed", "feed_id", "id"),
)

feed_volumes = Table(
    "feed_volumes",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("usual_thousandths", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("began_at", Moment),
    Column("taken", Integer, nullable=False),
    Column("emptied_at", Moment),
)

feed_hubs = Table(
    "feed_hubs",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("token", Text, nullable=False, unique=True),
    Column("secret", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ask_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("pinged_at", Moment),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("body", Json, nullable=False),
    Column("photos", Json, nullable=False),
    Column("published_at", Moment),
    Column("date_precision", Text),
    Column("attachments", Json, nullable=False),
    Column("author", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("photo_key", Text, ForeignKey("photos.key"), index=True),
    # How often its words have changed since it was first sent, and when the agency took it down.
    Column("revision", Integer, nullable=False),
    Column("withdrawn_at", Moment),
    # Where it stands among the others: as published, but never in the future, since feeds lie about dates.
    Column("ranked_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    # How the body is laid out; without it, its paragraphs are all there is.
    Column("blocks", Json),
    # Of which followed page it is a notice.
    Column("followed_page_id", Id),
    Index("ix_articles_ranked", "ranked_at", "id"),
    # An id is never given out again: deliveries and messages in flight may still name it.
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id"), primary_key=True),
    Column("identity", Text, primary_key=True),
    Column("first_seen_at", Moment, nullable=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("update_offset", BigInteger),
    Column("updates_polled_at", Moment),
    Column("created_at", Moment, nullable=False),
    # When the platform first refused a full text as one message; it is not asked again.
    Column("whole_text_refused_at", Moment),
)

chats = Table(
    "chats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("chat", Text, nullable=False),
    # '' is the chat itself: a NULL would not take part in the unique constraint.
    Column("thread", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Words),
    Column("language", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("off_reason", Words),
    Column("consent_version", Text),
    Column("consent_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "chat", "thread"),
    sqlite_autoincrement=True,
)

# Groups and channels are few among a million chats.
SHARED = chats.c.kind != literal_column("'private'")
Index("ix_chats_shared", chats.c.title, chats.c.id, sqlite_where=SHARED, postgresql_where=SHARED)


def deliveries_of(chat_id: int) -> ColumnElement[bool]:
    """Return the condition that picks every delivery of a chat.

    It asks article by article, by the unique key: an index by chat of all that was ever settled would cost
    each fan-out more than it is worth to the rare occasions that ask this.
    """
    return deliveries.c.article_id.in_(select(articles.c.id)) & (deliveries.c.chat_id == chat_id)

"""The tables of who gets in: programs by a key of the API, those who manage by a link into the console."""

from sqlalchemy import Column, ForeignKey, Table, Text

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Json, Moment, Words

# A key that was revoked stays, for the audit log names it.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    # The first characters of the token, and its SHA-256 in hex.
    Column("prefix", Text, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("scopes", Json, nullable=False),
    # The ids of the topics that it is for; none where it is for all.
    Column("topics", Json),
    Column("created_at", Moment, nullable=False),
    # A date of Viet Nam, as 2017-08-16: one write a day.
    Column("last_used_on", Text),
    Column("revoked_at", Moment),
    # The number of a key is never given to another one.
    sqlite_autoincrement=True,
)

submissions = Table(
    "submissions",
    metadata,
    Column("api_key_id", Id, ForeignKey("api_keys.id"), primary_key=True),
    # SHA-256, in hex, of the idempotency key, and of the body that came with it.
    Column("idempotency_key", Text, primary_key=True),
    Column("body_hash", Text, nullable=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    # One of bot.domain.publication.submission.SubmissionOutcome: a repetition is answered as the first was.
    Column("outcome", Text, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

# One a person: who asks for another one has no use for the first any more. Of a token there is only its hash.
console_links = Table(
    "console_links",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("device", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    # The number of one that is over stands in the audit log, and is no other one's.
    sqlite_autoincrement=True,
)

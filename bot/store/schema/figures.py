"""The tables of the daily figures: of topics and accounts, and never about a person."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from bot.domain.desk.figures import BOUNDS
from bot.store.schema.metadata import metadata

# No foreign keys: what was counted stays counted. The day is one of Viet Nam, as 2026-11-27. The account is
# '' for what concerns them all.
daily_figures = Table(
    "daily_figures",
    metadata,
    Column("day", Text, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("subscribed", Integer, nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("released", Integer, nullable=False),
    # How many messages at once were accepted so soon, in classes of bot.domain.desk.figures.BOUNDS, and how
    # many milliseconds the slowest took.
    *(Column(f"waits_{number}", Integer, nullable=False) for number in range(len(BOUNDS) + 1)),
    Column("longest_wait", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

WAITS = tuple(daily_figures.c[f"waits_{number}"] for number in range(len(BOUNDS) + 1))

# What is counted by its reason: subscriptions that ended, and deliveries that failed.
daily_reasons = Table(
    "daily_reasons",
    metadata,
    Column("day", Text, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("figure", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Which weekly figures have been sent to the owners of an account, by the Monday on which they are due.
weekly_reports = Table(
    "weekly_reports",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("day", Text, primary_key=True),
)

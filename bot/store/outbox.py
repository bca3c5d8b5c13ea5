"""The outbox: all deliveries. What is owed, how much of it, and how it ended."""

from bot.store.backlog import Backlog, backlog, counts, lost_answers
from bot.store.claiming import Claimed, claim
from bot.store.delivering import inherit, release
from bot.store.ended import (
    Ended,
    FailureGroup,
    ended,
    failed_out_of_reach,
    failure_groups,
    failures,
    retry,
    retry_some,
)
from bot.store.fanout import FANOUT_SLICE, continue_fanouts, enqueue
from bot.store.settling import settle

__all__ = [
    "FANOUT_SLICE",
    "Backlog",
    "Claimed",
    "Ended",
    "FailureGroup",
    "backlog",
    "claim",
    "continue_fanouts",
    "counts",
    "ended",
    "enqueue",
    "failed_out_of_reach",
    "failure_groups",
    "failures",
    "inherit",
    "lost_answers",
    "release",
    "retry",
    "retry_some",
    "settle",
]

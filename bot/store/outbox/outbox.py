"""What senders, fan-out and commands do with the outbox, in one place."""

from bot.store.outbox.claims import Claimant, Claimed, claim
from bot.store.outbox.fanout import FANOUT_SLICE, NewFanout, continue_fanouts, enqueue
from bot.store.outbox.figures import Backlog, backlog, counts, lost_answers
from bot.store.outbox.history import (
    EndedDelivery,
    FailureGroup,
    ended,
    failed_out_of_reach,
    failed_within_reach,
    failure_groups,
    failures,
    retry,
    retry_some,
)
from bot.store.outbox.release import inherit, release
from bot.store.outbox.settlement import SettledGroup, settle

__all__ = [
    "FANOUT_SLICE",
    "Backlog",
    "Claimant",
    "Claimed",
    "EndedDelivery",
    "FailureGroup",
    "NewFanout",
    "SettledGroup",
    "backlog",
    "claim",
    "continue_fanouts",
    "counts",
    "ended",
    "enqueue",
    "failed_out_of_reach",
    "failed_within_reach",
    "failure_groups",
    "failures",
    "inherit",
    "lost_answers",
    "release",
    "retry",
    "retry_some",
    "settle",
]

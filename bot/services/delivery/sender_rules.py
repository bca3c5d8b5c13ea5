"""How a sender works."""

from dataclasses import dataclass, field

from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.sliding_window import Window

FIRST_CLAIM = 10
"""Deliveries that a sender claims before it has had an answer."""


@dataclass(slots=True)
class SenderRules:
    """The spans of a sender, in seconds, and what else it goes by.

    *lease* is for how long a claimed delivery is ours; nothing is sent in its last *send_within*, so it must
    be longer than twice that. *ahead* is how much work is claimed in advance, *look_every* how often an idle
    sender looks for more. Nothing more is sent while as much as goes out in *unsettled_for* waits to be
    written down. At the end requests in flight are waited for *stop_within*, the database as long as
    *settle_within*. What an earlier sender had claimed is taken over after *inherit_after*: where machines
    share a database, it may only have stalled, and know yet what became of the requests that it had begun.
    An article is stopped once more than *malformed_share* of its messages are refused as malformed.
    *usual* is what a chat prefers that has not said anything else. The last two may change while it works.
    """

    lease: float = 180.0
    send_within: float = 75.0
    ahead: float = 2.0
    look_every: float = 5.0
    unsettled_for: float = 0.1
    stop_within: float = 3.5
    settle_within: float = 1.5
    inherit_after: float = 10.0
    malformed_share: float = 0.2
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    usual: Preferences = field(default_factory=Preferences)

    def claimed_ahead(self, account: Window, answered: int) -> int:
        """Return how many deliveries may be claimed and not yet sent, once *answered* requests were.

        A sender begins with few. Else one that dies again and again soon after its start would claim the
        same thousands each time, until those that it never came to look like what kills it.
        """
        return min(
            max(FIRST_CLAIM, round(self.ahead * account.limit / account.period)), FIRST_CLAIM + 2 * answered
        )

    def unsettled(self, account: Window) -> int:
        """Return how many deliveries may have been answered and not yet written down."""
        return max(FIRST_CLAIM, round(self.unsettled_for * account.limit / account.period))

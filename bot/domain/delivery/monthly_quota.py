"""How many messages a platform's plan takes in a month, and what of it is kept for answers."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.clock import VIETNAM

KEPT_FOR_ANSWERS = 0.2
"""A share of the month: who writes to us is answered when the news has taken all the rest."""


@dataclass(frozen=True, slots=True)
class MonthlyQuota:
    """At most *messages* in any month of Viet Nam's calendar."""

    messages: int

    def limit(self, *, answers: bool) -> int:
        """Return up to which count of the month *answers* may go, or news."""
        if answers:
            return self.messages
        return self.messages - round(self.messages * KEPT_FOR_ANSWERS)


def month_of(moment: datetime) -> str:
    """Return the month as it is stored, for example 2026-11."""
    return moment.astimezone(VIETNAM).strftime("%Y-%m")


def month_after(moment: datetime) -> datetime:
    """Return when the next month begins."""
    local = moment.astimezone(VIETNAM)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return local.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)

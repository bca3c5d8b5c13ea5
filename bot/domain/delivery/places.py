"""How many persons a platform's plan lets us write to, and how many wait for one of them to leave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a plan as we know them: the platform does not tell who has one.

    *used* counts the persons who subscribe and may be written to, *held* those who may not be until they
    write again. *turned_away* is how often in this month somebody who is not stored could not be answered.
    """

    users: int
    used: int = 0
    held: int = 0
    turned_away: int = 0

    @property
    def waiting(self) -> int:
        """Return how many wait for a place. Where one is free, the platform holds them for another reason."""
        return self.held if self.used >= self.users else 0

    @property
    def are_too_few(self) -> bool:
        return self.waiting > 0 or self.turned_away > 0

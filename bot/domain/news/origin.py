"""Where a topic or a feed is defined: in one place alone, which is where it is changed."""

from enum import StrEnum


class Origin(StrEnum):
    """Who defines a topic or a feed: feeds.toml, which may retire it, or a command or the console.

    What those define lives in the database.
    """

    CONFIGURED = "configured"
    ADDED = "added"

    @property
    def place(self) -> str:
        """Return where it is defined, in plain English."""
        return "database" if self.is_ours else "feeds.toml"

    @property
    def is_ours(self) -> bool:
        """Return whether it is changed here; otherwise feeds.toml is edited."""
        return self is Origin.ADDED

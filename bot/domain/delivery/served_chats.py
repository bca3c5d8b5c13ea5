"""Who gets anything from an account: everybody, or, in a test installation, those alone who are listed."""

from dataclasses import dataclass

from bot.domain.chats.chat import Address


@dataclass(frozen=True, slots=True)
class ServedChats:
    """*listed* holds ids of chats on the platform of one account; with None nobody is left out.

    *owners* are persons who answer for the service: unless they are listed, they get no news, and are still
    told what they must know.
    """

    listed: frozenset[str] | None = None
    owners: frozenset[str] = frozenset()

    @property
    def is_limited(self) -> bool:
        return self.listed is not None

    def gets_news(self, address: Address) -> bool:
        return self.listed is None or address.chat in self.listed

    def is_told(self, address: Address) -> bool:
        """Return whether something may be said to *address* that was not asked for there."""
        return self.gets_news(address) or address.chat in self.owners


EVERYBODY = ServedChats()

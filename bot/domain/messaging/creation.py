"""What is remembered of a page that is being created: neither step of it can be told from a second one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Creation:
    """A page that was begun. *token* names it while the platform works on it, *page* once it is there.

    Without either the request was begun and nobody knows what became of it.
    """

    key: str
    title: str
    begun_at: datetime
    token: str | None = None
    page: str | None = None


class Creations(Protocol):
    """The pages of one account that were begun, each under the *key* of its article."""

    async def find(self, key: str) -> Creation | None: ...

    async def begin(self, key: str, title: str) -> None:
        """Note that the page is about to be created, whatever was known of it before."""

    async def note_token(self, key: str, token: str) -> None: ...

    async def note_page(self, key: str, page: str) -> None: ...

    async def forget(self, key: str) -> None:
        """Forget the page: it was certainly not created."""

    async def are_ours(self, pages: list[str]) -> frozenset[str]:
        """Return those of *pages*, ids of the platform, that are known to be some article's."""

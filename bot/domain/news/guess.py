"""What was found out about an address although nobody had said it, and what is doubtful about its list."""

from dataclasses import dataclass
from enum import StrEnum


class GuessCode(StrEnum):
    """ELSEWHERE: the page named a feed. PRESET: a portal was recognised. ITEMS: links that look like news.
    ITEMS_OF_PRESET: the items that a preset selects. UNDATED, UNLINKED: entries without a date or a link.
    """

    ELSEWHERE = "elsewhere"
    PRESET = "preset"
    ITEMS = "items"
    ITEMS_OF_PRESET = "items-of-preset"
    UNDATED = "undated"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Guess:
    """One guess: *what* was found, of the *total* or the preset where its sentence names that."""

    code: GuessCode
    what: str = ""
    total: str = ""

    def __str__(self) -> str:
        return _SAID[self.code].format(what=self.what, total=self.total)


_SAID = {
    GuessCode.ELSEWHERE: "the address is a page; what it lists is read from {what}, which it names",
    GuessCode.PRESET: "preset {what}, recognised by the page's markup",
    GuessCode.ITEMS: "items: the repeated block of links with the most text, since no selector fits",
    GuessCode.ITEMS_OF_PRESET: "items: {what}, from the preset {total}",
    GuessCode.UNDATED: "{what} of {total} entries have no readable date",
    GuessCode.UNLINKED: "{what} of {total} entries have no link",
}

"""What can be made to go wrong with the sample site."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

MAINTENANCE = (
    "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>Bảo trì hệ thống</title></head>"
    "<body><h1>Hệ thống đang bảo trì</h1><p>Xin vui lòng quay lại sau ít phút.</p></body></html>"
)


class Fault(StrEnum):
    """DOWN and SLOW concern every address, EMPTY feeds and listings, the others what they name."""

    DOWN = "down"
    SLOW = "slow"
    HTML_INSTEAD_OF_FEED = "html-instead-of-feed"
    EMPTY = "empty"
    PAGE_500 = "page-500"

    def concerns(self, part: str) -> bool:
        match self:
            case Fault.DOWN | Fault.SLOW:
                return True
            case Fault.HTML_INSTEAD_OF_FEED:
                return part == "feed"
            case Fault.EMPTY:
                return part in ("feed", "listing")
            case Fault.PAGE_500:
                return part == "article"


@dataclass(slots=True)
class Trouble:
    """A fault that is switched on, for the next *times* requests that it concerns, or for good."""

    fault: Fault
    times: int | None = None
    seconds: float = 5.0

    @classmethod
    def read(cls, wanted: Mapping[str, Any]) -> Self:
        """Read what a client asked for. Raises ValueError where that makes no sense."""
        times = wanted.get("times")
        return cls(
            Fault(wanted.get("fault", "")),
            None if times is None else int(times),
            float(wanted.get("seconds", 5)),
        )

    def strikes(self, part: str) -> bool:
        """Tell whether a request for *part* meets this fault, and count it."""
        if not self.fault.concerns(part) or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True

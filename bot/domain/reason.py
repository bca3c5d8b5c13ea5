"""Why something failed that is not in our hands, by a code that each language has words for.

Other programs explain themselves in English, or not at all. What they say is kept beside the code, for the
log and the command line; a person reads it only where no code says it better. A reason is stored as one line
of text, `[code key=value …] their words`. One that was stored without a code keeps its words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class ReasonCode(StrEnum):
    """What can be told apart, and needs other words. OTHER is whatever nobody has given a code yet."""

    HOST_UNKNOWN = "host-unknown"
    UNREACHABLE = "unreachable"
    NO_ANSWER = "no-answer"
    BROKEN_OFF = "broken-off"
    INSECURE = "insecure"
    SITE_TROUBLE = "site-trouble"
    PAGE_MISSING = "page-missing"
    ACCESS_REFUSED = "access-refused"
    ASKED_TOO_OFTEN = "asked-too-often"
    ODD_ANSWER = "odd-answer"
    BAD_ADDRESS = "bad-address"
    EMPTY = "empty"
    NO_FEED = "no-feed"
    NOTHING_LISTED = "nothing-listed"
    TOO_LARGE = "too-large"
    OUR_FAULT = "our-fault"
    MESSAGE_REFUSED = "message-refused"
    CHAT_CLOSED = "chat-closed"
    TOPIC_CLOSED = "topic-closed"
    TOO_OLD = "too-old"
    GIVEN_UP = "given-up"
    NO_EDITS = "no-edits"
    NO_MESSAGES_LEFT = "no-messages-left"
    NOT_WANTED = "not-wanted"
    DRY_RUN = "dry-run"
    TEST_ONLY = "test-only"
    NO_UPDATES = "no-updates"
    ACCOUNT_REFUSED = "account-refused"
    DATABASE = "database"
    OTHER = "other"


_STORED = re.compile(r"\[([a-z-]{1,40})((?: [a-z]{1,20}=[^\s\]=]{1,100}){0,5})\] ?")
_UNFIT = re.compile(r"[\s\]=]")


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, the *words* of whoever said so, in English, and the few *details* that a sentence names."""

    code: ReasonCode
    words: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: str) -> Self:
        """Return the reason that was stored, with or without a code."""
        found = _STORED.match(stored)
        if found is None or found[1] not in set(ReasonCode):
            return cls(ReasonCode.OTHER, stored)
        details = dict(part.split("=", 1) for part in found[2].split())
        return cls(ReasonCode(found[1]), stored[found.end() :], details)

    def stored(self) -> str:
        """Return the reason as it is stored; a detail that does not fit is left out."""
        if self.code is ReasonCode.OTHER:
            return self.words
        details = {
            name: value
            for name, value in self.details.items()
            if 0 < len(value) <= _LONGEST and not _UNFIT.search(value)
        }
        head = " ".join((self.code, *(f"{name}={value}" for name, value in details.items())))
        return f"[{head}] {self.words}"

    def __str__(self) -> str:
        return self.words


_LONGEST = 100

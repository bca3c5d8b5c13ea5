"""The forecast: what will become of a content if it is released now, before it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.chats.preferences import MessageOptions, Preferences, manner
from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import Owed, Pauses

_UNSAVED = ArticleId(0)


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """So many *chats* of one account that would be owed it by one topic, on the same terms.

    They get it in a digest that is due at *due_at*, or at once if it is None. One that *waits* may not be
    written to before it has written again. Without *preferences* they prefer what is usual.
    """

    account: AccountId
    topic: TopicId
    chats: int
    due_at: datetime | None
    urgent: bool
    waits: bool
    preferences: Preferences | None


@dataclass(frozen=True, slots=True)
class SendingTerms:
    """How an account sends: *spacing* seconds lie between two messages. *ration* is how many news may still
    come at once today, where a month's messages are counted; news that are urgent need none of it.
    """

    spacing: float
    ration: int | None = None


@dataclass(frozen=True, slots=True)
class AccountForecast:
    """What becomes of it for the chats of one account; each of them is counted once.

    *silent* is how many of those who get it *at_once* hear no sound; *held* and *digests* are by the moment
    at which they get it; *rationed* is how many get it in their next digest, since the day's ration is spent.
    *filtered* is how many their own filter keeps from getting it, *paused* how many get it when a pause ends,
    *waiting* how many must write to us before. *takes* is how long it takes to send what goes at once.
    """

    account: AccountId
    at_once: int = 0
    silent: int = 0
    rationed: int = 0
    held: Mapping[datetime, int] = field(default_factory=dict)
    digests: Mapping[datetime, int] = field(default_factory=dict)
    filtered: int = 0
    paused: int = 0
    waiting: int = 0
    takes: timedelta = timedelta(0)

    @property
    def reached(self) -> int:
        """Return how many chats get it, at some time."""
        later = sum(self.held.values()) + sum(self.digests.values())
        return self.at_once + self.rationed + later + self.paused + self.waiting


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else a forecast goes by: the time, what is usually preferred, what is paused, and how each account
    sends, as far as that is known.
    """

    now: datetime
    usual: Preferences
    pauses: Pauses
    terms: Mapping[AccountId, SendingTerms]


def forecast(
    groups: Iterable[OwedGroup], subscribers: Mapping[AccountId, int], around: Circumstances
) -> tuple[AccountForecast, ...]:
    """Return what becomes of it on each account, by the *groups* that would be owed it now.

    *subscribers* is how many chats of each account subscribe to any of its topics.
    """
    of_account: dict[AccountId, list[OwedGroup]] = {account: [] for account in sorted(subscribers)}
    for group in groups:
        of_account[group.account].append(group)
    return tuple(
        _of_account(account, theirs, subscribers[account], around) for account, theirs in of_account.items()
    )


def _of_account(
    account: AccountId, groups: list[OwedGroup], subscribers: int, around: Circumstances
) -> AccountForecast:
    terms = around.terms.get(account, SendingTerms(0.0))
    paused = waiting = urgent = ordinary = silent = 0
    held: Counter[datetime] = Counter()
    digests: Counter[datetime] = Counter()
    for group in groups:
        if around.pauses.holding(Owed(account, group.topic, _UNSAVED)):
            paused += group.chats
        elif group.waits:
            waiting += group.chats
        elif group.due_at is not None:
            digests[group.due_at] += group.chats
        elif isinstance(how := _manner(group, around), datetime):
            held[how] += group.chats
        else:
            silent += group.chats if how.silent else 0
            urgent += group.chats if group.urgent else 0
            ordinary += 0 if group.urgent else group.chats
    rationed = 0 if terms.ration is None else max(0, ordinary - terms.ration)
    at_once = urgent + ordinary - rationed
    return AccountForecast(
        account=account,
        at_once=at_once,
        silent=min(silent, at_once),
        rationed=rationed,
        held=dict(sorted(held.items())),
        digests=dict(sorted(digests.items())),
        filtered=subscribers - sum(group.chats for group in groups),
        paused=paused,
        waiting=waiting,
        takes=timedelta(seconds=at_once * terms.spacing),
    )


def _manner(group: OwedGroup, around: Circumstances) -> MessageOptions | datetime:
    return manner(group.preferences or around.usual, around.now, urgent=group.urgent)

"""The figures of some days and topics, as whoever shows them reads them: in sums, each as it may be said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.figures import Counts, Tally
from bot.domain.desk.roles import Authority
from bot.domain.news.feed import Topic
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.figures.reading import By, counts


@dataclass(frozen=True, slots=True)
class DailyFigures:
    """What was counted on *days* for *topics*: in all, on each day, and for each topic.

    A `Tally` says no figure that might tell of whom it is: it can be shown as it is to whoever may see the
    topics. What is *guarded* is of members-only topics, by day and topic.
    """

    days: tuple[date, ...]
    topics: tuple[Topic, ...]
    of_days: tuple[Counts, ...]
    of_topics: tuple[Counts, ...]
    guarded: tuple[Counts, ...]

    @property
    def has_guarded(self) -> bool:
        return any(topic.members_only for topic in self.topics)

    def total(self) -> Tally:
        return Tally.of(self.of_topics, self.guarded)

    def by_day(self, days_together: int = 1) -> tuple[tuple[date, Tally], ...]:
        """Return the figures of each day, also where there are none, or of so many days together.

        They are named by their first day, and the first ones may be fewer.
        """
        plain, guarded = _by_day(self.of_days), _by_day(self.guarded)
        ends = range(len(self.days), 0, -days_together)
        spans = [self.days[max(0, end - days_together) : end] for end in ends]
        return tuple(
            (span[0], Tally.of(_of_span(plain, span), _of_span(guarded, span))) for span in reversed(spans)
        )

    def by_topic(self) -> tuple[tuple[Topic, Tally], ...]:
        """Return the figures of each topic, also where there are none."""
        plain = {each.topic: [each] for each in self.of_topics}
        guarded: defaultdict[TopicId | None, list[Counts]] = defaultdict(list)
        for each in self.guarded:
            guarded[each.topic].append(each)
        return tuple(
            (topic, Tally.of(plain.get(topic.id, ()), guarded.get(topic.id, ()))) for topic in self.topics
        )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What was counted on a day for a topic on one *account*; None is what concerns no one account.

    Of a members-only topic the accounts are not told apart.
    """

    day: date
    topic: Topic
    account: AccountId | None
    tally: Tally


async def figures_of(tx: Transaction, days: Sequence[date], topics: Sequence[Topic]) -> DailyFigures:
    """Return the figures of *topics* on *days*, which follow one another (`days_until`).

    What a command shows, a page of the console and the weekly message are made of it.
    """
    plain, guarded = _apart(topics)
    return DailyFigures(
        tuple(days),
        tuple(topics),
        of_days=tuple(await counts(tx, days, plain, (By.DAY,))),
        of_topics=tuple(await counts(tx, days, plain, (By.TOPIC,))),
        guarded=tuple(await counts(tx, days, guarded, (By.DAY, By.TOPIC))),
    )


async def figure_rows(
    tx: Transaction, days: Sequence[date], topics: Sequence[Topic]
) -> tuple[FigureRow, ...]:
    """Return the figures by day, topic and account, for a table; there is none of what was not counted."""
    named = {topic.id: topic for topic in topics}
    plain, guarded = _apart(topics)
    apart = [
        *((each, Tally.of([each])) for each in await counts(tx, days, plain, tuple(By))),
        *((each, Tally.of((), [each])) for each in await counts(tx, days, guarded, (By.DAY, By.TOPIC))),
    ]
    rows = [
        FigureRow(each.day, named[each.topic], each.account or None, tally)
        for each, tally in apart
        if each.day and each.topic
    ]
    place = {topic.id: place for place, topic in enumerate(topics)}
    return tuple(sorted(rows, key=lambda row: (row.day, place[row.topic.id], row.account or "")))


async def topics_seen_by(tx: Transaction, authority: Authority) -> tuple[Topic, ...]:
    """Return the topics whose figures somebody with that *authority* may see."""
    return await feeds.topics(tx, only=authority.seen)


def _apart(topics: Iterable[Topic]) -> tuple[list[TopicId], list[TopicId]]:
    """Return those of *topics* that are for all, and those that are for members only."""
    plain = [topic.id for topic in topics if not topic.members_only]
    return plain, [topic.id for topic in topics if topic.members_only]


def _by_day(found: Iterable[Counts]) -> defaultdict[date | None, list[Counts]]:
    days: defaultdict[date | None, list[Counts]] = defaultdict(list)
    for each in found:
        days[each.day].append(each)
    return days


def _of_span(days: dict[date | None, list[Counts]], span: Iterable[date]) -> list[Counts]:
    return [each for day in span for each in days.get(day, ())]

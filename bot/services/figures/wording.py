"""Figures in words: the one place where each is said as it may be."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.chats.message import RichText, bold, plain
from bot.domain.desk.figures import FEW, Amount, Figure, Tally, Waits
from bot.i18n import Translator, moments
from bot.services.figures.figures import DailyFigures

_LISTED = 20
"""How many topics are named; the others are counted."""

_REASONS = 3
"""How many reasons of one figure are said, the commonest first."""

_REASON_TEXTS = {Figure.FAILED: "figures-failed-reason", Figure.ENDED: "figures-ended-reason"}

_UNITS = (
    ("days", timedelta(days=1)),
    ("hours", timedelta(hours=1)),
    ("minutes", timedelta(minutes=1)),
    ("seconds", timedelta(seconds=1)),
)


def title(translator: Translator, language: str, figures: DailyFigures, *, is_weekly: bool) -> str:
    """Return the heading of *figures*: of how many days they are, and which."""
    return translator.text(
        language,
        "figures-title",
        weekly="yes" if is_weekly else "no",
        days=len(figures.days),
        since=moments.date(translator, language, figures.days[0]),
        till=moments.date(translator, language, figures.days[-1]),
    )


def worded(translator: Translator, language: str, amount: Amount) -> str:
    """Return one figure, as it may be said."""
    if amount.is_exact:
        return translator.text(language, "figure", said="exactly", number=amount.at_least)
    if amount.at_least:
        return translator.text(language, "figure", said="least", number=amount.at_least)
    return translator.text(language, "figure", said="few", number=FEW)


def summary(
    translator: Translator, language: str, figures: DailyFigures, *, is_weekly: bool = False
) -> tuple[RichText, ...]:
    """Return *figures* as the paragraphs of a message, which says all that its pictures show."""
    heading = (bold(title(translator, language, figures, is_weekly=is_weekly)),)
    total = figures.total()
    if not total.is_something:
        return heading, (plain(translator.text(language, "figures-nothing")),)
    lines = "\n".join(_in_all(translator, language, total))
    waits = waits_within(translator, language, total.waits)
    topics = "\n".join(_of_topics(translator, language, figures))
    note = translator.text(language, "figures-few") if figures.has_guarded else ""
    return heading, *((plain(text),) for text in (lines, waits, topics, note) if text)


def _in_all(translator: Translator, language: str, total: Tally) -> Iterator[str]:
    for key, figure in (
        ("figures-released", Figure.RELEASED),
        ("figures-sent", Figure.DELIVERED),
        ("figures-corrected", Figure.CORRECTED),
        ("figures-failed", Figure.FAILED),
        ("figures-subscribed", Figure.SUBSCRIBED),
        ("figures-ended", Figure.ENDED),
    ):
        yield translator.text(language, key, number=worded(translator, language, total[figure]))
        yield from (f"– {line}" for line in reasons(translator, language, total, figure))


def reasons(translator: Translator, language: str, tally: Tally, figure: Figure) -> Iterator[str]:
    """Say of what a figure that is counted by its reason is made, the commonest first; of others, nothing."""
    if figure not in _REASON_TEXTS:
        return
    for reason, amount in tally.by_reason(figure)[:_REASONS]:
        number = worded(translator, language, amount)
        yield translator.text(language, _REASON_TEXTS[figure], reason=reason, number=number)


def waits_within(translator: Translator, language: str, waits: Waits) -> str:
    """Say how long messages took to be accepted; nothing where there were none."""
    half, most = waits.within(0.5), waits.within(0.95)
    if half is None or most is None:
        return ""
    return translator.text(
        language,
        "figures-waits",
        half=span(translator, language, half),
        most=span(translator, language, most),
        longest=span(translator, language, waits.longest),
    )


def span(translator: Translator, language: str, wait: timedelta) -> str:
    """Return *wait* in its largest unit that is full, rounded upwards: it is never said to be shorter."""
    unit, length = next(
        ((unit, length) for unit, length in _UNITS if wait >= length), ("seconds", timedelta(seconds=1))
    )
    return translator.text(language, "figures-span", unit=unit, count=-(-wait // length))


def _of_topics(translator: Translator, language: str, figures: DailyFigures) -> Iterator[str]:
    if len(figures.topics) == 1:
        return
    named = (Figure.RELEASED, Figure.DELIVERED, Figure.SUBSCRIBED, Figure.ENDED)
    busy = [
        (topic, tally)
        for topic, tally in figures.by_topic()
        if any(tally[figure].said or tally[figure].hidden for figure in named)
    ]
    for topic, tally in busy[:_LISTED]:
        yield translator.text(
            language,
            "figures-topic",
            topic=topic.name(language),
            released=worded(translator, language, tally[Figure.RELEASED]),
            delivered=worded(translator, language, tally[Figure.DELIVERED]),
            subscribed=worded(translator, language, tally[Figure.SUBSCRIBED]),
            ended=worded(translator, language, tally[Figure.ENDED]),
        )
    if len(busy) > _LISTED:
        yield translator.text(language, "figures-more", count=len(busy) - _LISTED)

"""Figures as a table: a row for each day, topic and account, for spreadsheets and for other programs."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta

from bot.domain.desk.figures import Figure
from bot.services.figures.figures import FigureRow

_MILLISECOND = timedelta(milliseconds=1)

FigureCells = dict[str, str | int | float | None]
"""The cells of a row by their heads: a figure that may be said exactly is a number, any other one a text."""

_SHOWN = (
    Figure.RELEASED,
    Figure.DELIVERED,
    Figure.CORRECTED,
    Figure.FAILED,
    Figure.SUBSCRIBED,
    Figure.ENDED,
)


def cells(row: FigureRow) -> FigureCells:
    """Return a row by its heads, which are the same for all; waits are in seconds."""
    tally = row.tally
    return {
        "day": row.day.isoformat(),
        "topic": row.topic.id,
        "account": row.account,
        **{figure.value: tally[figure].told for figure in _SHOWN},
        "failed_because": _reasons(row, Figure.FAILED),
        "ended_because": _reasons(row, Figure.ENDED),
        "half_accepted_within": _seconds(tally.waits.within(0.5)),
        "95_percent_accepted_within": _seconds(tally.waits.within(0.95)),
        "slowest_accepted_within": _seconds(tally.waits.within(1)),
    }


def csv_text(rows: Iterable[FigureRow]) -> str:
    """Return *rows* as CSV (RFC 4180) below their heads, which are there without any row, too."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(HEADS)
    for row in rows:
        found = cells(row)
        out.writerow(["" if found[head] is None else found[head] for head in HEADS])
    return text.getvalue()


HEADS = (
    "day",
    "topic",
    "account",
    *(figure.value for figure in _SHOWN),
    "failed_because",
    "ended_because",
    "half_accepted_within",
    "95_percent_accepted_within",
    "slowest_accepted_within",
)


def _reasons(row: FigureRow, figure: Figure) -> str | None:
    """Return the parts of a figure as one text: the code of each reason with its number."""
    return ", ".join(f"{reason}={amount}" for reason, amount in row.tally.by_reason(figure)) or None


def _seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else wait // _MILLISECOND / 1000

"""Figures: what was sent and who subscribed, without tracking; in charts, as tables and as CSV."""

from bot.domain.desk.figures import MOST_DAYS, Amount, Figure, Tally, days_until
from bot.domain.desk.roles import Right
from bot.i18n import moments
from bot.services.figures.charts import NARROW, WIDTH, Chart, svg
from bot.services.figures.drawing import CHARTS, charts_of
from bot.services.figures.figures import DailyFigures, figure_rows, figures_of, topics_seen_by
from bot.services.figures.table import csv_text
from bot.services.figures.wording import reasons, title, waits_within, worded
from bot.web.console.routes import shows
from bot.web.console.visit import Download, PageView, Visit, gone

_USUAL_DAYS = 30
_OFFERED = (7, _USUAL_DAYS, 90, 365)

_SHOWN = (
    Figure.RELEASED,
    Figure.DELIVERED,
    Figure.CORRECTED,
    Figure.FAILED,
    Figure.SUBSCRIBED,
    Figure.ENDED,
)


async def show(visit: Visit) -> PageView:
    figures = await _figures(visit)
    total = figures.total()
    translator, language = visit.console.translator, visit.language
    values = {
        "days": len(figures.days),
        "offered": _OFFERED,
        "title": title(translator, language, figures, is_weekly=False),
        "is_something": total.is_something,
        "shown": _SHOWN,
        "totals": _words(visit, total),
        "reasons": [
            (figure, lines)
            for figure in _SHOWN
            if (lines := list(reasons(translator, language, total, figure)))
        ],
        "waits": waits_within(translator, language, total.waits),
        "charts": [(name, chart.title) for name, chart in _charts(visit, figures).items()],
        "has_guarded": figures.has_guarded,
        "tables": [
            ("topic", [(topic.name(language), _words(visit, tally)) for topic, tally in figures.by_topic()]),
            (
                "day",
                [
                    (moments.date(translator, language, day), _words(visit, tally))
                    for day, tally in reversed(figures.by_day())
                ],
            ),
        ],
    }
    return PageView("figures.html", values)


async def show_chart(visit: Visit) -> Download:
    """Draw one of the charts, for a wide screen or a phone."""
    name = visit.arguments["chart"]
    if name not in CHARTS:
        raise gone()
    chart = _charts(visit, await _figures(visit))[name]
    width = NARROW if visit.query.value("size") == "narrow" else WIDTH
    return Download(svg(chart, width).encode(), "image/svg+xml")


async def export(visit: Visit) -> Download:
    """Return a row for each day, topic and account, as `bantin stats` prints them."""
    topics = await topics_seen_by(visit.tx, visit.authority)
    rows = await figure_rows(visit.tx, days_until(visit.now, _days(visit)), topics)
    # Spreadsheets take a file for UTF-8 if it begins with a mark of the byte order.
    return Download(f"\ufeff{csv_text(rows)}".encode(), "text/csv; charset=utf-8", "so-lieu.csv")


async def _figures(visit: Visit) -> DailyFigures:
    """Return the figures of the topics that whoever is signed in may see."""
    topics = await topics_seen_by(visit.tx, visit.authority)
    return await figures_of(visit.tx, days_until(visit.now, _days(visit)), topics)


def _days(visit: Visit) -> int:
    return visit.query.number("days", at_most=MOST_DAYS) or _USUAL_DAYS


def _charts(visit: Visit, figures: DailyFigures) -> dict[str, Chart]:
    return dict(zip(CHARTS, charts_of(visit.console.translator, visit.language, figures), strict=True))


def _words(visit: Visit, tally: Tally) -> list[str]:
    """Return each figure that is shown, as it may be said."""

    def word(amount: Amount) -> str:
        return worded(visit.console.translator, visit.language, amount)

    return [word(tally[figure]) for figure in _SHOWN]


ROUTES = (
    shows("/figures", Right.SEE, show),
    shows("/figures.csv", Right.SEE, export),
    shows("/figures/{chart}", Right.SEE, show_chart),
)

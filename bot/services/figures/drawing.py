"""What the picture of some figures shows: what was sent, and who subscribed, by day."""

from collections.abc import Callable

from bot.domain.desk.figures import Figure, Tally
from bot.i18n import Translator, moments
from bot.services.figures.charts import Chart, Series
from bot.services.figures.figures import DailyFigures
from bot.services.figures.picture import FiguresPicture
from bot.services.figures.wording import title

CHARTS = ("news", "subscriptions")
"""The names of the charts, in the order in which they are shown."""

_MOST_BARS = 31

_NEWS = ((Figure.DELIVERED, "#0b5cad"), (Figure.CORRECTED, "#7cb5ec"), (Figure.FAILED, "#d64545"))
_SUBSCRIPTIONS = ((Figure.SUBSCRIBED, "#2f9e6e"), (Figure.ENDED, "#9aa5b1"))


def charts_of(translator: Translator, language: str, figures: DailyFigures) -> tuple[Chart, ...]:
    """Return the charts of *figures*; those of more than a month have bars of several days each.

    A bar is as high as what may be said: few people of a members-only topic are in none.
    """
    days = -(-len(figures.days) // _MOST_BARS)
    spans = figures.by_day(days)
    labels = tuple(f"{day:%d/%m}" for day, _ in spans)
    tallies = [tally for _, tally in spans]

    def chart(about: str, shown: tuple[tuple[Figure, str], ...], *, below: Figure | None = None) -> Chart:
        series = tuple(
            Series(
                translator.text(language, "figures-series", series=figure),
                tuple(map(_height(figure, -1 if figure is below else 1), tallies)),
                colour,
            )
            for figure, colour in shown
        )
        name = translator.text(language, "figures-chart", chart=about, days=days)
        return Chart(name, labels, series, translator.text(language, "figures-thousands"))

    news, subscriptions = CHARTS
    return chart(news, _NEWS), chart(subscriptions, _SUBSCRIPTIONS, below=Figure.ENDED)


def _height(figure: Figure, sign: int) -> Callable[[Tally], int]:
    return lambda tally: sign * tally[figure].at_least


def picture_of(
    translator: Translator, language: str, figures: DailyFigures, *, is_weekly: bool = False
) -> FiguresPicture:
    """Return what the picture of *figures* is to be drawn of."""
    first, last = (moments.date(translator, language, figures.days[place]) for place in (0, -1))
    return FiguresPicture(
        title(translator, language, figures, is_weekly=is_weekly),
        translator.text(language, "figures-agency", since=first, till=last),
        charts_of(translator, language, figures),
    )

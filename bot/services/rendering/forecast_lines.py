"""A forecast in words: what becomes of an announcement that is released now, on one account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.publication.forecast import AccountForecast
from bot.i18n import Translator
from bot.i18n.moments import moment

_MOMENTS = 4
"""Moments of digests, and of the ends of quiet hours, that are named; those behind them are counted."""


@dataclass(frozen=True, slots=True)
class ForecastWords:
    """The words of one language."""

    translator: Translator
    language: str

    def lines(self, foretold: AccountForecast) -> list[str]:
        """Return what is foretold, a line for each thing that may become of it."""
        lines = []
        if foretold.at_once:
            takes = self._span(foretold.takes)
            lines.append(self._text("forecast-at-once", count=foretold.at_once, takes=takes))
        if foretold.silent:
            lines.append(self._text("forecast-silent", count=foretold.silent))
        lines += self._by_moment("forecast-digest", foretold.digests)
        lines += self._by_moment("forecast-held", foretold.held)
        counts = {
            "forecast-rationed": foretold.rationed,
            "forecast-paused": foretold.paused,
            "forecast-waiting": foretold.waiting,
            "forecast-filtered": foretold.filtered,
        }
        return lines + [self._text(key, count=count) for key, count in counts.items() if count]

    def _by_moment(self, key: str, counts: Mapping[datetime, int]) -> list[str]:
        named = list(counts.items())[:_MOMENTS]
        lines = [
            self._text(key, moment=moment(self.translator, self.language, at), count=count)
            for at, count in named
        ]
        if later := sum(counts.values()) - sum(count for _, count in named):
            lines.append(self._text("forecast-later", count=later))
        return lines

    def _span(self, takes: timedelta) -> str:
        """Return about how long something takes: in minutes, and from two hours on in hours."""
        minutes = -(-takes // timedelta(minutes=1))
        if minutes < 120:
            return self._text("forecast-minutes", count=minutes)
        return self._text("forecast-hours", count=-(-minutes // 60))

    def _text(self, key: str, /, **args: str | int) -> str:
        return self.translator.text(self.language, key, **args)

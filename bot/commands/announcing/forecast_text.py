"""A forecast in words: what becomes of an announcement that is released now, on each account."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.commands.base.context import Request
from bot.domain.chats.message import RichText, bold, plain
from bot.domain.publication.forecast import AccountForecast

_MOMENTS = 4
"""Moments of digests, and of the ends of quiet hours, that are named; those behind them are counted."""


def forecast_text(request: Request, foretold: Sequence[AccountForecast]) -> tuple[RichText, ...]:
    """Return what is foretold, a paragraph for each account."""
    if not foretold:
        return ((plain(request.text("forecast-nobody")),),)
    reached = sum(each.reached for each in foretold)
    return (
        (bold(request.text("forecast-title", count=reached)),),
        *(_of_account(request, each) for each in foretold),
    )


def _of_account(request: Request, foretold: AccountForecast) -> RichText:
    lines = []
    if foretold.at_once:
        takes = _span(request, foretold.takes)
        lines.append(request.text("forecast-at-once", count=foretold.at_once, takes=takes))
    if foretold.silent:
        lines.append(request.text("forecast-silent", count=foretold.silent))
    lines += _by_moment(request, "forecast-digest", foretold.digests)
    lines += _by_moment(request, "forecast-held", foretold.held)
    counts = {
        "forecast-rationed": foretold.rationed,
        "forecast-paused": foretold.paused,
        "forecast-waiting": foretold.waiting,
        "forecast-filtered": foretold.filtered,
    }
    lines += [request.text(key, count=count) for key, count in counts.items() if count]
    return (bold(foretold.account), plain("".join(f"\n• {line}" for line in lines)))


def _by_moment(request: Request, key: str, counts: Mapping[datetime, int]) -> list[str]:
    named = list(counts.items())[:_MOMENTS]
    lines = [request.text(key, moment=request.moment(at), count=count) for at, count in named]
    if later := sum(counts.values()) - sum(count for _, count in named):
        lines.append(request.text("forecast-later", count=later))
    return lines


def _span(request: Request, takes: timedelta) -> str:
    """Return about how long something takes: in minutes, and from two hours on in hours."""
    minutes = -(-takes // timedelta(minutes=1))
    if minutes < 120:
        return request.text("forecast-minutes", count=minutes)
    return request.text("forecast-hours", count=-(-minutes // 60))

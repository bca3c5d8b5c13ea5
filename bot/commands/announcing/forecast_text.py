"""A forecast in words: what becomes of an announcement that is released now, on each account."""

from collections.abc import Sequence

from bot.commands.base.context import Request
from bot.domain.chats.message import RichText, bold, plain
from bot.domain.publication.forecast import AccountForecast
from bot.services.rendering.forecast_lines import ForecastWords


def forecast_text(request: Request, foretold: Sequence[AccountForecast]) -> tuple[RichText, ...]:
    """Return what is foretold, a paragraph for each account."""
    if not foretold:
        return ((plain(request.text("forecast-nobody")),),)
    words = ForecastWords(request.context.translator, request.language)
    reached = sum(each.reached for each in foretold)
    return (
        (bold(request.text("forecast-title", count=reached)),),
        *(
            (bold(each.account), plain("".join(f"\n• {line}" for line in words.lines(each))))
            for each in foretold
        ),
    )

"""What the server that exchanges tokens answers: the next pair, or why there is none."""

from datetime import timedelta
from typing import Any

import orjson

from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import TokenPair
from bot.messengers.zalo_oa.answers import TOO_FAST, error_number

LASTS = timedelta(hours=25)
"""How long an access token is taken of which that is not said. Zalo: 25 hours."""

_LONGEST = timedelta(days=90).total_seconds()

_SERVER_ERROR = 500


def read_pair(status: int, answered: bytes) -> TokenPair:
    """Return the pair that was *answered* with an HTTP *status*.

    Raises MessengerError, which is fatal only where Zalo itself says that it takes no such token: a gateway
    or a captive portal may answer in JSON as well.
    """
    try:
        told = orjson.loads(answered)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or status >= _SERVER_ERROR:
        raise _no_pair(status)
    access, refresh = told.get("access_token"), told.get("refresh_token")
    if isinstance(access, str) and access and isinstance(refresh, str) and refresh:
        # The pair before is not taken any more: this one is kept, whatever is said of its time.
        return TokenPair(access, refresh, _lasts(told.get("expires_in")))
    code = error_number(told.get("error"))
    if code is None or code >= 0:
        raise _no_pair(status)
    said = str(told.get("error_description") or told.get("error_name") or told.get("message") or "no reason")
    if code == TOO_FAST:
        raise MessengerError(f"Zalo's tokens could not be exchanged yet: {said} ({code})", retry_after=60.0)
    text = f"Zalo does not take the refresh token ({said}, {code}): authorise the Official Account anew"
    raise MessengerError(text, fatal=True)


def _no_pair(status: int) -> MessengerError:
    return MessengerError(f"Zalo's tokens could not be exchanged: the answer is no pair (HTTP {status})")


def _lasts(told: Any) -> timedelta:
    """Return the seconds that were *told*: a text in Zalo's documentation, and a number in its sample."""
    try:
        seconds = float(told)
    except (TypeError, ValueError):
        return LASTS
    return timedelta(seconds=seconds) if 0 < seconds <= _LONGEST else LASTS

"""Tokens: exchanged once, in pairs that replace each other, and checked with every request."""

from bot.emulator.zalo_oa.errors import OaError, expired_token, invalid_token, too_fast
from bot.emulator.zalo_oa.state import Json, OaState
from bot.emulator.zalo_oa.world import OfficialAccount

_DAY = 86_400.0
_MINUTE = 60.0


def exchange(state: OaState, secret: str, form: Json) -> Json:
    """Exchange a refresh token for the next pair; the old pair is taken no more. Raises OaError."""
    account = state.accounts.get(str(form.get("app_id") or ""))
    if account is None:
        raise OaError(-14002, "App id is invalid")
    if secret != account.secret:
        raise OaError(-14004, "Secret key is invalid")
    if form.get("grant_type") != "refresh_token":
        raise OaError(-14003, "Grant type is invalid")
    given = str(form.get("refresh_token") or "")
    if given in account.used:
        state.metrics.refresh_reuses += 1
    if given != account.refresh or not given or state.clock.now() >= _end_of_refresh(state, account):
        raise OaError(-14014, "Refresh token is invalid")
    now = state.clock.now()
    account.used.add(given)
    if account.access:
        account.expired.add(account.access)
    account.access, account.refresh = account.secret_text("access"), account.secret_text("refresh")
    account.expires_at = now + state.knobs.access_seconds
    account.refresh_ends_at = now + state.knobs.refresh_days * _DAY
    state.metrics.refreshes += 1
    return {
        "access_token": account.access,
        "refresh_token": account.refresh,
        # Zalo: a text, though its sample has a number.
        "expires_in": str(state.knobs.access_seconds),
    }


def _end_of_refresh(state: OaState, account: OfficialAccount) -> float:
    return account.refresh_ends_at or state.clock.now() + state.knobs.refresh_days * _DAY


def speaker(state: OaState, access: str) -> OfficialAccount:
    """Return the account that may be spoken as by the token *access*. Raises OaError."""
    account = next((each for each in state.accounts.values() if access and each.access == access), None)
    if account is None:
        raise invalid_token()
    now = state.clock.now()
    if now >= account.expires_at:
        raise expired_token()
    recent = [at for at in state.asked_at.get(account.id, []) if at > now - _MINUTE]
    state.asked_at[account.id] = [*recent, now]
    if len(recent) >= state.knobs.requests_per_minute:
        raise too_fast()
    return account

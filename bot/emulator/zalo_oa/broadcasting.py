"""Broadcasts of articles to all followers."""

from typing import Any

from bot.emulator.zalo.world import day, month
from bot.emulator.zalo_oa.errors import broadcasts_spent, wrong
from bot.emulator.zalo_oa.state import Json, OaState
from bot.emulator.zalo_oa.world import Broadcast, OfficialAccount

MOST_ARTICLES = 5


async def broadcast(state: OaState, account: OfficialAccount, content: Json) -> Json:
    articles = _articles(content)
    if not 1 <= len(articles) <= MOST_ARTICLES:
        raise wrong("elements is invalid")
    for named in articles:
        if account.article(named) is None:
            raise wrong("attachment_id is invalid")
    now = state.clock.now()
    today = sum(day(each.at) == day(now) for each in account.broadcasts)
    this_month = sum(month(each.at) == month(now) for each in account.broadcasts)
    if today >= state.knobs.broadcasts_per_day or this_month >= state.knobs.broadcasts_per_month:
        raise broadcasts_spent()
    account.broadcasts.append(Broadcast(now, articles))
    return {"message_id": account.secret_text("broadcast")}


def _articles(content: Json) -> list[str]:
    """Return the ids of the articles in a broadcast. Raises OaError."""
    target: Any = (content.get("recipient") or {}).get("target")
    attachment: Any = (content.get("message") or {}).get("attachment") or {}
    payload: Any = attachment.get("payload") or {}
    elements: Any = payload.get("elements")
    if not isinstance(target, dict) or attachment.get("type") != "template":
        raise wrong("message is invalid")
    if payload.get("template_type") != "media" or not isinstance(elements, list):
        raise wrong("payload is invalid")
    if any(not isinstance(each, dict) or each.get("media_type") != "article" for each in elements):
        raise wrong("elements is invalid")
    return [str(each.get("attachment_id") or "") for each in elements]

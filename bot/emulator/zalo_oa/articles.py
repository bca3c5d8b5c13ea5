"""The methods on articles: what they take, and what comes of it."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.emulator.zalo.webhook import is_allowed
from bot.emulator.zalo.world import month
from bot.emulator.zalo_oa.errors import articles_spent, being_processed, wrong
from bot.emulator.zalo_oa.state import Json, OaState
from bot.emulator.zalo_oa.world import OaArticle, OfficialAccount

LARGEST_PHOTO = 1_000_000
_FETCH_SECONDS = 5.0
_MOST_LISTED = 10
_FIELDS = {"type", "title", "author", "cover", "description", "body", "status", "comment"}
_LONGEST = {"title": 150, "author": 50, "description": 300}


async def create(state: OaState, account: OfficialAccount, content: Json) -> Json:
    await _check(state, content)
    now = state.clock.now()
    this_month = sum(month(each.created_at) == month(now) for each in account.articles)
    if this_month >= state.knobs.articles_per_month:
        raise articles_spent()
    standing = [each for each in account.articles if not each.removed]
    state.metrics.second_copies += any(each.content["title"] == content["title"] for each in standing)
    token = account.secret_text("article")
    number = hashlib.sha256(token.encode()).hexdigest()[:20]
    account.articles.append(
        OaArticle(number, token, content, now, state.knobs.verify_polls, listed=state.knobs.listed)
    )
    return {"token": token}


async def verify(state: OaState, account: OfficialAccount, content: Json) -> Json:
    del state
    found = next((each for each in account.articles if each.token == content.get("token")), None)
    if found is None or found.removed:
        raise wrong("token is invalid")
    if found.pending > 0:
        found.pending -= 1
        raise being_processed()
    found.listed = True
    return {"id": found.id}


async def update(state: OaState, account: OfficialAccount, content: Json) -> Json:
    found = account.article(str(content.get("id") or ""))
    if found is None:
        raise wrong("id is invalid")
    changed = {name: value for name, value in content.items() if name != "id"}
    await _check(state, changed)
    found.content = changed
    found.revisions += 1
    return {"token": account.secret_text("update")}


async def remove(state: OaState, account: OfficialAccount, content: Json) -> Json:
    del state
    found = account.article(str(content.get("id") or ""))
    if found is None:
        raise wrong("id is invalid")
    found.removed = True
    return {}


async def get_slice(state: OaState, account: OfficialAccount, query: Json) -> Json:
    del state
    offset, limit = _number(query, "offset"), _number(query, "limit")
    if query.get("type") not in ("normal", "video"):
        raise wrong("type accept only 2 value normal and video.")
    if not 1 <= limit <= _MOST_LISTED:
        raise wrong("limit is invalid")
    standing = [each for each in reversed(account.articles) if each.listed and not each.removed]
    listed = [_listed(each) for each in standing[offset : offset + limit]]
    return {"medias": listed, "total": len(standing)}


async def get_oa(state: OaState, account: OfficialAccount, query: Json) -> Json:
    del state, query
    return {"oa_id": account.id, "name": account.name, "oa_type": 4, "is_verified": True}


def _listed(article: OaArticle) -> Json:
    return {
        "id": article.id,
        "title": article.content["title"],
        "status": article.content["status"],
        "create_date": int(article.created_at * 1000),
        "link_view": f"https://post.oa.zalo.me/d/{article.id}",
    }


def _number(query: Json, name: str) -> int:
    value = str(query.get(name, ""))
    if not value.isdecimal():
        raise wrong(f"{name} is invalid")
    return int(value)


async def _check(state: OaState, content: Json) -> None:
    """Judge an article as Zalo does. Raises OaError."""
    if unknown := set(content) - _FIELDS:
        raise wrong(f"{min(unknown)} is unknown")
    if content.get("type") != "normal":
        raise wrong("type accept only 2 value normal and video.")
    for name, longest in _LONGEST.items():
        value = content.get(name)
        if not isinstance(value, str) or not value.strip():
            raise wrong(f"{name} is empty")
        if len(value) > longest:
            raise wrong(f"{name} must not exceed {longest} characters")
    if any(content.get(name) not in ("show", "hide") for name in ("status", "comment")):
        raise wrong("status is invalid")
    await _check_cover(state, content.get("cover"))
    body = content.get("body")
    if not isinstance(body, list) or not body:
        raise wrong("body is empty")
    for part in body:
        await _check_part(state, part)


async def _check_cover(state: OaState, cover: Any) -> None:
    if not isinstance(cover, dict) or cover.get("cover_type") != "photo" or cover.get("status") != "show":
        raise wrong("create media fail")
    await _check_photo(state, cover.get("photo_url"), "cover")


async def _check_part(state: OaState, part: Any) -> None:
    match part:
        case {"type": "text", "content": str(html)} if html.strip():
            return
        case {"type": "image", "url": str(url)}:
            await _check_photo(state, url, "image")
        case _:
            raise wrong("body is invalid")


async def _check_photo(state: OaState, url: Any, what: str) -> None:
    """Fetch a photo: it must be one, and of 1 MB at most."""
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https"):
        raise wrong(f"{what} is invalid")
    if not state.knobs.fetches:
        return
    if not is_allowed(url, schemes=("http", "https"), local=state.knobs.local):
        raise wrong(f"{what} is invalid")
    try:
        timeout = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            content = await answer.content.read(LARGEST_PHOTO + 1)
            is_photo = answer.status == 200 and answer.content_type.startswith("image/")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        is_photo, content = False, b""
    if not is_photo or not content or len(content) > LARGEST_PHOTO:
        raise wrong(f"{what} is invalid")

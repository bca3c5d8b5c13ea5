"""A list on somebody's page: pointed at in a rendering of the page that does nothing, and tried at once."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bot.domain.desk.roles import Right
from bot.domain.news.feed import FeedKind, SourceError
from bot.domain.news.listing.choice import ListingChoice, ListingPart, ListingTrial
from bot.domain.reason import Reason
from bot.services.rendering.reasons import worded
from bot.web.console.assets import assets
from bot.web.console.pages.sources.feed_form import LONGEST_SELECTOR, FeedFields
from bot.web.console.routes import shows
from bot.web.console.visit import PageView, SandboxedPage, Visit

PATH = "/pick-listing"
_ENTRIES = 20
_PICK = "pick-"
_MOST_NUMBER = 10_000_000


async def ask(visit: Visit) -> ListingTrial | Reason | None:
    """Read the page, and try what was chosen on it; None where no address is given."""
    fields = FeedFields.read(visit.query, visit.console.trials.markup)
    if not fields.url or fields.problem(visit.console.trials.markup):
        return None
    try:
        return await visit.console.listings.trial(fields.url, _choice(visit))
    except SourceError as error:
        return error.reason


async def show(visit: Visit) -> PageView:
    """Show the page in its frame, and what it gives by what was chosen."""
    found, url = visit.told, visit.query.value("url")
    trial = found if isinstance(found, ListingTrial) else None
    error = worded(visit.console.translator, visit.language, found) if isinstance(found, Reason) else ""
    picks = _picks(visit)
    part = visit.query.value("part")
    values = {
        "url": url,
        "is_refused": bool(url) and found is None,
        "error": error,
        "trial": trial,
        "picks": picks,
        "part": part if part in set(ListingPart) else ListingPart.TITLE.value,
        "parts": [each.value for each in ListingPart],
        "others": [each.value for each in ListingPart if each is not ListingPart.TITLE],
        **(_shown(url, trial, picks) if trial else {}),
    }
    return PageView("pick_listing.html", values, has_frame=True)


def _shown(url: str, trial: ListingTrial, picks: Mapping[ListingPart, int]) -> Mapping[str, Any]:
    selectors = dict(trial.selectors)
    place = f"#n{picks[ListingPart.TITLE]}" if ListingPart.TITLE in picks else ""
    return {
        "frame": f"{PATH}/page?{urlencode({'url': url, **selectors})}{place}",
        "entries": trial.entries[:_ENTRIES],
        "new_feed": f"/new-feed?{urlencode({'url': url, 'kind': FeedKind.LISTING.value, **selectors})}",
        "toml": _toml(url, selectors),
        "longest": LONGEST_SELECTOR,
    }


async def ask_page(visit: Visit) -> str | Reason:
    """Read the page and return it as HTML that does nothing."""
    fields = FeedFields.read(visit.query, visit.console.trials.markup)
    if fields.problem(visit.console.trials.markup):
        return ""
    try:
        return await visit.console.listings.inert(fields.url, fields.listing)
    except SourceError as error:
        return error.reason


async def show_page(visit: Visit) -> SandboxedPage:
    """Show the page for the frame; where it cannot be had, the page around says why."""
    style, script = assets()["pick-frame.css"].address, assets()["pick-frame.js"].address
    inside = visit.told if isinstance(visit.told, str) else ""
    html = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{visit.text("console-pick-page")}'
        f'</title><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="{style}">'
        f'<script src="{script}" defer></script></head><body>{inside}</body></html>'
    )
    return SandboxedPage(html, style, script)


def _choice(visit: Visit) -> ListingChoice:
    markup, query = visit.console.trials.markup, visit.query
    selectors = {part: css for part in markup.listing if (css := query.value(part))}
    return ListingChoice(_picks(visit), selectors, query.value("version"))


def _picks(visit: Visit) -> dict[ListingPart, int]:
    return {
        part: visit.query.number(_PICK + part, at_most=_MOST_NUMBER)
        for part in ListingPart
        if visit.query.value(_PICK + part).isdecimal()
    }


def _toml(url: str, selectors: Mapping[str, str]) -> str:
    """Return the lines for feeds.toml; JSON's strings are TOML's as well."""
    parts = ", ".join(f"{part} = {json.dumps(css, ensure_ascii=False)}" for part, css in selectors.items())
    lines = ('kind = "listing"', f"url = {json.dumps(url, ensure_ascii=False)}", f"listing = {{ {parts} }}")
    return "\n".join(lines)


ROUTES = (
    shows(PATH, Right.FEEDS, show, ask=ask),
    shows(f"{PATH}/page", Right.FEEDS, show_page, ask=ask_page),
)

"""The audit log: filtered, and as CSV."""

from datetime import timedelta

from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.roles import Right
from bot.services.rendering.audit_csv import audit_csv, audit_row
from bot.services.rendering.audit_words import AuditWords
from bot.store.runtime import admins, audit
from bot.store.runtime.audit import AuditFilter
from bot.web.console.routes import shows
from bot.web.console.visit import Download, PageView, Visit

SHOWN = 30
_MOST_PAGES = 1_000
_MOST_IN_CSV = 100_000
_DAYS = (1, 7, 30, 365)


async def show(visit: Visit) -> PageView:
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    wanted = _wanted(visit)
    lines = await audit.matching(visit.tx, wanted, limit=SHOWN + 1, offset=(page - 1) * SHOWN)
    shown = lines[:SHOWN]
    words = await AuditWords.about(visit.tx, shown, visit.console.translator, visit.language)
    values = {
        "lines": [(each, words.who(each.actor), words.what(each), words.changes(each)) for each in shown],
        "page": page,
        "has_more": len(lines) > SHOWN,
        "actions": [(each.value, _title(words.kind(each))) for each in AuditAction],
        "places": [each.value for each in AuditPlace],
        "days": _DAYS,
        "wanted": {name: visit.query.value(name) for name in ("action", "place", "user", "days")},
    }
    return PageView("audit.html", values)


async def export(visit: Visit) -> Download:
    """Return the lines that are shown, and those on other pages, the newest first."""
    lines = await audit.matching(visit.tx, _wanted(visit), limit=_MOST_IN_CSV)
    names = await admins.names(visit.tx)
    text = audit_csv(audit_row(each, names) for each in lines)
    # Spreadsheets take a file for UTF-8 if it begins with a mark of the byte order.
    return Download(f"\ufeff{text}".encode(), "text/csv; charset=utf-8", "nhat-ky.csv")


def _wanted(visit: Visit) -> AuditFilter:
    action, place = visit.query.value("action"), visit.query.value("place")
    days = visit.query.number("days", at_most=36_500)
    return AuditFilter(
        action=AuditAction(action) if action in set(AuditAction) else None,
        place=AuditPlace(place) if place in set(AuditPlace) else None,
        user=visit.query.value("user")[:100],
        since=visit.now - timedelta(days=days) if days else None,
    )


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


ROUTES = (
    shows("/audit", Right.AUDIT, show),
    shows("/audit.csv", Right.AUDIT, export),
)

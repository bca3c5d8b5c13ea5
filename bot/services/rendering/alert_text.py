"""What an alert says, in the language of the chat that it is for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.chats.alert import ABOUT_FEEDS, Alert, News, Trouble
from bot.domain.chats.message import Message, RichText, bold, plain
from bot.domain.clock import VIETNAM
from bot.i18n import Translator, moments
from bot.services.rendering.card import paragraphs
from bot.services.rendering.reasons import worded

LISTED = 8
"""How many things of one kind are named; the others are counted."""


def alert_message(translator: Translator, language: str, found: News, names: Mapping[str, str]) -> Message:
    """Return one message for all of *found*; *names* are those of the feeds."""

    def text(key: str, **args: str | int) -> str:
        return translator.text(language, key, **args)

    def wrong(trouble: Trouble) -> str:
        return text(
            "alert",
            kind=trouble.subject.kind.value,
            name=names.get(trouble.subject.about, trouble.subject.about),
            moment=moments.moment(translator, language, trouble.since),
            error=worded(translator, language, trouble.reason) if trouble.reason else "",
            count=trouble.count,
            most=trouble.most,
            forecast=forecast(translator, language, trouble.until),
            until=moments.moment(translator, language, trouble.until) if trouble.until else "",
            account=trouble.subject.about.partition("@")[2],
            places=text("alert-places", waiting=trouble.waiting, strangers=trouble.turned_away),
        )

    def over(alert: Alert) -> str:
        name = names.get(alert.subject.about, alert.subject.about)
        since = moments.moment(translator, language, alert.since)
        return text("alert-over", kind=alert.subject.kind.value, name=name, moment=since)

    def section(title: str, lines: Sequence[str]) -> tuple[RichText, ...]:
        shown = [f"• {line}" for line in lines[:LISTED]]
        if len(lines) > LISTED:
            shown.append(text("alert-more", count=len(lines) - LISTED))
        return ((bold(text(title)), plain("\n" + "\n".join(shown))),) if lines else ()

    return Message(
        paragraphs(
            *section("alert-begun-title", [wrong(trouble) for trouble in found.begun]),
            *section("alert-lasting-title", [wrong(trouble) for trouble in found.lasting]),
            *section("alert-over-title", [over(alert) for alert in found.over]),
            plain(text("alert-what-to-do") if _has_feeds(found) else ""),
        )
    )


def forecast(translator: Translator, language: str, until: datetime | None) -> str:
    """Return in a sentence until when the month's messages last, at the rate of the month so far."""
    if until is None:
        return translator.text(language, "quota-lasts")
    return translator.text(language, "quota-forecast", day=until.astimezone(VIETNAM).day)


def _has_feeds(found: News) -> bool:
    return any(trouble.subject.kind in ABOUT_FEEDS for trouble in (*found.begun, *found.lasting))

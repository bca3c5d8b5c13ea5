"""Moments, dates and hours as each language writes them; in Vietnamese as Decree 30/2020 has it."""

import datetime as dt

from bot.domain.chats.preferences import QuietHours
from bot.domain.clock import VIETNAM
from bot.i18n.translator import Translator


def moment(translator: Translator, language: str, at: dt.datetime) -> str:
    """Return, for example, "18:52 ngày 16/08/2017" or "18:52 on 16 August 2017", in Viet Nam's time."""
    here = at.astimezone(VIETNAM)
    return translator.text(language, "moment", time=f"{here:%H:%M}", date=date(translator, language, here))


def date(translator: Translator, language: str, day: dt.date) -> str:
    """Return, for example, "16/08/2017" or "16 August 2017"."""
    # A year is no quantity: given as a number, its thousands would be parted.
    return translator.text(language, "date", day=day.day, month=day.month, year=f"{day.year:04}")


def hours(translator: Translator, language: str, span: QuietHours) -> str:
    """Return, for example, "từ 22 giờ đến 6 giờ" or "22:00 to 06:00"."""
    begin, end = (
        translator.text(language, "time-of-day", hour=at // 60, minutes=at % 60)
        for at in (span.begin, span.end)
    )
    return translator.text(language, "span-of-hours", begin=begin, end=end)

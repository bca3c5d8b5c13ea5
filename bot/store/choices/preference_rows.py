"""Rows of preferences, read."""

from typing import Any

from sqlalchemy import Row

from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import Preferences, QuietHours, QuietMode


def preferences_of(row: Row[Any]) -> Preferences:
    quiet = None if row.quiet_begin is None else QuietHours(row.quiet_begin, row.quiet_end)
    return Preferences(
        quiet=quiet,
        quiet_mode=QuietMode(row.quiet_mode),
        urgent=row.urgent,
        silent=row.silent,
        photo=row.photo,
        brief=row.brief,
        whole_text=bool(row.whole_text),
        time_zone=row.time_zone,
        address=FormOfAddress(row.address) if row.address else None,
    )

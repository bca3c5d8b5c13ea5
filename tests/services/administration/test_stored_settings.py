"""What owners set over the configuration is kept, with a line for each change."""

from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.services.administration import stored_settings as service
from bot.store.engine.database import Database
from bot.store.runtime import audit, stored_settings
from tests.fakes import ACCOUNT, FakeClock

OWNER = Actor(AuditPlace.CONSOLE, "900", ACCOUNT)
NAME = "agency.name"


async def test_each_change_leaves_one_line_and_none_where_nothing_changes(db: Database) -> None:
    now = FakeClock().now()
    async with db.write() as tx:
        put = [await service.put(tx, NAME, text, OWNER, now=now) for text in ("Sở A", "Sở B", "Sở B")]
        kept = await stored_settings.every(tx)
        reset = [await service.reset(tx, NAME, OWNER, now=now) for _ in range(2)]
        left = await stored_settings.every(tx)
        lines = [each.act for each in reversed(await audit.newest(tx, limit=9))]

    assert (put, reset, kept, left) == ([True, True, False], [True, False], {NAME: "Sở B"}, {})
    assert [(each.action, each.about.id, each.before, each.after) for each in lines] == [
        (AuditAction.SETTING_CHANGED, NAME, None, {"value": "Sở A"}),
        (AuditAction.SETTING_CHANGED, NAME, {"value": "Sở A"}, {"value": "Sở B"}),
        (AuditAction.SETTING_RESET, NAME, {"value": "Sở B"}, None),
    ]

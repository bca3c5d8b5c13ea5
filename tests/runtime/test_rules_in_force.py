"""What is made of settings follows them while the service runs."""

from datetime import timedelta

from structlog.testing import capture_logs

from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.runtime.from_settings import RulesInForce
from bot.settings.settings import Settings
from bot.store.engine.database import Database
from bot.store.publications import approval_rules
from bot.store.runtime import stored_settings
from tests.fakes import FakeClock

STORED = {
    "agency.name": "Sở Tư pháp",
    "agency.contact": "stp@tinh.gov.vn",
    "language.address": "đồng chí",
    "subscribers.quiet_hours": "",
    "topics.approval": "two",
    "topics.unanswered": "drop",
    "topics.unanswered_after": "2h",
    "delivery.malformed_percent": "50",
    "alerts.feed_after": "1h",
    "alerts.weekly_figures": "false",
}


async def keep(database: Database, values: dict[str, str]) -> None:
    async with database.write() as tx:
        for name, value in values.items():
            await stored_settings.keep(tx, name, value, FakeClock().now())


async def read(database: Database) -> RulesInForce:
    async with database.write() as tx:
        return await RulesInForce.read(tx, Settings())


async def usual(database: Database) -> ApprovalRule:
    async with database.read() as tx:
        return await approval_rules.usual(tx)


async def test_everything_that_was_handed_out_follows_a_change_and_its_end(db: Database) -> None:
    rules = await read(db)
    handed = rules.translator, rules.alerts, rules.sender, rules.forecasts, rules.agency
    chosen = rules.translator.addressing("bạn")
    before = rules.translator.text("vi", "bot-short-description"), await usual(db)
    await keep(db, STORED)

    changed = [await rules.refresh(db), await rules.refresh(db)]
    translator, alerts, sender, forecasts, agency = handed
    after = translator.text("vi", "bot-short-description"), await usual(db)

    assert changed == [True, False]
    assert "Sở Tư pháp" in after[0]
    assert after[0] == chosen.text("vi", "bot-short-description")
    assert (translator.form, chosen.form) == (FormOfAddress.COMRADE, FormOfAddress.YOU)
    assert (alerts.feed_after, sender.malformed_share) == (timedelta(hours=1), 0.5)
    assert [each.quiet for each in (sender.usual, forecasts.usual, agency.usual)] == [None] * 3
    assert (agency.contact, rules.settings.alerts.weekly_figures) == ("stp@tinh.gov.vn", False)
    assert after[1] == ApprovalRule(Approval.TWO, Unanswered.DROP, timedelta(hours=2))

    async with db.write() as tx:
        for name in STORED:
            await stored_settings.forget(tx, name)
    await rules.refresh(db)
    assert (translator.text("vi", "bot-short-description"), await usual(db)) == before
    assert before[1] == NO_APPROVAL


async def test_a_process_that_starts_goes_by_what_is_stored_and_leaves_out_what_it_does_not_know(
    sqlite_db: Database,
) -> None:
    await keep(sqlite_db, {"agency.name": "Sở Tư pháp", "alerts.feed_after": "lâu", "no.such": "1"})

    with capture_logs() as logged:
        rules = await read(sqlite_db)

    assert rules.settings.agency.name == "Sở Tư pháp"
    assert rules.alerts.feed_after == Settings().alerts.feed_after
    assert {each["setting"] for each in logged if each["log_level"] == "warning"} == {
        "alerts.feed_after",
        "no.such",
    }

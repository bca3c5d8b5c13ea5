"""The settings that owners change in the console."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.desk.audit import AuditAction
from bot.settings.settings import SettingOrigin, Settings
from bot.settings.stored import EDITABLE
from bot.store.engine.database import Database
from bot.store.runtime import audit, stored_settings
from tests.web.console.stage import ConsoleStage, Visitor

CONFIGURED = Settings.model_validate(
    {"agency": {"name": "Sở Tư pháp", "contact": "stp@tinh.gov.vn"}}
).from_places({("agency", "name"): SettingOrigin.FILE, ("agency", "contact"): SettingOrigin.ENVIRONMENT})


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db, settings=CONFIGURED) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def stored(stage: ConsoleStage) -> dict[str, str]:
    async with stage.database.read() as tx:
        return await stored_settings.every(tx)


async def acts(stage: ConsoleStage) -> list[AuditAction]:
    async with stage.database.read() as tx:
        lines = [each.act.action for each in reversed(await audit.newest(tx, limit=20))]
    return [each for each in lines if each.startswith("setting-")]


async def test_one_is_changed_shown_with_where_it_comes_from_and_taken_back(
    stage: ConsoleStage, owner: Visitor
) -> None:
    changed = await owner.post("/settings/put", setting="agency.name", value=" Sở  Nội vụ ")
    page = (await owner.get("/settings")).text
    reset = await owner.post("/settings/reset", setting="agency.name")
    after = (await owner.get("/settings")).text

    assert changed.headers["Location"] == "/console/settings?notice=setting-changed"
    assert reset.headers["Location"] == "/console/settings?notice=setting-reset"
    assert ("Sở Nội vụ" in page, "Đặt tại đây" in page) == (True, True)
    assert ("Sở Tư pháp" in after, "Đặt tại đây" in after) == (True, False)
    assert await acts(stage) == [AuditAction.SETTING_CHANGED, AuditAction.SETTING_RESET]


async def test_where_the_environment_goes_first_it_is_said_what_the_console_would_have(
    stage: ConsoleStage, owner: Visitor
) -> None:
    await owner.post("/settings/put", setting="agency.contact", value="bantin@tinh.gov.vn")

    page = (await owner.get("/settings")).text

    assert "Giá trị đặt tại đây là “bantin@tinh.gov.vn”, không có hiệu lực vì biến môi trường" in page
    assert "<td>stp@tinh.gov.vn</td>" in page


async def test_what_cannot_be_a_value_is_shown_once_more_and_nothing_is_stored(
    stage: ConsoleStage, owner: Visitor
) -> None:
    wrong = await owner.post("/settings/put", setting="subscribers.quiet_hours", value="tối <b>")

    assert (wrong.status, 'value="tối &lt;b&gt;"' in wrong.text) == (422, True)
    assert ("Giá trị không hợp lệ." in wrong.text, await stored(stage), await acts(stage)) == (True, {}, [])


@pytest.mark.parametrize("setting", ["database.url", "access.owners", "web.console", "none", ""])
async def test_nothing_else_can_be_set_or_taken_back(
    stage: ConsoleStage, owner: Visitor, setting: str
) -> None:
    answers = [
        await owner.post("/settings/put", setting=setting, value="x"),
        await owner.post("/settings/reset", setting=setting),
    ]

    assert ([each.status for each in answers], await stored(stage)) == ([404, 404], {})


async def test_what_an_older_version_stored_stops_no_page_and_can_be_taken_back(
    stage: ConsoleStage, owner: Visitor
) -> None:
    async with stage.database.write() as tx:
        for name, value in {"alerts.feed_after": "lâu", "old.setting": "1"}.items():
            await stored_settings.keep(tx, name, value, stage.clock.now())

    page = await owner.get("/settings")
    await owner.post("/settings/reset", setting="old.setting")

    assert (page.status, "“lâu” không hợp lệ" in page.text, "old.setting" in page.text) == (200, True, True)
    assert await stored(stage) == {"alerts.feed_after": "lâu"}


async def test_every_one_has_a_name_of_its_own_in_both_languages(owner: Visitor) -> None:
    for language in ("vi", "en"):
        await owner.post("/language", language=language)
        page = (await owner.get("/settings")).text.partition('id="editable"')[2].partition("</section>")[0]

        titles = [part.partition("</b>")[0] for part in page.split("<b>")[1:]]

        assert len(set(titles)) == len(EDITABLE)


async def test_the_service_goes_by_a_change_before_the_page_is_shown(sqlite_db: Database) -> None:
    followed: list[dict[str, str]] = []

    async def follow() -> None:
        async with sqlite_db.read() as tx:
            followed.append(await stored_settings.every(tx))

    async with ConsoleStage.open(sqlite_db, settings=CONFIGURED, follow=follow) as stage:
        await (await stage.sign_in()).post("/settings/put", setting="agency.name", value="Sở Nội vụ")

    assert followed == [{"agency.name": "Sở Nội vụ"}]

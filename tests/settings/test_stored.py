"""Settings that owners change while the service runs: over the file, below the environment."""

import pytest

from bot.domain.desk.approval_rule import Approval
from bot.settings.settings import SettingOrigin, Settings
from bot.settings.shown import shown_settings
from bot.settings.stored import EDITABLE, LONGEST, choices, layered, problem_of, written

CONTACT = "bantin@agency.gov.vn"


@pytest.mark.parametrize(
    ("origin", "is_in_force"),
    [
        (None, True),
        (SettingOrigin.FILE, True),
        (SettingOrigin.SECRETS, False),
        (SettingOrigin.ENVIRONMENT, False),
    ],
)
def test_what_is_stored_goes_before_the_file_and_after_the_environment(
    origin: SettingOrigin | None, *, is_in_force: bool
) -> None:
    configured = Settings.model_validate({"agency": {"name": "Sở Tư pháp"}})
    if origin:
        configured.from_places({("agency", "name"): origin})

    found = layered(configured, {"agency.name": "Sở Nội vụ"})

    before = "Sở Tư pháp", origin or SettingOrigin.DEFAULT
    after = ("Sở Nội vụ", SettingOrigin.STORED) if is_in_force else before
    assert (found.settings.agency.name, found.settings.origin("agency", "name")) == after
    assert (configured.agency.name, configured.origin("agency", "name")) == before
    assert found.problems == {}


def test_a_stored_value_that_is_none_is_left_out_and_named() -> None:
    stored = {"topics.approval": "three", "alerts.feed_after": "soon", "gone.key": "1", "agency.name": "Sở"}

    found = layered(Settings(), stored)

    assert found.settings.agency.name == "Sở"
    assert (found.settings.topics, found.settings.alerts) == (Settings().topics, Settings().alerts)
    assert found.problems.keys() == stored.keys() - {"agency.name"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("agency.name", ""),
        ("agency.name", "a" * (LONGEST + 1)),
        ("agency.contact", "gặp anh Nam"),
        ("language.address", "mày"),
        ("subscribers.quiet_hours", "22-6"),
        ("topics.unanswered_after", "0s"),
        ("topics.unanswered_after", "24"),
        ("delivery.malformed_percent", "101"),
        ("alerts.weekly_figures", "perhaps"),
        ("database.url", "sqlite:///x.db"),
        ("web.listen", "127.0.0.1:1"),
        ("agency", "x"),
        ("", "x"),
    ],
)
def test_what_the_file_would_refuse_or_nobody_may_set_is_refused(name: str, text: str) -> None:
    assert problem_of(name, text)


def test_every_value_that_is_in_force_can_be_set_and_so_can_every_choice() -> None:
    shown = {(section, key): value for section, key, value, _ in shown_settings(Settings())}
    shown["agency", "contact"] = CONTACT

    refused = [
        (place, value)
        for place in EDITABLE
        for value in (shown[place], *choices(*place))
        if problem_of(".".join(place), value)
    ]

    assert refused == []
    assert choices("topics", "approval") == tuple(Approval)
    assert choices("agency", "name") == ()


def test_what_is_typed_is_one_line_without_white_space_around_it() -> None:
    assert written("  Sở \n Tư pháp\t") == "Sở Tư pháp"

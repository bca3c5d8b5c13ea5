from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chats.keeper import OFFERED_FOR, Keeper, Standing, standing

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
KEEPER = Keeper("an", NOW - timedelta(days=9))
OFFERED = Keeper("an", KEEPER.since, NOW + OFFERED_FOR)
LAPSED = Keeper("an", KEEPER.since, NOW)


@pytest.mark.parametrize(
    ("keeper", "user", "is_manager", "may"),
    [
        (None, "binh", False, Standing.MAY_TAKE),
        (None, "owner", True, Standing.MAY_TAKE),
        (KEEPER, "an", False, Standing.DECIDES),
        (KEEPER, "binh", False, Standing.NEITHER),
        (KEEPER, "owner", True, Standing.DECIDES),
        (OFFERED, "an", False, Standing.DECIDES),
        (OFFERED, "binh", False, Standing.MAY_TAKE),
        (OFFERED, "owner", True, Standing.DECIDES),
        (LAPSED, "binh", False, Standing.NEITHER),
    ],
)
def test_who_may_decide_for_a_group(
    keeper: Keeper | None, user: str, *, is_manager: bool, may: Standing
) -> None:
    assert standing(keeper, user, is_manager=is_manager, now=NOW) is may

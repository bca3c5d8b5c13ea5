"""What the bench measures of Zalo, with smaller numbers: nothing is lost, doubled, or overspent."""

import pytest

from tests.bench.digest_crashes import killed
from tests.bench.replayed_polls import replayed

pytestmark = pytest.mark.timeout(300)


async def test_a_digest_survives_kills_within_the_month() -> None:
    row = await killed("sqlite", people=6, kills=2)

    assert row.ok, row.measured


@pytest.mark.postgres
@pytest.mark.usefixtures("postgresql_url")
async def test_a_digest_on_postgresql_survives_kills_within_the_month() -> None:
    row = await killed("postgresql", people=6, kills=2)

    assert row.ok, row.measured


async def test_what_zalo_tells_again_and_again_is_answered_once_and_asked_for_slowly() -> None:
    row = await replayed(300, people=6)

    assert row.ok, row.measured

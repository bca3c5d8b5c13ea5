"""Every menu on a messenger without buttons: the same journeys, typed; each answer says what to type next."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.i18n import LANGUAGES
from tests.journeys.journeys import JOURNEYS, ON_TELEGRAM_ALONE
from tests.journeys.steps import Journey, Place
from tests.journeys.typed_stage import TypedTheatre

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAYED = [
    (journey, place)
    for journey in JOURNEYS
    if journey not in ON_TELEGRAM_ALONE
    for place in (Place.PRIVATE, Place.GROUP)
    if place in journey.places
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(
    tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path
) -> AsyncIterator[TypedTheatre]:
    file = tmp_path_factory.mktemp("typed") / "bantin.db"
    shutil.copy(_sqlite_template, file)
    async with TypedTheatre.open(f"sqlite+aiosqlite:///{file}") as theatre:
        yield theatre


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("journey", "place"), PLAYED, ids=[f"{journey.name} ({place})" for journey, place in PLAYED]
)
async def test_a_journey_leads_there_by_typing_as_well(
    theatre: TypedTheatre, journey: Journey, place: Place, language: str
) -> None:
    await theatre.play(journey, place, language)

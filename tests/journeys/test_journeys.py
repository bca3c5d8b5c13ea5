"""Every command and every button, in both languages, in each place where it can be: over HTTP."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio

from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import Command
from bot.i18n import LANGUAGES
from bot.store.engine.database import Database
from bot.store.runtime import audit
from tests.journeys.counting import Transactions
from tests.journeys.journeys import ANNOUNCING, CHANNELS, JOURNEYS
from tests.journeys.stage import APPOINTED, OWNERS, PERSONS, Player, Theatre
from tests.journeys.steps import HandsIn, Journey, Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Shown only where a platform does not say who administers a group: its journeys are in test_zalo_groups.
NOT_ON_TELEGRAM = frozenset({Verb.KEEPER})
ONLY_IN_PRIVATE = frozenset(
    {
        Verb.AGREE,
        Verb.DECLINE,
        Verb.ERASE,
        Verb.READ,
        Verb.PHOTOS,
        Verb.LISTEN,
        Verb.REJECT,
        Verb.PUT_BACK,
        Verb.SAVE,
        Verb.SAVED,
        Verb.FOLLOW,
        Verb.FOLLOW_ARTICLE,
        Verb.FOLLOWED,
        Verb.ADMINS,
        Verb.DISMISS,
        Verb.CHANNELS,
        Verb.CHANNEL,
        Verb.CHANNEL_TOPIC,
        Verb.CHANNEL_STATUS,
        Verb.CHANNEL_TEST,
        Verb.CHANNEL_SETTINGS,
        Verb.CHANNEL_REMOVE,
        Verb.CHANNEL_ADD,
        Verb.FEEDS,
        Verb.POLL,
        Verb.FAILURES,
        Verb.RETRY,
        Verb.HOLD,
        Verb.HELD_TITLES,
        Verb.WITHDRAW,
        Verb.INVITATIONS,
        Verb.INVITE,
        Verb.REVOKE,
        Verb.MEMBERS,
        Verb.SHUT_OUT,
        Verb.SUPPORT,
        Verb.RESEND,
        Verb.ANNOUNCEMENT,
        Verb.DRAFT,
        Verb.RELEASE,
        Verb.PUBLICATIONS,
        Verb.PUBLICATION,
        Verb.STEP,
        Verb.WAITING,
        Verb.WAITING_ONE,
        Verb.ANSWER,
        Verb.RELEASE_AT,
        Verb.EDIT,
        Verb.EDIT_PHOTO,
        Verb.MOVE,
        Verb.DECIDE_SOURCE,
        Verb.PAUSES,
        Verb.PAUSE,
        Verb.AUDIT,
        Verb.FIGURES,
        Verb.APPOINT,
        Verb.ADMIN,
        Verb.ADMIN_ROLE,
        Verb.ADMIN_TOPIC,
    }
)
"""Buttons that no group ever sees: consent, personal data, long reading, and what is for managers."""

MADE = [
    (journey, place, language)
    for journey in JOURNEYS
    for place, language in product(journey.places, LANGUAGES)
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path) -> AsyncIterator[Theatre]:
    file = tmp_path_factory.mktemp("journeys") / "bantin.db"
    shutil.copy(_sqlite_template, file)
    async with Theatre.open(f"sqlite+aiosqlite:///{file}") as theatre:
        yield theatre
        # The process may have been left with journeys alone that leave no line.
        managing = next(journey for journey in JOURNEYS if Verb.PAUSE in journey.verbs)
        await theatre.play(managing, Place.PRIVATE, "vi")
    await _the_audit_log_names_owners_alone(f"sqlite+aiosqlite:///{file}")


async def _the_audit_log_names_owners_alone(url: str) -> None:
    """Look through what all journeys have left: nobody is named who subscribes and does not manage.

    The ids of the persons of this module lie between those of owners and those whom owners appoint.
    """
    database = await Database.open_read_only(url)
    async with database.read() as tx:
        lines = await audit.newest(tx, limit=100_000)
    await database.close()
    said = [json.dumps([line.act.about.id, line.act.before, line.act.after]) for line in lines]
    numbers = [int(number) for text in said for number in re.findall(r"(?<![\w-])\d{5,}", text)]
    assert lines
    assert {line.actor.user for line in lines} <= {"", *map(str, OWNERS.values())}
    assert [number for number in numbers if PERSONS <= number < APPOINTED] == []


@pytest.mark.parametrize(
    ("journey", "place", "language"),
    MADE,
    ids=[f"{journey.name}, {place}, {language}" for journey, place, language in MADE],
)
async def test_a_journey_leads_where_it_should(
    theatre: Theatre, journey: Journey, place: Place, language: str
) -> None:
    with Transactions.counted() as transactions:
        await theatre.play(journey, place, language)

    count, done = transactions.most()
    # Something is asked of the platform, or of the agency's site, or counted, before all is answered.
    hands_in = any(isinstance(step, HandsIn) for step in journey.steps)
    asks_elsewhere = hands_in or journey in (CHANNELS, ANNOUNCING)
    assert count <= (3 if asks_elsewhere else 2), done


@pytest.mark.parametrize(("language", "first"), [("vi", "choduyet"), ("en", "approvals")])
async def test_an_owner_finds_what_managing_takes_in_the_menu(
    sqlite_url: str, language: str, first: str
) -> None:
    owner = OWNERS[language]
    # A theatre of its own: journeys delete their owner's data, and with it the menu.
    async with Theatre.open(sqlite_url) as theatre:
        player = Player(theatre.emulated, chat=owner, user=owner, language=language)

        async def is_shown() -> bool:
            shown = await theatre.emulated.get("commands", chat=owner, user=owner, language=language)
            return [entry["command"] for entry in shown][:1] == [first]

        await player.until(is_shown)


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Hệ thống thông báo tự động của "), ("en", "The automatic news service ")],
)
async def test_the_bot_says_who_it_is_before_anybody_has_written(
    theatre: Theatre, language: str, said: str
) -> None:
    seen = await theatre.emulated.get("world", user=OWNERS[language])

    assert seen["bot"]["description"].startswith(said)


@pytest.mark.parametrize("place", list(Place))
async def test_every_command_has_a_journey_in_every_place(place: Place) -> None:
    made = {command for journey in JOURNEYS if place in journey.places for command in journey.commands}

    assert sorted(set(Command) - made) == []


@pytest.mark.parametrize("place", list(Place))
async def test_every_button_has_a_journey_in_every_place(place: Place) -> None:
    made = {verb for journey in JOURNEYS if place in journey.places for verb in journey.verbs}
    wanted = set(Verb) - NOT_ON_TELEGRAM - (ONLY_IN_PRIVATE if place is not Place.PRIVATE else set())

    assert [verb.name for verb in wanted - made] == []

"""What pauses hold, and how much longer it is owed for that."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import (
    EVERYTHING,
    FOREVER,
    Owed,
    Pause,
    Paused,
    PauseId,
    Pauses,
    PauseScope,
)

START = datetime(2026, 3, 2, tzinfo=UTC)
OWED = Owed(AccountId("telegram:1"), TopicId("tin"), ArticleId(7))
OTHER = Owed(AccountId("zalo:2"), TopicId("bao"), ArticleId(8))
HOURS = st.integers(0, 60)
WHATS = st.sampled_from([*OWED.parts, *OTHER.parts[1:]])


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


@st.composite
def pauses(draw: st.DrawFn, *, may_stand: bool = True) -> Pause:
    since = draw(HOURS)
    ends = st.integers(since, 70).map(hour)
    until = draw(st.none() | ends) if may_stand else draw(ends)
    return Pause(PauseId(draw(st.integers(1, 99))), draw(WHATS), hour(since), until)


def of_one_time(known: list[Pause]) -> bool:
    """Return whether no two pauses of the same thing stand, which the database sees to."""
    standing = [each.what for each in known if each.until is None]
    return len(standing) == len(set(standing))


KNOWN = st.lists(pauses(), max_size=6).filter(of_one_time)


def covers(pause: Pause, number: int) -> bool:
    """Return whether OWED is paused by *pause* in the hour that begins at *number*."""
    return pause.what in OWED.parts and pause.since <= hour(number) < (pause.until or FOREVER)


@given(st.lists(pauses(may_stand=False), max_size=6), HOURS, st.integers(1, 30))
def test_a_delivery_is_owed_for_just_as_many_hours_that_were_not_paused(
    known: list[Pause], since: int, lasts: int
) -> None:
    deadline = Pauses.of(known).deadline(OWED, since=hour(since), expires_at=hour(since + lasts))

    length = int((deadline - hour(since)) / timedelta(hours=1))
    counted = [n for n in range(since, since + length) if not any(covers(each, n) for each in known)]
    assert len(counted) == lasts
    # It ends as soon as they are used up, not at the end of a pause that begins then.
    assert not any(covers(each, since + length - 1) for each in known)


@given(KNOWN, HOURS, st.integers(1, 30))
def test_nothing_grows_too_old_while_it_is_paused(known: list[Pause], since: int, lasts: int) -> None:
    expires_at = hour(since + lasts)
    deadline = Pauses.of(known).deadline(OWED, since=hour(since), expires_at=expires_at)

    assert deadline >= expires_at
    began_in_time = [each for each in known if each.until is None and each.since < expires_at]
    if any(each.what in OWED.parts for each in began_in_time):
        assert deadline == FOREVER


@given(KNOWN)
def test_what_a_delivery_is_held_by_stands_and_is_about_it(known: list[Pause]) -> None:
    found = Pauses.of(known)
    standing = {each.what for each in known if each.until is None}

    held = found.holding(OWED)
    assert (held is None) == standing.isdisjoint(OWED.parts)
    if held:
        assert held in known
        assert held.until is None
        assert held.what in OWED.parts
    of_all = {EVERYTHING, Paused(PauseScope.ACCOUNT, OWED.account)}
    assert found.stops(OWED.account) == (not standing.isdisjoint(of_all))

"""Recognition over whole histories of a feed: what is pushed is what is new, whatever the feed does."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.news.article import DatePrecision, Published
from bot.domain.news.dedup import FreshEntries, fresh_entries, named, skeleton
from bot.domain.news.feed import Entry
from tests.builders import stripped

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TITLES = ("Họp Đảng ủy số", "Đoàn công tác thăm đơn vị", "Quyết định bổ nhiệm cán bộ", "Thông báo tuyển dụng")


@dataclass(frozen=True)
class Step:
    """What a feed does between two polls."""

    new: int = 0
    dropped: int = 0
    all_back: bool = False
    turned: bool = False
    strip: bool = False
    new_guids: bool = False
    future: bool = False
    moved: bool = False

    def shows(self, numbers: list[int], round_: int) -> tuple[Entry, ...]:
        shown = [self._shows(number, round_) for number in numbers]
        return tuple(reversed(shown) if self.turned else shown)

    def _shows(self, number: int, round_: int) -> Entry:
        # Neighbours share a minute, and every eighth entry a title: alike, and not the same.
        published = Published(AT + timedelta(minutes=number // 2), DatePrecision.MINUTE)
        link = f"https://office.example/tin/{number}"
        entry = Entry(f"{TITLES[number % 4]} {number // 8}", link, f"guid {number}", published=published)
        if self.new_guids:
            entry = replace(entry, guid=f"{round_}: {number}")
        elif self.moved:
            entry = replace(entry, link=f"https://moved.example/{round_}/{number}")
        if self.future:
            entry = replace(entry, published=replace(published, at=AT + timedelta(days=9000 + round_)))
        return stripped(entry) if self.strip else entry


@dataclass
class Memory:
    """What is remembered of a feed between its polls."""

    known: set[str]
    polled: bool = False
    room: int = 1_000
    is_guessed: bool = False

    def poll(self, entries: tuple[Entry, ...]) -> FreshEntries:
        found = named(entries, {})
        asked = {name for each in found for name in each.names}
        fresh = fresh_entries(
            found,
            self.known & asked,
            first_poll=not self.polled,
            is_guessed=self.is_guessed,
            room=self.room,
        )
        self.polled = True
        self.known |= {name for names in fresh.names.values() for name in names}
        return fresh


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.builds(
            Step,
            new=st.integers(0, 12),
            dropped=st.integers(0, 11),
            all_back=st.booleans(),
            turned=st.booleans(),
            strip=st.booleans(),
            new_guids=st.booleans(),
            future=st.booleans(),
            moved=st.booleans(),
        ),
        max_size=8,
    ),
    has_guids=st.booleans(),
)
def test_whatever_a_feed_does_just_what_is_new_is_pushed(steps: list[Step], *, has_guids: bool) -> None:
    """Guids or addresses may change at any time; both at once is another matter."""
    steps = [replace(step, **{"new_guids" if has_guids else "moved": False}) for step in steps]
    memory, numbers = Memory(set()), [4, 3, 2, 1]
    memory.poll(Step().shows(numbers, 0))
    for round_, step in enumerate(steps, 1):
        new = [numbers[0] + count for count in range(step.new, 0, -1)]
        numbers = [*new, *numbers]
        listed = numbers if step.all_back else numbers[: len(new) + max(1, 12 - step.dropped)]

        fresh = memory.poll(step.shows(listed, round_))

        wanted = {each.link for each in step.shows(new, round_)}
        assert ({each.link for each in fresh.pushed}, len(fresh.pushed), fresh.held) == (wanted, len(new), ())


def test_a_feed_that_was_emptied_and_comes_back_pushes_nothing() -> None:
    memory, entries = Memory(set()), Step().shows([3, 2, 1], 0)
    memory.poll(entries)

    assert (memory.poll(()).pushed, memory.poll(entries).pushed) == ((), ())


def test_new_guids_addresses_and_dates_at_once_are_held_beyond_ten() -> None:
    memory, numbers = Memory(set()), list(range(20, 0, -1))
    memory.poll(Step().shows(numbers, 0))
    rebuilt = [
        replace(entry, guid=f"new {entry.guid}", link=f"{entry.link}/new", published=None)
        for entry in Step().shows(numbers, 1)
    ]

    assert len(memory.poll(tuple(rebuilt[:10])).pushed) == 10
    assert len(Memory(set(), polled=True).poll(tuple(rebuilt[:11])).held) == 11


def test_a_guessed_list_is_held_once_none_of_it_is_known() -> None:
    memory = Memory(set(), is_guessed=True)

    first = memory.poll(Step().shows([2, 1], 0))
    news = memory.poll(Step().shows([3, 2, 1], 0))
    menu = memory.poll(Step().shows([9], 0))
    back = memory.poll(Step().shows([4, 3, 2, 1], 0))

    assert [(len(each.kept), len(each.pushed), len(each.held)) for each in (first, news, menu, back)] == [
        (2, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]


@pytest.mark.parametrize("room", [0, 10, 300])
def test_what_exceeds_the_room_is_held_whatever_is_known(room: int) -> None:
    memory = Memory(set(), room=room)
    memory.poll(Step().shows([1], 0))

    fresh = memory.poll(Step().shows(list(range(301, 0, -1)), 1))
    again = memory.poll(Step().shows(list(range(301, 0, -1)), 2))

    assert (len(fresh.pushed), len(fresh.held)) == (room, 300 - room)
    # The oldest go first, so that nothing is told out of order.
    assert [each.link for each in fresh.pushed] == [
        f"https://office.example/tin/{n}" for n in range(2, room + 2)
    ]
    assert (again.pushed, again.held) == ((), ())


def test_new_guids_and_addresses_with_the_old_titles_and_dates_are_known() -> None:
    memory, numbers = Memory(set()), list(range(20, 0, -1))
    memory.poll(Step().shows(numbers, 0))
    moved = [
        replace(stripped(entry), guid=f"new {entry.guid}", link=f"{entry.link}/new")
        for entry in Step().shows(numbers, 1)
    ]

    fresh = memory.poll(tuple(moved))

    assert (fresh.pushed, fresh.held, len(fresh.moved)) == ((), (), 20)


def test_what_an_ascii_stripped_title_keeps_is_its_skeleton() -> None:
    title = "“Đảng ủy” Cục đi dự, Hội nghị: 12/3"

    assert (
        skeleton(title)
        == skeleton(stripped(Entry(title)).title)
        == "anguycucidhoinghi123".replace("id", "idu")
    )

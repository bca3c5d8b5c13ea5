import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messaging.update_ids import offset_after

FAR = 2**53 + 1


@pytest.mark.parametrize(
    ("received", "offset", "asked_next"),
    [
        ((), None, None),
        ((), 8, 8),
        ((7,), None, 8),
        ((7, 9, 8), 7, 10),
        ((7, 20_000), 7, 20_001),
        ((FAR,), None, FAR + 1),
        ((7, FAR), None, 8),
        ((FAR,), 8, 8),
        ((FAR, 8, 9), 8, 10),
        ((FAR, FAR + 1), 8, FAR + 2),
    ],
)
def test_a_number_out_of_line_becomes_an_offset_only_where_it_is_not_alone(
    received: tuple[int, ...], offset: int | None, asked_next: int | None
) -> None:
    assert offset_after(received, offset) == asked_next


@given(st.integers(0, 2**31), st.lists(st.integers(0, 900), min_size=1, max_size=50))
def test_numbers_in_line_are_all_confirmed(first: int, gaps: list[int]) -> None:
    numbers = [first + sum(gaps[:place]) for place in range(1, len(gaps) + 1)]

    assert offset_after(numbers, first) == max(numbers) + 1

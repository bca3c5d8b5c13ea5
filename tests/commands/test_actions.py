"""What buttons send back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.actions import Action, Verb, action, read


def test_an_action_says_its_version_its_verb_and_its_arguments() -> None:
    assert action(Verb.TOPIC, "c", 1, "quoc-te") == "1t.c.1.quoc-te"
    assert read("1t.c.1.quoc-te") == Action(Verb.TOPIC, "c.1.quoc-te")


def test_arguments_that_are_missing_are_empty_and_the_last_may_hold_dots() -> None:
    assert Action(Verb.TOPIC, "c").arguments(3) == ("c", "", "")
    assert Action(Verb.TOPIC, "c.1.a.b").arguments(3) == ("c", "1", "a.b")


def test_the_longest_id_of_a_feed_fits_in_64_bytes() -> None:
    assert len(action(Verb.POLL, "x" * 61).encode()) == 64


@pytest.mark.parametrize("data", ["", "1", "2t.c", "t.c.1", "1tt.c", "1?", "topic:1"])
def test_what_no_button_of_this_version_sends_is_not_read(data: str) -> None:
    assert read(data) is None


@given(st.text())
def test_whatever_comes_back_is_read_or_refused(data: str) -> None:
    found = read(data)

    assert found is None or found.rest == data.partition(".")[2]

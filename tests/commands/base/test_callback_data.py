"""What buttons send back."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.base.callback_data import CallbackData, Raw, Verb, nest, read, stamped, unnest
from bot.commands.base.callbacks import (
    ChooseLanguage,
    ListSaved,
    OpenSettings,
    PollFeed,
    SetSchedule,
    SettingsPanel,
    ShowOlder,
    SwitchTopic,
    View,
    Withdraw,
    WithdrawalAction,
)
from bot.commands.base.command_names import Command
from bot.commands.router.routing_table import routing_table
from bot.domain.chats.chat import TopicId
from bot.domain.chats.preferences import AT_ONCE, Schedule, Timing
from bot.domain.news.article import ArticleId


def every_kind() -> Iterator[type[CallbackData]]:
    """Yield the fields of each verb: the routing table knows the module of every one."""
    # A class with slots is made anew from the first one, which may still be there.
    yield from {each.verb: each for each in CallbackData.__subclasses__()}.values()


def test_callback_data_says_its_version_its_verb_and_its_fields() -> None:
    switch = SwitchTopic(View.TOPICS, on=True, topic=TopicId("quoc-te"))

    assert switch.pack() == "1t.c.1.quoc-te"
    assert read("1t.c.1.quoc-te") == Raw(Verb.TOPIC, "c.1.quoc-te")
    assert SwitchTopic.of("c.1.quoc-te") == switch


def test_fields_that_are_missing_are_what_they_usually_are_and_the_last_may_hold_dots() -> None:
    assert OpenSettings.of("") == OpenSettings(SettingsPanel.MAIN, "")
    assert OpenSettings.of("t.a.b") == OpenSettings(SettingsPanel.TOPIC, "a.b")
    assert (ListSaved.of("3."), ListSaved.of("3.7")) == (ListSaved(3), ListSaved(3, ArticleId(7)))
    assert Withdraw(ArticleId(3), WithdrawalAction.KEEP).pack() == "1w.3.keep"


@pytest.mark.parametrize("before", ["1m.10.99.", "1K.0", "1st..", "1w.3", "1r.5", "1sp.photo.0."])
def test_the_buttons_of_messages_that_were_sent_long_ago_still_do_what_they_say(before: str) -> None:
    found = read(before)

    assert found
    assert routing_table().pressed(found)


def test_the_longest_id_of_a_feed_fits_in_64_bytes_and_a_longer_one_is_refused() -> None:
    assert len(PollFeed("x" * 61).pack().encode()) == 64
    with pytest.raises(ValueError, match="more than 64 bytes"):
        PollFeed("x" * 62).pack()


def test_only_the_last_field_may_hold_a_dot() -> None:
    with pytest.raises(ValueError, match="only the last field"):
        ChooseLanguage("e.n", Command.HELP).pack()


@pytest.mark.parametrize("data", ["", "1", "2t.c", "t.c.1", "1tt.c", "1?", "topic:1"])
def test_what_no_button_of_this_version_sends_is_not_read(data: str) -> None:
    assert read(data) is None


@pytest.mark.parametrize(
    "rest", ["0.9", "100.9", f"10.{2**63}", "10." + "9" * 30, "10.-1", "10.x", "10.١", "10", ""]
)
def test_numbers_out_of_bounds_are_refused(rest: str) -> None:
    with pytest.raises(ValueError, match=r"number|lacks"):
        ShowOlder.of(rest)


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (AT_ONCE, "n"),
        (Schedule(Timing.DAILY, 7), "d07"),
        (Schedule(Timing.DAILY, 20), "d20"),
        (Schedule(Timing.WEEKLY, 7, 1), "w107"),
    ],
)
def test_a_schedule_is_a_code_of_few_characters(schedule: Schedule, code: str) -> None:
    assert SetSchedule(schedule, "*").pack() == f"1sc.{code}.*"
    assert SetSchedule.of(f"{code}.*") == SetSchedule(schedule, "*")


@pytest.mark.parametrize(
    "code", ["", "x", "n7", "d", "d7", "d24", "d-1", "d٠٧", "w007", "w807", "w124", "w07"]
)
def test_what_no_schedule_has_as_its_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"number|schedule"):
        SetSchedule.of(code + ".*")


def test_data_says_the_language_of_its_message_where_that_fits() -> None:
    long = PollFeed("x" * 60).pack()

    assert stamped("1t.c.1.quoc-te", "en") == "1t:en.c.1.quoc-te"
    assert read("1t:en.c.1.quoc-te") == Raw(Verb.TOPIC, "c.1.quoc-te", "en")
    assert stamped("1t:en.c.1.quoc-te", "vi") == "1t:en.c.1.quoc-te"
    assert (stamped(long, "en"), stamped("alt", "en")) == (long, "alt")


def test_data_may_stand_inside_other_data() -> None:
    data = nest(Verb.CHANNEL_SETTINGS, 7, OpenSettings(SettingsPanel.TOPIC, "quoc-te").pack())

    found = read(data)
    assert found == Raw(Verb.CHANNEL_SETTINGS, "7.st.t.quoc-te")
    assert unnest(found.rest.partition(".")[2]) == Raw(Verb.SETTINGS, "t.quoc-te")


def test_every_verb_has_fields_of_its_own() -> None:
    assert sorted(kind.verb for kind in every_kind()) == sorted(Verb)


@given(st.sampled_from(list(every_kind())), st.text() | st.from_regex(r"[0-9a-z?!.*-]{0,40}", fullmatch=True))
def test_whatever_comes_back_is_refused_or_means_what_is_sent_for_it(
    kind: type[CallbackData], rest: str
) -> None:
    try:
        fields = kind.of(rest)
    except ValueError:
        return

    try:
        packed = fields.pack()
    except ValueError:
        return
    found = read(packed)
    assert found
    assert kind.of(found.rest) == fields

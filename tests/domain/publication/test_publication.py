"""The states of publications."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.publication.publication import (
    OUT,
    PublicationState,
    Step,
    after,
    entering,
    possible,
    released_beside,
    together,
)

STEPS = st.lists(st.sampled_from(Step), max_size=12)
STATES = st.lists(st.sampled_from(PublicationState), max_size=6)


def reached(steps: list[Step]) -> list[PublicationState]:
    """Return the states on the way of a publication that is released, stepping over what cannot be done."""
    states = [PublicationState.RELEASED]
    for step in steps:
        states.append(after(states[-1], step) or states[-1])
    return states


@given(STEPS)
def test_a_recalled_publication_stays_recalled(steps: list[Step]) -> None:
    states = reached(steps)

    if PublicationState.RECALLED in states:
        assert states[-1] is PublicationState.RECALLED
    assert (states[-1] is PublicationState.RECALLED) == (Step.RECALL in steps)


@given(STEPS)
def test_no_step_can_be_taken_twice_in_a_row(steps: list[Step]) -> None:
    for step in Step:
        done = after(reached(steps)[-1], step)
        assert done is None or after(done, step) is None


@given(STEPS)
def test_what_is_stopped_can_be_resumed_and_is_as_before(steps: list[Step]) -> None:
    state = reached(steps)[-1]

    if stopped := after(state, Step.STOP):
        assert stopped is PublicationState.STOPPED
        assert after(stopped, Step.RESUME) is state


@given(st.sampled_from(PublicationState))
def test_what_is_offered_is_just_what_can_be_done(state: PublicationState) -> None:
    assert set(possible(state)) == {step for step in Step if after(state, step)}


@given(STATES)
def test_one_more_topic_is_no_way_around_a_stop_or_a_recall(states: list[PublicationState]) -> None:
    entered = entering(states, needs_approval=False)

    assert entered is PublicationState.RELEASED or entered in states
    assert entering([*states, entered], needs_approval=False) is entered
    assert (entered is PublicationState.RELEASED) == (OUT.intersection(states) <= {PublicationState.RELEASED})
    assert released_beside(states) is entered


@given(STATES)
def test_where_approval_is_asked_for_nothing_enters_as_released(states: list[PublicationState]) -> None:
    entered = entering(states, needs_approval=True)

    is_recalled = PublicationState.RECALLED in states
    assert entered is (PublicationState.RECALLED if is_recalled else PublicationState.AWAITING)


@given(STATES.filter(bool))
def test_what_is_out_in_one_topic_is_not_hidden_by_what_waits_in_another(
    states: list[PublicationState],
) -> None:
    told = together(states)

    assert told in states
    assert (told in OUT) == bool(OUT.intersection(states))


@given(st.sampled_from(PublicationState), st.sampled_from(Step))
def test_no_step_releases_what_waits_or_was_rejected(state: PublicationState, step: Step) -> None:
    if state not in OUT:
        assert after(state, step) in (None, PublicationState.RECALLED)

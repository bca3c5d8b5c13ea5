"""The states of publications."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.publication.publication import PublicationState, Step, after, possible, together

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
    entered = together(states)

    assert entered is PublicationState.RELEASED or entered in states
    assert together([*states, entered]) is entered
    assert (entered is PublicationState.RELEASED) == (set(states) <= {PublicationState.RELEASED})

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.courtesy import Throttle, ThrottleDecision, ThrottleRules

RULES = ThrottleRules(burst=3, per=1.0, first_mute=60, longest_mute=600, vital_burst=2, vital_per=10)


def judged(throttle: Throttle, now: float, times: int, *, vital: bool = False) -> list[ThrottleDecision]:
    return [throttle.judge("77", now, vital=vital) for _ in range(times)]


def test_whoever_is_quick_for_a_moment_is_answered() -> None:
    throttle = Throttle(RULES)

    assert judged(throttle, 0, 3) == [ThrottleDecision.ANSWER] * 3
    assert judged(throttle, 2, 2) == [ThrottleDecision.ANSWER] * 2
    assert throttle.mute_left("77", 2) <= 0


def test_whoever_goes_on_is_told_once_and_then_not_answered() -> None:
    throttle = Throttle(RULES)

    assert judged(throttle, 0, 6) == [
        *[ThrottleDecision.ANSWER] * 3,
        ThrottleDecision.NOTICE,
        ThrottleDecision.SILENCE,
        ThrottleDecision.SILENCE,
    ]
    assert throttle.mute_left("77", 10) == 50
    assert judged(throttle, 60, 1) == [ThrottleDecision.ANSWER]


def test_each_mute_is_twice_as_long_up_to_the_longest() -> None:
    throttle, now, mutes = Throttle(RULES), 0.0, []

    for _ in range(6):
        while throttle.judge("77", now, vital=False) is not ThrottleDecision.NOTICE:
            pass
        mutes.append(throttle.mute_left("77", now))
        now += mutes[-1]

    assert mutes == [60, 120, 240, 480, 600, 600]


def test_all_is_forgiven_after_a_while() -> None:
    throttle = Throttle(RULES)
    judged(throttle, 0, 4)

    assert judged(throttle, 60 + 600, 4)[-1] is ThrottleDecision.NOTICE
    assert throttle.mute_left("77", 660) == 60


def test_who_comes_back_when_nobody_else_is_remembered_is_answered_as_if_new() -> None:
    throttle = Throttle(RULES)
    judged(throttle, 0, 1)

    assert judged(throttle, 60 + 600, 1) == [ThrottleDecision.ANSWER]
    assert len(throttle) == 1


def test_what_is_vital_is_always_done_and_answered_now_and_then() -> None:
    throttle = Throttle(RULES)
    judged(throttle, 0, 4)

    assert judged(throttle, 1, 3, vital=True) == [
        ThrottleDecision.ANSWER,
        ThrottleDecision.ANSWER,
        ThrottleDecision.QUIETLY,
    ]
    assert judged(throttle, 11, 2, vital=True) == [ThrottleDecision.ANSWER, ThrottleDecision.QUIETLY]
    assert judged(throttle, 12, 1) == [ThrottleDecision.SILENCE]


def test_others_are_not_affected() -> None:
    throttle = Throttle(RULES)
    judged(throttle, 0, 9)

    assert throttle.judge("88", 0, vital=False) is ThrottleDecision.ANSWER
    assert (throttle.is_hasty("77", 0), throttle.is_hasty("88", 0)) == (True, True)
    assert (throttle.is_hasty("88", 1), throttle.is_hasty("99", 0)) == (False, False)


def test_nobody_is_remembered_for_longer_than_it_matters() -> None:
    throttle = Throttle(RULES)
    judged(throttle, 0, 9)

    throttle.judge("88", 60 + 601, vital=False)

    assert len(throttle) == 1


@given(st.lists(st.integers(0, 40), max_size=200))
def test_memory_is_bounded_whoever_comes(people: list[int]) -> None:
    throttle = Throttle(ThrottleRules(remembered=5))

    for now, who in enumerate(people):
        throttle.judge(who, float(now), vital=False)

    assert len(throttle) <= 5

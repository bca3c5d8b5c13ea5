from hypothesis import given
from hypothesis import strategies as st

from bot.domain.courtesy import Courtesy, CourtesyRules, Verdict

RULES = CourtesyRules(burst=3, per=1.0, first_mute=60, longest_mute=600, vital_burst=2, vital_per=10)


def judged(courtesy: Courtesy, now: float, times: int, *, vital: bool = False) -> list[Verdict]:
    return [courtesy.judge("77", now, vital=vital) for _ in range(times)]


def test_whoever_is_quick_for_a_moment_is_answered() -> None:
    courtesy = Courtesy(RULES)

    assert judged(courtesy, 0, 3) == [Verdict.ANSWER] * 3
    assert judged(courtesy, 2, 2) == [Verdict.ANSWER] * 2
    assert courtesy.mute_left("77", 2) <= 0


def test_whoever_goes_on_is_told_once_and_then_not_answered() -> None:
    courtesy = Courtesy(RULES)

    assert judged(courtesy, 0, 6) == [*[Verdict.ANSWER] * 3, Verdict.NOTICE, Verdict.SILENCE, Verdict.SILENCE]
    assert courtesy.mute_left("77", 10) == 50
    assert judged(courtesy, 60, 1) == [Verdict.ANSWER]


def test_each_mute_is_twice_as_long_up_to_the_longest() -> None:
    courtesy, now, mutes = Courtesy(RULES), 0.0, []

    for _ in range(6):
        while courtesy.judge("77", now, vital=False) is not Verdict.NOTICE:
            pass
        mutes.append(courtesy.mute_left("77", now))
        now += mutes[-1]

    assert mutes == [60, 120, 240, 480, 600, 600]


def test_all_is_forgiven_after_a_while() -> None:
    courtesy = Courtesy(RULES)
    judged(courtesy, 0, 4)

    assert judged(courtesy, 60 + 600, 4)[-1] is Verdict.NOTICE
    assert courtesy.mute_left("77", 660) == 60


def test_who_comes_back_when_nobody_else_is_remembered_is_answered_as_if_new() -> None:
    courtesy = Courtesy(RULES)
    judged(courtesy, 0, 1)

    assert judged(courtesy, 60 + 600, 1) == [Verdict.ANSWER]
    assert len(courtesy) == 1


def test_what_is_vital_is_always_done_and_answered_now_and_then() -> None:
    courtesy = Courtesy(RULES)
    judged(courtesy, 0, 4)

    assert judged(courtesy, 1, 3, vital=True) == [Verdict.ANSWER, Verdict.ANSWER, Verdict.QUIETLY]
    assert judged(courtesy, 11, 2, vital=True) == [Verdict.ANSWER, Verdict.QUIETLY]
    assert judged(courtesy, 12, 1) == [Verdict.SILENCE]


def test_others_are_not_affected() -> None:
    courtesy = Courtesy(RULES)
    judged(courtesy, 0, 9)

    assert courtesy.judge("88", 0, vital=False) is Verdict.ANSWER
    assert (courtesy.is_hasty("77", 0), courtesy.is_hasty("88", 0)) == (True, True)
    assert (courtesy.is_hasty("88", 1), courtesy.is_hasty("99", 0)) == (False, False)


def test_nobody_is_remembered_for_longer_than_it_matters() -> None:
    courtesy = Courtesy(RULES)
    judged(courtesy, 0, 9)

    courtesy.judge("88", 60 + 601, vital=False)

    assert len(courtesy) == 1


@given(st.lists(st.integers(0, 40), max_size=200))
def test_memory_is_bounded_whoever_comes(people: list[int]) -> None:
    courtesy = Courtesy(CourtesyRules(remembered=5))

    for now, who in enumerate(people):
        courtesy.judge(who, float(now), vital=False)

    assert len(courtesy) <= 5

"""When an article is refused as malformed too often."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery.malformed import LEAST_TRIED, Judged


@given(st.lists(st.booleans(), max_size=60), st.floats(0.01, 1.0))
def test_enough_must_be_judged_and_more_than_the_share_malformed(refusals: list[bool], share: float) -> None:
    judged = Judged()
    for refusal in refusals:
        judged.note(malformed=refusal)

    enough, bad = len(refusals) >= LEAST_TRIED, sum(refusals)
    assert judged.exceeds(share) == (enough and bad > share * len(refusals))
    assert not judged.exceeds(1.0)

"""The last week of a month on an emulated Zalo; the bench lives through all of it, on either database."""

from datetime import timedelta

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.delivery.monthly_quota import month_after
from tests.bench.monthly_digests import AT_ONCE, DAYS, LAST_WEEK, RATION, WEEKLY, lived


@pytest.mark.timeout(300)
async def test_when_a_month_comes_to_its_end_nobody_is_left_out_and_everybody_is_answered(
    sqlite_url: str,
) -> None:
    """So much was used before as should be: what is above it now is above the plan at the end."""
    month = await lived(sqlite_url, first=LAST_WEEK)

    last = month.usages[-1]
    assert month.unanswered == 0
    assert month.above_quota == 0
    assert last.count.messages <= last.quota.messages
    # Each article reached everybody once, by whatever way.
    assert month.left_out == 0
    # A digest of every day went, in one message, to each of those who get one.
    days = DAYS - LAST_WEEK
    assert set(month.digests[AT_ONCE + WEEKLY :]) == {days}
    # Some thirty titles go into one message: 20 articles by the first Monday, and 120 by the next.
    assert all(4 <= count <= 6 for count in month.digests[AT_ONCE : AT_ONCE + WEEKLY])
    # What news may take is used nearly to the end, and what comes at once has its share of each day.
    assert 0.95 <= last.count.news / last.quota.for_news <= 1.0
    # The owners are warned when it lasts to the last day, or the one before; it lasts to the last one.
    low = next(usage for usage in month.usages if usage.is_low)
    assert (low.lasts_until() or month_after(low.moment)) >= month_after(low.moment) - timedelta(days=2)
    assert not last.is_spent or last.moment.astimezone(VIETNAM).day == DAYS
    assert sum(RATION in text for texts in month.read for text in texts) == AT_ONCE

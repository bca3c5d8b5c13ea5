"""A real feed over HTTP that is re-ordered, truncated, emptied, stripped, misdated and rebuilt."""

from tests.services.mischief import mischief, story


async def test_each_poll_pushes_exactly_what_is_new(database_url: str) -> None:
    done = await mischief(database_url)

    assert [(step.what, step.pushed) for step in done] == [(what, expected) for what, _, expected in story()]

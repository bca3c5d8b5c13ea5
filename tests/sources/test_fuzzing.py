from bot.sources.workers.pool import Workers
from tests.sources.fuzzing import fuzz

CASES = range(300)


async def test_damaged_documents_are_read_or_refused_within_the_limits() -> None:
    async with Workers(count=2) as workers:
        found = await fuzz(workers, CASES)

    assert found.wrong == {}
    assert found.ends.total() == len(CASES)
    assert min(found.ends["read"], found.ends["refused"]) > len(CASES) // 10

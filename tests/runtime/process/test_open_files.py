import resource
from collections.abc import Iterator

import pytest

from bot.runtime.process.open_files import WANTED, raise_open_files_limit


@pytest.fixture(autouse=True)
def _limits() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_soft_limit_is_raised_as_far_as_it_may() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1_000, hard))

    raise_open_files_limit()

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(hard, WANTED), hard)


def test_a_higher_limit_is_left_alone() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard <= WANTED:
        pytest.skip("this machine allows no higher one")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    raise_open_files_limit()

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)

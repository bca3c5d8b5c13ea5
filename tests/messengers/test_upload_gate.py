import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messengers.telegram.messenger import TelegramMessenger
from bot.messengers.telegram.upload_gate import UploadGate
from tests.emulated import Emulated


def test_small_files_never_wait() -> None:
    gate = UploadGate()

    assert [gate.wait(100_000, 0.0) for _ in range(100)] == [0.0] * 100


def test_files_of_one_size_pass_one_after_the_other() -> None:
    gate = UploadGate()

    assert [gate.wait(4_000_000, 0.0) for _ in range(3)] == pytest.approx([0.0, 0.4, 0.8])
    assert gate.wait(4_000_001, 0.0) == 0.0


async def test_each_bot_has_a_gate_of_its_own(messenger: TelegramMessenger, emulated: Emulated) -> None:
    async with emulated.messenger() as other:
        waits = [each.upload_wait(4_000_000, 0.0) for each in (messenger, messenger, other)]

    assert waits == pytest.approx([0.0, 0.4, 0.0])


@given(st.lists(st.tuples(st.integers(100_001, 20_000_000), st.floats(0, 5)), max_size=30))
def test_two_uploads_of_one_size_are_never_closer_than_the_gate_lets_them(
    uploads: list[tuple[int, float]],
) -> None:
    gate, now = UploadGate(), 0.0
    begun: dict[int, float] = {}
    for size, later in uploads:
        now += later
        begins = now + gate.wait(size, now)
        if size in begun:
            assert begins - begun[size] >= min(max(size * 1e-7, 0.2), 0.9) - 1e-9
        begun[size] = begins

"""What is remembered of the last thing said in a chat, and for how long."""

from bot.commands.base.recent import HOLDS_FOR, Question, Recent
from bot.domain.chats.chat import Address
from tests.fakes import ACCOUNT, FakeClock

QUESTION = Question(yes="1z.!", no="1z.-")


def test_a_question_and_a_language_go_after_a_day() -> None:
    clock = FakeClock()
    recent = Recent(clock)
    first, second = Address(ACCOUNT, "77"), Address(ACCOUNT, "78")
    recent.ask(first, QUESTION)
    recent.speak(second, "en")
    clock.advance(HOLDS_FOR.total_seconds() - 1)
    before = recent.question(first), recent.language(second)

    clock.advance(1)

    assert before == (QUESTION, "en")
    assert recent.question(first) is None
    assert recent.language(second) is None


def test_nothing_older_than_a_day_is_left_in_the_memory_once_anybody_speaks() -> None:
    clock = FakeClock()
    recent = Recent(clock)
    for user in range(5):
        recent.ask(Address(ACCOUNT, str(user)), QUESTION)
    clock.advance(HOLDS_FOR.total_seconds())

    recent.ask(Address(ACCOUNT, "77"), QUESTION)

    assert recent._said.expire() == []
    assert list(recent._said) == [Address(ACCOUNT, "77")]

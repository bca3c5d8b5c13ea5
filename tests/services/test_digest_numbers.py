"""The numbers of digests where they are typed: one article a number and day, as far as they go."""

from dataclasses import replace
from datetime import date

from bot.domain.chats.preferences import MessageOptions
from bot.domain.delivery.delivery import Delivery, DeliveryId
from bot.services.rendering.digest import Edition
from bot.services.text_menus.digest_numbers import DigestNumbers
from tests.domain.delivery.test_decision import DELIVERY

DAY = date(2026, 3, 2)


def group(first: int, count: int) -> list[Delivery]:
    return [replace(DELIVERY, id=DeliveryId(number)) for number in range(first, first + count)]


def sent(numbers: DigestNumbers, shown: list[Delivery], day: date = DAY) -> int:
    first = numbers.first(shown, day)
    numbers.note(shown, Edition("vi", MessageOptions(), day, private=True, first=first))
    return first


def test_a_further_digest_of_a_day_goes_on_and_the_next_day_begins_anew() -> None:
    numbers = DigestNumbers()

    assert sent(numbers, group(1, 30)) == 1
    assert sent(numbers, group(31, 12)) == 31
    assert sent(numbers, group(50, 8), date(2026, 3, 3)) == 1


def test_a_digest_that_was_not_sent_keeps_its_numbers() -> None:
    numbers = DigestNumbers()
    sent(numbers, group(1, 30))

    assert sent(numbers, group(31, 5)) == 31
    assert sent(numbers, group(31, 7)) == 31


def test_numbers_that_nobody_can_type_begin_anew() -> None:
    numbers = DigestNumbers()
    firsts = [sent(numbers, group(first, 30)) for first in range(1, 121, 30)]

    assert firsts == [1, 31, 61, 1]

"""The messages that a sender keeps at hand weigh little, however many photos went out."""

from bot.domain.chats.message import Message, NewPhoto, plain
from bot.services.rendering.card_cache import Card
from bot.services.rendering.kept_cards import Kept

MB = 1 << 20


def card(number: int, size: int) -> Card:
    photo = NewPhoto(str(number), bytes(size)) if size else None
    return Card(Message((plain(f"Bài {number}"),), photo=photo), preview_url=None)


def kept(most: int, megabytes: int) -> Kept[str, Card]:
    return Kept(most, lambda card: card.new_photo, photo_bytes=megabytes * MB)


def test_what_was_used_last_is_kept_as_far_as_the_photos_have_room() -> None:
    cards = kept(64, 2)
    for number in range(5):
        cards.keep(f"{number}", card(number, MB))

    assert [number for number in range(5) if cards.get(f"{number}")] == [3, 4]


def test_a_photo_in_several_cards_counts_once() -> None:
    cards = kept(64, 1)
    for language in ("vi", "en"):
        cards.keep(language, card(1, MB))

    assert (cards.get("vi") is not None, cards.get("en") is not None) == (True, True)
    assert cards.photo("1") is not None


def test_one_photo_that_is_larger_than_the_room_is_kept_until_the_next_card() -> None:
    cards = kept(64, 1)
    cards.keep("large", card(1, 3 * MB))
    assert cards.get("large")

    cards.keep("next", card(2, 0))

    assert (cards.get("large"), cards.get("next") is not None) == (None, True)


def test_cards_without_photos_are_bounded_by_their_number() -> None:
    cards = kept(3, 1)
    for number in range(5):
        cards.keep(f"{number}", card(number, 0))
        cards.get("0")

    assert [number for number in range(5) if cards.get(f"{number}")] == [0, 3, 4]

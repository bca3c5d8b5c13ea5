"""The messages that were composed last, for the next batch: so many, and so many bytes of photos in them."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from bot.domain.chats.message import NewPhoto

PHOTO_BYTES = 3 << 20
"""A photo weighs up to half a megabyte, and is needed until it is uploaded, which the first chats see to."""

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Keeps what was used last: at most *most*, and no more photos than *photo_bytes* in all of them.

    *photo_of* returns the photo that a value has in hand. The same photo in several values counts once, so
    whoever makes one asks `photo` first.
    """

    def __init__(
        self, most: int, photo_of: Callable[[V], NewPhoto | None], *, photo_bytes: int = PHOTO_BYTES
    ) -> None:
        self._most = most
        self._photo_of = photo_of
        self._photo_bytes = photo_bytes
        self._values: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        if (value := self._values.get(key)) is not None:
            self._values.move_to_end(key)
        return value

    def keep(self, key: K, value: V) -> None:
        """Keep *value*, and let go of what was used least lately where that is too much."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most or (len(self._values) > 1 and self._is_heavy()):
            self._values.popitem(last=False)

    def photo(self, key: str) -> NewPhoto | None:
        """Return the photo called *key*, if a value has it in hand."""
        return self._photos().get(key)

    def _is_heavy(self) -> bool:
        return sum(len(photo.content) for photo in self._photos().values()) > self._photo_bytes

    def _photos(self) -> dict[str, NewPhoto]:
        return {photo.key: photo for value in self._values.values() if (photo := self._photo_of(value))}

"""The file store: what was uploaded or fetched, and the identifiers that each bot knows it by."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.rules.errors import ApiError, bad_request

_KINDS = {"photo": b"\x02", "voice": b"\x03", "document": b"\x05"}
_NAMES = {"photo": "Photo", "voice": "VoiceNote", "document": "Document"}
_TAG_BYTES = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of a photo."""

    key: str
    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in all its sizes, smallest first."""

    sizes: tuple[Picture, ...]

    @property
    def largest(self) -> Picture:
        return self.sizes[-1]


@dataclass(frozen=True, slots=True)
class Document:
    """A file sent as it is."""

    key: str
    name: str
    content_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A recording; *duration* in seconds is what its sender said."""

    key: str
    content_type: str
    bytes: int
    duration: int


@dataclass(slots=True)
class FileStore:
    """Contents are kept once, by hash; a file_id binds a bot, a kind and a content.

    *sources* remembers which photo was made of an upload: Telegram reuses uploaded photos by hash.
    """

    secret: bytes = b"emulator"
    contents: dict[str, bytes] = field(default_factory=dict)
    items: dict[tuple[str, str], Photo | Document | VoiceNote] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Photo] = field(default_factory=dict)
    rendered: dict[tuple[int, Photo], list[dict[str, Any]]] = field(default_factory=dict)
    offered: dict[tuple[int, str], tuple[str, float]] = field(default_factory=dict)

    def keep(self, content: bytes, content_type: str) -> str:
        key = hashlib.sha256(content).hexdigest()
        self.contents[key] = content
        self.types[key] = content_type
        return key

    def add_photo(self, photo: Photo) -> None:
        for size in photo.sizes:
            self.items["photo", size.key] = photo

    def add_document(self, document: Document) -> None:
        self.items["document", document.key] = document

    def add_voice(self, voice: VoiceNote) -> None:
        self.items["voice", voice.key] = voice

    def file_id(self, bot: int, kind: str, key: str) -> str:
        """Return an opaque identifier without a dot, good for that bot and kind alone."""
        body = _KINDS[kind] + bot.to_bytes(8, "big") + bytes.fromhex(key)
        tag = hmac.digest(self.secret, body, "sha256")[:_TAG_BYTES]
        return base64.urlsafe_b64encode(body + tag).decode().rstrip("=")

    def unique_id(self, key: str) -> str:
        return base64.urlsafe_b64encode(bytes.fromhex(key)[:12]).decode()

    def resolve(self, bot: int, file_id: str, kind: str) -> Photo | Document | VoiceNote:
        """Return what *file_id* names; refuse garbage, another bot's identifier and another kind."""
        owner, found_kind, key = self._decode(file_id)
        item = self.items.get((found_kind, key))
        if owner != bot or item is None:
            raise bad_request("Wrong file identifier/HTTP URL specified")
        if found_kind != kind:
            raise bad_request(f"Can't use file of type {_NAMES[found_kind]} as {_NAMES[kind]}")
        return item

    def any_item(self, bot: int, file_id: str) -> tuple[str, Photo | Document | VoiceNote]:
        """Return the content's key and the item of a file_id of whatever kind (getFile)."""
        try:
            owner, kind, key = self._decode(file_id)
        except ApiError:
            raise bad_request("Invalid file_id") from None
        if owner != bot or (kind, key) not in self.items:
            raise bad_request("Invalid file_id")
        return key, self.items[kind, key]

    def content(self, file_id: str) -> tuple[bytes, str]:
        """Return the bytes and content type behind any bot's file_id (control API)."""
        _, _, key = self._decode(file_id)
        return self.contents[key], self.types[key]

    def offer(self, bot: int, path: str, key: str, *, until: float) -> None:
        """Let that bot download a content under *path* for a while (getFile)."""
        self.offered[bot, path] = (key, until)

    def download(self, bot: int, path: str, *, now: float) -> bytes | None:
        key, until = self.offered.get((bot, path), ("", 0.0))
        return self.contents[key] if now < until else None

    def _decode(self, file_id: str) -> tuple[int, str, str]:
        complaint = "Wrong remote file identifier specified: "
        if not file_id.isascii() or not file_id.replace("-", "").replace("_", "").isalnum():
            raise bad_request(complaint + "can't unserialize it. Wrong padding length")
        try:
            raw = base64.b64decode(file_id + "=" * (-len(file_id) % 4), altchars=b"-_", validate=True)
        except ValueError:
            raise bad_request(complaint + "Wrong padding in the string") from None
        body, tag = raw[:-_TAG_BYTES], raw[-_TAG_BYTES:]
        kinds = {mark: kind for kind, mark in _KINDS.items()}
        known = body[:1] in kinds and hmac.compare_digest(
            hmac.digest(self.secret, body, "sha256")[:_TAG_BYTES], tag
        )
        if not known:
            raise bad_request(complaint + "can't unserialize it. Wrong last symbol")
        return int.from_bytes(body[1:9], "big"), kinds[body[:1]], body[9:].hex()


def photo_json(store: FileStore, bot: int, photo: Photo) -> list[dict[str, Any]]:
    """Return the sizes as that bot knows them; the list is shared and must not be changed."""
    known = store.rendered.get((bot, photo))
    if known is None:
        known = store.rendered[bot, photo] = [
            {
                "file_id": store.file_id(bot, "photo", size.key),
                "file_unique_id": store.unique_id(size.key),
                "file_size": size.bytes,
                "width": size.width,
                "height": size.height,
            }
            for size in photo.sizes
        ]
    return known


def document_json(store: FileStore, bot: int, document: Document) -> dict[str, Any]:
    return {
        "file_name": document.name,
        "mime_type": document.content_type,
        "file_id": store.file_id(bot, "document", document.key),
        "file_unique_id": store.unique_id(document.key),
        "file_size": document.bytes,
    }


def voice_json(store: FileStore, bot: int, voice: VoiceNote) -> dict[str, Any]:
    return {
        "duration": voice.duration,
        "mime_type": voice.content_type,
        "file_id": store.file_id(bot, "voice", voice.key),
        "file_unique_id": store.unique_id(voice.key),
        "file_size": voice.bytes,
    }

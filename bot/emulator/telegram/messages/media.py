"""The photo or document of a request: attached, known by file_id, or fetched from an address."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.emulator.telegram.media.files import Document, Photo, VoiceNote
from bot.emulator.telegram.media.photos import MAX_UPLOAD, check_name, stored_photo
from bot.emulator.telegram.media.voices import stored_voice
from bot.emulator.telegram.requests.arguments import Upload
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.world.registry import Call
from bot.emulator.telegram.world.world import Chat

_ATTACHED = "attach://"


@dataclass(frozen=True, slots=True)
class MediaSource:
    """Just one of the three is set; what a file_id names is known at once."""

    kind: str
    upload: Upload | None = None
    url: str = ""
    known: Photo | Document | VoiceNote | None = None


def named_source(call: Call, kind: str, field: str, reference: str) -> MediaSource | None:
    """Return what *reference*, the text of an argument or of an album's item, stands for; None if missing.

    TDLib: a text with a dot is an address, anything else a file_id.
    """
    if reference.startswith(_ATTACHED):
        field, reference = reference.removeprefix(_ATTACHED), ""
    if reference:
        if "." in reference:
            return MediaSource(kind, url=reference)
        return MediaSource(kind, known=call.state.files.resolve(call.bot.id, reference, kind))
    upload = call.arguments.files.get(field) if field else None
    return None if upload is None else MediaSource(kind, upload=upload)


def check_upload(source: MediaSource) -> None:
    """Refuse by name and size, as is done before anything is sent on."""
    if source.upload is None:
        return
    if not source.upload.content:
        raise bad_request("file must be non-empty")
    if source.kind == "photo":
        check_name(source.upload.name)
        if len(source.upload.content) > MAX_UPLOAD:
            raise bad_request("file is too big")


@asynccontextmanager
async def through_gate(call: Call, chat: Chat, sources: Sequence[MediaSource]) -> AsyncIterator[None]:
    """Count the request as under way, and hold it as long as its files, taken together, have to wait."""
    if all(source.known is not None for source in sources):
        yield
        return
    state = call.state
    size = sum(len(source.upload.content) for source in sources if source.upload is not None)
    wait = state.gate.wait(call.bot.id, size, call.arrived_at)
    chat.in_flight += 1
    try:
        await state.pause(wait)
        yield
    finally:
        chat.in_flight -= 1


async def load_one(call: Call, chat: Chat, source: MediaSource) -> Photo | Document | VoiceNote:
    """Bring one photo or document into the store, through the gate for large uploads."""
    async with through_gate(call, chat, [source]):
        return await loaded(call, source)


async def loaded(call: Call, source: MediaSource) -> Photo | Document | VoiceNote:
    if source.known is not None:
        return source.known
    if source.upload is not None:
        call.state.metrics.uploads += 1
        if source.kind == "document":
            return _document(call, source.upload)
        if source.kind == "voice":
            return stored_voice(call.state.files, source.upload.content, call.arguments.integer("duration"))
        return await _photo(call, source.upload.content)
    if source.kind != "photo":
        raise ApiError(501, "Not Implemented: the emulator fetches photos alone")
    content = await call.state.fetcher.fetch(source.url)
    try:
        return await _photo(call, content)
    except ApiError:
        raise bad_request("Wrong file identifier/HTTP URL specified") from None


async def _photo(call: Call, content: bytes) -> Photo:
    files = call.state.files
    known = files.sources.get(hashlib.sha256(content).hexdigest())
    if known is None:
        # Decoding takes long enough to hold up other requests, whose arrival is measured.
        known = await asyncio.to_thread(stored_photo, files, content)
        files.sources[hashlib.sha256(content).hexdigest()] = known
    return known


def _document(call: Call, upload: Upload) -> Document:
    files = call.state.files
    key = files.keep(upload.content, upload.content_type)
    document = Document(key, upload.name, upload.content_type, len(upload.content))
    files.add_document(document)
    return document

"""Forms that bring files: read part by part, and never more of it than is allowed."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

SLOWEST = 120.0
"""Seconds that a form with files may take to come."""

_PIECE = 64 * 1024
_FIELDS = 500
_WORDS = 256 * 1024


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How many files a form may bring, and how large each, and all of them, may be, in bytes."""

    files: int
    each: int
    together: int


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file as a browser sent it, under the name that it had there; it is not known to be what it claims."""

    name: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class MultipartForm:
    """What has come of a form: the values of its fields, and its files, by the name of their field."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[FormFile]] = field(default_factory=dict)
    words_size: int = 0
    files_size: int = 0

    @property
    def parts(self) -> int:
        return sum(map(len, self.values.values())) + sum(map(len, self.files.values()))


class UploadTooLargeError(Exception):
    """There are more files than are allowed, or they are larger."""


async def read_multipart(request: web.Request, limits: UploadLimits) -> MultipartForm:
    """Read a form; raises UploadTooLargeError, and ValueError for what is none or comes too slowly."""
    form = MultipartForm()
    try:
        async with asyncio.timeout(SLOWEST):
            reader = await request.multipart()
            while (part := await reader.next()) is not None:
                if not isinstance(part, BodyPartReader) or not part.name or form.parts >= _FIELDS:
                    raise ValueError("not a form of ours")
                await _take(form, part, part.name, limits)
    except TimeoutError:
        raise ValueError("it came too slowly") from None
    return form


async def _take(form: MultipartForm, part: BodyPartReader, name: str, limits: UploadLimits) -> None:
    if part.filename is None:
        said = await _read(part, _WORDS - form.words_size)
        form.words_size += len(said)
        form.values.setdefault(name, []).append(said.decode("utf-8", "replace"))
        return
    content = await _read(part, min(limits.each, limits.together - form.files_size))
    # A browser sends a field for which no file was chosen as one without a name.
    if not part.filename and not content:
        return
    if sum(map(len, form.files.values())) >= limits.files:
        raise UploadTooLargeError
    form.files_size += len(content)
    form.files.setdefault(name, []).append(FormFile(part.filename, content))


async def _read(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk(_PIECE):
        content += piece
        if len(content) > limit:
            raise UploadTooLargeError
    return bytes(content)

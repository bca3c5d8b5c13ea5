"""Unpacking of compressed answers piece by piece, so that a small bomb cannot fill the memory."""

import zlib

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode

_GZIP = 16 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


class Inflater:
    """Undoes one Content-Encoding up to *limit* bytes; *where* is named in errors."""

    def __init__(self, encoding: str, *, limit: int, where: str) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise SourceError(
                f"{where} is packed as {encoding[:40]!r}, which nobody asked for: try again later"
            )
        self._left = limit
        self._where = where
        self._packed = self._encoding not in ("", "identity")
        self._stream: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> bytes:
        """Return what *chunk* unpacks to; raise SourceError beyond the limit or where it is broken."""
        if not self._packed or not chunk:
            return chunk
        if self._stream is None:
            self._stream = zlib.decompressobj(self._window(chunk[0]))
        if self._stream.eof:
            return b""
        try:
            plain = self._stream.decompress(chunk, self._left + 1)
        except zlib.error:
            raise SourceError(f"{self._where} is packed wrongly: try again later") from None
        self._left -= len(plain)
        if self._left < 0:
            raise SourceError(
                f"{self._where} unpacks to more than is allowed: it is not read", ReasonCode.TOO_LARGE
            )
        return plain

    def finish(self) -> None:
        """Raise SourceError if the packed stream has not come to its end."""
        if self._stream is not None and not self._stream.eof:
            raise SourceError(
                f"{self._where} broke off in the middle of the answer: try again later", ReasonCode.BROKEN_OFF
            )

    def _window(self, first: int) -> int:
        if self._encoding != "deflate":
            return _GZIP
        # RFC 9110 means zlib's format; some servers send the bare stream. Method 8 marks the former.
        return zlib.MAX_WBITS if first & 0x0F == 8 else _RAW

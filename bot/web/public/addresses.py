"""The public addresses of prepared photos and recordings: a key, and a signature that nobody can guess.

Nothing is stored of them: every process that knows the secret comes to the same address.
"""

import hmac
import re
from enum import StrEnum

PATH = "/p"

_SIGNATURE_BYTES = 16
"""128 bits."""

_NAME = re.compile(r"([0-9a-f]{64})-([0-9a-f]{32})\.([a-z]{3})", re.ASCII)


class MediaFile(StrEnum):
    """What is behind an address: the ending of its name."""

    PHOTO = "jpg"
    RECORDING = "aac"


class MediaAddresses:
    """Makes the addresses below *public_url*, signed with *secret*, and tells them from invented ones."""

    def __init__(self, public_url: str, secret: bytes) -> None:
        self._base = f"{public_url.rstrip('/')}{PATH}"
        self._secret = secret

    def address(self, key: str, file: MediaFile = MediaFile.PHOTO) -> str:
        """Return where the photo or recording *key* is fetched from; it is a SHA-256 in hex."""
        return f"{self._base}/{key}-{self._signature(key, file)}.{file}"

    def key(self, name: str, file: MediaFile = MediaFile.PHOTO) -> str | None:
        """Return the key of what is called *name* in its address; None for an invented one."""
        found = _NAME.fullmatch(name)
        if (
            not found
            or found[3] != file
            or not hmac.compare_digest(found[2], self._signature(found[1], file))
        ):
            return None
        return found[1]

    def _signature(self, key: str, file: MediaFile) -> str:
        signed = key if file is MediaFile.PHOTO else f"{key}.{file}"
        return hmac.digest(self._secret, signed.encode(), "sha256")[:_SIGNATURE_BYTES].hex()

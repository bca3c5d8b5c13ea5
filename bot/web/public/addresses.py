"""The public addresses of prepared photos: each holds the photo's key and a signature that nobody can guess.

Nothing is stored of them: every process that knows the secret comes to the same address.
"""

import hmac
import re

PATH = "/p"

_SIGNATURE_BYTES = 16
"""128 bits."""

_NAME = re.compile(r"([0-9a-f]{64})-([0-9a-f]{32})\.jpg", re.ASCII)


class PhotoAddresses:
    """Makes the addresses below *public_url*, signed with *secret*, and tells them from invented ones."""

    def __init__(self, public_url: str, secret: bytes) -> None:
        self._base = f"{public_url.rstrip('/')}{PATH}"
        self._secret = secret

    def address(self, key: str) -> str:
        """Return where the photo *key* is fetched from: the SHA-256 of its bytes, in hex."""
        return f"{self._base}/{key}-{self._signature(key)}.jpg"

    def key(self, name: str) -> str | None:
        """Return the key of the photo that is called *name* in its address; None for an invented one."""
        found = _NAME.fullmatch(name)
        if not found or not hmac.compare_digest(found[2], self._signature(found[1])):
            return None
        return found[1]

    def _signature(self, key: str) -> str:
        return hmac.digest(self._secret, key.encode(), "sha256")[:_SIGNATURE_BYTES].hex()

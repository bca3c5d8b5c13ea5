"""The proof that somebody's data was deleted: it says so of a chat that one asks about, and names none.

There are so few ids of chats that whoever holds a mere hash, salted or not, can try them all. So the hash is
keyed, and the key lies outside the database; the salt keeps two deletions of one chat from looking alike.
"""

import hmac
from dataclasses import dataclass

from bot.domain.chats.chat import AccountId

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class ErasureProof:
    """A keyed hash of an account and the id of a chat, and its salt; both in hex."""

    salt: str
    hash: str

    @classmethod
    def make(cls, key: bytes, salt: bytes, *, account: AccountId, chat: str) -> "ErasureProof":
        return cls(salt.hex(), _hash(key, salt, account, chat))

    def is_about(self, key: bytes, *, account: AccountId, chat: str) -> bool:
        return hmac.compare_digest(self.hash, _hash(key, bytes.fromhex(self.salt), account, chat))


def _hash(key: bytes, salt: bytes, account: AccountId, chat: str) -> str:
    return hmac.digest(key, salt + f"{account} {chat}".encode(), "sha256").hex()

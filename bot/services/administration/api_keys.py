"""Creating and revoking keys of the API, each in one transaction with its audit line."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import (
    LONGEST_NAME,
    PREFIX,
    ApiKey,
    ApiScope,
    fingerprint,
    in_order,
    is_name,
    new_token,
)
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind, Values
from bot.domain.errors import ExplainedError
from bot.store.api import api_keys
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.runtime import audit


class ApiKeyRefusedError(ExplainedError):
    """A key that cannot be made or revoked. The text is one line for people."""


@dataclass(frozen=True, slots=True)
class WantedApiKey:
    """What a key is to be called and may do, for *topics* alone or with None for all."""

    name: str
    scopes: frozenset[ApiScope]
    topics: frozenset[TopicId] | None = None


@dataclass(frozen=True, slots=True)
class CreatedApiKey:
    """A new key. Its *token* is known here and now, and nowhere afterwards: it is shown once."""

    key: ApiKey
    token: str


async def create(tx: Transaction, wanted: WantedApiKey, actor: Actor, *, now: datetime) -> CreatedApiKey:
    """Make a key. Raises ApiKeyRefusedError."""
    await _require_possible(tx, wanted)
    token = new_token()
    new = api_keys.NewApiKey(
        name=wanted.name,
        scopes=wanted.scopes,
        topics=wanted.topics,
        prefix=token[:PREFIX],
        fingerprint=fingerprint(token),
    )
    key = await api_keys.add(tx, new, now=now)
    if key is None:
        # The audit log knows a key by its name, also one that was revoked long ago.
        raise ApiKeyRefusedError(f"there is, or was, a key named {wanted.name!r}: choose another name")
    await audit.record(tx, actor, Act(AuditAction.API_KEY_CREATED, _about(key), after=_values(key)), now=now)
    return CreatedApiKey(key, token)


async def revoke(tx: Transaction, name: str, actor: Actor, *, now: datetime) -> ApiKey:
    """Have nobody come in with the key of that *name* any more. Raises ApiKeyRefusedError."""
    key = await api_keys.revoke(tx, name, now=now)
    if key is None:
        raise ApiKeyRefusedError(f"there is no key named {name!r} that is not revoked")
    await audit.record(tx, actor, Act(AuditAction.API_KEY_REVOKED, _about(key), before=_values(key)), now=now)
    return key


async def _require_possible(tx: Transaction, wanted: WantedApiKey) -> None:
    if not is_name(wanted.name):
        raise ApiKeyRefusedError(
            f"a key is named by up to {LONGEST_NAME} letters, digits, spaces and the signs . _ -,"
            " and begins and ends with a letter or digit"
        )
    if not wanted.scopes:
        raise ApiKeyRefusedError(f"say what the key may do: {', '.join(ApiScope)}")
    if wanted.topics is None:
        return
    if unknown := wanted.topics - {topic.id for topic in await feeds.topics(tx)}:
        raise ApiKeyRefusedError(f"there is no topic {min(unknown)!r}")
    if not wanted.topics:
        raise ApiKeyRefusedError("a key that is for some topics needs one at least")


def _about(key: ApiKey) -> Subject:
    return Subject(SubjectKind.API_KEY, key.name)


def _values(key: ApiKey) -> Values:
    return {
        "prefix": key.prefix,
        "scopes": ", ".join(in_order(key.scopes)),
        "topics": None if key.topics is None else ", ".join(sorted(key.topics)),
    }

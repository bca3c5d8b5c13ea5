"""Tokens, names and scopes of the API's keys."""

from datetime import UTC, datetime

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import (
    MARK,
    ApiKey,
    ApiKeyId,
    ApiScope,
    fingerprint,
    in_order,
    is_name,
    is_token,
    new_token,
    scopes_in,
)

HOME, ABROAD = TopicId("trong-nuoc"), TopicId("quoc-te")
TOKEN = f"{MARK}{'aB3_-' * 8}cD4"
KEY = ApiKey(
    id=ApiKeyId(1),
    name="cms",
    prefix="bantin_abcdef",
    scopes=frozenset({ApiScope.CONTENTS_WRITE}),
    topics=None,
    created_at=datetime(2026, 11, 27, tzinfo=UTC),
)


def test_tokens_are_recognised_and_no_two_are_alike() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(is_token(token) and token.startswith(MARK) for token in tokens)
    assert len({fingerprint(token) for token in tokens}) == 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bantin_",
        f"{TOKEN}a",
        f"{TOKEN}\n",
        TOKEN.removeprefix(MARK),
        "bantin_" + "ạ" * 43,
    ],
)
def test_what_has_not_the_form_of_a_token_is_none(text: str) -> None:
    assert not is_token(text)


@pytest.mark.parametrize("name", ["cms", "CMS của Cục", "cong-thong-tin.2027", "a"])
def test_a_key_is_named_in_words(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["", " cms", "cms ", "a/b", "a\nb", "--help", "a" * 61, "=1+1", "cms\x1b[2J"]
)
def test_what_could_be_taken_for_something_else_is_no_name(name: str) -> None:
    assert not is_name(name)


def test_a_limited_key_covers_its_topics_alone() -> None:
    limited = ApiKey(KEY.id, KEY.name, KEY.prefix, KEY.scopes, frozenset({HOME}), KEY.created_at)

    assert KEY.covers([HOME, ABROAD])
    assert (limited.covers([HOME]), limited.covers([HOME, ABROAD]), limited.covers([])) == (True, False, True)


def test_scopes_of_another_version_are_left_out() -> None:
    known = scopes_in(["publications:read", "everything", "contents:write"])

    assert in_order(known) == (ApiScope.CONTENTS_WRITE, ApiScope.PUBLICATIONS_READ)

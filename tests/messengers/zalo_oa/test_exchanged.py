"""Answers to an exchange of tokens: a pair is never thrown away, and only Zalo ends an account."""

from datetime import timedelta

import orjson
import pytest

from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import TokenPair
from bot.messengers.zalo_oa.answers import read_answer
from bot.messengers.zalo_oa.exchanged import LASTS, read_pair

PAIR = {"access_token": "a", "refresh_token": "r"}


@pytest.mark.parametrize("told", ["90000", 90000, 90000.0])
def test_a_pair_lasts_as_long_as_is_said(told: object) -> None:
    said = read_pair(200, orjson.dumps({**PAIR, "expires_in": told}))

    assert said == TokenPair("a", "r", timedelta(hours=25))


@pytest.mark.parametrize("told", [None, "", "soon", 0, -5, 1e30, "9" * 400, "nan", [1]])
def test_a_pair_is_kept_whatever_is_said_of_its_time(told: object) -> None:
    assert read_pair(200, orjson.dumps({**PAIR, "expires_in": told})) == TokenPair("a", "r", LASTS)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"{}"),
        (200, b"[]"),
        (200, b"<html>"),
        (200, b'{"status": "blocked"}'),
        (200, b'{"access_token": "a"}'),
        (403, b'{"error": "Forbidden", "message": "no"}'),
        (429, b'{"message": "slow down"}'),
        (404, b'{"error": 404}'),
        (502, b'{"error": -14014}'),
    ],
)
def test_what_is_not_zalos_ends_no_account(status: int, body: bytes) -> None:
    with pytest.raises(MessengerError) as refused:
        read_pair(status, body)

    assert not refused.value.fatal
    assert f"HTTP {status}" in str(refused.value)


@pytest.mark.parametrize("code", [-14014, "-14014"])
def test_a_refresh_token_that_zalo_does_not_take_ends_the_account(code: object) -> None:
    with pytest.raises(MessengerError, match="authorise the Official Account anew") as refused:
        read_pair(200, orjson.dumps({"error": code, "error_name": "Refresh token is invalid"}))

    assert refused.value.fatal


@pytest.mark.parametrize("error", ["--5", "-", "9" * 5000, "²", True, None, 1.5])
def test_an_error_that_is_no_number_is_not_zalos(error: object) -> None:
    assert not read_answer(200, orjson.dumps({"error": error})).is_zalo

"""Where the console may be reached: nowhere that others could read along."""

import pytest
from pydantic import ValidationError

from bot.settings.settings import WebSection


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ({}, "http://127.0.0.1:8642"),
        ({"console_listen": "127.0.0.1:9000"}, "http://127.0.0.1:9000"),
        ({"public_url": "https://tin.example.vn/"}, "https://tin.example.vn"),
        (
            {"public_url": "https://tin.example.vn", "console_url": "https://a.example.vn"},
            "https://a.example.vn",
        ),
        ({"listen": "[::1]:8642"}, "http://[::1]:8642"),
        ({"console_url": "http://localhost:8642"}, "http://localhost:8642"),
    ],
)
def test_the_console_is_reached_where_it_was_said(chosen: dict[str, str], address: str) -> None:
    assert WebSection.model_validate({"console": True, **chosen}).console_address == address


@pytest.mark.parametrize(
    "chosen",
    [
        {"listen": "0.0.0.0:8642"},
        {"listen": "127.0.0.1:0"},
        {"console_listen": "10.1.2.3:8642"},
        {"public_url": "http://tin.example.vn"},
        {"console_url": "http://tin.example.vn"},
        {"console_url": "https://tin.example.vn/quan-tri"},
    ],
)
def test_no_console_is_served_where_others_could_read_along(chosen: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="console"):
        WebSection.model_validate({"console": True, **chosen})


def test_who_wants_no_console_needs_no_address_for_it() -> None:
    assert WebSection.model_validate({"listen": "0.0.0.0:8642"}).console is False

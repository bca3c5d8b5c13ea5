"""Who gets anything from an account."""

import pytest

from bot.domain.chats.chat import AccountId, Address
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats

ACCOUNT = AccountId("telegram:1")
TEST = ServedChats(frozenset({"77", "-500"}), owners=frozenset({"900"}))


@pytest.mark.parametrize(
    ("chat", "gets_news", "is_told"),
    [("77", True, True), ("-500", True, True), ("900", False, True), ("78", False, False)],
    ids=["a listed person", "a listed group", "an owner", "somebody else"],
)
def test_in_a_test_installation_only_those_listed_get_news(
    chat: str, *, gets_news: bool, is_told: bool
) -> None:
    address = Address(ACCOUNT, chat, "7")

    assert (TEST.gets_news(address), TEST.is_told(address)) == (gets_news, is_told)


def test_usually_everybody_gets_everything() -> None:
    address = Address(ACCOUNT, "78")

    assert (EVERYBODY.gets_news(address), EVERYBODY.is_told(address)) == (True, True)


def test_where_nobody_is_listed_on_a_platform_nobody_gets_news_there() -> None:
    assert not ServedChats(frozenset()).gets_news(Address(ACCOUNT, "77"))

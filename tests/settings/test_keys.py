from typing import Any

import pytest

from bot.settings.keys import address_key, proof_key
from bot.settings.settings import ConfigurationError, Settings

TELEGRAM = {"token": "123456:telegram"}
ZALO = {"token": "987654:zalo"}
SECRET = {"proof_secret": "of the proofs"}


def key(**sections: Any) -> bytes:
    return proof_key(Settings.model_validate(sections))


def test_a_secret_of_its_own_makes_the_key_whatever_the_accounts_are() -> None:
    keys = {key(privacy=SECRET), key(privacy=SECRET, telegram=TELEGRAM), key(privacy=SECRET, zalo=ZALO)}

    assert len(keys) == 1
    assert keys.isdisjoint({key(telegram=TELEGRAM), key(zalo=ZALO)})


def test_without_one_the_first_token_makes_it_on_zalo_alone_as_well() -> None:
    assert key(telegram=TELEGRAM, zalo=ZALO) == key(telegram=TELEGRAM)
    assert key(telegram={"token": ""}, zalo=ZALO) == key(zalo=ZALO) != key(telegram=TELEGRAM)


def test_without_any_secret_it_is_said_which_one_is_needed() -> None:
    with pytest.raises(ConfigurationError, match=r"privacy\.proof_secret"):
        key()


def test_the_addresses_of_photos_have_a_key_of_their_own() -> None:
    settings = Settings.model_validate({"privacy": SECRET, "zalo": ZALO})

    assert address_key(settings) != proof_key(settings)
    with pytest.raises(ConfigurationError, match="addresses of photos"):
        address_key(Settings())

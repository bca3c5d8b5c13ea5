import pytest

from bot.settings.contact import is_reachable


@pytest.mark.parametrize(
    "contact",
    [
        "bantin@agency.gov.vn",
        "Văn phòng Cục, bantin@agency.gov.vn",
        "024 3858 3069",
        "(024) 3858.3069",
        "+84 24 3858 3069",
        "1900 1234",
        "https://agency.gov.vn/lien-he",
        "agency.gov.vn",
        "Phòng Công nghệ thông tin, điện thoại 0912345678",
    ],
)
def test_an_address_of_email_a_telephone_number_or_a_web_address_is_enough(contact: str) -> None:
    assert is_reachable(contact)


@pytest.mark.parametrize(
    "contact",
    ["", "x", "abc", "phòng hành chính", "123", "bantin@", "@agency", "a@b", "27/11/2026", "số 386"],
)
def test_by_anything_else_nobody_can_be_reached(contact: str) -> None:
    assert not is_reachable(contact)

import pytest

from bot.emulator.telegram.text.links import checked_link, link_entity


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.vn/a", "https://x.vn/a"),
        ("X.VN", "http://x.vn/"),
        ("https://x.vn?a=1#b", "https://x.vn/?a=1#b"),
        ("https://x.vn/a b ", "https://x.vn/a%20b"),
        ("HTTPS://me@X.vn:8080", "https://me@x.vn:8080/"),
        ("x.vn ", ""),
        (" https://x.vn/", ""),
        ("http://localhost:80/a", ""),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("ftp://x.vn", ""),
        ("javascript:alert(1)", ""),
        ("nowhere", ""),
        ("a b", ""),
    ],
)
def test_an_address_is_kept_completed_or_dropped(url: str, kept: str) -> None:
    assert checked_link(url) == kept


def test_a_mention_of_somebody_unknown_is_no_link() -> None:
    assert link_entity("tg://user?id=5") == {}

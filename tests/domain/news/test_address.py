"""Canonical addresses and identities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.address import canonical, identity, is_article_of_portal, is_same_site

SLUG = "hoat-ong/-/asset_publisher/7xsjBfqhCDAV/content/hoi-nghi-n-1"
ARTICLE = f"https://www.ipvietnam.gov.vn/web/guest/{SLUG}"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (f"HTTPS://WWW.IPVIETNAM.GOV.VN:443/vi_VN/web/guest/{SLUG}/", ARTICLE),
        (
            ARTICLE + "?inheritRedirect=false&redirect=https%3A%2F%2Fx.vn%2F%3Fp_p_id%3D101_INSTANCE_x",
            ARTICLE,
        ),
        (f"https://www.ipvietnam.gov.vn/en_US/web/guest/{SLUG}#main", ARTICLE),
        (f"https://www.ipvietnam.gov.vn/web/guest/{SLUG};jsessionid=A1B2", ARTICLE),
        ("https://a.vn/x?utm_source=rss&id=5&fbclid=z", "https://a.vn/x?id=5"),
        ("https://bbc.com/x?at_medium=RSS&at_campaign=rss", "https://bbc.com/x"),
        ("http://A.vn:80", "http://a.vn/"),
        ("https://a.vn/tin?p_p_id=101&cur=2", "https://a.vn/tin?p_p_id=101&cur=2"),
        ("https://a.vn/tin tức/bài-1.html", "https://a.vn/tin%20t%E1%BB%A9c/b%C3%A0i-1.html"),
        ("https://a.vn/tin%20t%e1%bb%a9c/", "https://a.vn/tin%20t%E1%BB%A9c/"),
        ("https://a.vn/vi_VN/gioi-thieu", "https://a.vn/vi_VN/gioi-thieu"),
        ("http://127.0.0.1:8000/bai", "http://127.0.0.1:8000/bai"),
        ("  https://a.vn/x \n", "https://a.vn/x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http://[::1", "http://[::1"),
        ("https://a.vn:99999/", "https://a.vn:99999/"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(url: str, wanted: str) -> None:
    assert canonical(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        f"http://ipvietnam.gov.vn/web/guest/{SLUG}",
        f"https://wipo.vn/vi_VN/web/guest/{SLUG}?inheritRedirect=true",
        f"https://www.ipvietnam.gov.vn/{SLUG}",
    ],
)
def test_one_article_of_a_portal_is_one_on_all_its_hosts(url: str) -> None:
    assert identity(url) == identity(ARTICLE)


def test_an_article_by_number_keeps_its_number() -> None:
    base = "https://a.vn/-/asset_publisher/x/content/id/"

    assert identity(base + "123") != identity(base + "124")


def test_identity_is_blind_to_scheme_and_www_only() -> None:
    assert identity("http://www.a.vn/x") == identity("https://a.vn/x") != identity("https://b.vn/x")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.vn/x", "http://a.vn/y", True),
        ("https://a.vn", "https://b.a.vn", False),
        ("mailto:x", "mailto:x", False),
        ("http://[::1", "http://[::1", False),
    ],
)
def test_a_site_is_its_host(one: str, other: str, *, same: bool) -> None:
    assert is_same_site(one, other) is same


def test_articles_of_the_portal_are_known_by_their_address() -> None:
    assert is_article_of_portal(ARTICLE)
    assert not is_article_of_portal("https://www.ipvietnam.gov.vn/web/guest/hoat-ong")


@given(
    st.one_of(
        st.text(),
        st.builds(
            "{}://{}{}/{}?{}#{}".format,
            st.sampled_from(["http", "HTTPS", "ftp"]),
            st.sampled_from(["a.vn", "WWW.A.VN", "đ.vn", "127.0.0.1", "[::1]", "u:p@a.vn", "a.vn."]),
            st.sampled_from(["", ":80", ":443", ":8000", ":x"]),
            st.text(max_size=30),
            st.text(max_size=30),
            st.text(max_size=5),
        ),
        st.builds(lambda name, query: f"{ARTICLE}{name}?{query}", st.text(max_size=10), st.text(max_size=10)),
    )
)
def test_the_canonical_address_is_its_own(url: str) -> None:
    once = canonical(url)

    assert canonical(once) == once
    assert identity(once) == identity(url)

"""What pages say about themselves."""

import pytest

from bot.sources.articles.metadata import Metadata, metadata_of
from bot.sources.html.tree import parse


def read(html: str) -> Metadata:
    return metadata_of(parse(html.encode(), url="", charset=None))


def test_json_ld_goes_before_opengraph_and_meta() -> None:
    found = read(
        "<title>Tab</title><meta property='og:title' content='OG'>"
        "<meta name=description content='Mô tả'>"
        "<link rel='stylesheet canonical' href=' https://a.vn/x '><meta property='og:site_name' content='A'>"
        '<script type="application/ld+json">[{"@type":"Thing"},'
        '{"@type":"Article","headline":"LD &quot;x&quot;",'
        '"datePublished":"2025-01-02","image":["/a.jpg",{"url":"/b.jpg"},null]}]</script>'
        "<meta property='og:image' content='/a.jpg'>"
    )

    assert found == Metadata(
        is_article=True,
        headline='LD "x"',
        title="Tab",
        site="A",
        date="2025-01-02",
        summary="Mô tả",
        images=("/a.jpg", "/b.jpg"),
        canonical="https://a.vn/x",
    )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '{"@type":5}',
        '{"@graph":{"@type":"Article"}}',
        '{"@type":["Article"],"headline":7}',
        "[" * 3000,
    ],
)
def test_broken_json_ld_says_nothing(written: str) -> None:
    found = read(f'<title>Tab</title><script type="application/ld+json">{written}</script>')

    assert (found.headline, found.title) == ("", "Tab")

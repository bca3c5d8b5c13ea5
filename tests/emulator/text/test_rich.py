"""Rich messages of the emulator: what is read from their HTML, and what is refused."""

from typing import Any

import pytest

from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.text.rich import read_rich

SRC = "https://agency.example/a.jpg"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("Xin <b>chào</b>", [{"type": "paragraph", "text": ["Xin ", {"type": "bold", "text": ["chào"]}]}]),
        ("<h2>A &amp; B</h2>", [{"type": "section_heading", "size": 2, "text": ["A & B"]}]),
        (
            "<p>a</p> <hr/> b",
            [
                {"type": "paragraph", "text": ["a"]},
                {"type": "divider"},
                {"type": "paragraph", "text": [" b"]},
            ],
        ),
        (
            '<ol start="3"><li>ba<ul><li>con</li></ul></li></ol>',
            [
                {
                    "type": "list",
                    "ordered": True,
                    "start": 3,
                    "items": [
                        {
                            "blocks": [
                                {"type": "paragraph", "text": ["ba"]},
                                {
                                    "type": "list",
                                    "ordered": False,
                                    "start": 1,
                                    "items": [{"blocks": [{"type": "paragraph", "text": ["con"]}]}],
                                },
                            ]
                        }
                    ],
                }
            ],
        ),
        (
            f'<figure><img src="{SRC}"/><figcaption>Ảnh</figcaption></figure>',
            [{"type": "photo", "src": SRC, "caption": ["Ảnh"]}],
        ),
        (
            "<details><summary>Tệp</summary><p>x</p></details>",
            [
                {
                    "type": "details",
                    "summary": ["Tệp"],
                    "is_open": False,
                    "blocks": [{"type": "paragraph", "text": ["x"]}],
                }
            ],
        ),
        (
            '<table bordered><caption>Phí</caption><tr><th colspan="2">a</th></tr></table>',
            [
                {
                    "type": "table",
                    "is_bordered": True,
                    "is_striped": False,
                    "caption": ["Phí"],
                    "rows": [[{"text": ["a"], "is_header": True, "colspan": 2, "rowspan": 1}]],
                }
            ],
        ),
        (
            '<p><a href="javascript:1">x</a></p>',
            [{"type": "paragraph", "text": [{"type": "plain", "text": ["x"]}]}],
        ),
    ],
)
def test_html_is_read_into_blocks(html: str, blocks: list[Any]) -> None:
    assert read_rich(html).blocks == blocks


TALL = "".join(f'<td rowspan="2">{at}</td>' for at in range(11))
ACCEPTED = [
    "a" * 32_768,
    "<p>a</p>" * 500,
    "<ul>" + "<li>a</li>" * 249 + "</ul>",
    "<blockquote>" * 15 + "<p>a</p>" + "</blockquote>" * 15,
    f'<img src="{SRC}"/>' * 50,
    "<table><tr>" + "<td>a</td>" * 20 + "</tr></table>",
    f"<table><tr>{TALL}</tr><tr>" + "<td>a</td>" * 9 + "</tr></table>",
]
REFUSED = [
    ("", "rich message must be non-empty"),
    ("<ul> </ul>", "rich message has an empty list"),
    ("a" * 32_769, "rich message has too many characters"),
    ("<p>a</p>" * 501, "rich message has too many blocks"),
    ("<ul>" + "<li>a</li>" * 250 + "</ul>", "rich message has too many blocks"),
    ("<table>" + "<tr><td>a</td></tr>" * 500 + "</table>", "rich message has too many blocks"),
    ("<blockquote>" * 17 + "a" + "</blockquote>" * 17, "rich message is nested too deeply"),
    (f'<img src="{SRC}"/>' * 51, "rich message has too many media"),
    ("<table><tr>" + "<td>a</td>" * 21 + "</tr></table>", "rich message has too many columns"),
    (f"<table><tr>{TALL}</tr><tr>{TALL}</tr></table>", "rich message has too many columns"),
    ("<p>a", 'end tag corresponding to start tag "p"'),
    ("<b>a</i></b>", 'expected "</b>", found "</i>"'),
    ("a</p>", "unexpected end tag at byte offset 1"),
    ("<div>a</div>", 'unsupported start tag "div"'),
    ("a < b", "unescaped <"),
    ("<p><h1>a</h1></p>", 'tag "h1" isn\'t allowed in "p"'),
    (f'<p>a<img src="{SRC}"/></p>', 'tag "img" isn\'t allowed in "p"'),
    ("<li>a</li>", 'tag "li" isn\'t allowed in "the message"'),
    ("<table>a</table>", 'text isn\'t allowed in "table"'),
    ("<details>a<summary>b</summary></details>", 'tag "summary" isn\'t allowed in "details"'),
    ("<details>a</details>", "details must have a summary"),
    ('<img src="a.jpg"/>', "wrong address of a photo"),
    ('<table><tr><td colspan="0">a</td></tr></table>', "wrong colspan"),
]


@pytest.mark.parametrize("html", ACCEPTED)
def test_what_is_just_within_the_limits_is_taken(html: str) -> None:
    assert read_rich(html).blocks


@pytest.mark.parametrize(("html", "why"), REFUSED)
def test_what_is_beyond_them_or_no_rich_html_is_refused(html: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_rich(html)

    assert refused.value.code == 400
    assert why in refused.value.description

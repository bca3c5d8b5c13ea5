import html as standard_html

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.emulator.telegram.text.html import HtmlError, parse_html, utf16_length

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "/", "&", ";", '"', "'", "=", " ", "\n", "b", "a", "i", "pre", "code", "class", "\0"]
    )
    | st.sampled_from(
        ["<b>", "</b>", "<a href=", "<span", "tg-spoiler", "&lt", "&#", "x41", "😀", "ệ", "</>"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("Đồng<BR>", 'Unsupported start tag "br" at byte offset 7'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("😀<b", "Unclosed start tag at byte offset 4"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<a href=x?y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;&#xDE00;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_broken_markup_is_refused_in_tdlibs_words(source: str, error: str) -> None:
    with pytest.raises(HtmlError) as refused:
        parse_html(source)

    assert str(refused.value) == error


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>đậm</b> nhạt", "đậm nhạt", [("bold", 0, 3)]),
        ("😀<STRONG>x</strong>", "😀x", [("bold", 2, 1)]),
        ("<i>a<u>b</u></i>", "ab", [("italic", 0, 2), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<pre><code>😀</code></>", "😀", [("pre", 0, 2), ("code", 0, 2)]),
        ("<pre> <code class='language-x'>a</></>", " a", [("pre", 0, 2), ("code", 1, 1)]),
        ("<i><b><code> </code></b></i>", " ", [("code", 0, 1), ("bold", 0, 1), ("italic", 0, 1)]),
        ("<i   x  =  190azAz-.>a</  >", "a", [("italic", 0, 1)]),
        ("<blockquote cite=''>a&lt;<pre  >b</></>", "a<b", [("blockquote", 0, 3), ("pre", 2, 1)]),
        ("<a>x.vn </a>", "x.vn ", []),
        ("a &lt; b &amp c &nbsp; &#65;&#x42; &", "a < b & c &nbsp; AB &", []),
        ('<a href="javascript:x">y</a>', "y", []),
        ('<tg-time unix="1502884320">x</tg-time>', "x", [("date_time", 0, 1)]),
    ],
)
def test_markup_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    parsed, found = parse_html(source)

    assert (parsed, [(e["type"], e["offset"], e["length"]) for e in found]) == (text, entities)


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="https://x.vn/?a=1&amp;b=2">y</a>', {"type": "text_link", "url": "https://x.vn/?a=1&b=2"}),
        ("<a>x.vn</a>", {"type": "text_link", "url": "http://x.vn/"}),
        ("<pre><code class='language-py'>x</code></pre>", {"type": "pre", "language": "py"}),
        ("<code class=language-py><pre>x</pre></code>", {"type": "pre", "language": "py"}),
        ("<code class='language-py'>x</code>", {"type": "code"}),
    ],
)
def test_links_and_code_carry_their_target(source: str, entity: dict[str, str]) -> None:
    _, found = parse_html(source)

    assert [{k: v for k, v in e.items() if k not in {"offset", "length"}} for e in found] == [entity]


@settings(deadline=None)
@given(TEXTS)
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(standard_html.escape(text, quote=False)) == (text, [])


@settings(deadline=None)
@given(TEXTS.filter(bool))
def test_a_bold_text_is_bold_from_end_to_end(text: str) -> None:
    parsed, entities = parse_html(f"<b>{standard_html.escape(text)}</b>".replace("&#x27;", "'"))

    assert (parsed, entities) == (text, [{"type": "bold", "offset": 0, "length": utf16_length(text)}])


@settings(deadline=None)
@given(MARKUP)
@example("<b \0>x</b>")
@example("&#x110000;&#0;&#99999999999;")
def test_any_text_is_parsed_or_refused_and_entities_lie_inside(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except HtmlError:
        return

    length = utf16_length(text)
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= length for e in entities)

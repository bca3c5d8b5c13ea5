from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.message import Span, bold, link, plain, with_examples
from bot.emulator.telegram.text.html import parse_html
from bot.messengers.text import is_plain, to_html, to_plain

SPANS = st.builds(
    Span,
    text=st.text(),
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from([None, "https://a.vn/?x=1&y=<2>", 'https://a.vn/"']),
)


@given(st.lists(SPANS, max_size=6))
def test_whatever_is_written_telegram_reads_the_same_text(spans: list[Span]) -> None:
    text, _ = parse_html(to_html(tuple(spans)))

    assert text == "".join(span.text for span in spans)


def test_style_becomes_tags() -> None:
    html = to_html((bold("a<b"), plain(" & "), link("c", 'https://a.vn/"?x&y')))

    assert html == '<b>a&lt;b</b> &amp; <a href="https://a.vn/&quot;?x&amp;y">c</a>'


def test_an_example_can_be_copied_and_is_as_readable_without_any_style() -> None:
    text = with_examples("Ví dụ: `tìm a<b` hoặc `tin mới 5`.")

    assert to_html(text) == "Ví dụ: <code>tìm a&lt;b</code> hoặc <code>tin mới 5</code>."
    assert to_plain(text) == "Ví dụ: tìm a<b hoặc tin mới 5."
    assert not is_plain(text)


def test_a_mark_that_opens_nothing_stays() -> None:
    assert with_examples("a `b` c` d") == (Span("a "), Span("b", code=True), Span(" c` d"))
    assert with_examples("`") == (Span("`"),)


@given(st.text(alphabet="a` "))
def test_of_examples_nothing_but_the_marks_is_lost(text: str) -> None:
    spans = with_examples(text)

    assert "".join(span.text for span in spans).replace("`", "") == text.replace("`", "")


def test_plain_text_spells_out_what_a_link_would_hide() -> None:
    text = (bold("Tin"), plain(": "), link("đọc", "https://a.vn/"), link("https://b.vn/", "https://b.vn/"))

    assert to_plain(text) == "Tin: đọc (https://a.vn/)https://b.vn/"


def test_text_is_plain_only_without_any_style() -> None:
    assert is_plain((plain("a"), plain("b")))
    assert not is_plain((plain("a"), bold("b")))

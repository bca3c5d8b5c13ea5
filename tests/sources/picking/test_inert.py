"""The rendering of somebody's page: nothing of it runs, loads, sends, leads away or styles anything."""

import re

from bot.sources.html.document import Document
from bot.sources.html.tree import parse
from bot.sources.picking.trial import inert_page

URL = "https://so.example.gov.vn/"
HOSTILE = """<html><head><title>T</title><base href="https://evil.example/">
<style>*{background:url(//evil.example)}</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="//evil.example/a.css"><script>alert(1)</script></head>
<body onload="alert(2)" style="background:url(//evil.example/b.png)">
<x-strange onclick="alert(12)">Lạ</x-strange>
<form action="https://evil.example/"><input name="a" value="secret">
<button formaction="//evil.example">Gửi</button><textarea></textarea><script>alert(3)</script></form>
<svg onload="alert(4)"><script>alert(5)</script><a href="javascript:1">x</a></svg>
<math><mtext><img src=x onerror=alert(6)></mtext></math><iframe srcdoc="<script>alert(7)</script>"></iframe>
<img src="https://evil.example/p.png" alt="<script>alert(8)</script>" onerror="alert(9)">
<a id="n1" class="x" href="javascript:alert(10)" target="_top" ping="//evil.example" data-number="0">
&lt;script&gt;alert(11)&lt;/script&gt;</a>
<object data="//evil.example"></object><embed src="//evil.example"><video src="//evil.example"></video>
<template><p>ẩn</p></template><noscript><p>không</p></noscript><plaintext>rest</plaintext></body></html>"""
ALLOWED = re.compile(
    r'</?[a-z0-9]+(?: class="photo")?(?: id="n\d+" data-number="\d+")?(?: data-part="[a-z]+")?>'
)


def inert(page: str, **selectors: str) -> str:
    return inert_page(Document(page.encode(), URL, "utf-8"), selectors)


def test_nothing_of_a_hostile_page_s_markup_is_left() -> None:
    html = inert(HOSTILE)

    tags = re.findall(r"<[^>]*>", html)
    assert [tag for tag in tags if not ALLOWED.fullmatch(tag)] == []
    names = {re.sub(r"[^a-z0-9].*", "", tag.strip("</>")) for tag in tags}
    assert names <= {"div", "span", "u", "p", "br", "hr"}
    assert (html.count("&lt;script&gt;alert(11)"), "evil" in html, "Lạ" in html) == (1, False, True)


def test_what_can_be_chosen_has_its_number_and_what_was_found_its_part() -> None:
    page = "<ul><li><a href=/1>Một</a> <i>01/03</i></li><li><a href=/2>Hai</a> <i>02/03</i></li></ul>"

    html = inert(page, item="li", title="a", date="i")

    root = parse(page.encode(), url=URL, charset="utf-8")
    numbers = {element.tag: number for number, element in reversed([*enumerate(root.iter("*"))])}
    assert f'<u id="n{numbers["a"]}" data-number="{numbers["a"]}" data-part="title">Một</u>' in html
    assert [html.count(f'data-part="{part}"') for part in ("item", "title", "date")] == [2, 2, 2]


def test_a_page_that_is_deep_or_long_stays_small() -> None:
    deep = inert("<div>" * 5_000 + "Ở đáy" + "</div>" * 5_000)
    long = inert("<p>a</p>" * 50_000)

    assert (deep.count("<div") <= 101, long.count("<p") <= 20_000) == (True, True)
    assert inert("<p>" + "a" * 100_000).count("a") < 3_000


def test_selectors_that_are_not_valid_mark_nothing() -> None:
    assert "data-part" not in inert("<ul><li><a href=/1>Một</a></li></ul>", item="li [")

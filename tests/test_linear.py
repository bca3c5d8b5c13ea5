"""No pattern and no text function is worse than linear: four times the text takes four times the time."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bot
from bot.commands.router import understood
from bot.commands.settings import parse
from bot.domain.chats import filters
from bot.domain.chats.message import plain, with_examples
from bot.domain.messaging import splitting, typed_menu
from bot.domain.news.article import Article, Photo
from bot.domain.text import search, text, utterance, words
from bot.services.rendering.card import summary_of
from bot.services.subscribers.search import snippet
from bot.sources.articles import attachments, files, summary
from bot.sources.articles.bylines import credits_of
from bot.sources.articles.error_pages import error_said
from bot.sources.blocks.fragments import text_of_html_body
from bot.sources.content.app_state import date_in_scripts, html_in_scripts
from bot.sources.content.consensus import agreed
from bot.sources.content.contents import contents_of
from bot.sources.content.densest import densest
from bot.sources.content.lead import lead_outside, same_picture
from bot.sources.content.lists import shows_list
from bot.sources.content.located import located
from bot.sources.content.published import date_by_name
from bot.sources.content.teasers import teasers_of
from bot.sources.feeds import description
from bot.sources.feeds.paging import next_page
from bot.sources.html import fragments, images
from bot.sources.html.blocks import flow
from bot.sources.html.page_dates import dates_only, lines_of_publication
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element, parse_text
from bot.sources.text import code_pages, dates, encoding, entities, legacy_fonts, urls, zones
from tests.pumping import MOST, growth, repeated, texts

METHODS = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"})
ONE_BY_ONE = METHODS - {"search", "match", "fullmatch"}
USE = re.compile(rf"(\w+)\s*\.({'|'.join(METHODS)})\b")
CALL = re.compile(rf"\bre\s*\.\s*(?:{'|'.join(METHODS)})\b")
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def modules() -> list[ModuleType]:
    names = (found.name for found in pkgutil.walk_packages(bot.__path__, "bot."))
    return [
        importlib.import_module(name) for name in names if "__main__" not in name and "migrations" not in name
    ]


def within(value: object, owner: str, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value is or holds: in tuples, dictionaries, classes of its own module."""
    inner: list[object] = []
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        inner = list(value)
    elif isinstance(value, dict):
        inner = [*value, *value.values()]
    elif type(value).__module__ == owner and hasattr(value, "__slots__"):
        inner = [getattr(value, name, None) for name in type(value).__slots__]
    if depth < 3:
        for each in inner:
            yield from within(each, owner, depth + 1)


@cache
def uses() -> dict[str, set[str]]:
    """Return the methods of patterns that are called on each name, in all of the program."""
    found: dict[str, set[str]] = {}
    for path in Path(bot.__path__[0]).rglob("*.py"):
        for name, method in USE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(f"{path}:{name}", set()).add(method)
            found.setdefault(name, set()).add(method)
    return found


def written(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], set[str]]]:
    """Yield the patterns in the module's functions, each with how it is used; what varies is an x."""
    code = Path(module.__file__ or "").read_text(encoding="utf-8")
    # Parsing is the dear part of it, and every process that runs tests has to know what there is.
    for node in ast.walk(ast.parse(code)) if CALL.search(code) else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            method = ast.unparse(node.func).removeprefix("re.")
            given = node.args[0]
            parts = given.values if isinstance(given, ast.JoinedStr) else [given]
            literal = all(isinstance(part, ast.Constant | ast.FormattedValue) for part in parts)
            if method in METHODS and literal:
                source = "".join(p.value if isinstance(p, ast.Constant) else "x" for p in parts)  # type: ignore[misc]
                yield re.compile(source), {method}


def patterns() -> dict[str, tuple[re.Pattern[Any], frozenset[str]]]:
    """Return the patterns of the program by where they stand, with the methods that are called on each."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any], set[str]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            own = f"{module.__file__}:{name}" if name.startswith("_") else name
            for pattern in within(value, module.__name__):
                key = pattern.pattern, pattern.flags
                _, _, used = found.setdefault(key, (f"{module.__name__}.{name}", pattern, set()))
                used |= METHODS & uses().get(own, set())
        for pattern, used_there in written(module):
            key = pattern.pattern, pattern.flags
            found.setdefault(key, (f"{module.__name__}: {pattern.pattern}", pattern, set()))[2].update(
                used_there
            )
    named: dict[str, tuple[re.Pattern[Any], frozenset[str]]] = {}
    for where, pattern, used in found.values():
        # One that is called by another name, as the members of a tuple are, may be used in any way.
        named[f"{where} {len(named)}"] = pattern, frozenset(used or {"search", "fullmatch", "finditer"})
    return named


ALL = patterns()


def applied(pattern: re.Pattern[Any], method: str) -> Callable[[str], object]:
    is_bytes = isinstance(pattern.pattern, bytes)

    def work(written: str) -> object:
        subject: Any = written.encode("latin-1", "replace") if is_bytes else written
        if method == "finditer":
            return sum(1 for _ in pattern.finditer(subject))
        return getattr(pattern, method)(subject)

    return work


@pytest.mark.parametrize("name", ALL)
def test_no_pattern_is_worse_than_linear(name: str) -> None:
    pattern, used = ALL[name]
    methods = {"finditer" if method in ONE_BY_ONE else method for method in used}

    for method in methods:
        for make in texts(pattern):
            assert growth(applied(pattern, method), make) <= MOST, (method, make(24))


def article(body: str) -> Article:
    return Article("https://so.example.vn/1", "Tin", body=(body,))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "understood": lambda given: understood.read(given, "bantin_bot"),
    "utterance": lambda given: utterance.topic_of(utterance.heard(given)),
    "with_examples": with_examples,
    "is_wish": parse.is_wish,
    "nfc": text.nfc,
    "nfd": text.nfd,
    "encodable": text.encodable,
    "one_line": text.one_line,
    "fold": text.fold,
    "fold_letters": text.fold_letters,
    "spelling": text.spelling,
    "sentences": lambda given: [*text.sentences(given)],
    "shorten": lambda given: text.shorten(given, 300),
    "shorten by half": lambda given: text.shorten(given, len(given) // 2),
    "complete": lambda given: text.complete(f"{given[: len(given) // 2]}...", given),
    "is_cut": text.is_cut,
    "grapheme_start": lambda given: [text.grapheme_start(given, at) for at in range(len(given))],
    "words": lambda given: [*words.words(given)],
    "exact": words.exact,
    "terms": lambda given: words.terms(given, given.split("\n"), ["tin"]),
    "split": lambda given: splitting.split([((plain(given),),)], 4096),
    "split paragraphs": lambda given: splitting.split([((plain(each),),) for each in given], 4096),
    "prepare": lambda given: filters.prepare([given]),
    "search.read": search.read,
    "setting_words.read": parse.read,
    "read_number": typed_menu.read_number,
    "summary_of": lambda given: summary_of(article(given), 600),
    "snippet": lambda given: snippet(article(given), search.read("a dieu cong")),
    "plain_line": entities.plain_line,
    "xml_text": lambda given: encoding.xml_text(given.encode("utf-8", "replace"), None),
    "parse_date": lambda given: dates.parse_date(given, now=NOW),
    "error_said": lambda given: error_said(parse_text(f"<p>{given}", url="")),
    "place_in": zones.place_in,
    "names_unknown": zones.names_unknown,
    "next_page": lambda given: next_page(
        IndexedPage(parse_text(f"<a href='/a'>1</a>{given}", url="")),
        url=f"https://x.vn/{given}",
        base="",
        selectors=(),
    ),
    "is_viscii": lambda given: code_pages.is_viscii(given.encode("utf-8", "replace")),
    "likeliest": lambda given: code_pages.likeliest(given.encode("cp1258", "replace")),
    "dates_only": lambda given: dates_only(given, now=NOW),
    "lines_of_publication": lambda given: lines_of_publication(given.split("\n"), None, now=NOW),
    "dates_in": lambda given: [*dates.dates_in(given, now=NOW)],
    "refuse_old_fonts": lambda given: legacy_fonts.refuse_old_fonts(f"ø ñ {given}"[:200_000], "x"),
    "absolute": lambda given: urls.absolute(given, "https://so.example.vn/"),
    "shown": urls.shown,
    "original_of": images.original_of,
    "file_name": lambda given: files.file_name(f"https://so.example.vn/?{given}"),
    "lists_only": lambda given: attachments.lists_only(given, ()),
    "credits_of": lambda given: credits_of([given]),
    "title_without_site": lambda given: summary.title_without_site(given, site="Sở"),
    "summary": lambda given: summary.summary_of("", description=given, title="Tin", body=(given,)),
    "described": lambda given: description.described(given, "https://so.example.vn/"),
    "paragraphs_of_html": fragments.paragraphs_of_html,
    "text_of_html_body": lambda given: text_of_html_body(given, base="https://so.example.vn/"),
    "text_of_html_body, a table": lambda given: text_of_html_body(f"<table><tr><td>{given}", base=""),
}
BASE = "https://so.example.vn/tin/1"


def tree(given: str) -> Element:
    return parse_text(f"<body><h1>x</h1><div>{given}</div></body>", url=BASE)


FUNCTIONS |= {
    "densest": lambda given: densest(tree(given)),
    "teasers_of": lambda given: teasers_of(tree(given), base=BASE),
    "shows_list": lambda given: shows_list(tree(given), [given], base=BASE),
    "date_by_name": lambda given: date_by_name(tree(given), None, now=NOW),
    "lead_outside": lambda given: lead_outside(
        (root := tree(given)).find(".//h1"),
        root.find(".//div"),
        stated=[Photo(f"{BASE}.jpg")],
        base=BASE,
    ),
    "agreed": lambda given: agreed(flow(tree(given)), given.split("\n"), base=BASE),
    "located": lambda given: located(given.split("\n"), flow(tree(given))),
    "contents_of": lambda given: contents_of(tree(given)),
    "same_picture": lambda given: same_picture(f"https://a.vn/{given}", f"https://a.vn/{given}"),
    "html_in_scripts": lambda given: html_in_scripts(tree(f"<script>{given}</script>")),
    "date_in_scripts": lambda given: date_in_scripts(tree(f"<script>{given}</script>")),
}
UNITS = (
    *("x", ".", "…", " ", "a ", "A. ", "a\n", "1. ", "Điều 1. ", ". (", "((", "!? ", "./. ", "\u0301\u0323"),
    *("👩\u200d", "Ế", "10:00 ", "16/08/2017 ", "- a ", " - ", "a|", "&amp;", "<br>x", "<p>x", "<!--", "]("),
    *(
        "<a href=x>x",
        "%41",
        "<img src=a.jpg>",
        '<a href="/t/1.html"><img src=a.jpg>Hội nghị tổng kết năm</a>',
    ),
    *("<tr><td>x<td>y", "<ul><li>x"),
    *('<p class="date">x', '"pub":', "\\", '<div><a href="/x">Hội nghị tổng kết năm</a></div>'),
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_text_function_is_worse_than_linear(name: str) -> None:
    for unit in UNITS:
        assert growth(FUNCTIONS[name], repeated(unit)) <= MOST, unit

"""The Fluent files: sound, complete, and just what the code asks for."""

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent_ast
from fluent.syntax.visitor import Visitor

from bot.i18n import LANGUAGES
from bot.i18n.translator import source

PACKAGE = Path(__file__).parents[2] / "bot"
SPEAKERS = ("commands", "services")
"""The only packages that have texts for people."""
CHECKED_FORMS = ("bạn", "quý vị", "đồng chí")


class Placeholders(Visitor):
    """Collects the arguments and the variants' keys that a message knows."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.terms: set[str] = set()

    def visit_VariableReference(self, node: fluent_ast.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.names.add(node.id.name)

    def visit_TermReference(self, node: fluent_ast.TermReference) -> None:  # noqa: N802 - fluent's name
        self.terms.add(node.id.name)


def messages(language: str) -> dict[str, fluent_ast.Message]:
    resource = FluentParser().parse(source(language))
    return {entry.id.name: entry for entry in resource.body if isinstance(entry, fluent_ast.Message)}


def placeholders(message: fluent_ast.Message) -> set[str]:
    found = Placeholders()
    found.visit(message)
    return found.names


def trees() -> list[ast.Module]:
    return [
        ast.parse(path.read_text(encoding="utf-8"))
        for name in SPEAKERS
        for path in (PACKAGE / name).rglob("*.py")
    ]


def calls() -> list[tuple[str, set[str]]]:
    """Return each call of `text` that names its key, with the names of its arguments."""
    found = []
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text":
            key = node.args[-1] if node.args else None
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                found.append((key.value, {keyword.arg or "**" for keyword in node.keywords}))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_syntax_is_sound_and_no_key_comes_twice(language: str) -> None:
    resource = FluentParser().parse(source(language))

    junk = [entry.content for entry in resource.body if isinstance(entry, fluent_ast.Junk)]
    keys = [entry.id.name for entry in resource.body if isinstance(entry, fluent_ast.Message)]

    assert (junk, sorted(keys)) == ([], sorted(set(keys)))


def test_every_language_has_the_same_keys_with_the_same_placeholders() -> None:
    first, *others = ({key: placeholders(m) for key, m in messages(each).items()} for each in LANGUAGES)

    assert others == [first for _ in others]


def test_every_text_that_the_code_names_exists_and_gets_its_placeholders() -> None:
    known = {key: placeholders(message) for key, message in messages("vi").items()}

    wrong = [(key, given, known.get(key)) for key, given in calls() if given != known.get(key)]

    assert wrong == []


def test_no_text_is_unused() -> None:
    constants = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert [key for key in messages("vi") if key not in constants] == []


def test_no_vietnamese_text_addresses_the_reader_but_by_the_term() -> None:
    """A form of address that is written out would be wrong wherever another one is configured."""
    written = source("vi").partition("## ")[2].casefold()

    assert [form for form in CHECKED_FORMS if form in written] == []


def test_the_term_of_address_has_its_capital_just_where_a_sentence_begins() -> None:
    text = source("vi").partition("## ")[2]

    wrong = [
        text[max(0, found.start() - 30) : found.end()]
        for found in re.finditer(r"\{ -addressee(?P<start>-start)? \}", text)
        if bool(found["start"]) != bool(re.search(r"(?:= |[.?!:] |\] |\n\s+)\Z", text[: found.start()]))
    ]

    assert wrong == []

"""What can be wrong with the texts: each function returns a line a problem. `make lint` runs them all."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor
from jinja2 import Environment, nodes

from bot.i18n import LANGUAGES, FormOfAddress
from bot.i18n.translator import source

PACKAGE = Path(__file__).parents[2] / "bot"
SPEAKERS = ("commands", "services", "i18n", "web/console", "web/public")
"""The only packages that have texts for people."""
TEMPLATES = tuple(PACKAGE / "web" / each / "templates" for each in (".", "console", "public"))

TERMS = frozenset({"addressee", "addressee-start", "publisher"})
"""What the configuration gives; see Translator.load."""

_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other", "0", "1"})
"""Variants by number, of which each language has its own."""
_SENTENCE_START = re.compile(r"(?:= |[.?!:] |\] |\n\s+)\Z")

Texts = Mapping[str, str]
"""The Fluent file of each language, as it is written."""

Check = Callable[[Texts], Iterator[str]]


class _Parts(Visitor):
    """Collects what a message is made of, except for words."""

    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.references: set[str] = set()
        self.variants: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.arguments.add(node.id.name)

    def visit_TermReference(self, node: fluent.TermReference) -> None:  # noqa: N802 - fluent's name
        self.references.add(f"-{node.id.name}")

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 - fluent's name
        self.references.add(node.id.name)

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802 - fluent's name
        if isinstance(node.selector, fluent.VariableReference):
            names = {
                key.name if isinstance(key := variant.key, fluent.Identifier) else key.value
                for variant in node.variants
            }
            self.variants.setdefault(node.selector.id.name, set()).update(names - _PLURALS)
        self.generic_visit(node)


def own_texts() -> dict[str, str]:
    return {language: source(language) for language in LANGUAGES}


def messages(text: str) -> dict[str, fluent.Message]:
    resource = FluentParser().parse(text)
    return {entry.id.name: entry for entry in resource.body if isinstance(entry, fluent.Message)}


def parts(message: fluent.Message) -> _Parts:
    found = _Parts()
    found.visit(message)
    return found


def unsound(texts: Texts) -> Iterator[str]:
    """Find what is no Fluent, and keys that come twice."""
    for language, text in texts.items():
        seen: set[str] = set()
        for entry in FluentParser().parse(text).body:
            if isinstance(entry, fluent.Junk):
                yield f"{language}.ftl: this is no Fluent: {(entry.content or '').strip()!r}"
            elif isinstance(entry, fluent.Message):
                if entry.id.name in seen:
                    yield f"{language}.ftl: {entry.id.name} comes twice"
                seen.add(entry.id.name)


def unlike(texts: Texts) -> Iterator[str]:
    """Find keys, placeholders and variants that one language has and another has not."""
    first, *others = texts
    known = {key: parts(message) for key, message in messages(texts[first]).items()}
    for language in others:
        theirs = {key: parts(message) for key, message in messages(texts[language]).items()}
        yield from (f"{language}.ftl: {key} is missing" for key in known if key not in theirs)
        yield from (f"{first}.ftl: {key} is missing" for key in theirs if key not in known)
        for key in known.keys() & theirs.keys():
            one, other = known[key], theirs[key]
            if one.arguments != other.arguments:
                yield f"{language}.ftl: {key} has other placeholders than in {first}.ftl"
            both = one.variants.keys() & other.variants.keys()
            if any(one.variants[name] != other.variants[name] for name in both):
                yield f"{language}.ftl: {key} has other variants than in {first}.ftl"


def dangling(texts: Texts) -> Iterator[str]:
    """Find references to what does not exist."""
    for language, text in texts.items():
        known = messages(text)
        there = known.keys() | {f"-{term}" for term in TERMS}
        for key, message in known.items():
            yield from (
                f"{language}.ftl: {key} refers to {name}, which is not there"
                for name in parts(message).references - there
            )


def misused(texts: Texts) -> Iterator[str]:
    """Find calls in the code that name no text, or give it other arguments than it takes."""
    known = {key: parts(message).arguments for key, message in messages(texts[LANGUAGES[0]]).items()}
    for where, key, given in _calls():
        if key not in known:
            yield f"{where}: there is no text {key}"
        elif given != known[key]:
            yield f"{where}: {key} takes {sorted(known[key])} and gets {sorted(given)}"


def unused(texts: Texts) -> Iterator[str]:
    """Find texts that the code names nowhere."""
    named = {node.value for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    named |= {each.value for _, page in _pages() for each in page.find_all(nodes.Const)}
    yield from (f"{key} is unused" for key in messages(texts[LANGUAGES[0]]) if key not in named)


def misaddressed(texts: Texts) -> Iterator[str]:
    """Find where the reader is addressed but by the term, or by the term with the wrong first letter.

    A form of address that is written out would be wrong wherever another one is configured.
    """
    written = texts["vi"].partition("## ")[2]
    for form in FormOfAddress:
        # The word in another sense, "các bạn" for example, has no place in these texts either.
        for found in re.finditer(rf"\b{form.value.casefold()}\b", written.casefold()):
            yield f"vi.ftl: {form} is written out: {_line(written, found.start())!r}"
    for term in re.finditer(r"\{ -addressee(?P<start>-start)? \}", written):
        if bool(term["start"]) != bool(_SENTENCE_START.search(written[: term.start()])):
            yield f"vi.ftl: {term[0]} stands in the wrong place: {_line(written, term.start())!r}"


CHECKS: tuple[Check, ...] = (unsound, unlike, dangling, misused, unused, misaddressed)


def problems() -> list[str]:
    texts = own_texts()
    return [problem for check in CHECKS for problem in check(texts)]


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].strip()


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for name in SPEAKERS:
        for path in (PACKAGE / name).rglob("*.py"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _pages() -> Iterator[tuple[Path, nodes.Template]]:
    environment = Environment(autoescape=True)
    for folder in TEMPLATES:
        for path in (*folder.glob("*.html"), *folder.glob("*.svg")):
            yield path, environment.parse(path.read_text(encoding="utf-8"))


def _calls() -> Iterator[tuple[str, str, set[str]]]:
    """Find each call that names the key of a text: where, the key, and the names of its arguments."""
    yield from _calls_in_templates()
    for path, tree in _trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("text", "examples")
            ):
                given = {keyword.arg or "**" for keyword in node.keywords}
                for key in _keys(node.args[-1]) if node.args else ():
                    yield f"{path.name}:{node.lineno}", key, given


def _calls_in_templates() -> Iterator[tuple[str, str, set[str]]]:
    for path, page in _pages():
        for call in page.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                given = {keyword.key for keyword in call.kwargs}
                for key in _keys_in_template(call.args[0]):
                    yield f"{path.name}:{call.lineno}", key, given


def _keys_in_template(node: nodes.Expr) -> Iterator[str]:
    match node:
        case nodes.Const():
            yield node.value
        case nodes.CondExpr():
            for each in (node.expr1, node.expr2):
                yield from _keys_in_template(each) if each else ()


def _keys(node: ast.expr) -> Iterator[str]:
    """Return the keys that an argument may be, as far as they are written there."""
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp(body=body, orelse=orelse):
            yield from _keys(body)
            yield from _keys(orelse)

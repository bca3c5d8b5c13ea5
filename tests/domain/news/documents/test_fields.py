"""Short texts, and what may be read of each: nothing that is not so."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.news.documents.fields import DocumentFields, read_fields

_FILE = Path(__file__).parent / "document_texts.txt"
_NAMES = ("number", "kind", "issuer", "signer", "issued", "effective")
LEAST_FOUND = 0.95
"""Of the fields that the texts state; what is found is always right."""


def _texts() -> list[tuple[str, DocumentFields]]:
    """Return each text and its fields; in the file they stand above it, as "=name=value"."""
    blocks = [each.strip("\n") for each in _FILE.read_text(encoding="utf-8").split("\n---\n")]
    return [_block(each) for each in blocks if each.strip()]


def _block(block: str) -> tuple[str, DocumentFields]:
    lines = block.split("\n")
    said = dict(line[1:].split("=", 1) for line in lines if line.startswith("="))
    assert set(said) <= set(_NAMES), said
    issued, effective = (date.fromisoformat(said[each]) if each in said else None for each in _NAMES[4:])
    text = "\n".join(line for line in lines if not line.startswith(("=", "#")))
    number, kind, issuer, signer = (said.get(each, "") for each in _NAMES[:4])
    return text, DocumentFields(number, kind, issuer, signer, issued, effective)


TEXTS = _texts()


def read(text: str) -> DocumentFields:
    title, *paragraphs = text.split("\n")
    return read_fields(title, paragraphs)


@pytest.mark.parametrize(("text", "so"), TEXTS, ids=[text[:50] for text, _ in TEXTS])
def test_nothing_is_read_that_is_not_so(text: str, so: DocumentFields) -> None:
    found = read(text)

    wrong = {
        name: getattr(found, name)
        for name in _NAMES
        if getattr(found, name) and getattr(found, name) != getattr(so, name)
    }
    assert wrong == {}


def test_most_of_what_is_stated_is_read() -> None:
    stated = [(text, name) for text, so in TEXTS for name in _NAMES if getattr(so, name)]

    missing = [(text[:60], name) for text, name in stated if not getattr(read(text), name)]

    assert len(missing) <= (1 - LEAST_FOUND) * len(stated), missing

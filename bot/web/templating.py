"""HTML made of templates: Jinja2 with everything escaped, and the words that each template may ask for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from bot.domain.blocks.model import Blocks, Heading, ItemList, Quotation
from bot.i18n import LANGUAGES, Translator, moments


def environment(package: str, translator: Translator, **names: Any) -> Environment:
    """Return what renders the templates of *package* and those for all of them.

    Each knows *names* and the languages.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("bot.web")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    called = {each: translator.text(each, "language-name") for each in LANGUAGES}
    made.globals.update(languages=LANGUAGES, language_names=called, ranks=ranks, **names)
    return made


def ranks(blocks: Blocks) -> dict[int, int]:
    """Return the rank below the title that each level of headings has: none is left out between them."""
    return {level: min(number, 6) for number, level in enumerate(sorted(set(_levels(blocks))), 2)}


def _levels(blocks: Blocks) -> Iterator[int]:
    for each in blocks:
        match each:
            case Heading():
                yield each.level
            case ItemList():
                for item in each.items:
                    yield from _levels(item.blocks)
            case Quotation():
                yield from _levels(each.blocks)


def wording(translator: Translator, language: str) -> Mapping[str, Any]:
    """Return what templates say things in *language* with."""
    return {
        "language": language,
        "t": partial(translator.text, language),
        "moment": partial(moments.moment, translator, language),
        "day": partial(moments.date, translator, language),
        "iso": iso,
    }


def iso(at: datetime) -> str:
    """Return, for example, "2017-08-16T11:52:00+00:00"."""
    return at.isoformat(timespec="seconds")

"""HTML made of templates: Jinja2 with everything escaped, and the words that each template may ask for."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.i18n import LANGUAGES, Translator, moments


def environment(package: str, translator: Translator, **names: Any) -> Environment:
    """Return what renders the templates of *package*, each of which knows *names* and the languages."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    called = {each: translator.text(each, "language-name") for each in LANGUAGES}
    made.globals.update(languages=LANGUAGES, language_names=called, **names)
    return made


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

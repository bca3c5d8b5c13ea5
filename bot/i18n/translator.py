"""What the bot says, by language and key: Project Fluent files with the form of address as a term."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

from bot.domain.chats.form_of_address import FormOfAddress

LANGUAGES = ("vi", "en")
"""The languages that there are texts for; the first one stands in for any other."""

FIRST_LANGUAGE = LANGUAGES[0]

LANGUAGES_WITH_FORMS = frozenset({"vi"})
"""The languages that address people in one form or another; English has only "you"."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Every text for people. Made by *load*; it holds no state that changes.

    *default_language* is spoken to a chat whose own language is unknown. *form* is how readers are addressed,
    and *usual_form* how they are where nobody has chosen another form.
    """

    default_language: str
    form: FormOfAddress
    usual_form: FormOfAddress
    _bundles: Mapping[FormOfAddress, Mapping[str, FluentBundle]]

    @classmethod
    def load(
        cls, form: FormOfAddress, publisher: Mapping[str, str], *, default_language: str = FIRST_LANGUAGE
    ) -> "Translator":
        """Read all texts; *form* and the name of the *publisher*, by language, are terms in them."""
        bundles: dict[FormOfAddress, dict[str, FluentBundle]] = {each: {} for each in FormOfAddress}
        for language in LANGUAGES:
            texts = _parsed(language)
            for each in FormOfAddress:
                # The marks that isolate arguments of another writing direction would be boxes on old phones.
                bundle = FluentBundle([language], use_isolating=False)
                bundle.add_resource(texts)
                bundle.add_resource(FluentResource(_terms(language, each, publisher)))
                bundles[each][language] = bundle
        return cls(default_language, form, form, bundles)

    def addressing(self, form: str | None) -> "Translator":
        """Return the same texts with another *form* of address; with None, with the usual one."""
        return replace(self, form=FormOfAddress(form) if form else self.usual_form)

    def language_for(self, code: str | None) -> str:
        """Return the language to begin with for a person whose app is set to *code* (IETF tag).

        Where Vietnamese is the default everybody is spoken to in it until they choose another one: the apps
        of most people in Viet Nam are set to English, because they come so.
        """
        if not code or self.default_language == FIRST_LANGUAGE:
            return self.default_language
        return FIRST_LANGUAGE if code.lower().split("-")[0] == FIRST_LANGUAGE else "en"

    def text(self, language: str, key: str, /, **args: str | int) -> str:
        """Return the text *key* in *language*, or in the default language where there is no such one.

        Raises KeyError for a key that does not exist, ValueError for arguments that do not fit: bugs, both.
        """
        bundles = self._bundles[self.form]
        bundle = bundles.get(language) or bundles[self.default_language]
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = bundle.format_pattern(pattern, args)
        if errors:
            raise ValueError(f"text {key!r}: {errors[0]}")
        # Fluent also knows texts without any string in them (fluent_none); a message of ours is always one.
        return str(text)


@cache
def _parsed(language: str) -> Resource:
    """Return the file of *language* as Fluent reads it: bundles take from it and leave it as it is."""
    return FluentResource(source(language))


def source(language: str) -> str:
    """Return the Fluent files of *language* as they are written: of chat, console and public page."""
    names = (f"{language}.ftl", f"console.{language}.ftl", f"public.{language}.ftl")
    found = (files("bot.i18n").joinpath(name) for name in names)
    return "\n".join(file.read_text(encoding="utf-8") for file in found)


def _terms(language: str, form: FormOfAddress, publisher: Mapping[str, str]) -> str:
    terms = {
        "addressee": form.value,
        "addressee-start": form.value[0].upper() + form.value[1:],
        "publisher": publisher.get(language) or publisher[FIRST_LANGUAGE],
    }
    return "\n".join(f"-{name} = {_literal(value)}" for name, value in terms.items())


def _literal(value: str) -> str:
    """Return *value* as a Fluent string literal, in which nothing of it can be syntax."""
    escaped = " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'{{ "{escaped}" }}'

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


@dataclass(slots=True)
class Wording:
    """What the texts are made with, for every translator that was made of one: it changes for all at once."""

    default_language: str
    usual_form: FormOfAddress
    bundles: Mapping[FormOfAddress, Mapping[str, FluentBundle]]


@dataclass(frozen=True, slots=True)
class Translator:
    """Every text for people. Made by *load*; only *adopt* changes what it says.

    *chosen* is the form of address that a chat or a topic has chosen, if one has.
    """

    wording: Wording
    chosen: FormOfAddress | None = None

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
        return cls(Wording(default_language, form, bundles))

    @property
    def default_language(self) -> str:
        """Return the language that is spoken to a chat whose own language is unknown."""
        return self.wording.default_language

    @property
    def usual_form(self) -> FormOfAddress:
        """Return how readers are addressed where nobody has chosen another form."""
        return self.wording.usual_form

    @property
    def form(self) -> FormOfAddress:
        """Return how readers are addressed."""
        return self.chosen or self.usual_form

    def adopt(self, other: "Translator") -> None:
        """Speak as *other* does from now on, and so do all that were made of this one by `addressing`."""
        ours, theirs = self.wording, other.wording
        ours.default_language, ours.usual_form = theirs.default_language, theirs.usual_form
        ours.bundles = theirs.bundles

    def addressing(self, form: str | None) -> "Translator":
        """Return the same texts with another *form* of address; with None, with the usual one."""
        return replace(self, chosen=FormOfAddress(form) if form else None)

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
        bundles = self.wording.bundles[self.form]
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

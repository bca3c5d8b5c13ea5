"""The pages of the console in HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from jinja2 import Environment

from bot.i18n import LANGUAGES, Translator
from bot.web.console.assets import assets
from bot.web.console.console import PATH
from bot.web.templating import environment, wording

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # With no-referrer, browsers would hide from us as well where a form comes from.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

LANGUAGE = "bantin-language"
"""The cookie that holds the language that was chosen here."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes answers of templates, in the words of one translator."""

    translator: Translator
    environment: Environment

    @classmethod
    def load(cls, translator: Translator) -> "Pages":
        return cls(translator, environment("bot.web.console", translator, root=PATH, assets=assets()))

    def page(
        self, template: str, language: str, values: Mapping[str, Any], *, status: int = 200
    ) -> web.Response:
        said = wording(self.translator, language)
        html = self.environment.get_template(template).render({**said, **values})
        return web.Response(text=html, content_type="text/html", status=status, headers=HEADERS)


def language_of(request: web.Request, translator: Translator, usual: str | None = None) -> str:
    """Return the language to speak: the one chosen here, else the *usual* one, else what the browser says."""
    wanted = request.headers.get("Accept-Language", "").partition(",")[0].strip()
    chosen = next((each for each in (request.cookies.get(LANGUAGE), usual) if each in LANGUAGES), None)
    return chosen or translator.language_for(wanted or None)

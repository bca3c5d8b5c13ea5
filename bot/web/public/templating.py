"""The public pages in HTML, without a script and without anything that is fetched from elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp import web
from jinja2 import Environment

from bot.domain.blocks.model import Blocks
from bot.i18n import LANGUAGES
from bot.i18n.translator import FIRST_LANGUAGE
from bot.web.assets import Assets, load
from bot.web.public.cache import Made
from bot.web.public.pages import PublicView
from bot.web.public.paths import ROOT, Paths
from bot.web.public.posters import Poster
from bot.web.public.site import PublicSite
from bot.web.templating import environment, wording

HEADERS = {
    # Data for search engines stands in pages (application/ld+json); that is nothing that a browser runs.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@cache
def assets() -> Assets:
    return load("bot.web.public", ROOT)


@dataclass(frozen=True, slots=True)
class PublicPages:
    """Makes answers of templates, for one site."""

    site: PublicSite
    environment: Environment

    @classmethod
    def load(cls, site: PublicSite) -> "PublicPages":
        made = environment(
            "bot.web.public", site.translator, assets=assets(), content_language=FIRST_LANGUAGE
        )
        return cls(site, made)

    def made(self, view: PublicView, language: str) -> Made:
        """Return a page as it is sent."""
        paths = Paths(language)
        elsewhere = {each: self.site.url(path) for each, path in view.elsewhere.items()}
        values = {
            "elsewhere": view.elsewhere,
            "alternates": elsewhere,
            "canonical": view.canonical or elsewhere.get(language, ""),
            **view.values,
        }
        return Made(self._html(view.template, paths, values).encode(), headers=HEADERS)

    def laid_out(self, blocks: Blocks) -> str:
        """Return a text as HTML for programs, in which photos are links."""
        said = wording(self.site.translator, FIRST_LANGUAGE)["t"]
        layout = self.environment.get_template("layout.html").make_module()
        return str(layout.laid_out(blocks, said, {}, "")).strip()  # type: ignore[attr-defined]

    def poster(self, poster: Poster, language: str, *, has_size: bool) -> str:
        """Return a poster as an SVG document; one that *has_size* says that it is as large as A4."""
        values = {**wording(self.site.translator, language), "poster": poster, "is_document": has_size}
        return self.environment.get_template("poster.svg").render(values)

    def refusal(self, status: int, kind: str, language: str, *, retry_after: int = 0) -> web.Response:
        """Return a page that says why there is nothing, for reasons of one *kind*.

        *retry_after* says in how many seconds there may be something.
        """
        html = self._html("refusal.html", Paths(language), {"kind": kind, "status": status})
        response = web.Response(text=html, content_type="text/html", status=status)
        response.headers.update({**HEADERS, "Cache-Control": "no-store"})
        if retry_after:
            response.headers["Retry-After"] = str(retry_after)
        return response

    def _html(self, template: str, paths: Paths, values: Mapping[str, Any]) -> str:
        known = {
            **wording(self.site.translator, paths.language),
            "paths": paths,
            "site": self.site,
            "elsewhere": {each: Paths(each).home for each in LANGUAGES},
            "alternates": {},
            "canonical": "",
            "topics": (),
        }
        return self.environment.get_template(template).render({**known, **values})

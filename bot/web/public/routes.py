"""Routes of the public page: what is shown where, in which language."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from aiohttp import web

from bot.i18n import LANGUAGES
from bot.i18n.translator import FIRST_LANGUAGE
from bot.store.engine.database import Transaction
from bot.web.assets import asset_route
from bot.web.public import crawling, pages, paths, syndication
from bot.web.public.answering import LONGEST, Finish, Prepare, PublicAnswers, finished
from bot.web.public.cache import AnswerCache, Made
from bot.web.public.pages import PageRequest, PublicView
from bot.web.public.paths import ROOT, Paths
from bot.web.public.posters import poster_of
from bot.web.public.reading import NotThereError
from bot.web.public.site import PublicSite
from bot.web.public.templating import PublicPages, assets

_MOST_PAGES = 10_000_000
_SVG = "image/svg+xml; charset=utf-8"
_PDF = "application/pdf"

Show = Callable[[PageRequest], Awaitable[PublicView]]

PAGES: tuple[tuple[str, Show, tuple[str, ...]], ...] = (
    ("", pages.home, ()),
    (paths.TOPIC, pages.topic, (paths.PAGE,)),
    (paths.ARTICLE, pages.article, ()),
    (paths.PRINTED, pages.printed, ()),
    (paths.SEARCH, pages.search, (paths.WORDS, paths.PAGE)),
    (paths.SUBSCRIBE, pages.subscribe, ()),
    (paths.POSTER, pages.poster, ()),
)
"""The pages for people: where each is, and the parameters that it depends on."""


def public_routes(site: PublicSite) -> list[web.RouteDef]:
    """Return the whole public page, everything of it below /tin, and what is asked for at /."""
    answers = PublicAnswers(site, PublicPages.load(site), AnswerCache(site.clock))
    serving = PublicRoutes(answers)
    return [
        web.get("/", _to_home),
        asset_route(assets(), ROOT),
        *serving.for_programs(),
        *(route for language in LANGUAGES for route in serving.in_language(language)),
        web.get(f"{ROOT}/{{rest:.*}}", serving.nothing),
    ]


async def _to_home(request: web.Request) -> web.StreamResponse:
    del request
    raise web.HTTPFound(ROOT)


@dataclass(frozen=True, slots=True)
class PublicRoutes:
    """Puts routes together."""

    answers: PublicAnswers

    @property
    def site(self) -> PublicSite:
        return self.answers.site

    def in_language(self, language: str) -> list[web.RouteDef]:
        """Return the routes of the pages for people."""
        home, answers = Paths(language).home, self.answers
        return [
            web.get(f"{home}{paths.POSTER}.svg", answers.of(self._poster(language, _svg), language)),
            web.get(f"{home}{paths.POSTER}.pdf", answers.of(self._poster(language, self._pdf), language)),
            *(
                web.get(home + path, answers.of(self._page(show, language), language, parameters))
                for path, show, parameters in PAGES
            ),
        ]

    def for_programs(self) -> list[web.RouteDef]:
        """Return the routes of feeds and lists, which have no language of their own."""
        listed = (
            ("/robots.txt", crawling.robots),
            (crawling.SITEMAP, crawling.sitemap),
            (crawling.SITEMAP_OF_TOPICS, crawling.sitemap_of_topics),
            (crawling.LOT, crawling.sitemap_of_lot),
        )
        documents = (("atom.xml", syndication.as_atom), ("feed.json", syndication.as_json))
        return [
            *(web.get(path, self.answers.of(self._listed(make))) for path, make in listed),
            *(
                web.get(f"{ROOT}{below}/{name}", self.answers.of(self._feed(make)))
                for below in ("", paths.TOPIC)
                for name, make in documents
            ),
        ]

    async def nothing(self, request: web.Request) -> web.StreamResponse:
        """Say that there is no such page; one whose address ends in a slash may be there without it."""
        if request.path.endswith("/"):
            raise web.HTTPMovedPermanently(quote("/" + request.path.strip("/")))
        begun = (each for each in LANGUAGES if request.path.startswith(f"{Paths(each).home}/"))
        others = [each for each in begun if each != FIRST_LANGUAGE]
        return self.answers.pages.refusal(404, "gone", next(iter(others), FIRST_LANGUAGE))

    def _page(self, show: Show, language: str) -> Prepare:
        async def prepare(tx: Transaction, request: web.Request) -> Finish:
            words = request.query.get(paths.WORDS, "")[:LONGEST]
            page = _number(request.query.get(paths.PAGE, "1"))
            asked = PageRequest(self.site, tx, language, request.match_info, words, page)
            return finished(partial(self.answers.pages.made, await show(asked), language))

        return prepare

    def _listed(self, make: Callable[[Transaction, PublicSite, str], Awaitable[Made]]) -> Prepare:
        async def prepare(tx: Transaction, request: web.Request) -> Finish:
            listed = await make(tx, self.site, request.match_info.get("lot", ""))
            return finished(lambda: listed)

        return prepare

    def _feed(self, make: Callable[[syndication.Syndicated, syndication.LaidOut], Made]) -> Prepare:
        async def prepare(tx: Transaction, request: web.Request) -> Finish:
            newest = await syndication.newest(tx, self.site, request.match_info.get("topic"))
            return finished(partial(make, newest, self.answers.pages.laid_out))

        return prepare

    def _poster(self, language: str, drawn: Callable[[str], Awaitable[Made]]) -> Prepare:
        async def prepare(tx: Transaction, request: web.Request) -> Finish:
            named = request.match_info
            poster = await poster_of(tx, self.site, language, named["topic"], named["platform"])
            svg = self.answers.pages.poster(poster, language, has_size=drawn is _svg)
            return partial(drawn, svg)

        return prepare

    async def _pdf(self, svg: str) -> Made:
        drawn = await self.site.draw_pdf(svg)
        if drawn is None:
            raise NotThereError
        return Made(drawn, _PDF, {"Content-Disposition": "inline"})


async def _svg(svg: str) -> Made:
    return Made(svg.encode(), _SVG)


def _number(written: str) -> int:
    """Return the number of a page; raises NotThereError for what is none."""
    if not (written.isascii() and written.isdecimal()) or not 1 <= int(written[:10]) <= _MOST_PAGES:
        raise NotThereError
    return int(written[:10])

"""The sample agency's site over HTTP: pages, feeds and photos in the office's markup."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.emulator.agency import feeds
from bot.emulator.agency.desk import Desk, read_json, read_text
from bot.emulator.agency.faults import MAINTENANCE, Fault, Trouble
from bot.emulator.agency.newsroom import (
    FOLDER,
    PHOTOS,
    SECTIONS,
    VIETNAM,
    Newsroom,
    Published,
    Section,
    UnknownChoiceError,
    portal_date,
    section_of,
)

PREFIX = "/agency"
PER_PAGE = 20
RELATED = 4
GUEST = "/{locale:(?:vi_VN/|en_US/)?}web/guest"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """The sample agency: a newsroom, and a web site that shows it under /agency/."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(VIETNAM)) -> None:
        self.newsroom = Newsroom(now)
        self._trouble: Trouble | None = None
        self._pages = Environment(
            loader=PackageLoader("bot.emulator.agency"), autoescape=True, undefined=StrictUndefined
        )
        self._pages.globals.update(
            sections=SECTIONS, address=article_path, listing=listing_path, photo=photo_path, date=portal_date
        )

    def mount(self, app: web.Application) -> None:
        """Add the site to *app*, under /agency/."""
        app.add_subapp(f"{PREFIX}/", self._application())

    def break_down(self, fault: Fault, *, times: int | None = None, seconds: float = 5.0) -> None:
        """Let the site fail from now on, or for the next *times* requests that the fault concerns."""
        self._trouble = Trouble(fault, times, seconds)

    def repair(self) -> None:
        self._trouble = None

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[self._trouble_maker])
        publisher = f"{GUEST}/{{section}}/-/asset_publisher/{{instance}}"
        app.add_routes(
            [
                web.get("/", self._home, name="home"),
                web.get(f"{GUEST}/{{section}}", self._listing, name="listing"),
                web.get(f"{publisher}/rss", self._feed, name="feed"),
                web.get(f"{publisher}/content/{{name:.+}}", self._article, name="article"),
                web.get("/documents/10180/20143/{name}.jpg", self._photo, name="photo"),
                web.static("/static", FOLDER / "static", name="static"),
                web.get("/_desk", self._desk),
                web.post("/_publish", self._publish),
                *Desk(self.newsroom, _summary).routes(),
                web.post("/_fault", self._set_fault),
                web.delete("/_fault", self._clear_fault),
            ]
        )
        return app

    @web.middleware
    async def _trouble_maker(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        part, trouble = request.match_info.route.name or "", self._trouble
        # Routes without a name are the agency's desk: they work whatever happens to the site.
        if trouble is None or not part or not trouble.strikes(part):
            return await handler(request)
        match trouble.fault:
            case Fault.DOWN:
                return _html(MAINTENANCE, status=503)
            case Fault.SLOW:
                await asyncio.sleep(trouble.seconds)
                return await handler(request)
            case Fault.HTML_INSTEAD_OF_FEED:
                return _html(MAINTENANCE)
            case Fault.EMPTY:
                return web.Response(content_type="text/xml", charset="UTF-8")
            case Fault.PAGE_500:
                return _html(MAINTENANCE, status=500)

    async def _home(self, _request: web.Request) -> web.Response:
        latest = [(section, self.newsroom.articles(section)[:5]) for section in SECTIONS]
        return self._page("home.html", latest=latest, top=next(iter(self.newsroom.articles()), None))

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        section = _section(request)
        articles = self.newsroom.articles(section)
        portlet = f"_101_INSTANCE_{section.instance}"
        number = _whole(request.query.get(f"{portlet}_cur"), default=1)
        size = _whole(request.query.get(f"{portlet}_delta"), default=PER_PAGE)
        response = self._page(
            "listing.html",
            section=section,
            articles=articles[(number - 1) * size : number * size],
            number=number,
            pages=max(1, -(-len(articles) // size)),
            query=_paging_query(section, size),
        )
        return self._conditional(request, response, section)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        section = _section(request)
        articles = self.newsroom.articles(section)
        page = f"{request.url.origin()}{listing_path(section)}"
        if request.query.get("type") == "rss":
            body = feeds.rss(section, articles, page=page)
        else:
            body = feeds.atom(section, articles, page=page, now=self.newsroom.now())
        response = web.Response(body=body, content_type="text/xml", charset="UTF-8")
        return self._conditional(request, response, section)

    async def _article(self, request: web.Request) -> web.Response:
        section = _section(request)
        article = self.newsroom.find(section, request.match_info["name"])
        if article is None:
            raise web.HTTPNotFound
        related = [item for item in self.newsroom.articles(section) if item.id != article.id]
        return self._page("article.html", section=section, article=article, related=related[:RELATED])

    async def _photo(self, request: web.Request) -> web.FileResponse:
        if request.match_info["name"] not in PHOTOS:
            raise web.HTTPNotFound
        path = FOLDER / "photos" / f"{request.match_info['name']}.jpg"
        return web.FileResponse(path, headers={"Cache-Control": "max-age=3600"})

    async def _desk(self, _request: web.Request) -> web.Response:
        """Tell a publishing form what it can offer, and what stands ready."""
        draft, latest = self.newsroom.draft, self.newsroom.articles()[:PER_PAGE]
        paragraphs = draft.dated(self.newsroom.now().astimezone(VIETNAM))
        offered = {"title": draft.title, "section": draft.section.id, "paragraphs": paragraphs}
        return web.json_response(
            {
                "sections": [asdict(section) for section in SECTIONS],
                "photos": [{"name": name, "url": photo_path(name)} for name in PHOTOS],
                "draft": offered | {"photo": draft.photos[0].name if draft.photos else ""},
                "latest": [_summary(article) for article in latest],
            }
        )

    async def _publish(self, request: web.Request) -> web.Response:
        wanted = await read_json(request)
        words = {name: read_text(wanted, name) for name in ("title", "sapo", "photo", "section")}
        paragraphs = wanted.get("paragraphs")
        if not _is_text(paragraphs):
            raise web.HTTPBadRequest(text="paragraphs is a list of texts")
        try:
            article = self.newsroom.publish(paragraphs=paragraphs, **words)
        except UnknownChoiceError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response(_summary(article), status=201)

    async def _set_fault(self, request: web.Request) -> web.Response:
        try:
            self._trouble = Trouble.read(await read_json(request))
        except (TypeError, ValueError) as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response({"fault": self._trouble.fault})

    async def _clear_fault(self, _request: web.Request) -> web.Response:
        self.repair()
        return web.json_response({"fault": None})

    def _page(self, template: str, **values: object) -> web.Response:
        return _html(self._pages.get_template(template).render(values))

    def _conditional(
        self, request: web.Request, response: web.Response, section: Section
    ) -> web.StreamResponse:
        """Add validators to *response*, and answer 304 instead if the client has it already."""
        # Weak: the feed carries the moment at which it was made, so its bytes differ each time.
        etag = f'W/"{self.newsroom.revision(section)}"'
        newest = next(iter(self.newsroom.articles(section)), None)
        changed_at = (newest.at if newest else self.newsroom.now()).replace(microsecond=0)
        validators = {"ETag": etag, "Last-Modified": _http_date(changed_at), "Cache-Control": "no-cache"}
        if _unchanged(request, etag, changed_at):
            return web.Response(status=304, headers=validators)
        response.headers.update(validators)
        return response


def listing_path(section: Section) -> str:
    return f"{PREFIX}/web/guest/{section.path}"


def article_path(article: Published) -> str:
    publisher = f"{listing_path(article.section)}/-/asset_publisher/{article.section.instance}"
    return f"{publisher}/content/{quote(article.slug)}"


def photo_path(name: str) -> str:
    return f"{PREFIX}/documents/10180/20143/{name}.jpg"


def _summary(article: Published) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "sapo": article.sapo,
        "section": article.section.id,
        "url": article_path(article),
        "photo": photo_path(article.photos[0].name) if article.photos else None,
        "date": article.at.isoformat(timespec="minutes"),
    }


def _section(request: web.Request) -> Section:
    try:
        section = section_of(request.match_info["section"])
    except UnknownChoiceError:
        raise web.HTTPNotFound from None
    if request.match_info.get("instance", section.instance) != section.instance:
        raise web.HTTPNotFound
    return section


def _is_text(paragraphs: object) -> bool:
    """Tell whether these are paragraphs: a list of texts with at least one, or nothing."""
    return paragraphs is None or (
        isinstance(paragraphs, list)
        and bool(paragraphs)
        and all(isinstance(text, str) for text in paragraphs)
    )


def _paging_query(section: Section, size: int) -> str:
    portlet = f"101_INSTANCE_{section.instance}"
    return (
        f"p_p_id={portlet}&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_id=column-1"
        f"&p_p_col_pos=1&p_p_col_count=2&_{portlet}_delta={size}&_{portlet}_keywords="
        f"&_{portlet}_advancedSearch=false&_{portlet}_andOperator=true"
        f"&p_r_p_564233524_resetCur=false&_{portlet}_cur="
    )


def _whole(text: str | None, *, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and 0 < int(text) < 1000 else default


def _unchanged(request: web.Request, etag: str, changed_at: datetime) -> bool:
    """RFC 9110: If-None-Match, where it is given, decides alone."""
    if known := request.headers.get("If-None-Match"):
        return etag in (tag.strip() for tag in known.split(","))
    since = request.if_modified_since
    return since is not None and changed_at <= since


def _http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _html(text: str, *, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")

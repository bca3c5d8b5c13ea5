"""From a request to an answer: who asks is let in or not, the route's handler runs in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import structlog
from aiohttp import web

from bot.domain.chats.chat import Address
from bot.domain.publication.confirmation import in_force
from bot.store.chats import chats
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.web.assets import asset_route
from bot.web.console import gate
from bot.web.console.assets import assets
from bot.web.console.attempts import Visits
from bot.web.console.console import PATH, Console
from bot.web.console.entrance import Entrance
from bot.web.console.gate import LetIn
from bot.web.console.routes import ConsoleRoute, MenuEntry
from bot.web.console.table import MENU, TABLE
from bot.web.console.templating import HEADERS, LANGUAGE, WITH_FRAME, Pages, language_of, sandboxed
from bot.web.console.visit import (
    Answer,
    Download,
    FormFields,
    PageView,
    Redirect,
    Refusal,
    SandboxedPage,
    Visit,
)
from bot.web.uploads import UploadTooLargeError, read_multipart
from bot.web.webhook import read_body

log = structlog.get_logger(__name__)

_LANGUAGE_KEPT = 365 * 86_400
"""Seconds."""

UPLOADS_AT_ONCE = 2
"""Forms with files that are read at a time: they are in memory meanwhile."""

Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


def console_routes(console: Console) -> list[web.RouteDef]:
    """Return the whole console, everything of it below /console."""
    pages = Pages.load(console.translator)
    entrance, serving = Entrance(console, pages), Serving(console, pages, Visits(console.clock))
    return [
        web.get(PATH, _refusing(pages, serving.home)),
        *(
            web.route("POST" if each.writes else "GET", PATH + each.path, _refusing(pages, serving.of(each)))
            for each in TABLE
        ),
        *(
            web.route(method, f"{PATH}/enter/{{token}}", _refusing(pages, serve))
            for method, serve in (("GET", entrance.ask), ("POST", entrance.enter))
        ),
        asset_route(assets(), PATH),
        web.route("*", f"{PATH}/{{rest:.*}}", _refusing(pages, _nothing_here)),
    ]


def _refusing(pages: Pages, serve: Serve) -> Serve:
    """Return *serve* with a page for each refusal."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await serve(request)
        except Refusal as refusal:
            status, key, wait = refusal.status, refusal.key, refusal.wait
        except DatabaseUnavailable as error:
            log.warning("the console could not be answered", error=str(error))
            status, key, wait = 503, "console-no-database", 0
        language = language_of(request, pages.translator)
        headers = {**HEADERS, "Retry-After": str(wait)} if wait else HEADERS
        values = {"key": key, "status": status}
        return pages.page("refusal.html", language, values, status=status, headers=headers)

    return answer


async def _nothing_here(request: web.Request) -> web.StreamResponse:
    del request
    raise Refusal(404, "console-gone")


@dataclass(frozen=True, slots=True)
class Serving:
    """Answers the requests of those who are signed in."""

    console: Console
    pages: Pages
    visits: Visits
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE))

    def of(self, route: ConsoleRoute) -> Serve:
        """Return what answers requests at *route*."""

        async def serve(request: web.Request) -> web.StreamResponse:
            self._require_patience(request)
            return await (self._act if route.writes else self._show)(request, route)

        return serve

    async def home(self, request: web.Request) -> web.StreamResponse:
        """Lead to the first page that somebody may see, or say how one gets in."""
        self._require_patience(request)
        async with self.console.database.read() as tx:
            entry = await gate.let_in(self.console, tx, request)
        if entry is None:
            return self._how_to_enter(request)
        raise web.HTTPSeeOther(PATH + _menu(entry)[0].path, headers=HEADERS)

    def _require_patience(self, request: web.Request) -> None:
        """Count a request; raises Refusal where there were too many."""
        token = request.cookies.get(gate.cookie_name(self.console), "")
        if wait := self.visits.wait(request, token):
            raise Refusal(429, "console-too-much", wait=wait)

    async def _show(self, request: web.Request, route: ConsoleRoute) -> web.StreamResponse:
        told = None
        if route.ask:
            async with self.console.database.read() as tx:
                asking = await self._looking(tx, request, route)
            if asking is None:
                return self._how_to_enter(request)
            told = await route.ask(asking)
        async with self.console.database.read() as tx:
            visit = await self._looking(tx, request, route)
            if visit is None:
                return self._how_to_enter(request)
            answer = await route.handle(replace(visit, told=told))
        await gate.note_use(self.console, visit.session)
        return await self._answered(request, visit, answer)

    async def _looking(self, tx: Transaction, request: web.Request, route: ConsoleRoute) -> Visit | None:
        """Return the visit of somebody who may see this; else None."""
        entry = await gate.let_in(self.console, tx, request)
        if entry is None:
            return None
        gate.require_right(entry, route)
        return await self._visit(tx, request, entry)

    async def _act(self, request: web.Request, route: ConsoleRoute) -> web.StreamResponse:
        gate.require_our_page(request, self.console)
        form = await self._form(request, route)
        told = None
        async with self.console.database.read() as tx:
            asking = await self._asking(tx, request, route, form)
        if asking is None:
            return self._how_to_enter(request)
        if route.ask:
            told = await route.ask(asking)
        async with self.console.database.write() as tx:
            visit = await self._asking(tx, request, route, form)
            if visit is None:
                return self._how_to_enter(request)
            answer = await route.handle(replace(visit, told=told))
        if isinstance(answer, Redirect):
            if answer.in_force:
                await in_force(self.console.clock)
            if answer.afterwards:
                await answer.afterwards()
        return await self._answered(request, visit, answer)

    async def _form(self, request: web.Request, route: ConsoleRoute) -> FormFields:
        """Return the form of a request. Whoever may not do this brings no files: they are not even read."""
        if route.files is None or request.content_type != "multipart/form-data":
            return await _form(request)
        async with self.console.database.read() as tx:
            entry = await gate.let_in(self.console, tx, request)
        if entry is None:
            return FormFields()
        gate.require_right(entry, route)
        try:
            async with self.uploads:
                form = await read_multipart(request, route.files)
            return FormFields.of(form.values, form.files)
        except UploadTooLargeError:
            raise Refusal(413, "console-too-large") from None
        except ValueError:
            raise Refusal(400, "console-no-form") from None

    async def _asking(
        self, tx: Transaction, request: web.Request, route: ConsoleRoute, form: FormFields
    ) -> Visit | None:
        """Return the visit of somebody who may do this, and does it from a page of ours; else None."""
        entry = await gate.let_in(self.console, tx, request)
        if entry is None:
            return None
        gate.require_right(entry, route)
        gate.require_form_token(entry, form)
        return replace(await self._visit(tx, request, entry), form=form)

    async def _visit(self, tx: Transaction, request: web.Request, entry: LetIn) -> Visit:
        theirs = await chats.find(tx, Address(entry.session.account, entry.session.user))
        return Visit(
            console=self.console,
            tx=tx,
            session=entry.session,
            authority=entry.authority,
            language=language_of(request, self.pages.translator, theirs.language if theirs else None),
            form_token=entry.form_token,
            arguments=dict(request.match_info),
            query=_read(request.query_string),
        )

    def _how_to_enter(self, request: web.Request) -> web.Response:
        language = language_of(request, self.pages.translator)
        response = self.pages.page("outside.html", language, {}, status=401)
        if gate.cookie_name(self.console) in request.cookies:
            gate.delete_cookie(response, self.console)
        return response

    async def _answered(self, request: web.Request, visit: Visit, answer: Answer) -> web.StreamResponse:
        match answer:
            case PageView():
                values = {
                    "visit": visit,
                    "menu": _menu(visit),
                    "here": request.path.removeprefix(PATH),
                    "notice": visit.query.value("notice"),
                    **answer.values,
                }
                headers = WITH_FRAME if answer.has_frame else HEADERS
                # In a thread: the text of a long article takes longer than others should wait.
                return await asyncio.to_thread(
                    self.pages.page,
                    answer.template,
                    visit.language,
                    values,
                    status=answer.status,
                    headers=headers,
                )
            case SandboxedPage():
                style, script = (self.console.address + each for each in (answer.style, answer.script))
                return sandboxed(answer.html, style=style, script=script)
            case Redirect():
                response = web.Response(status=303, headers={**HEADERS, "Location": PATH + answer.address})
                if answer.language:
                    response.set_cookie(
                        LANGUAGE,
                        answer.language,
                        path=PATH,
                        max_age=_LANGUAGE_KEPT,
                        secure=self.console.is_private,
                        httponly=True,
                        samesite="Strict",
                    )
                return response
            case Download():
                named = f'attachment; filename="{answer.file_name}"' if answer.file_name else "inline"
                headers = {**HEADERS, "Content-Type": answer.type, "Content-Disposition": named}
                return web.Response(body=answer.body, headers=headers)


def _menu(who: LetIn | Visit) -> list[MenuEntry]:
    """Return the pages that somebody may see."""
    return [each for each in MENU if each.right is None or who.authority.may(each.right)]


async def _form(request: web.Request) -> FormFields:
    """Return the form in a request's body; raises Refusal where it has none of ours."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Refusal(400, "console-no-form")
    return _read((await read_body(request)).decode("ascii", "replace"))


def _read(encoded: str) -> FormFields:
    try:
        return FormFields.read(encoded)
    except ValueError:
        raise Refusal(400, "console-no-form") from None

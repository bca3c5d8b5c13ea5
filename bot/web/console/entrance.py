"""The entrance: a link is shown first, and signs in only when somebody chooses so.

Messengers fetch each link to show a preview of it: what is fetched must use nothing up.
"""

from aiohttp import web

from bot.domain.desk.console_access import device_of, fingerprint
from bot.domain.desk.roles import NOBODY
from bot.services.administration.console_access import enter
from bot.store.engine.database import Transaction
from bot.store.runtime import admins, console
from bot.store.runtime.console import Person
from bot.web.client import client_address
from bot.web.console import gate
from bot.web.console.attempts import Attempts
from bot.web.console.console import PATH, Console
from bot.web.console.templating import HEADERS, Pages, language_of
from bot.web.console.visit import Refusal


class Entrance:
    """Shows links, and begins sessions."""

    def __init__(self, of: Console, pages: Pages) -> None:
        self._console = of
        self._pages = pages
        self._attempts = Attempts(of.clock)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Say whom the link signs in, beside the button that does."""
        self._require_patience(request)
        async with self._console.database.read() as tx:
            person = await self._person(tx, request)
            if person is None:
                return self._useless(request)
            admin = await admins.find(tx, *person)
        account, user = person
        served = self._console.account(account)
        assert served is not None, "nobody has any authority on another one"
        values = {
            "user": user,
            "platform": served.messenger.platform.name,
            "name": admin.note if admin else "",
        }
        return self._pages.page("enter.html", language_of(request, self._pages.translator), values)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Use the link up, and begin a session."""
        gate.require_our_page(request, self._console)
        self._require_patience(request)
        link, device = request.match_info["token"], device_of(request.headers.get("User-Agent", ""))
        async with self._console.database.read() as tx:
            # Whoever has no link must not keep others from writing.
            person = await self._person(tx, request)
        token = None
        if person:
            async with self._console.database.write() as tx:
                token = await enter(tx, link, device=device, now=self._console.clock.now())
        if token is None:
            return self._useless(request)
        response = web.Response(status=303, headers={**HEADERS, "Location": PATH})
        gate.set_cookie(response, self._console, token)
        return response

    async def _person(self, tx: Transaction, request: web.Request) -> Person | None:
        """Return whom the link signs in, if they manage the bot."""
        found = fingerprint(request.match_info["token"])
        person = await console.link_for(tx, found, self._console.clock.now())
        authority = await self._console.authority(tx, *person) if person else NOBODY
        return person if authority.manages else None

    def _require_patience(self, request: web.Request) -> None:
        if wait := self._attempts.wait(client_address(request)):
            raise Refusal(429, "console-too-often", wait=wait)

    def _useless(self, request: web.Request) -> web.Response:
        self._attempts.fail(client_address(request))
        language = language_of(request, self._pages.translator)
        return self._pages.page("outside.html", language, {"used": True}, status=410)

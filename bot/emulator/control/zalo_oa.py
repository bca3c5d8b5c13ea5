"""Control of the emulated Official Accounts: who there is, what is published, knobs, faults, numbers."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.emulator.control.reading import Json, answer, read_fields, read_json, required
from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.zalo_oa.state import OaState
from bot.emulator.zalo_oa.world import OfficialAccount


class OaControl:
    def __init__(self, state: OaState) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/accounts", self.add_account),
            web.post("/authorise", self.authorise),
            web.post("/revoke", self.revoke),
            web.get("/articles", self.articles),
            web.post("/articles", self.write_by_hand),
            web.post("/articles/list", self.list_all),
            web.get("/broadcasts", self.broadcasts),
            web.get("/metrics", self.metrics),
            web.post("/knobs", self.change_knobs),
            web.post("/clock", self.clock),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
        ]

    async def add_account(self, request: web.Request) -> web.Response:
        """Make an Official Account that has authorised an application; return its first refresh token."""
        body = await read_fields(request, "app_id", "secret", "name", "refresh")
        app_id = str(required(body, "app_id"))
        account = OfficialAccount(
            id=f"38703827250{len(self.state.accounts):08d}",
            name=str(body.get("name") or "Cổng thông tin"),
            app_id=app_id,
            secret=str(required(body, "secret")),
            refresh=str(required(body, "refresh")),
        )
        self.state.accounts[app_id] = account
        return answer({"id": account.id})

    async def authorise(self, request: web.Request) -> web.Response:
        """Have an account authorise its application anew: another refresh token, and no pair before it."""
        body = await read_fields(request, "app_id", "refresh")
        account = self._account(body.get("app_id"))
        account.used.add(account.refresh)
        account.refresh, account.access = str(required(body, "refresh")), ""
        account.refresh_ends_at = 0.0
        return answer({})

    async def revoke(self, request: web.Request) -> web.Response:
        """Take no token of an account any more."""
        body = await read_fields(request, "app_id")
        account = self._account(body.get("app_id"))
        account.used.add(account.refresh)
        account.refresh = account.access = ""
        return answer({})

    async def articles(self, request: web.Request) -> web.Response:
        """Return all articles, oldest first."""
        account = self._account(request.query.get("app_id"))
        return answer([each.as_json() for each in account.articles])

    async def write_by_hand(self, request: web.Request) -> web.Response:
        """Publish an article by hand, as the agency does in Zalo's own console."""
        body = await read_fields(request, "app_id", "title", "seconds_ago")
        account = self._account(body.get("app_id"))
        article = account.add_by_hand(
            str(required(body, "title")), self.state.clock.now() - (body.get("seconds_ago") or 0)
        )
        return answer({"id": article.id})

    async def list_all(self, request: web.Request) -> web.Response:
        """Have everything that was created stand in the list."""
        body = await read_fields(request, "app_id")
        for article in self._account(body.get("app_id")).articles:
            article.listed = True
        return answer({})

    async def broadcasts(self, request: web.Request) -> web.Response:
        account = self._account(request.query.get("app_id"))
        return answer([{"at": each.at, "articles": each.articles} for each in account.broadcasts])

    async def metrics(self, _request: web.Request) -> web.Response:
        return answer(self.state.metrics.as_json())

    async def change_knobs(self, request: web.Request) -> web.Response:
        await self._take(request, self.state.knobs.change)
        return answer({})

    async def clock(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "advance")
        advance = body.get("advance", 0)
        if isinstance(advance, bool) or not isinstance(advance, int | float) or advance < 0:
            raise bad_request("advance is a number of seconds, zero or more")
        self.state.clock.advance(advance)
        return answer({"now": self.state.clock.now()})

    async def add_fault(self, request: web.Request) -> web.Response:
        await self._take(request, self.state.faults.add)
        return answer({"pending": len(self.state.faults.pending)})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self.state.faults.pending.clear()
        return answer({})

    @staticmethod
    async def _take(request: web.Request, change: Callable[[Json], Any]) -> None:
        body = await read_json(request)
        if not isinstance(body, dict):
            raise bad_request("a JSON object is expected")
        try:
            change(body)
        except ValueError as error:
            raise bad_request(str(error)) from None

    def _account(self, named: Any) -> OfficialAccount:
        """Return the account of that application; the only one there is, if none is named."""
        found = [each for each in self.state.accounts.values() if named in (None, each.app_id)]
        if len(found) != 1:
            raise bad_request("name one Official Account by the id of its application")
        return found[0]

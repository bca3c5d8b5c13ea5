"""The agency's desk over HTTP: what its editors do to articles that are published."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.emulator.agency.newsroom import Newsroom, Published, UnknownChoiceError


class Desk:
    """Corrects and takes down articles, and rebuilds the site; *summary* is how an article is shown."""

    def __init__(self, newsroom: Newsroom, summary: Callable[[Published], dict[str, Any]]) -> None:
        self._newsroom = newsroom
        self._summary = summary

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (
            web.post("/_correct", self._correct),
            web.post("/_take_down", self._take_down),
            web.post("/_rebuild", self._rebuild),
        )

    async def _correct(self, request: web.Request) -> web.Response:
        wanted = await read_json(request)
        words = {name: read_text(wanted, name) for name in ("title", "sapo", "photo")}
        try:
            article = self._newsroom.correct(_number(wanted), **words)
        except UnknownChoiceError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response(self._summary(article))

    async def _take_down(self, request: web.Request) -> web.Response:
        number = _number(await read_json(request))
        try:
            self._newsroom.take_down(number)
        except UnknownChoiceError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response({"taken_down": number})

    async def _rebuild(self, request: web.Request) -> web.Response:
        wanted = await read_json(request)
        self._newsroom.rebuild(redate=wanted.get("redate") is True)
        return web.json_response({"articles": len(self._newsroom.articles())})


def _number(wanted: dict[str, Any]) -> int:
    number = wanted.get("id")
    if not isinstance(number, int):
        raise web.HTTPBadRequest(text="id is the number of an article")
    return number


async def read_json(request: web.Request) -> dict[str, Any]:
    try:
        wanted = await request.json() if request.can_read_body else {}
    except json.JSONDecodeError:
        raise web.HTTPBadRequest(text="the body is not JSON") from None
    if not isinstance(wanted, dict):
        raise web.HTTPBadRequest(text="the body is not a JSON object")
    return wanted


def read_text(wanted: dict[str, Any], name: str) -> str | None:
    value = wanted.get(name)
    if not isinstance(value, str | None):
        raise web.HTTPBadRequest(text=f"{name} is a text")
    return value

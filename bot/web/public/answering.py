"""From a request to an answer: it is kept already, or is made of what the database says now."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.i18n.translator import FIRST_LANGUAGE
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.web.public.cache import AnswerCache, BusyError, Key, Made, respond
from bot.web.public.reading import MovedError, NotThereError, TakenDownError
from bot.web.public.site import PublicSite
from bot.web.public.templating import PublicPages

log = structlog.get_logger(__name__)

LONGEST = 400
"""Characters of a parameter that count."""

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]
Finish = Callable[[], Awaitable[Made]]
Prepare = Callable[[Transaction, web.Request], Awaitable[Finish]]
"""Reads what an answer is made of, and returns what makes it, when nothing more is read."""


def finished(make: Callable[[], Made]) -> Finish:
    """Return what has *make* make an answer in a thread: long pages take longer than others should wait."""
    return lambda: asyncio.to_thread(make)


@dataclass(frozen=True, slots=True)
class PublicAnswers:
    """Answers requests; what it has made is kept in *cache*."""

    site: PublicSite
    pages: PublicPages
    cache: AnswerCache

    def of(
        self, prepare: Prepare, language: str = FIRST_LANGUAGE, parameters: tuple[str, ...] = ()
    ) -> Answering:
        """Return what answers with what *prepare* leads to, which depends on path and *parameters* alone."""

        async def answer(request: web.Request) -> web.StreamResponse:
            query = request.query if parameters else {}
            key: Key = (request.path, *(query.get(each, "")[:LONGEST] for each in parameters))
            if kept := self.cache.fresh(key):
                return respond(request, kept)
            try:
                return respond(request, await self.cache.made(key, lambda: self._made(prepare, request)))
            except NotThereError:
                return self.pages.refusal(404, "gone", language)
            except TakenDownError:
                return self.pages.refusal(410, "taken-down", language)
            except MovedError as moved:
                name = moved.name
            except (DatabaseUnavailable, BusyError) as error:
                log.warning("the public page could not be answered", error=str(error) or "too many at once")
                return self.pages.refusal(503, "later", language, retry_after=5)
            raise web.HTTPMovedPermanently(request.path.replace(request.match_info["name"], name))

        return answer

    async def _made(self, prepare: Prepare, request: web.Request) -> Made:
        async with self.site.database.read() as tx:
            finish = await prepare(tx, request)
        return await finish()

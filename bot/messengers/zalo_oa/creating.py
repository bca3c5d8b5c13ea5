"""Creating an article of an Official Account just once, though no request says that it is a repetition.

    noted as begun → create: a token, which is noted → verify, until the platform has made it: its id, noted

A creation whose answer was lost, or over which the process died, is looked for in the account's list first.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Ambiguous, MessageRejected, Outcome, Receipt, RetryLater
from bot.domain.messaging.creation import Creation, Creations
from bot.domain.messaging.messenger import FallbackRequest, MessengerError
from bot.domain.text.text import nfc
from bot.messengers.wire import LostAnswerError, UnsentError
from bot.messengers.zalo_oa.answers import BEING_PROCESSED, OaAnswer, read_list, refusal
from bot.messengers.zalo_oa.request import OaRequest

ASKED_AGAIN_AFTER = timedelta(seconds=30)
"""When an article is asked for again that the platform is still working on, or that is nowhere yet."""

CLOCKS_APART = timedelta(minutes=5)
"""How much earlier than ours Zalo's clock may say that an article was created."""

_LISTED = 10
"""Zalo: the most articles that one request lists."""
_PAGES_OF_LIST = 5

log = structlog.get_logger(__name__)

Refused = Callable[[OaAnswer], Outcome | FallbackRequest]
"""Says what a refusal of the article means."""


class ArticleCreator:
    """Creates articles through *request*, and notes in *creations* what is begun.

    *verify_after*: seconds between the times that a new article is asked for, before that is left for later.
    One whose creation was not answered may take as long as *looked_for* to be listed.
    """

    def __init__(
        self,
        request: OaRequest,
        creations: Creations,
        clock: Clock,
        *,
        verify_after: tuple[float, ...],
        looked_for: timedelta,
    ) -> None:
        self._request = request
        self._noted = creations
        self._clock = clock
        self._verify_after = verify_after
        self._looked_for = looked_for

    async def publish(
        self, key: str, content: Mapping[str, Any], refused: Refused
    ) -> Outcome | FallbackRequest:
        """Create the article *key*, or go on where an earlier try has come to no end.

        Raises UnsentError and MessengerError.
        """
        begun = await self._noted.find(key)
        if begun is None:
            return await self._created(key, content, refused)
        if begun.page:
            return Receipt(begun.page)
        if begun.token:
            return await self._verified(begun, begun.token)
        if found := await self._listed(begun):
            await self._noted.note_page(key, found)
            return Receipt(found)
        if self._clock.now() - begun.begun_at < self._looked_for:
            waits = "nobody knows yet whether the article was created"
            return RetryLater(waits, ASKED_AGAIN_AFTER)
        log.warning("an article is created again: it was never listed", title=begun.title)
        return await self._created(key, content, refused)

    async def _created(
        self, key: str, content: Mapping[str, Any], refused: Refused
    ) -> Outcome | FallbackRequest:
        await self._request.have_token()
        await self._noted.begin(key, content["title"])
        try:
            answer = await self._request.send("/v2.0/article/create", content)
        except (UnsentError, MessengerError):
            await self._noted.forget(key)
            raise
        except LostAnswerError as error:
            return Ambiguous(str(error))
        if not answer.is_zalo:
            return Ambiguous(answer.message)
        if not answer.ok:
            await self._noted.forget(key)
            return refused(answer)
        token = answer.named("token")
        if not token:
            return Ambiguous("an answer that proves nothing")
        await self._noted.note_token(key, token)
        return await self._verified(Creation(key, content["title"], self._clock.now(), token), token)

    async def _verified(self, creation: Creation, token: str) -> Outcome:
        """Ask for the article of *token* until the platform has made it, or say that it takes longer."""
        waits = iter(self._verify_after)
        while True:
            try:
                answer = await self._request.send("/v2.0/article/verify", {"token": token})
            except LostAnswerError as error:
                return RetryLater(str(error), ASKED_AGAIN_AFTER)
            if answer.ok and (page := answer.named("id")):
                await self._noted.note_page(creation.key, page)
                return Receipt(page)
            if answer.is_zalo and not answer.ok and answer.error != BEING_PROCESSED:
                return await self._not_verified(creation, answer)
            wait = next(waits, None)
            if wait is None:
                return RetryLater("Zalo still works on the article", ASKED_AGAIN_AFTER)
            await asyncio.sleep(wait)

    async def _not_verified(self, creation: Creation, answer: OaAnswer) -> Outcome:
        """Return what becomes of an article whose token Zalo does not take: it may be there all the same."""
        if found := await self._listed(creation):
            await self._noted.note_page(creation.key, found)
            return Receipt(found)
        became = refusal(answer)
        if not isinstance(became, MessageRejected):
            return became
        if self._clock.now() - creation.begun_at < self._looked_for:
            return RetryLater(f"the article is not there yet: {became.reason}", ASKED_AGAIN_AFTER)
        await self._noted.forget(creation.key)
        return MessageRejected(f"Zalo made no article of it: {became.reason}")

    async def _listed(self, creation: Creation) -> str | None:
        """Return the id of the article in the account's list that *creation* became, if it is there.

        One of the same title that was there before, or is known to be another article's, is not it.
        """
        for place in range(0, _LISTED * _PAGES_OF_LIST, _LISTED):
            query = {"offset": str(place), "limit": str(_LISTED), "type": "normal"}
            answer = await self._request.question("/v2.0/article/getslice", query)
            if not answer.ok:
                raise MessengerError(f"Zalo does not list the articles: {answer.message} ({answer.error})")
            listed = read_list(answer)
            candidates = [str(each["id"]) for each in listed if _may_be(each, creation)]
            others = await self._noted.are_ours(candidates)
            if found := next((each for each in candidates if each not in others), None):
                return found
            if len(listed) < _LISTED:
                break
        return None


def _may_be(listed: Mapping[str, Any], creation: Creation) -> bool:
    """Return whether an article of a list may be what *creation* became: its title, and not from before."""
    if nfc(str(listed.get("title") or "")).strip() != nfc(creation.title).strip():
        return False
    at = listed.get("create_date")
    if isinstance(at, bool) or not isinstance(at, int | float):
        return True
    return at / 1000 >= (creation.begun_at - CLOCKS_APART).timestamp()

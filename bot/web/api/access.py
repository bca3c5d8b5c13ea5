"""Who comes in: by a key that is known, with the scope that is needed, and not too often."""

from datetime import date

from aiohttp import web

from bot.domain.clock import VIETNAM
from bot.domain.desk.api_keys import ApiKey, ApiScope, fingerprint, is_token
from bot.store.api import api_keys
from bot.web.api.operation import ApiContext
from bot.web.api.problems import ProblemCode, ProblemError, later
from bot.web.client import client_address
from bot.web.rates import Rate, RequestRates

OF_A_KEY = Rate(requests=120, seconds=60)
OF_AN_ADDRESS = Rate(requests=300, seconds=60)
"""Before anybody is looked up in the database; several programs may come from one address."""

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Doorkeeper:
    """Lets requests in, or raises ProblemError. How much each asks for is counted in this process alone."""

    def __init__(self, context: ApiContext) -> None:
        self._context = context
        self._of_addresses = RequestRates(OF_AN_ADDRESS)
        self._of_keys = RequestRates(OF_A_KEY)

    def count(self, request: web.Request) -> None:
        """Count a request of whoever it is from."""
        now = self._context.clock.monotonic()
        if wait := self._of_addresses.take(client_address(request), now):
            raise later(ProblemCode.TOO_MANY_REQUESTS, wait)

    async def admit(self, request: web.Request, scope: ApiScope | None) -> ApiKey:
        """Return the key of the request, which has *scope*."""
        key = await self._key(request)
        if wait := self._of_keys.take(key.id, self._context.clock.monotonic()):
            raise later(ProblemCode.TOO_MANY_REQUESTS, wait)
        if scope is not None and not key.may(scope):
            raise ProblemError(ProblemCode.SCOPE_LACKING)
        await self._note_use(key, self._context.clock.now().astimezone(VIETNAM).date())
        return key

    async def _key(self, request: web.Request) -> ApiKey:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and is_token(token):
            # Found by its hash: how long that takes says nothing of how near a guess has come.
            async with self._context.database.read() as tx:
                if key := await api_keys.find(tx, fingerprint(token)):
                    return key
        raise ProblemError(ProblemCode.NOT_AUTHENTICATED, headers=_CHALLENGE)

    async def _note_use(self, key: ApiKey, today: date) -> None:
        if key.last_used_on != today:
            async with self._context.database.write() as tx:
                await api_keys.note_use(tx, key.id, today)

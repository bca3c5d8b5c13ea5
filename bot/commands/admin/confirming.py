"""Saying that something is stopped only when it is so in every process."""

from collections.abc import Awaitable, Callable

from bot.commands.base.context import Deferred, Request, Response
from bot.services.publishing.confirmation import in_force
from bot.store.engine.database import Transaction


def once_in_force(
    request: Request, say: Callable[[Transaction], Awaitable[Response]], *, toast: str
) -> Response:
    """Return *toast* at once and, when what this request stops is in force, what *say* says then."""

    async def wait() -> None:
        await in_force(request.context.clock)

    async def confirm() -> Response:
        async with request.context.database.read() as tx:
            return await say(tx)

    return Response(toast=toast, later=Deferred(wait, confirm))

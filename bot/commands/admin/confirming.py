"""Saying that something is stopped only when it is so in every process."""

from bot.commands.base.context import Deferred, Request, Response
from bot.domain.publication.confirmation import in_force


def once_in_force(request: Request, answer: Response, *, toast: str) -> Response:
    """Return *toast* at once and, when what this request stops is in force, *answer*."""

    async def wait() -> None:
        await in_force(request.context.clock)

    async def confirm() -> Response:
        return answer

    return Response(toast=toast, later=Deferred(wait, confirm))

"""The wide tables of a text as pictures, each behind the message that its mark stands in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.commands.base.context import Deferred, OutgoingMessage, Request, Response
from bot.domain.chats.message import Message
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import PreparedPhoto
from bot.services.rendering.tables.wide import WideTable
from bot.services.subscribers.photo_fetcher import albums
from bot.services.subscribers.table_pictures import shown

Followed = tuple[Message, Sequence[WideTable]]
"""A message, and the tables that follow it."""


async def with_tables(request: Request, texts: Sequence[Followed], rest: Response) -> Response:
    """Return *texts* with their tables, and *rest* behind them: up to the first table that must be drawn at
    once, and what follows as soon as it has been.
    """
    pictures = request.context.tables
    tables = [table for _, following in texts for table in following]
    if pictures is None or not tables:
        return _answer(request, [message for message, _ in texts], rest)
    ready = await pictures.kept(request.tx, tables)
    lacking = [table for table in tables if table.key not in ready]
    capabilities = request.context.messenger.capabilities
    if not lacking:
        return _answer(request, _all(texts, ready, capabilities), rest)
    first = next(at for at, (_, following) in enumerate(texts) if set(following) & set(lacking))
    message, following = texts[first]

    async def draw() -> None:
        ready.update(await pictures.draw(lacking))

    async def show() -> Response:
        left = (*_pictures(following, ready, capabilities), *_all(texts[first + 1 :], ready, capabilities))
        return _answer(request, left, rest)

    now = (*_all(texts[:first], ready, capabilities), message)
    sent = tuple(OutgoingMessage(request.address, each) for each in now)
    return Response(sent, rest.toast, Deferred(draw, show))


def _answer(request: Request, messages: Iterable[Message], rest: Response) -> Response:
    sent = tuple(OutgoingMessage(request.address, each) for each in messages)
    return Response((*sent, *rest.messages), rest.toast, rest.later)


def _all(
    texts: Iterable[Followed], ready: Mapping[str, Sequence[PreparedPhoto]], capabilities: Capabilities
) -> Iterator[Message]:
    for message, following in texts:
        yield message
        yield from _pictures(following, ready, capabilities)


def _pictures(
    tables: Iterable[WideTable], ready: Mapping[str, Sequence[PreparedPhoto]], capabilities: Capabilities
) -> Iterator[Message]:
    """Yield the pictures of *tables*; of one that could not be drawn, its rows."""
    for table in tables:
        pictures = shown(table, ready.get(table.key, ()))
        yield from albums(pictures, capabilities) if pictures else (Message(table.rows),)

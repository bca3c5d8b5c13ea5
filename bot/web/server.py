"""The web server: bounded in connections and in the time that a request's head may take.

It is meant to stand behind a reverse proxy; whoever reaches it all the same can make it neither run out of
connections nor fill the log.
"""

import asyncio
import logging
import os

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

LAST_ANSWERS = 1.0
"""Seconds that requests under way are given at the end: a slow client must not hold the stop."""

MOST_CONNECTIONS = 256
"""Connections at a time: less than half of the descriptors that a process usually has. Telegram uses 40."""

SLOWEST_HEAD = 10.0
"""Seconds until the head of a request must have come, from the connection or from its first byte on."""

IDLE = 75.0
"""Seconds that a connection is kept after an answer: longer than reverse proxies keep theirs."""

_HEADERS = {"Server": "bantin", "X-Content-Type-Options": "nosniff"}
_UNHEARD = logging.Logger("aiohttp", logging.CRITICAL + 1)  # noqa: LOG001 - a registered one is global
"""Takes what aiohttp writes of malformed requests: tracebacks with the senders' bytes in them."""

log = structlog.get_logger(__name__)


class ListenerConnections:
    """All connections of one listener, and among them, oldest first, those that wait for a request."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: set[CountedConnection] = set()
        self._waiting: dict[CountedConnection, None] = {}

    def add(self, connection: "CountedConnection") -> None:
        """Take a new one; the one that has waited longest, else this one, gives way if there are too many."""
        if len(self._open) >= self._most:
            next(iter(self._waiting), connection).abort()
        self._open.add(connection)
        self._waiting[connection] = None

    def remove(self, connection: "CountedConnection") -> None:
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    def is_waiting(self, connection: "CountedConnection") -> bool:
        return connection in self._waiting

    def begin(self, connection: "CountedConnection") -> None:
        """Note that a request has come whole enough to be answered."""
        self._waiting.pop(connection, None)

    def end(self, connection: "CountedConnection") -> None:
        if connection in self._open:
            self._waiting[connection] = None


class CountedConnection(web.RequestHandler):
    """One connection, which must bring the head of a request in time."""

    def __init__(self, server: web.Server, connections: ListenerConnections, *, slowest_head: float) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=IDLE,
            access_log=_UNHEARD,
            logger=_UNHEARD,
        )
        self._connections = connections
        self._slowest_head = slowest_head
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._connections.add(self)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and self._connections.is_waiting(self):
            self._expect_head()
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._connections.remove(self)
        self._stop_waiting()
        super().connection_lost(exc)

    def begin(self) -> None:
        self._stop_waiting()
        self._connections.begin(self)

    def end(self) -> None:
        self._connections.end(self)

    def abort(self) -> None:
        self._connections.remove(self)
        if self.transport is not None:
            self.transport.abort()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a malformed request, or a fault of ours, without repeating what was sent."""
        del message
        if status >= 500:
            log.error("a web request failed by our own fault", route=_route(request), exc_info=exc)
        else:
            log.debug("a malformed web request was refused", reason=type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("the answer has begun")
        response = web.Response(status=status, headers=_HEADERS)
        response.force_close()
        return response

    def _expect_head(self) -> None:
        self._stop_waiting()
        self._deadline = asyncio.get_running_loop().call_later(self._slowest_head, self.abort)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Listener(web.BaseSite):
    """Where a server listens; every connection is one of ours."""

    def __init__(
        self,
        runner: web.AppRunner,
        *,
        host: str,
        port: int,
        connections: ListenerConnections,
        slowest_head: float,
    ) -> None:
        super().__init__(runner)
        self._address = host, port
        self._connections = connections
        self._slowest_head = slowest_head

    @property
    def name(self) -> str:
        return "{}:{}".format(*self._address)

    async def start(self) -> None:
        await super().start()
        server = self._runner.server
        assert server is not None, "the runner is set up"
        self._server = await asyncio.get_running_loop().create_server(
            lambda: CountedConnection(server, self._connections, slowest_head=self._slowest_head),
            *self._address,
            backlog=self._backlog,
            reuse_address=True,
        )


async def serve(
    application: web.Application,
    *,
    host: str,
    port: int,
    most: int = MOST_CONNECTIONS,
    slowest_head: float = SLOWEST_HEAD,
) -> web.AppRunner:
    """Serve *application*; port 0 takes a free one, which the runner's addresses tell. Raises OSError."""
    application.middlewares.append(_answering)
    application.on_response_prepare.append(_with_our_headers)
    runner = web.AppRunner(application, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    listener = _Listener(
        runner, host=host, port=port, connections=ListenerConnections(most), slowest_head=slowest_head
    )
    try:
        await listener.start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


def refused(error: OSError) -> str:
    """Return in a few words why nothing can listen: asyncio's own text repeats the address."""
    in_asyncio = error.errno is not None and error.errno > 0
    return os.strerror(error.errno) if in_asyncio and error.errno else error.strerror or str(error)


def _route(request: web.BaseRequest) -> str:
    """Return what was asked for without what is secret in it: the address of a photo or of a subscription."""
    resource = request.match_info.route.resource if isinstance(request, web.Request) else None
    return resource.canonical if resource is not None else "none"


@web.middleware
async def _answering(request: web.Request, handler: Handler) -> web.StreamResponse:
    connection = request.protocol
    assert isinstance(connection, CountedConnection), "all connections are made here"
    connection.begin()
    try:
        return await handler(request)
    finally:
        connection.end()


async def _with_our_headers(request: web.Request, response: web.StreamResponse) -> None:
    del request
    response.headers.update(_HEADERS)

"""The chat page: a web page on which a person plays a subscriber, and sees what Telegram would show."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"

HEADERS = {
    # Everything foreign is shown as text; should that ever fail, the browser still runs nothing but ours.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def mount(app: web.Application) -> None:
    """Add the page to *app*: itself at /, its parts under /static/."""
    app.router.add_get("/", _page)
    app.router.add_static("/static/", FOLDER)


async def _page(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(FOLDER / "index.html", headers=HEADERS)

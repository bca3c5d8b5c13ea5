"""The chat page: a web page on which a person plays a subscriber, and sees what Telegram would show."""

from html import escape
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
    # Asked for anew each time, and answered with 304: modules of two versions never meet.
    "Cache-Control": "no-cache",
}


def mount(app: web.Application, *, console: str = "", public: str = "") -> None:
    """Add the page to *app*: itself at /, its parts under /static/.

    It has links to the *console* of whoever manages the bot, and to the *public* page, at those addresses,
    as far as there are any.
    """

    async def page(_request: web.Request) -> web.StreamResponse:
        links = {"console": console, "public": public}
        data = "".join(f' data-{name}="{escape(address)}"' for name, address in links.items() if address)
        if not data:
            return web.FileResponse(FOLDER / "index.html", headers=HEADERS)
        html = (FOLDER / "index.html").read_text(encoding="utf-8")
        named = html.replace("<body>", f"<body{data}>")
        return web.Response(text=named, content_type="text/html", headers=HEADERS)

    app.router.add_get("/", page)
    parts = web.Application()
    parts.router.add_static("/", FOLDER)
    parts.on_response_prepare.append(_add_headers)
    app.add_subapp("/static/", parts)


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)

"""sendRichMessage of the emulator, and editMessageText with a rich message."""

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.emulator.client import AN, Client, picture


async def test_a_rich_message_has_blocks_and_photos(client: Client) -> None:
    async def photo(_: web.Request) -> web.Response:
        return web.Response(body=picture(), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/a.jpg", photo)
    async with TestServer(app) as site:
        html = f'<h1>Tin</h1><figure><img src="{site.make_url("/a.jpg")}"/></figure>'
        sent = await client.result("sendRichMessage", chat_id=AN, rich_message={"html": html})
    edited = await client.result(
        "editMessageText", chat_id=AN, message_id=sent["message_id"], rich_message={"html": "<p>Mới</p>"}
    )

    heading, shown = sent["rich_message"]["blocks"]
    assert (heading["type"], shown["photo"][-1]["width"]) == ("section_heading", 64)
    assert edited["rich_message"]["blocks"] == [{"type": "paragraph", "text": ["Mới"]}]


async def test_what_is_no_rich_message_is_refused(client: Client) -> None:
    refusals = [
        await client.refusal("sendRichMessage", chat_id=AN, rich_message=given)
        for given in (
            {},
            {"html": "<p>a</p>", "markdown": "a"},
            {"html": '<img src="tg://photo?id=a"/>'},
            {"html": "a", "media": [{"id": "a b"}]},
        )
    ]

    assert refusals == [
        (400, "Bad Request: exactly one of html, markdown and blocks must be specified"),
        (400, "Bad Request: exactly one of html, markdown and blocks must be specified"),
        (400, "Bad Request: rich message media not found"),
        (400, "Bad Request: wrong rich message media identifier specified"),
    ]


async def test_an_older_server_does_not_know_the_method(client: Client) -> None:
    await client.control("limits", rich_messages=False)

    refusal = await client.refusal("sendRichMessage", chat_id=AN, rich_message={"html": "a"})

    assert refusal == (404, "Not Found: method not found")

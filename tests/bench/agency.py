"""A web site in a process of its own, so that its work is not counted as ours; it prints its port.

/feed is always new, /same is not modified for who has its ETag, /page is an article, /plain one of no known
markup, and /many/N is a feed of which those with N % 10 == R have changed since /round/R.
"""

import asyncio
import sys

from aiohttp import web

WORDS = "Hội nghị sơ kết công tác sáu tháng đầu năm và triển khai nhiệm vụ sáu tháng cuối năm của Sở"
PARAGRAPHS = "".join(
    f"<p>Nội dung thứ {n}: đại biểu của đơn vị số {n} báo cáo kết quả {n * 7} nhiệm vụ được giao trong quý, "
    f"nêu rõ {n * 3} vướng mắc về thủ tục và đề xuất cách tháo gỡ trước ngày {n + 1}/10, kịp đưa vào báo cáo "
    f"chung của Sở gửi Ủy ban nhân dân tỉnh. Ý kiến số {n} được nhất trí thông qua.</p>"
    for n in range(1, 25)
)


def feed(count: int, *, since: int = 0, link: str = "https://so.example.vn/tin") -> bytes:
    """Return an RSS feed in the shape of VnExpress's: a picture and text in the CDATA of each description."""
    items = "".join(
        f"<item><title>\n{WORDS} số {number}\n</title><description><![CDATA[<a href='{link}/{number}'>"
        f'<img width=130 height=100 src="http://so.example.vn/anh/{number}_180x108.jpg" ></a></br>{WORDS} '
        f"{number}, theo thông tin của phòng tổ chức.]]></description>"
        f"<pubDate>Wed, 30 Aug 2017 20:{number % 60:02}:00 +0700</pubDate><link>{link}/{number}</link>"
        f"<guid>{link}/{number}</guid><slash:comments>0</slash:comments></item>"
        for number in range(since + count, since, -1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Tin mới</title>'
        f"<generator>Mẫu</generator>{items}</channel></rss>"
    ).encode()


def page(*, marked: bool) -> bytes:
    """Return an article page with menus and lists around it: of a known portal, or of none."""
    menu = "".join(f'<li class="m{n}"><a href="/muc/{n}">Chuyên mục số {n}</a></li>' for n in range(150))
    more = "".join(f'<li><a href="/tin/{n}">{WORDS} {n}</a></li>' for n in range(30))
    around = ("contentDetail", "journal-content-article") if marked else ("khung", "noi-dung")
    title = '<h3 class="text-change-size">' if marked else "<h3>"
    return (
        f"<!DOCTYPE html><html><head><title>{WORDS} - SỞ MẪU</title></head><body><div><ul>{menu}</ul></div>"
        f'<div class="{around[0]}">{title}{WORDS}</h3><p class="time-post">Th 4, 16/08/2017 | 18:52 CH</p>'
        f'<div class="{around[1]}">{PARAGRAPHS}<p><img src="/anh/1.jpg"></p><p>Quang cảnh</p></div></div>'
        f'<div class="duoi"><ul class="tinlienquan">{more}</ul></div></body></html>'
    ).encode()


def application() -> web.Application:
    state = {"round": 0, "asked": 0}

    async def changed(request: web.Request) -> web.Response:
        del request
        state["asked"] += 1
        return web.Response(body=feed(25, since=state["asked"]))

    async def same(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"same"'
        return web.Response(status=304) if known else web.Response(body=feed(25), headers={"ETag": '"same"'})

    async def many(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        turn = (state["round"] - number % 10 + 10) // 10
        etag = f'"{number}-{turn}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        link = f"http://{request.host}/page/{number}"
        return web.Response(body=feed(25, since=turn, link=link), headers={"ETag": etag})

    async def next_round(request: web.Request) -> web.Response:
        state["round"] = int(request.match_info["number"])
        return web.Response()

    async def article(request: web.Request) -> web.Response:
        del request
        return web.Response(body=page(marked=True), content_type="text/html")

    made = web.Application()
    made.add_routes(
        [
            web.get("/feed", changed),
            web.get("/same", same),
            web.get("/many/{number}", many),
            web.get("/round/{number}", next_round),
            web.get("/page/{feed}/{number}", article),
        ]
    )
    return made


async def main() -> None:
    runner = web.AppRunner(application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

"""How answers are kept and sent: conditional, packed, bounded, and the same for everybody."""

import asyncio
import gzip
import hashlib
from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.domain.news.article import PreparedPhoto
from bot.store.engine.database import DatabaseUnavailable
from bot.web.public.cache import AnswerCache, BusyError, CachedAnswer, Made
from tests.emulated import jpeg
from tests.fakes import FakeClock
from tests.web.public.stage import PublicStage


async def test_an_answer_is_asked_for_anew_only_by_what_has_changed(stage: PublicStage) -> None:
    await stage.publish("Tin một")
    first = await stage.get("/tin")
    tag, at = first.headers["ETag"], first.headers["Last-Modified"]
    same = [
        await stage.get("/tin", If_None_Match=tag),
        await stage.get("/tin", If_None_Match=f'"x", {tag.removeprefix("W/")}'),
        await stage.get("/tin", If_Modified_Since=at),
    ]
    before = format_datetime(stage.clock.now() - timedelta(days=9), usegmt=True)
    other = [
        await stage.get("/tin", If_None_Match='"x"', If_Modified_Since=at),
        await stage.get("/tin", If_Modified_Since=before),
        await stage.get("/tin", If_Modified_Since="yesterday"),
    ]
    await stage.publish("Tin hai")
    changed = await stage.get("/tin", If_None_Match=tag)

    assert [(each.status, each.body, each.headers["ETag"]) for each in same] == [(304, b"", tag)] * 3
    assert [each.status for each in other] == [200] * 3
    assert (changed.status, changed.headers["ETag"] != tag) == (200, True)
    assert first.headers["Cache-Control"].startswith("public, max-age=")


async def test_an_answer_is_packed_for_those_who_take_that(stage: PublicStage) -> None:
    await stage.publish("Tin một")
    plain = await stage.get("/tin")
    packed = await stage.get_at_once("/tin", Accept_Encoding="br, gzip;q=0.5")
    refused = await stage.get_at_once("/tin", Accept_Encoding="gzip;q=0")
    head = await stage.get_at_once("/tin", method="HEAD")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body == refused.body
    assert (packed.headers["Vary"], head.status, head.body) == ("Accept-Encoding", 200, b"")


async def test_pages_run_no_script_keep_no_cookie_and_show_only_our_own_photos(stage: PublicStage) -> None:
    photo = jpeg()
    key = hashlib.sha256(photo).hexdigest()
    await stage.publish("Tin ảnh", photo=PreparedPhoto(key, "https://agency.example/a.jpg", photo, 8, 8))

    page = await stage.get(stage.path_of("Tin ảnh"))
    shown = await stage.get(stage.site.photo(key))
    missing = await stage.get("/tin/bai/khong-co")

    for answer in (page, missing):
        policy = answer.headers["Content-Security-Policy"]
        assert ("default-src 'none'" in policy, "script-src" in policy, "unsafe" in policy) == (
            True,
            False,
            False,
        )
        assert "Set-Cookie" not in answer.headers
    assert (f'src="{stage.site.photo(key)}"' in page.text, shown.body) == (True, photo)
    assert 'property="og:image"' in page.text
    assert "style=" not in page.text


async def test_posters_are_sheets_of_a4_with_a_code_that_leads_to_the_topic(stage: PublicStage) -> None:
    svg = await stage.get("/tin/dang-ky/trong-nuoc/telegram.svg")
    pdf = await stage.get("/tin/dang-ky/quoc-te/zalo.pdf")
    page = await stage.get("/tin/en/dang-ky/quoc-te/zalo")

    assert 'width="210mm" height="297mm"' in svg.text
    assert "https://t.me/bantin_bot?start=trong-nuoc" in svg.text
    assert (pdf.headers["Content-Type"], pdf.body[:5]) == ("application/pdf", b"%PDF-")
    assert b"/MediaBox [ 0 0 595." in pdf.body
    assert "https://zalo.me/123456789" in page.text


async def test_what_many_ask_for_at_once_is_made_once() -> None:
    cache, made, gate = AnswerCache(FakeClock()), [0], asyncio.Event()

    async def make() -> Made:
        made[0] += 1
        await gate.wait()
        return Made(b"content")

    asked = [asyncio.create_task(cache.made(("a",), make)) for _ in range(50)]
    await asyncio.sleep(0)
    gate.set()
    answers = await asyncio.gather(*asked)

    assert (made[0], len({id(each) for each in answers})) == (1, 1)
    assert cache.fresh(("a",)) is answers[0]


async def test_more_is_not_kept_than_there_is_room_for() -> None:
    clock = FakeClock()
    one = CachedAnswer(b"", b"", "", clock.now(), 0, {}).size + 2000
    cache = AnswerCache(clock, most=3 * one)
    for number in range(9):
        await cache.made((str(number),), lambda: _made(bytes(1500)))

    assert [bool(cache.fresh((str(number),))) for number in range(9)] == [False] * 6 + [True] * 3


async def _made(body: bytes) -> Made:
    return Made(body)


async def test_who_would_wait_too_long_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.public.cache.PATIENCE", 0.01)
    cache, gate = AnswerCache(FakeClock(), at_once=1), asyncio.Event()

    async def slow() -> Made:
        await gate.wait()
        return Made(b"")

    first = asyncio.create_task(cache.made(("a",), slow))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await cache.made(("b",), slow)
    gate.set()

    assert (await first).plain == b""


async def test_without_a_database_readers_are_asked_to_come_back(
    stage: PublicStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: object) -> None:
        raise DatabaseUnavailable("it is gone")

    monkeypatch.setattr(type(stage.site.database), "read", gone)
    answer = await stage.get("/tin/en")

    assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "5",
        "no-store",
    )

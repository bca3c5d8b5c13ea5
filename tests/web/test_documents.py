"""Documents by address over real HTTP: to be kept, under their own name, and not too often."""

import aiohttp

from bot.domain.publication.uploads import Upload, UploadRules, accepted, address_of
from bot.store.engine.database import DatabaseUnavailable
from bot.web.documents import document_route
from bot.web.rates import Rate
from tests.fakes import FakeClock
from tests.web.test_server import running

PDF = b"%PDF-1.7" + bytes(200_000)
KEPT = accepted("Công văn số 12.pdf", PDF, UploadRules())
ADDRESS = address_of("", KEPT)


async def find(code: str) -> Upload | None:
    return KEPT if code == KEPT.code else None


async def unavailable(code: str) -> Upload | None:
    raise DatabaseUnavailable(f"no connection for {code}")


async def test_a_document_is_handed_out_to_be_kept_and_never_shown_in_place() -> None:
    async with running(document_route(find, FakeClock())) as port, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{port}{ADDRESS}") as answer:
            status, headers, body = answer.status, answer.headers, await answer.read()
        async with http.head(f"http://127.0.0.1:{port}{ADDRESS}") as answer:
            told = answer.status, answer.headers["Content-Length"]

    assert (status, body, told) == (200, PDF, (200, str(len(PDF))))
    assert headers["Content-Type"] == "application/pdf"
    assert (
        headers["Content-Disposition"]
        == "attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n%20s%E1%BB%91%2012.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


async def test_what_was_not_given_out_is_not_there() -> None:
    answers = []
    async with running(document_route(find, FakeClock())) as port, aiohttp.ClientSession() as http:
        for path in (f"/d/{'0' * 32}/a.pdf", f"/d/{KEPT.key}/a.pdf", f"/d/{KEPT.code}", "/d/"):
            async with http.get(f"http://127.0.0.1:{port}{path}") as answer:
                answers.append(answer.status)

    assert answers == [404] * 4


async def test_who_asks_too_often_waits_and_an_outage_passes() -> None:
    clock = FakeClock()
    route = document_route(unavailable, clock, rate=Rate(requests=2, seconds=60))
    async with running(route) as port, aiohttp.ClientSession() as http:
        answers = []
        for _ in range(3):
            async with http.get(f"http://127.0.0.1:{port}{ADDRESS}") as answer:
                answers.append((answer.status, answer.headers["Retry-After"]))

    assert answers == [(503, "5"), (503, "5"), (429, "31")]

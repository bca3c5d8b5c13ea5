"""What no operation lets in: each route is walked, whichever a later version adds."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.desk.api_keys import ApiScope, new_token
from bot.services.administration import api_keys as administration
from bot.store.api import api_keys
from bot.store.engine.database import Database
from bot.web.api import PATH
from bot.web.api.access import OF_A_KEY, OF_AN_ADDRESS
from bot.web.api.operation import Operation
from bot.web.api.problems import FAULTS, PROBLEMS, FaultCode, ProblemCode
from bot.web.api.routes import OPERATIONS
from bot.web.rates import REMEMBERED, Rate, RequestRates
from bot.web.webhook import LARGEST_BODY
from tests.store.world import DOMESTIC, FOREIGN, publish
from tests.web.api.world import CONTENT, LAN, ApiWorld, Said

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
IDS = [operation.name for operation in OPERATIONS]


def at(operation: Operation) -> str:
    return operation.path.replace("{id}", "1")


async def ask(api: ApiWorld, operation: Operation, token: str | None, **more: Any) -> Said:
    """Ask for an operation as it wants to be asked, but for what *more* says."""
    if operation.body:
        more.setdefault("body", CONTENT)
    if operation.header:
        more.setdefault("Idempotency_Key", "k")
    path = more.pop("path", at(operation))
    return await api.ask(operation.method, path, token, **more)


async def test_all_that_is_served_is_an_operation_or_the_description(sqlite_api: ApiWorld) -> None:
    served = {(each.method, each.path) for each in sqlite_api.routes if each.method != "*"}

    assert served == {("GET", f"{PATH}/openapi.json")} | {
        (each.method, f"{PATH}{each.path}") for each in OPERATIONS
    }


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
async def test_a_key_that_was_revoked_does_no_more(sqlite_api: ApiWorld, operation: Operation) -> None:
    created, other = await sqlite_api.key(), await sqlite_api.key("khác")
    async with sqlite_api.database.write() as tx:
        await administration.revoke(tx, "cms", LAN, now=sqlite_api.clock.now())

    said, others = [await ask(sqlite_api, operation, token) for token in (created.token, other.token)]

    assert (said.status, said.code) == (401, "not-authenticated")
    assert others.status in {200, 201, 404}


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
async def test_without_a_known_key_nobody_comes_in(sqlite_api: ApiWorld, operation: Operation) -> None:
    token = (await sqlite_api.key()).token
    headers = [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {new_token()}"},
        {"Authorization": f"Bearer {token}x"},
        {"Authorization": f"Bearer  {token}"},
        {"Authorization": f"Basic {token}"},
        {"Authorization": token},
    ]

    said = [await ask(sqlite_api, operation, None, **each) for each in headers]
    by_query = await ask(sqlite_api, operation, None, path=f"{at(operation)}?key={token}")

    assert {(each.status, each.code) for each in (*said, by_query)} == {(401, "not-authenticated")}
    assert {each.headers["WWW-Authenticate"] for each in said} == {"Bearer"}
    assert all(each.headers["Cache-Control"] == "no-store" for each in said)


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.scope], ids=lambda each: each.name)
async def test_another_scope_does_not_do(sqlite_api: ApiWorld, operation: Operation) -> None:
    others = tuple(scope for scope in ApiScope if scope is not operation.scope)
    created = await sqlite_api.key("khác", *others)

    said = await ask(sqlite_api, operation, created.token)

    assert (said.status, said.code) == (403, "scope-lacking")


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
async def test_a_key_for_another_topic_gets_and_does_nothing(
    sqlite_api: ApiWorld, operation: Operation
) -> None:
    await publish(sqlite_api.database, 1)
    created = await sqlite_api.key("khác", topics=frozenset({FOREIGN.id}))

    said = await ask(sqlite_api, operation, created.token)

    assert DOMESTIC.id not in str(said.body)
    assert said.status in {200, 403, 404}


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
async def test_other_methods_are_refused_and_the_right_ones_named(
    sqlite_api: ApiWorld, operation: Operation
) -> None:
    created = await sqlite_api.key()
    there = {each.method for each in OPERATIONS if each.path == operation.path}
    allowed = {*there, "HEAD"} if "GET" in there else there

    said = [
        await sqlite_api.ask(method, at(operation), created.token) for method in METHODS - allowed - {"HEAD"}
    ]

    assert {(each.status, each.code) for each in said} == {(405, "method-not-allowed")}
    assert {each.headers["Allow"] for each in said} == {", ".join(sorted(allowed))}


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.body], ids=lambda each: each.name)
async def test_only_json_of_a_size_that_can_be_is_read(sqlite_api: ApiWorld, operation: Operation) -> None:
    created = await sqlite_api.key()

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 1):
            yield b" " * 1000

    large = await ask(sqlite_api, operation, created.token, body=b" " * (LARGEST_BODY + 1))
    chunked = await ask(sqlite_api, operation, created.token, body=chunks(), Content_Type="application/json")
    text = await ask(sqlite_api, operation, created.token, Content_Type="text/plain", body=b"{}")
    form = await ask(sqlite_api, operation, created.token, Content_Type="multipart/form-data", body=b"{}")
    packed = await ask(sqlite_api, operation, created.token, Content_Encoding="gzip", body=b"no gzip")

    assert [(said.status, said.code) for said in (large, chunked)] == [(413, "too-large")] * 2
    assert [(said.status, said.code) for said in (text, form)] == [(415, "not-json")] * 2
    assert (packed.status, packed.code) == (400, "malformed-json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}{}",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"title": NaN}',
        b'{"title": "a", "title": "b"}',
        b'{"attachments": [{"url": "a", "url": "b"}]}',
        b'{"title": "\\ud800"}',
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
async def test_what_is_not_json_by_the_letter_is_refused(sqlite_api: ApiWorld, body: bytes) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.post(created.token, body)

    assert (said.status, said.code) == (400, "malformed-json")


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"url": None}, [("/url", "wrong-type")]),
        ({"url": "agency.example/tin"}, [("/url", "no-address")]),
        ({"url": "ftp://agency.example/tin"}, [("/url", "no-address")]),
        ({"url": "https://user:secret@agency.example/tin"}, [("/url", "no-address")]),
        ({"url": "https://agency.example/a b"}, [("/url", "no-address")]),
        ({"url": "https://agency.example:99999/tin"}, [("/url", "no-address")]),
        ({"url": "https://"}, [("/url", "no-address")]),
        ({"url": "https://agency.example/"}, [("/url", "no-page")]),
        ({"url": "https://agency.example/?utm_source=a#tin"}, [("/url", "no-page")]),
        ({"url": f"https://agency.example/{'a' * 2000}"}, [("/url", "too-long")]),
        ({"title": ""}, [("/title", "too-short")]),
        ({"title": " \u200b\n"}, [("/title", "too-short")]),
        ({"title": "a" * 501}, [("/title", "too-long")]),
        ({"title": 5}, [("/title", "wrong-type")]),
        ({"topics": []}, [("/topics", "too-short")]),
        ({"topics": "trong-nuoc"}, [("/topics", "wrong-type")]),
        ({"topics": ["trong-nuoc", "trong-nuoc"]}, [("/topics", "twice")]),
        ({"topics": ["trong-nuoc", "khac"]}, [("/topics/1", "no-topic")]),
        ({"text": "một"}, [("/text", "wrong-type")]),
        ({"text": ["a" * 20_001]}, [("/text/0", "too-long")]),
        ({"text": ["a"] * 2_001}, [("/text", "too-long")]),
        ({"urgent": "yes"}, [("/urgent", "wrong-type")]),
        ({"urgent": 1}, [("/urgent", "wrong-type")]),
        ({"photo_url": "file:///etc/passwd"}, [("/photo_url", "no-address")]),
        ({"published_at": "2026-03-02"}, [("/published_at", "no-moment")]),
        ({"published_at": "2026-03-02T08:00:00"}, [("/published_at", "no-moment")]),
        ({"published_at": 1_770_000_000}, [("/published_at", "no-moment")]),
        ({"published_at": "9999-12-31T23:59:59Z"}, [("/published_at", "no-moment")]),
        ({"attachments": [{"url": "https://a.vn/a.pdf"}]}, [("/attachments/0/name", "missing")]),
        ({"html": "<p>"}, [("/html", "unknown")]),
        ({"a/b~c": 1}, [("/a~1b~0c", "unknown")]),
    ],
)
async def test_a_content_that_cannot_be_says_what_is_wrong_with_it(
    sqlite_api: ApiWorld, changed: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.post(created.token, {**CONTENT, **changed})

    assert (said.status, said.code, said.faults) == (422, "invalid-content", faults)


@pytest.mark.parametrize("body", [[], None, "a", 1])
async def test_a_body_that_is_no_object_is_refused(sqlite_api: ApiWorld, body: Any) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.post(created.token, b"null" if body is None else body)

    assert (said.status, said.faults) == (422, [("", "wrong-type")])


async def test_a_post_needs_an_idempotency_key(sqlite_api: ApiWorld) -> None:
    created = await sqlite_api.key()

    none = await sqlite_api.ask("POST", "/contents", created.token, body=CONTENT)
    long = await sqlite_api.post(created.token, key="k" * 256)
    empty = await sqlite_api.post(created.token, key="")
    spaced = await sqlite_api.post(created.token, key="a b")

    assert {(said.status, said.code) for said in (none, long, empty, spaced)} == {
        (400, "idempotency-key-needed")
    }


async def test_what_is_not_there_is_a_problem_too(sqlite_api: ApiWorld) -> None:
    paths = ("", "/", "/nothing", "/contents/1", "/publications/", "/publications/1/2")

    said = [await sqlite_api.ask("GET", path) for path in paths]

    assert {(each.status, each.code) for each in said} == {(404, "not-found")}


async def test_a_key_that_asks_too_often_is_told_when_to_come_again(sqlite_api: ApiWorld) -> None:
    created, other = await sqlite_api.key(), await sqlite_api.key("khác")

    said = [await sqlite_api.ask("GET", "/topics", created.token) for _ in range(OF_A_KEY.requests + 1)]
    others = await sqlite_api.ask("GET", "/topics", other.token)
    sqlite_api.clock.advance(float(said[-1].headers["Retry-After"]))
    later = await sqlite_api.ask("GET", "/topics", created.token)

    assert {each.status for each in said[:-1]} == {200}
    assert (said[-1].status, said[-1].code, said[-1].headers["Retry-After"]) == (
        429,
        "too-many-requests",
        "1",
    )
    assert (others.status, later.status) == (200, 200)


async def test_an_address_that_asks_too_often_is_refused_before_its_key_is_looked_at(
    sqlite_api: ApiWorld,
) -> None:
    created = await sqlite_api.key()
    known, forged = (
        {"X_Forwarded_For": "198.51.100.7, 203.0.113.9"},
        {"X_Forwarded_For": "203.0.113.9, 198.51.100.8"},
    )

    said = [
        await sqlite_api.ask("GET", "/topics", "guess", **known) for _ in range(OF_AN_ADDRESS.requests + 1)
    ]
    with_key = await sqlite_api.ask("GET", "/topics", created.token, **known)
    document = await sqlite_api.ask("GET", "/openapi.json", **known)
    elsewhere = await sqlite_api.ask("GET", "/topics", created.token, **forged)

    assert {each.status for each in said[:-1]} == {401}
    assert {each.status for each in (said[-1], with_key, document)} == {429}
    assert elsewhere.status == 200


async def test_a_database_that_is_away_is_a_problem_that_passes(sqlite_db: Database) -> None:
    async with ApiWorld.serve(sqlite_db) as api:
        created = await api.key()
        async with sqlite_db.driver() as connection:
            del connection
        assert sqlite_db.file
        sqlite_db.file.rename(sqlite_db.file.with_suffix(".gone"))
        await sqlite_db._reader.dispose()
        await sqlite_db._writer.dispose()
        said = await api.ask("GET", "/topics", created.token)

    assert (said.status, said.code, said.headers["Retry-After"]) == (503, "unavailable", "5")


def test_every_problem_and_fault_has_its_words() -> None:
    assert (set(PROBLEMS), set(FAULTS)) == (set(ProblemCode), set(FaultCode))


@given(gaps=st.lists(st.floats(0, 3), min_size=1, max_size=200))
def test_nobody_gets_more_than_the_rate_in_any_span_and_a_wait_is_enough(gaps: list[float]) -> None:
    rate = Rate(requests=5, seconds=4)
    rates, now, granted = RequestRates(rate), 0.0, []
    for gap in gaps:
        now += gap
        wait = rates.take("a", now)
        if wait:
            now += wait
            assert rates.take("a", now) == 0.0
        granted.append(now)

    for at in granted:
        # What has been made good meanwhile comes on top of what may be asked at once.
        assert sum(1 for each in granted if at <= each < at + rate.seconds - 1e-3) <= 2 * rate.requests


def test_those_who_asked_longest_ago_are_forgotten_first() -> None:
    rates = RequestRates(Rate(requests=1, seconds=1_000_000))

    for number in range(REMEMBERED + 1):
        rates.take(number, 0.0)

    assert (rates.take(0, 0.0), rates.take(REMEMBERED, 0.0) > 0) == (0.0, True)


async def test_a_key_is_noted_as_used_once_a_day_by_the_calendar_of_viet_nam(api: ApiWorld) -> None:
    created = await api.key()
    days = []
    for hours in (0, 1, 15, 1):
        api.clock.advance(3600 * hours)
        await api.ask("GET", "/topics", created.token)
        async with api.database.read() as tx:
            (key,) = await api_keys.every(tx)
        days.append(str(key.last_used_on))

    # It is 08:30 in Viet Nam at first.
    assert days == ["2026-03-02", "2026-03-02", "2026-03-03", "2026-03-03"]

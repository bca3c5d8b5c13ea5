"""The Open API of Official Accounts, as strict as its facts."""

from typing import Any

import pytest

from tests.emulator.zalo_oa.client import OaClient, article


async def access(oa: OaClient) -> str:
    token: str = (await oa.exchange())["access_token"]
    return token


async def created(oa: OaClient, token: str, title: str = "Họp báo") -> str:
    """Create an article and return its id."""
    told = await oa.post("article/create", token, **article(title))
    named = {"token": told["data"]["token"]}
    await oa.post("article/verify", token, **named)
    number: str = (await oa.post("article/verify", token, **named))["data"]["id"]
    return number


async def test_a_refresh_token_is_taken_once_and_ends_the_pair_before_it(oa: OaClient) -> None:
    first = await oa.exchange()
    second = await oa.exchange(first["refresh_token"])
    again = await oa.exchange(first["refresh_token"])
    old = await oa.get("oa/getoa", first["access_token"])
    new = await oa.get("oa/getoa", second["access_token"])

    assert (first["expires_in"], again["error"], old["error"]) == ("90000", -14014, -216)
    assert (new["error"], new["data"]["name"]) == (0, "Cục mẫu")
    assert (await oa.look("metrics"))["refresh_reuses"] == 1


async def test_the_secret_key_and_the_grant_are_asked_for(oa: OaClient) -> None:
    assert (await oa.exchange(secret="another"))["error"] == -14004
    assert (await oa.exchange(grant_type="authorization_code"))["error"] == -14003


async def test_tokens_run_out(oa: OaClient) -> None:
    pair = await oa.exchange()
    await oa.control("clock", advance=90_000)
    late = await oa.get("oa/getoa", pair["access_token"])
    await oa.control("clock", advance=90 * 86_400)

    assert late["error"] == -220
    assert (await oa.exchange(pair["refresh_token"]))["error"] == -14014


async def test_too_many_requests_in_a_minute_are_refused(oa: OaClient) -> None:
    await oa.control("knobs", requests_per_minute=2)
    token = await access(oa)
    errors = [(await oa.get("oa/getoa", token))["error"] for _ in range(3)]

    assert errors == [0, 0, -32]


async def test_an_article_is_created_processed_listed_updated_and_removed(oa: OaClient) -> None:
    token = await access(oa)
    told = await oa.post("article/create", token, **article())
    named = {"token": told["data"]["token"]}
    early = await oa.post("article/verify", token, **named)
    verified = await oa.post("article/verify", token, **named)
    number = verified["data"]["id"]
    listed = await oa.get("article/getslice", token, offset=0, limit=10, type="normal")
    await oa.post("article/update", token, id=number, **article("Họp báo bất thường"))
    await oa.post("article/remove", token, id=number)
    gone = await oa.post("article/remove", token, id=number)
    (kept,) = await oa.look("articles")

    assert (early["error"], verified["error"]) == (-214, 0)
    assert [each["id"] for each in listed["data"]["medias"]] == [number]
    assert (kept["content"]["title"], kept["removed"], kept["revisions"]) == ("Họp báo bất thường", True, 1)
    assert gone["error"] == -201


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "x" * 151},
        {"title": " "},
        {"author": "x" * 51},
        {"description": "x" * 301},
        {"description": ""},
        {"cover": None},
        {"cover": {"cover_type": "photo", "photo_url": "https://a.vn/1.jpg"}},
        {"cover": {"cover_type": "photo", "photo_url": "anh.jpg", "status": "show"}},
        {"body": []},
        {"body": [{"type": "text", "content": ""}]},
        {"body": [{"type": "image", "url": "anh.jpg"}]},
        {"type": "article"},
        {"status": "shown"},
        {"unknown": 1},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
async def test_what_is_no_article_is_refused(oa: OaClient, wrong: dict[str, Any]) -> None:
    told = await oa.post("article/create", await access(oa), **article(**wrong))

    assert told["error"] == -201
    assert await oa.look("articles") == []


async def test_photos_are_fetched_and_must_be_some(oa: OaClient) -> None:
    await oa.control("knobs", fetches=True, local=True)
    missing = {"cover_type": "photo", "photo_url": f"{oa.url}/no-photo.jpg", "status": "show"}
    told = await oa.post("article/create", await access(oa), **article(cover=missing))

    assert (told["error"], told["message"]) == (-201, "cover is invalid")


async def test_a_list_gives_ten_at_most_the_newest_first(oa: OaClient) -> None:
    token = await access(oa)
    for number in range(12):
        await oa.control("articles", title=f"Bài {number}")
    first = await oa.get("article/getslice", token, offset=0, limit=10, type="normal")
    rest = await oa.get("article/getslice", token, offset=10, limit=10, type="normal")
    too_many = await oa.get("article/getslice", token, offset=0, limit=11, type="normal")

    assert [each["title"] for each in first["data"]["medias"]][:2] == ["Bài 11", "Bài 10"]
    assert (len(rest["data"]["medias"]), first["data"]["total"]) == (2, 12)
    assert too_many["error"] == -201


def message(*articles: str) -> dict[str, Any]:
    elements = [{"media_type": "article", "attachment_id": each} for each in articles]
    payload = {"template_type": "media", "elements": elements}
    return {
        "recipient": {"target": {"gender": "0"}},
        "message": {"attachment": {"type": "template", "payload": payload}},
    }


async def test_a_broadcast_is_made_once_a_day_and_so_often_a_month(oa: OaClient) -> None:
    await oa.control("knobs", broadcasts_per_month=2, access_seconds=40 * 86_400)
    token = await access(oa)
    number = await created(oa, token)
    errors = [(await oa.post("oa/message", token, **message(number)))["error"] for _ in range(2)]
    await oa.control("clock", advance=86_400)
    unknown = await oa.post("oa/message", token, **message("unknown"))
    six = await oa.post("oa/message", token, **message(*[number] * 6))

    assert errors == [0, -321]
    assert (unknown["error"], six["error"]) == (-201, -201)
    assert [each["articles"] for each in await oa.look("broadcasts")] == [[number]]


async def test_the_month_has_so_many_articles(oa: OaClient) -> None:
    await oa.control("knobs", articles_per_month=1)
    token = await access(oa)
    await created(oa, token, "Một")

    assert (await oa.post("article/create", token, **article("Hai")))["error"] == -223

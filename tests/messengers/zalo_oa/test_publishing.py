"""Publishing on an Official Account, on each kind of database: once, whatever goes wrong on the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    MessageRejected,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
)
from bot.domain.messaging.messenger import FallbackRequest, MessengerError
from bot.messengers.zalo_oa.messenger import ZaloOaMessenger
from tests.emulated import photo
from tests.messengers.zalo_oa.publishing import FEED, Publishing, page

CREATE, VERIFY = "/v2.0/article/create", "/v2.0/article/verify"


async def titles(publishing: Publishing) -> list[str]:
    found: list[dict[str, Any]] = await publishing.oa.look("articles")
    return [each["content"]["title"] for each in found if not each["removed"]]


async def later(publishing: Publishing, messenger: ZaloOaMessenger, **span: float) -> object:
    """Send the same page again after a while."""
    publishing.clock.ahead += timedelta(**span)
    return await messenger.send(FEED, page())


async def test_an_article_is_created_asked_for_and_known_from_then_on(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    first = await messenger.send(FEED, page())
    again = await (await publishing.messenger()).send(FEED, page())
    (article,) = await publishing.oa.look("articles")

    assert messenger.username == "Cục mẫu"
    assert first == again == Receipt(article["id"])


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_article_whose_creation_was_not_answered_is_looked_for(
    publishing: Publishing, when: str
) -> None:
    """Before it took effect, it is created once it has been looked for long enough; after it, it is found."""
    messenger = await publishing.messenger()
    await publishing.oa.control("faults", method=CREATE, drop=when)
    lost = await messenger.send(FEED, page())
    soon = await later(publishing, messenger, seconds=30)
    last = await later(publishing, messenger, minutes=10)
    created = await publishing.oa.look("articles")

    assert isinstance(lost, Ambiguous)
    assert isinstance(soon, Receipt if when == "after" else RetryLater)
    assert last == Receipt(created[0]["id"])
    assert len(created) == 1


async def test_an_article_that_is_listed_late_is_waited_for(publishing: Publishing) -> None:
    await publishing.oa.control("knobs", listed=False)
    messenger = await publishing.messenger()
    await publishing.oa.control("faults", method=CREATE, drop="after")
    await messenger.send(FEED, page())
    soon = await later(publishing, messenger, minutes=5)
    await publishing.oa.control("articles/list")
    found = await later(publishing, messenger, minutes=4)

    assert isinstance(soon, RetryLater)
    assert isinstance(found, Receipt)
    assert await titles(publishing) == ["Họp báo"]


async def test_what_stands_there_by_the_same_title_is_not_taken_for_ours(publishing: Publishing) -> None:
    """The agency published the same by hand an hour ago; another article of ours has the title as well."""
    messenger = await publishing.messenger()
    await publishing.oa.control("articles", title="Họp báo", seconds_ago=3600)
    other = page()
    assert other.page
    same_title = replace(other, page=replace(other.page, key="another article"))
    await messenger.send(FEED, same_title)
    await publishing.oa.control("faults", method=CREATE, drop="before")
    await messenger.send(FEED, page())
    await later(publishing, messenger, minutes=11)

    assert await titles(publishing) == ["Họp báo"] * 3


@pytest.mark.parametrize(
    "fault", [{"html": True}, {"drop": "after"}, {"delay_answer": 3.0}], ids=["502", "dropped", "slow"]
)
async def test_an_article_that_was_not_verified_is_asked_for_again(
    publishing: Publishing, fault: dict[str, Any]
) -> None:
    messenger = await publishing.messenger()
    await publishing.oa.control("faults", method=VERIFY, times=5, **fault)
    waits = await messenger.send(FEED, page())
    await publishing.oa.mend()
    done = await later(publishing, messenger, seconds=30)

    assert isinstance(waits, RetryLater)
    assert isinstance(done, Receipt)
    assert await titles(publishing) == ["Họp báo"]


async def test_an_article_that_is_processed_for_long_is_asked_for_later(publishing: Publishing) -> None:
    await publishing.oa.control("knobs", verify_polls=5)
    messenger = await publishing.messenger()
    waits = await messenger.send(FEED, page())
    done = await later(publishing, messenger, seconds=30)

    assert waits == RetryLater("Zalo still works on the article", timedelta(seconds=30))
    assert isinstance(done, Receipt)


async def test_an_article_that_zalo_makes_nothing_of_ends_with_its_reason(publishing: Publishing) -> None:
    await publishing.oa.control("knobs", listed=False)
    messenger = await publishing.messenger()
    await publishing.oa.control(
        "faults", method=VERIFY, code=-201, description="The article was rejected", times=9
    )
    waits = await messenger.send(FEED, page())
    ended = await later(publishing, messenger, minutes=11)

    assert isinstance(waits, RetryLater)
    assert ended == MessageRejected("Zalo made no article of it: The article was rejected (-201)")


async def test_photos_that_are_refused_are_left_out_one_after_the_other(publishing: Publishing) -> None:
    messenger = await publishing.messenger(photo_address=lambda key: f"https://tin.example/{key}.jpg")
    await publishing.oa.control("faults", method=CREATE, code=-201, description="image is invalid", times=2)
    without_images = await messenger.send(FEED, page(images=2, photo=photo("cover")))
    assert isinstance(without_images, FallbackRequest)
    without_cover = await messenger.send(FEED, without_images.message)
    done = await messenger.send(FEED, replace(page(images=2), preview_url="https://agency.example"))
    (article,) = await publishing.oa.look("articles")

    assert isinstance(without_cover, PhotoRejected)
    assert isinstance(done, Receipt)
    assert article["content"]["body"] == [{"type": "text", "content": "<p>Đoạn một.</p>"}]


async def test_a_photo_with_a_public_address_is_the_cover(publishing: Publishing) -> None:
    messenger = await publishing.messenger(photo_address=lambda key: f"https://tin.example/{key}.jpg")
    await messenger.send(FEED, page(images=1, photo=photo("cover")))
    await messenger.send(FEED, page("Ảnh lớn", photo=photo("large", b"x" * 1_000_001)))
    first, second = await publishing.oa.look("articles")

    assert first["content"]["cover"]["photo_url"] == "https://tin.example/cover.jpg"
    assert first["content"]["body"][1] == {"type": "image", "url": "https://agency.example/0.jpg"}
    assert second["content"]["cover"]["photo_url"] == "https://agency.example/cover.jpg"


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-32, RetryLater("Error (-32)", timedelta(seconds=60), Scope.ACCOUNT)),
        (
            -223,
            RetryLater("the package's articles of this month are spent: Error (-223)", timedelta(hours=3)),
        ),
        (-201, MessageRejected("Error (-201)")),
    ],
)
async def test_what_a_refusal_means(publishing: Publishing, code: int, outcome: object) -> None:
    messenger = await publishing.messenger()
    await publishing.oa.control("faults", method=CREATE, code=code)
    refused = await messenger.send(FEED, page())
    done = await messenger.send(FEED, page())

    assert refused == outcome
    # What was refused was certainly not created, and nothing is waited for.
    assert isinstance(done, Receipt)


async def test_a_removal_or_update_may_be_repeated(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    done = await messenger.send(FEED, page())
    assert isinstance(done, Receipt)
    await publishing.oa.control("faults", method="/v2.0/article/update", drop="after")
    changed = replace(page("Họp báo bất thường"), replaces=done.message_id)
    lost = await messenger.send(FEED, changed)
    updated = await messenger.send(FEED, changed)
    removed = await messenger.send(FEED, replace(page(), replaces=done.message_id, retracts=True))

    assert isinstance(lost, Ambiguous)
    assert updated == removed == done
    assert await titles(publishing) == []


async def test_who_does_not_lead_sends_nothing(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    messenger.send_only_while(lambda: False)
    kept_back = await messenger.send(FEED, page())
    messenger.send_only_while(lambda: True)
    done = await messenger.send(FEED, page())

    assert kept_back == RetryLater("it may not be sent any more", scope=Scope.ACCOUNT)
    assert isinstance(done, Receipt)
    assert await titles(publishing) == ["Họp báo"]


async def test_an_access_token_that_has_run_out_is_exchanged_on_the_way(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    await publishing.oa.control("clock", advance=90_000)
    done = await messenger.send(FEED, page())

    assert isinstance(done, Receipt)
    assert (await publishing.oa.look("metrics"))["refreshes"] == 2


async def test_an_account_that_is_refused_says_so(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    await publishing.oa.control("revoke")
    refused = await messenger.send(FEED, page())
    with pytest.raises(MessengerError) as again:
        await messenger.verify_account()

    assert isinstance(refused, AccountRefused)
    assert "authorise the Official Account anew" in refused.reason
    assert again.value.fatal


async def test_a_notice_is_nothing_to_publish(publishing: Publishing) -> None:
    messenger = await publishing.messenger()
    notice = replace(page(), page=None)

    assert isinstance(await messenger.send(FEED, notice), MessageRejected)
    assert await titles(publishing) == []

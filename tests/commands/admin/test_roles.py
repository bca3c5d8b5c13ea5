"""What each role may do in the chat, for all topics or for some."""

from bot.commands.base.callbacks import PollFeed
from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Role
from bot.domain.news.feed import Entry, FeedId, Topic
from bot.services.subscribers import invitations
from bot.services.subscribers.invitations import Wanted
from bot.store.feeds import feeds, quarantine
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, FEEDS, HOME, TOPICS, Person, Stage, wording
from tests.fakes import ACCOUNT

CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)
OWNER_ROLE, PUBLISHER, FEED_KEEPER = (
    wording("role-name", role=role) for role in ("owner", "publisher", "feeds")
)
FOR_PUBLISHERS = wording("only-roles", roles=f"{OWNER_ROLE}, {PUBLISHER}")
FOR_FEEDS = wording("only-roles", roles=f"{OWNER_ROLE}, {FEED_KEEPER}")
OTHER_TOPICS = "Việc này thuộc chuyên mục mà bạn chưa được giao phụ trách."


async def somebody(stage: Stage, user: str, *roles: Role, topics: frozenset[TopicId] | None = None) -> Person:
    await stage.appoints(user, Appointment(roles, topics))
    return stage.person(user)


async def hold(stage: Stage, *names: str) -> None:
    async with stage.database.write() as tx:
        for name in names:
            entries = [Entry("Bài bị giữ", f"https://agency.example/{name}")]
            await quarantine.hold(tx, FeedId(name), entries, stage.clock.now())


async def test_a_reader_sees_and_changes_nothing(stage: Stage) -> None:
    await hold(stage, "nguon-trong-nuoc")
    reader = await somebody(stage, "1", Role.READER)

    said = await reader.types("/nguon")
    offered = [button.action for button in reader.buttons]
    await reader.sends("1ht.1")
    offered += [button.action for button in reader.buttons]
    await reader.sends("1f.nguon-trong-nuoc")
    polls = reader.answer.toast
    await reader.sends("1h.keep.1")
    decides = reader.answer.toast

    assert "Nguồn trong nước" in said
    assert {(action or "").partition(".")[0] for action in offered} == {"1ht", "1F"}
    assert polls == (FOR_FEEDS)
    assert decides == FOR_PUBLISHERS
    assert (await reader.types("/kenh")).startswith(FOR_PUBLISHERS)
    assert (await reader.types("/moi")).startswith("Việc này dành cho")


async def test_who_manages_feeds_polls_them_and_decides_about_nothing_that_goes_out(stage: Stage) -> None:
    await hold(stage, "nguon-trong-nuoc")
    person = await somebody(stage, "1", Role.FEEDS)

    await person.types("/nguon")
    await person.taps(PollFeed, feed="nguon-trong-nuoc")
    queued = person.answer.toast
    await person.sends("1h.send.1.0.1")

    assert (queued or "").startswith("Đã yêu cầu kiểm tra ngay")
    assert (person.answer.toast or "").startswith(FOR_PUBLISHERS)


async def test_a_publisher_of_one_topic_decides_about_that_one_alone(stage: Stage) -> None:
    await hold(stage, "nguon-trong-nuoc", "nguon-quoc-te")
    await stage.publish("Tin trong nước", hour=1)
    await stage.publish("Tin quốc tế", hour=2, topic=ABROAD)
    person = await somebody(stage, "1", Role.PUBLISHER, Role.FEEDS, topics=frozenset({HOME}))

    for theirs, others in (("1h.keep.1", "1h.keep.2"), ("1w.1", "1w.2"), ("1R.1.rejected", "1R.2.rejected")):
        await person.sends(others)
        assert (person.answer.toast or "").startswith(OTHER_TOPICS), others
        await person.sends(theirs)
        assert not (person.answer.toast or "").startswith(OTHER_TOPICS), theirs
    await person.types("/nguon")
    polled = [button.action for button in person.buttons if (button.action or "").startswith("1f.")]
    await person.sends("1f.nguon-quoc-te")

    assert person.answer.toast == wording("feed-gone")
    assert polled == ["1f.nguon-trong-nuoc"]
    assert (await person.types("/kenh")).startswith("Việc này dành cho")


async def test_members_are_looked_after_by_those_alone_who_have_the_topic(stage: Stage) -> None:
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, CLOSED), FEEDS, stage.clock.now())
        await invitations.invite(tx, ACCOUNT, CLOSED.id, Wanted(7, 1), now=stage.clock.now())
    theirs = await somebody(stage, "1", Role.PUBLISHER, topics=frozenset({CLOSED.id}))
    other = await somebody(stage, "2", Role.PUBLISHER, topics=frozenset({HOME}))

    assert "Nội bộ" in await theirs.types("/moi nội bộ")
    assert "Nội bộ" not in (await other.types("/moi")) + " ".join(other.labels)
    await other.sends("1mb.0.noi-bo")
    assert other.answer.toast == "Bạn không có quyền thực hiện việc này."
    await other.sends("1ir.1")
    assert other.answer.toast == "Lời mời này đã hết hiệu lực từ trước"
    await theirs.sends("1ir.1")
    assert theirs.answer.toast == "Đã thu hồi lời mời số 1"

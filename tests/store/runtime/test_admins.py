from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Authority, Role
from bot.store.engine.database import Database
from bot.store.runtime import admins, owner_names
from bot.store.runtime.admins import Admin, Appointment
from tests.store.world import ACCOUNT, NOW, SECOND

READER = Appointment((Role.READER,))
NOTED = Appointment((Role.FEEDS, Role.PUBLISHER), frozenset({TopicId("tin")}), "Lan")


async def test_who_is_appointed_is_an_admin_until_dismissed(store: Database) -> None:
    async with store.write() as tx:
        assert await admins.appoint(tx, ACCOUNT, "7", NOTED, appointed_by="1", now=NOW)
        assert not await admins.appoint(tx, ACCOUNT, "7", READER, appointed_by="2", now=NOW)
        admin = await admins.find(tx, ACCOUNT, "7")

        assert await admins.dismiss(tx, ACCOUNT, "7")
        assert not await admins.dismiss(tx, ACCOUNT, "7")
        assert await admins.find(tx, ACCOUNT, "7") is None

    topics = frozenset({TopicId("tin")})
    assert admin == Admin("7", "1", NOW, (Role.PUBLISHER, Role.FEEDS), topics, "Lan")
    assert admin.authority == Authority(roles=frozenset({Role.PUBLISHER, Role.FEEDS}), topics=topics)


async def test_roles_topics_and_the_note_are_changed_one_without_the_other(store: Database) -> None:
    async with store.write() as tx:
        for user in ("7", "8"):
            await admins.appoint(tx, ACCOUNT, user, NOTED, appointed_by="1", now=NOW)
        await admins.set_roles(tx, ACCOUNT, "7", {Role.FEEDS})
        await admins.set_topics(tx, ACCOUNT, "7", None)
        await admins.annotate(tx, ACCOUNT, "7", "Lan, Văn phòng")
        changed, other = await admins.appointed(tx, ACCOUNT)

    assert changed == Admin("7", "1", NOW, (Role.FEEDS,), None, "Lan, Văn phòng")
    assert other == Admin("8", "1", NOW, (Role.PUBLISHER, Role.FEEDS), frozenset({TopicId("tin")}), "Lan")


async def test_admins_are_listed_longest_appointed_first(store: Database) -> None:
    async with store.write() as tx:
        await admins.appoint(tx, ACCOUNT, "8", READER, appointed_by="1", now=NOW + SECOND)
        await admins.appoint(tx, ACCOUNT, "9", READER, appointed_by="1", now=NOW)

        assert [each.user for each in await admins.appointed(tx, ACCOUNT)] == ["9", "8"]


async def test_owners_are_called_as_the_configuration_does_and_admins_by_their_notes(store: Database) -> None:
    named = {("telegram", "1"): "Chị Hoa", ("zalo", "1"): "Anh Bình"}
    async with store.write() as tx:
        await owner_names.follow(tx, {("telegram", "2"): "Cô Cúc"})
        await owner_names.follow(tx, named)
        for user, appointment in (("1", NOTED), ("7", NOTED), ("8", READER)):
            await admins.appoint(tx, ACCOUNT, user, appointment, appointed_by="1", now=NOW)

        called = [await admins.name(tx, ACCOUNT, user) for user in ("1", "2", "7", "8")]
        assert called == ["Chị Hoa", "", "Lan", ""]
        assert await admins.names(tx) == {(ACCOUNT, "1"): "Chị Hoa", (ACCOUNT, "7"): "Lan"}

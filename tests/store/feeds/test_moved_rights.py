"""A topic is merged into another: what is limited to it goes on being so, in the other one."""

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.roles import Role
from bot.domain.publication.announcement import Draft
from bot.store.api import api_keys
from bot.store.api.api_keys import NewApiKey
from bot.store.engine.database import Database
from bot.store.feeds import topic_moves
from bot.store.publications import drafts
from bot.store.runtime import admins
from bot.store.runtime.admins import Appointment
from tests.store.world import ACCOUNT, DOMESTIC, FOREIGN, NOW, prepare, subscribe

HERE, THERE, OTHER = DOMESTIC.id, FOREIGN.id, TopicId("khac")


async def test_admins_keys_and_drafts_of_a_topic_are_those_of_the_one_it_goes_on_in(db: Database) -> None:
    await prepare(db)
    (chat,) = await subscribe(db, "1")
    limits = {"44": frozenset({HERE, THERE}), "45": frozenset({OTHER}), "46": None}
    async with db.write() as tx:
        for user, topics in limits.items():
            appointment = Appointment((Role.EDITOR,), topics)
            await admins.appoint(tx, ACCOUNT, user, appointment, appointed_by="1", now=NOW)
        new = NewApiKey("cms", frozenset({ApiScope.CONTENTS_WRITE}), frozenset({HERE}), "bantin", "f")
        await api_keys.add(tx, new, now=NOW)
        await drafts.keep(tx, chat, Draft("k", "Thông báo", topics=(OTHER, HERE)))

        await topic_moves.move_rights(tx, HERE, THERE)

        found = {each.user: each.topics for each in await admins.appointed(tx, ACCOUNT)}
        (key,) = await api_keys.every(tx)
        draft = await drafts.of(tx, chat)
    assert found == {"44": frozenset({THERE}), "45": frozenset({OTHER}), "46": None}
    assert (key.topics, draft and draft.topics) == (frozenset({THERE}), (OTHER, THERE))

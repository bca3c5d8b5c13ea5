"""Invitations: counted so that no more people come in than they are for."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.chats.invitation import Invitation
from bot.store.chats import invitations
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from tests.store.world import ACCOUNT, DOMESTIC, FEED, FOREIGN, NOW

INTERNAL = replace(FOREIGN, members_only=True)
DAY = timedelta(days=1)


@pytest.fixture
async def made(store: Database) -> Invitation:
    async with store.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, INTERNAL], [FEED], NOW)
        return await invitations.make(
            tx,
            ACCOUNT,
            invitations.NewInvitation(topic=INTERNAL.id, fingerprint="print", uses=3, expires_at=NOW + DAY),
            now=NOW,
        )


async def test_however_many_come_at_once_no_more_get_in_than_it_is_for(
    store: Database, made: Invitation
) -> None:
    async def come() -> bool:
        async with store.write() as tx:
            return await invitations.use(tx, ACCOUNT, "print", NOW) == made.topic

    assert sum(await asyncio.gather(*(come() for _ in range(8)))) == made.most_uses


async def test_it_is_found_by_its_token_until_its_time_is_over(store: Database, made: Invitation) -> None:
    async with store.read() as tx:
        found = [
            await invitations.find(tx, ACCOUNT, "print", NOW),
            await invitations.find(tx, ACCOUNT, "other", NOW),
            await invitations.find(tx, ACCOUNT, "print", NOW + DAY),
        ]
        open_ones = await invitations.open_ones(tx, ACCOUNT, NOW)

    assert (found, open_ones) == ([made, None, None], (made,))


async def test_it_is_revoked_once(store: Database, made: Invitation) -> None:
    async with store.write() as tx:
        assert await invitations.revoke(tx, ACCOUNT, made.id) == made
        assert await invitations.revoke(tx, ACCOUNT, made.id) is None
        assert await invitations.use(tx, ACCOUNT, "print", NOW) is None


async def test_a_topic_that_is_for_everybody_again_needs_no_invitation(
    store: Database, made: Invitation
) -> None:
    async with store.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN], [FEED], NOW)

        assert await invitations.find(tx, ACCOUNT, "print", NOW) is None


async def test_those_that_are_over_go_when_another_one_is_made(store: Database, made: Invitation) -> None:
    later = NOW + 2 * DAY
    async with store.write() as tx:
        new = await invitations.make(
            tx,
            ACCOUNT,
            invitations.NewInvitation(topic=INTERNAL.id, fingerprint="new", uses=1, expires_at=later + DAY),
            now=later,
        )

        assert await invitations.revoke(tx, ACCOUNT, made.id) is None
        assert await invitations.open_ones(tx, ACCOUNT, later) == (new,)


async def test_what_is_over_or_used_up_is_taken_out_with_its_note(store: Database, made: Invitation) -> None:
    async with store.write() as tx:
        await invitations.annotate(tx, made.id, "anh Nam")
        await invitations.prune(tx, NOW + DAY - timedelta(seconds=1))
        before = [each.note for each in await invitations.open_ones(tx, ACCOUNT, NOW)]
        await invitations.prune(tx, NOW + DAY)

        left = await invitations.open_ones(tx, ACCOUNT, NOW)

    assert (before, left) == (["anh Nam"], ())

"""An article of which too much is refused as malformed is stopped by itself."""

from bot.domain.chats.alert import AlertKind, AlertSubject, News, Trouble
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.malformed import LEAST_TRIED
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.desk.audit import SERVICE, AuditAction
from bot.domain.publication.publication import PublicationState, Step
from bot.services.operations import halt_alerts
from bot.services.publishing.publications import take_step
from bot.store.publications import pauses, publications
from bot.store.runtime import audit
from bot.store.schema.types import EPOCH
from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld

SLOWLY = PacingRules(account=Window(5, 0.1))
UNREADABLE = "Bad Request: can't parse entities: Unclosed start tag at byte offset 1"


async def test_what_is_refused_too_often_is_stopped_and_goes_on_when_it_is_resumed(
    emulated: Emulated, world: OutboxWorld
) -> None:
    users = await emulated.subscribers(3 * LEAST_TRIED)
    await world.subscribe(users)
    article = await world.publish()
    await emulated.post("faults", method="sendMessage", status=400, description=UNREADABLE, times=10_000)

    async with world.sending(SLOWLY):
        await emulated.until(lambda: is_stopped(world), within=60)
    async with world.database.read() as tx:
        (line,) = await audit.since(tx, EPOCH)
        (standing,) = await pauses.standing(tx)
        troubles = await halt_alerts.halt_troubles(tx)
        titles = await halt_alerts.titles(tx, News(begun=tuple(troubles)))
    statuses = [status for ends in (await world.statuses()).values() for status, _ in ends]
    assert (line.actor, line.act.action) == (SERVICE, AuditAction.PUBLICATION_STOPPED)
    assert standing.automatic
    subject = AlertSubject(AlertKind.HALTED, f"article:{article}")
    assert troubles == [Trouble(subject, standing.since)]
    assert titles == {subject.about: "Bài số 1"}
    assert set(statuses) <= {DeliveryStatus.REJECTED, DeliveryStatus.PENDING}
    assert statuses.count(DeliveryStatus.PENDING) >= LEAST_TRIED

    await emulated.mend()
    async with world.database.write() as tx:
        await take_step(tx, article, Step.RESUME, SERVICE, now=world.clock.now())
        assert await halt_alerts.halt_troubles(tx) == []
    async with world.sending():
        await world.until_settled()
    ends = [status for each in (await world.statuses()).values() for status, _ in each]
    assert set(ends) <= {DeliveryStatus.SENT, DeliveryStatus.REJECTED}
    assert ends.count(DeliveryStatus.SENT) == len(await emulated.outbox()) > 0


async def is_stopped(world: OutboxWorld) -> bool:
    async with world.database.read() as tx:
        return (await publications.newest(tx, limit=1))[0].state is PublicationState.STOPPED


async def test_a_few_refusals_stop_nothing(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(2 * LEAST_TRIED)
    await world.subscribe(users)
    await world.publish()
    for user in users[:3]:
        await emulated.post(
            "faults", method="sendMessage", chat=str(user), status=400, description=UNREADABLE
        )

    async with world.sending():
        await world.until_settled()

    assert not await is_stopped(world)
    assert len(await emulated.outbox()) == len(users)

from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld


async def test_an_article_reaches_everyone_who_subscribes(emulated: Emulated, world: OutboxWorld) -> None:
    users = await emulated.subscribers(100)
    await world.subscribe(users)
    await world.publish(photo=True)
    await emulated.post("limits", global_count=1000)

    async with world.sending():
        await world.until_settled()

    outbox = await emulated.outbox()
    metrics = await emulated.metrics()
    assert sorted(message["chat"] for message in outbox) == users
    assert (metrics["uploads"], metrics["violations"]) == (1, 0)

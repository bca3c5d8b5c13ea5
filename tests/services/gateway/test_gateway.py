"""What the gateway knows of a message whose request was not made."""

from dataclasses import replace

import pytest

from bot.domain.chats.chat import Address
from bot.domain.chats.message import Button, Message, plain
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.fair_queue import Lane
from bot.i18n import FormOfAddress, Translator
from bot.metrics import Metrics
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.gateway import MessengerGateway, SendOptions
from bot.services.text_menus.messenger import spelling_out
from bot.store.engine.database import Database, DatabaseLost
from tests.fakes import ACCOUNT, MESSENGER_CAPABILITIES, FakeClock, FakeMessenger


async def test_a_message_whose_list_could_not_be_stored_is_not_on_its_way(db: Database) -> None:
    clock, translator = (
        FakeClock(),
        Translator.load(FormOfAddress.HONOURED, {"vi": "Cơ quan", "en": "Agency"}),
    )
    bare = FakeMessenger(capabilities=replace(MESSENGER_CAPABILITIES, keyboards=False))
    account = ServedAccount(
        messenger=spelling_out(bare, db, clock, translator),
        database=db,
        clock=clock,
        metrics=Metrics(),
        owner="a process",
    )
    options = SendOptions(Lane.NEWS)
    message = Message((plain("Tin"),), keyboard=((Button("Lưu bài", action="1S.1.1"),),))
    db.lost = DatabaseLost("moved away")

    with pytest.raises(DatabaseLost):
        await MessengerGateway(account, RetryPolicy()).send(Address(ACCOUNT, "77"), message, options)

    assert (bare.sent, options.in_flight) == ([], False)

"""The Bot API through real proxies: updates, texts and photos."""

from dataclasses import replace

import pytest

from bot.domain.chats.message import Message, bold
from bot.domain.delivery.delivery import Receipt, RetryLater
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.proxy.address import Proxy
from tests.emulated import NAME, TOKEN, Emulated, photo, private
from tests.proxy_server import running_proxy, unused_port

KINDS = ["http", "socks5"]


@pytest.mark.parametrize("scheme", KINDS)
async def test_polling_and_photos_go_through_the_proxy(emulated: Emulated, scheme: str) -> None:
    (user,) = await emulated.subscribers(1)
    async with running_proxy(scheme, user="an", password="right", leads={NAME: "127.0.0.1"}) as proxy:
        # The name is known to the proxy alone, as where Telegram is cut off.
        settings = replace(
            emulated.settings(),
            api_url=emulated.url.replace("127.0.0.1", NAME),
            proxy=Proxy.parse(proxy.url(user="an", password="right"), "telegram.proxy"),
        )
        async with emulated.messenger(settings) as messenger:
            await emulated.post("updates/message", **{"chat": user, "from": user, "text": "/start"})
            updates = await messenger.updates(None)
            sent = await messenger.send(private(user), Message(text=(bold("Ảnh"),), photo=photo()))

    assert (len(updates), isinstance(sent, Receipt)) == (1, True)
    assert (await emulated.metrics())["uploads"] == 1
    assert proxy.asked
    assert all(NAME in asked for asked in proxy.asked)


@pytest.mark.parametrize("scheme", KINDS)
async def test_a_proxy_that_is_down_gives_one_line_that_names_the_setting(
    emulated: Emulated, scheme: str
) -> None:
    port = unused_port()
    proxy = Proxy.parse(f"{scheme}://an:s3cret@127.0.0.1:{port}", "telegram.proxy")

    with pytest.raises(MessengerError) as caught:
        await TelegramMessenger.connect(replace(emulated.settings(), proxy=proxy))

    said = str(caught.value)
    assert f"telegram.proxy (127.0.0.1:{port}) could not be reached (connection refused)" in said
    assert not caught.value.fatal
    assert "s3cret" not in said
    assert TOKEN not in said


@pytest.mark.parametrize("api", ["http", "https"])
@pytest.mark.parametrize("scheme", KINDS)
async def test_a_message_that_the_proxy_does_not_let_through_certainly_was_not_sent(
    emulated: Emulated, scheme: str, api: str
) -> None:
    async with running_proxy(scheme, user="an", password="right") as server:
        proxy = Proxy.parse(server.url(user="an", password="wrong"), "telegram.proxy")
        url = f"{api}://127.0.0.1:{emulated.url.rpartition(':')[2]}"
        messenger = TelegramMessenger(replace(emulated.settings(), api_url=url, proxy=proxy))
        try:
            outcome = await messenger.send(private(1), Message(text=(bold("Tin"),)))
        finally:
            await messenger.close()

    assert isinstance(outcome, RetryLater)

"""The network side of the messenger: what leaves, and when."""

import pytest

from bot.messengers.telegram.request import AiohttpRequest, NotSentError, Timeouts
from tests.emulated import TOKEN
from tests.faults.strict_api import StrictApi


async def test_a_message_that_may_not_leave_any_more_is_certainly_not_sent() -> None:
    async with StrictApi().open() as api:
        request = AiohttpRequest(api.url, TOKEN, Timeouts(), connections=1)
        await request.initialize()
        answers = iter([True, False, True])
        request.send_only_while(lambda: next(answers))

        first, _ = await request.send("sendMessage", {"chat_id": "1", "text": "một"})
        with pytest.raises(NotSentError):
            await request.send("sendMessage", {"chat_id": "2", "text": "hai"})
        third, _ = await request.send("sendMessage", {"chat_id": "3", "text": "ba"})
        await request.shutdown()

    assert (first, third, [chat for _, chat in api.taken]) == (200, 200, ["1", "3"])

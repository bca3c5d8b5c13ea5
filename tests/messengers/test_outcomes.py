from datetime import timedelta

import pytest

from bot.domain.chats.message import Message, bold
from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatMoved,
    ChatUnreachable,
    MessageRejected,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
    ThreadGone,
)
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.outcomes import not_the_bot_api
from tests.emulated import Emulated, private

NEWS = Message(text=(bold("Tin"),))

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
GONE = [
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
    (403, "Forbidden: the bot can't send messages to the bot"),
    (403, "Forbidden: bot was kicked from the group chat"),
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot was kicked from the channel chat"),
    (403, "Forbidden: bot is not a member of the group chat"),
    (403, "Forbidden: bot is not a member of the supergroup chat"),
    (403, "Forbidden: bot is not a member of the channel chat"),
    (403, "Forbidden: the group chat was deleted"),
    (403, "Forbidden: something that nobody has told us about"),
    (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: private chat not found"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: have no write access to the chat"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
]
NO_PHOTOS_HERE = [
    (400, "Bad Request: not enough rights to send photos to the chat"),
    (400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"),
]
NO_THREAD = [
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: TOPIC_DELETED"),
]
BAD_PHOTO = [
    (400, "Bad Request: wrong file identifier/HTTP URL specified"),
    (400, "Bad Request: wrong remote file identifier specified: Wrong string length"),
    (400, "Bad Request: wrong HTTP URL specified"),
    (400, "Bad Request: invalid file HTTP URL specified: Unsupported URL protocol"),
    (400, "Bad Request: can't use file of type Document as Photo"),
    (400, "Bad Request: failed to get HTTP URL content"),
    (400, "Bad Request: wrong type of the web page content"),
    (400, "Bad Request: can't upload file by URL"),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    (400, "Bad Request: IMAGE_PROCESS_FAILED"),
    (400, "Bad Request: PHOTO_SAVE_FILE_INVALID"),
    (400, "Bad Request: photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp"),
    (400, "Bad Request: file is too big"),
    (400, "Bad Request: there is no photo in the request"),
    (400, "Bad Request: WEBPAGE_CURL_FAILED"),
    (413, "Request Entity Too Large"),
]
MALFORMED = [
    (400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 5"),
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: message caption is too long"),
    (400, "Bad Request: text is too long"),
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: text must be non-empty"),
    (400, "Bad Request: reply markup is too long"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (400, "Bad Request: BUTTON_URL_INVALID"),
    (400, "Bad Request: text buttons are unallowed in the inline keyboard"),
    (400, "Bad Request: something that nobody has told us about"),
]
OUR_BUG = [
    (400, "Bad Request: chat_id is empty"),
    (404, "Not Found: method not found"),
]
NO_ACCOUNT = [
    (401, "Unauthorized"),
    (401, "Unauthorized: invalid token specified"),
    (404, "Not Found"),
    (421, "Misdirected Request: unallowed token specified"),
]
NOTHING_TO_EDIT = [
    (400, NOT_MODIFIED),
    (400, "Bad Request: message to edit not found"),
    (400, "Bad Request: message can't be edited"),
    (400, "Bad Request: message to delete not found"),
    (400, "Bad Request: MESSAGE_ID_INVALID"),
    (400, "Bad Request: message to be replied not found"),
]
THEIR_TROUBLE = [
    (500, "Internal Server Error: restart"),
    (500, "Internal Server Error: Request aborted"),
    (502, "Bad Gateway"),
    (504, "Gateway Timeout"),
]
CONFLICTS = [
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    (409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"),
    (409, "Conflict: terminated by setWebhook request"),
]

ROWS: list[tuple[int, str, Outcome]] = [
    *((status, text, ChatUnreachable(text)) for status, text in GONE),
    *((status, text, PhotoRejected(text, unwelcome=True)) for status, text in NO_PHOTOS_HERE),
    *((status, text, ThreadGone(text)) for status, text in NO_THREAD),
    *((status, text, PhotoRejected(text)) for status, text in BAD_PHOTO),
    *((status, text, MessageRejected(text, malformed=True)) for status, text in MALFORMED),
    *((status, text, MessageRejected(text)) for status, text in [*OUR_BUG, *NOTHING_TO_EDIT]),
    *((status, text, AccountRefused(text)) for status, text in NO_ACCOUNT),
    *((status, text, RetryLater(text)) for status, text in THEIR_TROUBLE),
    *((status, text, RetryLater(text, scope=Scope.ACCOUNT)) for status, text in CONFLICTS),
]


async def test_every_description_has_its_outcome(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    outcomes = []
    for status, description, _ in ROWS:
        await emulated.post("faults", method="sendMessage", status=status, description=description)
        outcomes.append(await messenger.send(private(user), NEWS))

    assert outcomes == [outcome for _, _, outcome in ROWS]


async def test_an_edit_that_finds_nothing_to_do_is_done(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    edit = Message(text=(bold("Tin"),), replaces="77")
    outcomes = []
    for status, description in NOTHING_TO_EDIT:
        await emulated.post("faults", method="editMessageText", status=status, description=description)
        outcomes.append(await messenger.send(private(user), edit))

    assert set(outcomes) == {Receipt("77")}


async def test_a_flood_limit_says_for_how_long(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    text = "Too Many Requests: retry after 10072"
    await emulated.post("faults", status=429, description=text, parameters={"retry_after": 10072})

    outcome = await messenger.send(private(user), NEWS)

    assert outcome == RetryLater(text, timedelta(seconds=10072), Scope.CHAT)


async def test_an_upgraded_group_names_its_new_id(emulated: Emulated, messenger: TelegramMessenger) -> None:
    group = await emulated.group(-500, kind="group")
    moved = await emulated.post("migrate", chat=group)

    assert await messenger.send(private(group), NEWS) == ChatMoved(str(moved["id"]))


@pytest.mark.parametrize(
    ("drop", "outcome"),
    [
        ("before", Ambiguous("the answer was lost (ServerDisconnectedError)")),
        ("after", Ambiguous("the answer was lost (ServerDisconnectedError)")),
    ],
)
async def test_a_connection_that_breaks_leaves_it_open_whether_the_message_arrived(
    emulated: Emulated, messenger: TelegramMessenger, drop: str, outcome: Outcome
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", drop=drop)

    assert await messenger.send(private(user), NEWS) == outcome
    assert len(await emulated.outbox(user)) == (drop == "after")


async def test_an_answer_that_takes_too_long_is_lost(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", delay_answer=3.0)

    assert await messenger.send(private(user), NEWS) == Ambiguous("the answer was lost (timed out)")


async def test_without_a_connection_the_message_was_certainly_not_sent(
    emulated: Emulated,
) -> None:
    settings = emulated.settings()
    nowhere = TelegramMessenger(type(settings)(token=settings.token, api_url="http://127.0.0.1:1"))
    with pytest.raises(Exception, match="cannot be reached"):
        await nowhere.open()

    outcome = await nowhere.send(private(1), NEWS)

    await nowhere.close()
    assert isinstance(outcome, RetryLater)
    assert (outcome.after, outcome.scope) == (None, Scope.ACCOUNT)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 502, 504])
async def test_a_page_of_a_proxy_says_nothing_about_chat_or_account(
    emulated: Emulated, messenger: TelegramMessenger, status: int
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", status=status, html=True)

    outcome = await messenger.send(private(user), NEWS)

    assert outcome == RetryLater(f"HTTP {status} from something before the Bot API")


def test_other_foreign_answers_have_their_meaning_too() -> None:
    assert isinstance(not_the_bot_api(413), PhotoRejected)
    assert isinstance(not_the_bot_api(200), Ambiguous)
    assert not_the_bot_api(429) == RetryLater(
        "HTTP 429 from something before the Bot API", timedelta(seconds=5), Scope.ACCOUNT
    )

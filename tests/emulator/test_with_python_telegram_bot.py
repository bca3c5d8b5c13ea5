"""The real client library reads every answer: this is the Bot API, and not just something like it."""

from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ChatMemberAdministrator,
    ChatMemberLeft,
    ChatMemberOwner,
    ChatMemberRestricted,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from tests.emulator.client import AN, BOT, CHANNEL, FORUM, GROUP, OWNER, SUPERGROUP, TOKEN, Client, picture

MARKUP = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Đọc", url="https://x.vn/"), InlineKeyboardButton("A", callback_data="a")]]
)


@pytest.fixture
async def bot(client: Client, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await client.control("limits", private_count=100, group_count=100, channel_count=100)
    async with Bot(TOKEN, base_url=f"{client.url}/bot", base_file_url=f"{client.url}/file/bot") as bot:
        yield bot


async def test_messages_of_every_kind_are_read_back(client: Client, bot: Bot) -> None:
    text = await bot.send_message(
        AN,
        "<b>Tin</b> https://x.vn #tin",
        parse_mode="HTML",
        reply_markup=MARKUP,
        link_preview_options=LinkPreviewOptions(url="https://x.vn/", prefer_large_media=True),
    )
    reply = await bot.send_message(AN, "x", reply_parameters=ReplyParameters(text.message_id))
    photo = await bot.send_photo(CHANNEL, picture(900, 600), caption="x", reply_markup=MARKUP)
    again = await bot.send_photo(AN, photo.photo[-1].file_id)
    document = await bot.send_document(AN, b"x", filename="a.txt")
    album = await bot.send_media_group(
        GROUP, [InputMediaPhoto(picture(), caption="1"), InputMediaPhoto(photo.photo[-1].file_id)]
    )

    assert text.link_preview_options is not None
    assert reply.reply_to_message is not None
    assert photo.sender_chat is not None
    assert document.document is not None
    assert (
        [entity.type for entity in text.entities],
        text.reply_markup,
        text.link_preview_options.url,
        reply.reply_to_message.text,
        photo.sender_chat.username,
        again.photo,
        document.document.file_name,
        [message.caption for message in album],
    ) == (
        ["bold", "url", "hashtag"],
        MARKUP,
        "https://x.vn/",
        "Tin https://x.vn #tin",
        "kenh_tin",
        photo.photo,
        "a.txt",
        ["1", None],
    )


async def test_messages_are_edited_copied_pinned_and_deleted(client: Client, bot: Bot) -> None:
    text = await bot.send_message(AN, "x", reply_markup=MARKUP)
    photo = await bot.send_photo(AN, picture(), caption="x")

    edited = await bot.edit_message_text("y", AN, text.message_id)
    caption = await bot.edit_message_caption(AN, photo.message_id, caption="y")
    media = await bot.edit_message_media(InputMediaPhoto(picture(90, 90), caption="z"), AN, photo.message_id)
    markup = await bot.edit_message_reply_markup(AN, text.message_id, reply_markup=MARKUP)
    copied = await bot.copy_message(GROUP, AN, text.message_id)
    forwarded = await bot.forward_message(GROUP, AN, photo.message_id)
    pinned = await bot.pin_chat_message(AN, text.message_id)
    acted = await bot.send_chat_action(AN, "typing")
    deleted = await bot.delete_message(AN, photo.message_id) and await bot.delete_messages(
        AN, [text.message_id]
    )

    messages = [message for message in (edited, caption, media, markup) if isinstance(message, Message)]
    assert (
        [message.text or message.caption for message in messages],
        copied.message_id,
        forwarded.forward_origin is not None,
        (pinned, acted, deleted),
    ) == (["y", "y", "z", "y"], 1, True, (True, True, True))


async def test_updates_of_every_kind_are_read(client: Client, bot: Bot) -> None:
    await client.say("/start")
    sent = await bot.send_message(AN, "x", reply_markup=MARKUP)
    await client.control("updates/callback", chat=AN, sender=AN, message_id=sent.message_id, data="a")
    await client.control("updates/inline", sender=AN, query="x")
    await client.control("block", user=AN)
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="administrator")
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="restricted")
    await client.say("x", chat=CHANNEL, sender=OWNER)
    await client.control("migrate", chat=GROUP)

    updates = await bot.get_updates()

    assert updates[1].callback_query is not None
    assert updates[-1].message is not None
    kinds = [next(name for name in update.to_dict() if name != "update_id") for update in updates]
    assert (kinds, updates[1].callback_query.data, updates[-1].message.migrate_from_chat_id) == (
        [
            "message",
            "callback_query",
            "inline_query",
            "my_chat_member",
            "my_chat_member",
            "my_chat_member",
            "channel_post",
            "message",
            "message",
        ],
        "a",
        GROUP,
    )


async def test_a_tap_is_answered(client: Client, bot: Bot) -> None:
    sent = await bot.send_message(AN, "x", reply_markup=MARKUP)
    await client.control("updates/callback", chat=AN, sender=AN, message_id=sent.message_id, data="a")
    [update] = await bot.get_updates()
    assert update.callback_query is not None

    assert await update.callback_query.answer("Xong")


async def test_chats_members_and_topics_are_read(client: Client, bot: Bot) -> None:
    rights = {"can_manage_topics": True, "can_pin_messages": True}
    await client.control(f"chats/{FORUM}/members", bot=TOKEN, status="administrator", rights=rights)
    await client.control(
        f"chats/{SUPERGROUP}/members", user=AN, status="restricted", rights={"is_member": True}
    )

    chats = [(await bot.get_chat(chat)).type for chat in (AN, GROUP, FORUM, "@kenh_tin")]
    members = [
        type(await bot.get_chat_member(*who))
        for who in ((CHANNEL, OWNER), (CHANNEL, BOT), (SUPERGROUP, AN), (FORUM, AN))
    ]
    admins = await bot.get_chat_administrators(FORUM)
    count = await bot.get_chat_member_count(FORUM)
    topic = await bot.create_forum_topic(FORUM, "Tin")
    sent = await bot.send_message(FORUM, "x", message_thread_id=topic.message_thread_id)
    left = await bot.leave_chat(GROUP)

    assert (chats, members, len(admins), count, sent.is_topic_message, left) == (
        ["private", "group", "supergroup", "channel"],
        [ChatMemberOwner, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberLeft],
        2,
        2,
        True,
        True,
    )


async def test_the_bots_own_facts_are_set_and_read(client: Client, bot: Bot) -> None:
    commands = [BotCommand("start", "Bắt đầu")]
    scope = BotCommandScopeAllPrivateChats()
    done = [
        await bot.set_my_commands(commands, scope=scope, language_code="vi"),
        await bot.set_my_name("Bản Tin"),
        await bot.set_my_description("x"),
        await bot.set_my_short_description("x"),
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands()),
        await bot.set_webhook("https://x.invalid/hook", secret_token="s"),
        await bot.delete_webhook(),
    ]

    read = await bot.get_my_commands(scope=scope, language_code="vi")
    info = await bot.get_webhook_info()
    name = await bot.get_my_name()
    deleted = await bot.delete_my_commands(scope=scope, language_code="vi")
    assert (all(done), list(read), info.url, name.name, deleted) == (True, commands, "", "Bản Tin", True)


async def test_a_file_is_downloaded(client: Client, bot: Bot) -> None:
    content = picture()
    photo = await bot.send_photo(AN, content)

    file = await photo.photo[-1].get_file()

    assert bytes(await file.download_as_bytearray()) == content


async def test_refusals_become_the_librarys_errors(client: Client, bot: Bot) -> None:
    raised: list[type[telegram.error.TelegramError]] = []

    async def provoke(chat: int) -> None:
        with pytest.raises(telegram.error.TelegramError) as error:
            await bot.send_message(chat, "x")
        raised.append(type(error.value))

    await provoke(777)
    await client.control("limits", global_count=0)
    await provoke(AN)
    await client.control("block", user=AN)
    await provoke(AN)
    await client.control("migrate", chat=GROUP)
    await provoke(GROUP)
    for status in (401, 404, 409, 500, 413):
        await client.control("faults", status=status)
        await provoke(SUPERGROUP)

    assert raised == [
        BadRequest,
        RetryAfter,
        Forbidden,
        ChatMigrated,
        InvalidToken,
        InvalidToken,
        Conflict,
        telegram.error.NetworkError,
        telegram.error.NetworkError,
    ]

"""What is stored about a person is shown, and deleted at once."""

from datetime import timedelta

from bot.commands.base.callbacks import Agree, Erase, ErasureStep
from bot.domain.chats.chat import ChatId
from bot.domain.chats.consent import VERSION
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import Article, ArticleId
from bot.store.articles import articles
from bot.store.chats import erasure
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.runtime import admins
from tests.commands.stage import HOME, Stage, wording


async def owe(stage: Stage) -> ArticleId:
    now = stage.clock.now()
    async with stage.database.write() as tx:
        saved = await articles.save(
            tx, Article("https://a.example/1", "Tin"), photo=None, topic=HOME, now=now
        )
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=saved.id, topic=HOME, due_at=now, expires_at=now + timedelta(days=3)),
            now=now,
        )
    return saved.id


async def test_everything_that_is_stored_is_shown(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    await owe(stage)

    said = await person.types("/dulieu")

    assert said == (
        "Dữ liệu đang được lưu\n\n"
        "Mã số cuộc trò chuyện: 77\nĐược lưu từ: 08:30 ngày 02/03/2026\nNgôn ngữ: tiếng Việt\n"
        "Trạng thái: đang hoạt động\n"
        f"Đã đồng ý nhận tin lúc 08:30 ngày 02/03/2026 (theo nội dung đồng ý, bản {VERSION})\n"
        "Chuyên mục đã đăng ký:\n• Hoạt động trong nước (từ 08:30 ngày 02/03/2026)\n"
        "Danh sách tin: 0 tin đã gửi, 1 tin đang chờ gửi, 0 tin không gửi được\n\n"
        "Nội dung tin nhắn gửi cho bot được xóa ngay sau khi xử lý xong."
    )


async def test_deleting_asks_once_more_and_then_keeps_nothing(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    await owe(stage)
    chat = await stage.chat(person.address)
    assert chat

    assert "sẽ bị xóa ngay và không thể khôi phục" in await person.types("/xoadulieu")
    assert await person.taps(Erase, step=ErasureStep.CANCEL) == "Dữ liệu được giữ nguyên."
    await person.types("/dulieu")
    await person.taps("Xóa toàn bộ dữ liệu")
    said = await person.taps(Erase, step=ErasureStep.ERASE)

    assert said.startswith("Đã xóa toàn bộ dữ liệu.")
    async with stage.database.read() as tx:
        assert await erasure.deliveries(tx, chat.id) == 0
    assert (await stage.chat(person.address), await person.subscriptions()) == (None, ())
    assert "không lưu dữ liệu nào" in await person.types("/dulieu")
    assert "không lưu dữ liệu nào" in await person.types("/xoadulieu")


async def test_an_admin_is_one_no_more_after_deleting(stage: Stage) -> None:
    await stage.appoints("123")
    admin = stage.person("123")
    assert "Là quản trị viên của bot" in await admin.types("/dulieu")

    await admin.types("/xoadulieu")
    await admin.taps(Erase, step=ErasureStep.ERASE)

    async with stage.database.read() as tx:
        assert await admins.appointed(tx, stage.messenger.account) == ()


async def test_the_privacy_notice_says_who_is_responsible(stage: Stage) -> None:
    said = await stage.person().types("/quyenriengtu")

    assert said.startswith("Chính sách bảo vệ dữ liệu cá nhân\n\nCục Sở hữu trí tuệ là bên kiểm soát")
    assert "(Telegram; máy chủ ở ngoài lãnh thổ Việt Nam)" in said
    assert "30 ngày" in said
    assert "28 ngày sau khi không còn đăng ký" in said
    assert "90 ngày sau khi bot không còn gửi được tin" in said
    assert "phản đối việc xử lý; khiếu nại, tố cáo, khởi kiện, yêu cầu bồi thường" in said
    assert "giữ lại thời điểm xóa và một mã xác nhận" in said
    assert "gửi đến: lienhe@agency.example. Cơ quan sẽ trả lời trong 2 ngày làm việc." in said
    assert said.endswith("mỗi lần xem đều được ghi lại.")


async def test_nobody_deletes_the_data_of_a_group_by_a_button(stage: Stage) -> None:
    member = stage.member("2")

    await member.sends("1z.!")

    assert member.answer.toast == wording("button-stale")


async def test_forgetting_works_on_every_database(db: Database) -> None:
    stage = await Stage.open(db)
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    await owe(stage)
    chat = await stage.chat(person.address)
    assert chat

    async with db.write() as tx:
        before = await erasure.deliveries(tx, chat.id)
        await erasure.forget(tx, chat.id, why=EndReason.ERASED, now=stage.clock.now())
        after = await erasure.deliveries(tx, ChatId(chat.id))

    assert (before, after, await stage.chat(person.address)) == (1, 0, None)

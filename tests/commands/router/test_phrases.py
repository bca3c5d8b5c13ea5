"""What people say instead of a command: what they mean happens, and what they do not mean does not."""

import asyncio
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.base.callback_data import Verb, read
from bot.commands.base.callbacks import Agree
from bot.commands.base.command_names import NAMES, ONLY_WITH_A_SLASH, Command
from bot.commands.router.understood import Typed
from bot.commands.router.understood import read as understand
from bot.domain.chats.preferences import AT_ONCE, Preferences, QuietHours, QuietMode, Schedule, Timing
from bot.store.chats import preferences
from bot.store.engine.database import Database
from tests.commands.stage import ABROAD, HOME, Person, Stage, wording, words

USUAL = Preferences()
READER = "1"

STOPPING = (
    "đừng theo dõi nữa",
    *("Dừng", "ngừng đi", "tắt", "Thôi ạ", "ngừng nhận tin", "Không nhận tin nữa", "bỏ đăng ký", "hủy bỏ"),
    *("đừng gửi nữa nhé", "huỷ bỏ", "toi khong muon nhan tin nua", "vui lòng dừng gửi tin", "DUNG GUI TIN"),
    *(
        "Xin ngừng gửi tin ạ",
        "làm ơn đừng nhắn tin nữa",
        "cho tôi hủy đăng ký",
        "bỏ theo dõi",
        "tắt thông báo",
    ),
    *("em xin dừng nhận tin ạ", "dừng hết", "không gửi tin nữa!", "thoi khong nhan nua", "ngung nhan tin di"),
    *("toi k muon nhan tin nữa đâu", "ko nhận tin nữa", "khong nhan nua dau"),
    *("unsubscribe", "Stop sending me news", "no more news", "please stop", "don't send me any more, please"),
    *("can you stop sending messages", "UNSUBSCRIBE ME PLEASE", "i don't want news", "opt out", "stop!!!"),
    *("Could you please unsubscribe me?", "turn off notifications", "cancel my subscription", "quit"),
)
LISTING = (
    *(
        "có tin gì mới không",
        "Có tin gì mới không ạ?",
        "co tin gi moi",
        "hôm nay có gì mới",
        "tin hôm nay",
        "hôm nay có gì",
    ),
    *(
        "Cho tôi xem tin mới nhất",
        "cho xem tin mới đi",
        "tin tức hôm nay",
        "đọc tin",
        "Có gì mới không",
    ),
    *("gui lai", "Gửi lại tin cho tôi", "cho toi xem lai tin cu", "xem tin hom nay"),
    *(
        "bạn ơi có tin mới chưa",
        "xem tin mới nhất nhé",
        "bài viết mới nhất",
        "what's new?",
        "Any news today?",
    ),
    *(
        "show me the latest news please",
        "is there anything new",
        "What is new",
        "give me the news",
        "headlines",
    ),
)
HELPING = (
    *("?", "???", "menu", "Giúp tôi với", "giup toi", "hướng dẫn sử dụng", "cách dùng", "tôi không hiểu"),
    *(
        "bot làm được gì?",
        "xin trợ giúp ạ",
        "dùng như thế nào",
        "help me please",
        "What can you do?",
        "commands",
    ),
    *(
        "how does this work?",
        "i need help",
        "can you help me",
        "giúp em với ạ",
        "làm sao để dừng",
        "how do I stop this?",
    ),
)
GREETING = (
    "Xin chào",
    "chào bot",
    "hello",
    "Hi bot!",
    "a lô",
    "Chào buổi sáng ạ",
    "good morning",
    "bạn là ai?",
)
THANKING = (
    "cảm ơn",
    "Cám ơn nhé",
    "xin cảm ơn bot",
    "cam on nhieu",
    "thanks!",
    "Thank you very much",
    "tks",
    "đã rõ",
)
AGREEING = (
    *(
        "đồng ý",
        "Tôi đồng ý.",
        "dong y",
        "Có",
        "có ạ",
        "vâng",
        "Dạ vâng ạ",
        "ok",
        "OK nhé",
        "nhất trí",
        "được",
    ),
    *("yes", "Yes, please", "I agree", "i accept", "sure", "okay"),
)
DECLINING = (
    *("không", "Không ạ", "ko", "để sau", "De sau nhe", "thôi", "tôi không đồng ý", "chưa cần", "hủy"),
    *("no", "No, thanks", "not now", "maybe later", "never mind", "i do not agree"),
)
SUBSCRIBING = (
    *("nhận tin", "Tôi muốn nhận tin", "dky", "đk", "đăng ký nhận tin ạ", "cho tôi đăng ký", "nhận bản tin"),
    *("sign me up", "I want to receive news", "subscribe me please", "theo dõi"),
)
SUBSCRIBING_TO_ALL = (
    *("tất cả", "đăng ký hết", "nhận hết", "tôi muốn nhận tất cả các tin", "dk tat ca", "đăng ký tất cả"),
    *("subscribe me to everything", "all topics", "follow everything please"),
)
TIMING = {
    "gửi tôi tin mỗi tuần": Schedule(Timing.WEEKLY, 7, 1),
    "sáng thứ hai": Schedule(Timing.WEEKLY, 7, 1),
    "mỗi sáng 7 giờ": Schedule(Timing.DAILY, 7),
    "gửi cho tôi mỗi sáng lúc 8h": Schedule(Timing.DAILY, 8),
    "Mỗi tối": Schedule(Timing.DAILY, 19),
    "moi toi 8 gio nhe": Schedule(Timing.DAILY, 20),
    "hằng ngày 6h": Schedule(Timing.DAILY, 6),
    "chiều thứ sáu": Schedule(Timing.WEEKLY, 17, 5),
    "thứ 7 9h sáng": Schedule(Timing.WEEKLY, 9, 6),
    "hằng tuần, chủ nhật 20h": Schedule(Timing.WEEKLY, 20, 7),
    "every evening": Schedule(Timing.DAILY, 19),
    "every day at 7am please": Schedule(Timing.DAILY, 7),
    "monday morning": Schedule(Timing.WEEKLY, 7, 1),
    "weekly, friday 17:00": Schedule(Timing.WEEKLY, 17, 5),
}
PREFERRING = {
    "giờ im lặng 22h-6h": Preferences(QuietHours(22 * 60, 6 * 60)),
    "giờ nghỉ 21h-6h": Preferences(QuietHours(21 * 60, 6 * 60)),
    "đừng nhắn ban đêm": Preferences(quiet_mode=QuietMode.WAIT),
    "Xin đừng gửi tin vào ban đêm ạ": Preferences(quiet_mode=QuietMode.WAIT),
    "không làm phiền từ 23 giờ đến 5 giờ": Preferences(QuietHours(23 * 60, 5 * 60)),
    "khong lam phien tu 22h30 den 6h": Preferences(QuietHours(22 * 60 + 30, 6 * 60)),
    "đừng gửi từ 21h đến 7h nhé": Preferences(QuietHours(21 * 60, 7 * 60)),
    "do not disturb from 10pm to 7am": Preferences(QuietHours(22 * 60, 7 * 60)),
    "no messages at night please": Preferences(quiet_mode=QuietMode.WAIT),
    "quiet hours 21:00-05:00": Preferences(QuietHours(21 * 60, 5 * 60)),
    "tắt giờ yên lặng": Preferences(quiet=None),
    "tắt chuông giúp tôi": Preferences(silent=True),
    "mute": Preferences(silent=True),
    "đừng gửi ảnh": Preferences(photo=False),
    "no photos please": Preferences(photo=False),
    "tin ngắn gọn": Preferences(brief=True),
    "múi giờ Pháp": Preferences(time_zone="Europe/Paris"),
    "múi giờ Mỹ": Preferences(time_zone="America/New_York"),
    "múi giờ úc": Preferences(time_zone="Australia/Sydney"),
    "time zone Japan": Preferences(time_zone="Asia/Tokyo"),
}
SEARCHED = {
    "hội nghị": "hội nghị",
    "giay khen": "giay khen",
    "cho tôi hỏi về sáng chế": "sáng chế",
    "có tin gì về nhãn hiệu không": "nhãn hiệu",
    "tin mới nhất về nhãn hiệu": "nhãn hiệu",
    "thông tin về giấy khen ạ": "giấy khen",
    "Có hội nghị nào không?": "hội nghị",
    "giấy khen là gì": "giấy khen",
    "news about patent": "patent",
    "Is there any news about patent?": "patent",
    "show me articles about patent please": "patent",
}
HARMLESS = (
    *(
        "dừng xe đúng nơi quy định",
        "xe buýt dừng ở đâu",
        "khi nào thì dừng thu phí",
        "không dừng",
        "đúng",
        "dùng thử",
    ),
    *("ngừng bắn", "tắt đèn hưởng ứng giờ Trái Đất", "thời tiết", "thôi việc", "hủy hoại môi trường"),
    *(
        "huy động vốn",
        "không khí",
        "có thể",
        "đăng ký nhãn hiệu",
        "đăng ký kết hôn ở đâu",
        "hủy bỏ hiệu lực văn bằng",
    ),
    *(
        "đừng dừng nhận tin",
        "tôi không muốn dừng nhận tin",
        "vì sao bot dừng gửi tin hôm qua",
        "xóa dữ liệu bản đồ",
    ),
    *(
        "tim mạch",
        "tin học văn phòng",
        "sáng chế",
        "ảnh hội nghị",
        "thứ hai",
        "8 giờ",
        "mỗi ngày một tin vui",
    ),
    *("sáng thứ hai họp ở đâu", "giờ nghỉ trưa", "nghỉ lễ từ 30/4 đến 3/5", "múi giờ Sao Hỏa", "lọc nước"),
    *("tất cả các xã", "nhận bằng khen", "cảm ơn đồng bào", "hướng dẫn nộp đơn", "chào mừng ngày 30/4"),
    *(
        "hàng không",
        "không",
        "stop motion film",
        "unsubscribe rate of newsletters",
        "now",
        "bus stop",
        "cancel culture",
    ),
    *("the news industry", "all the king's men", "no smoking", "help desk opening hours", "mute swan"),
)


@pytest.fixture(scope="module")
def _staged_template(_staged_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the stage with two articles, and with a person who subscribes to everything."""
    file = tmp_path_factory.mktemp("phrases") / "bantin.db"
    shutil.copy(_staged_template, file)
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{file}"))
    return file


async def _prepare(url: str) -> None:
    database = await Database.open(url)
    stage = Stage(database)
    stage.clock.advance(12 * 3600)
    await stage.publish("Hội nghị về nhãn hiệu", hour=8)
    await stage.publish("Trao giấy khen cho sáng chế, a patent", hour=9)
    reader = stage.person(READER)
    await reader.types("/dangky tất cả")
    await reader.taps(Agree)
    await database.close()


@pytest.fixture
def news(stage: Stage) -> Stage:
    stage.clock.advance(12 * 3600)
    return stage


@pytest.fixture
def reader(news: Stage) -> Person:
    return news.person(READER)


async def prefers(person: Person) -> Preferences:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.read() as tx:
        return await preferences.of(tx, chat.id, usual=USUAL)


async def schedules(person: Person) -> set[Schedule]:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.read() as tx:
        return {each.schedule for each in await preferences.subscribed(tx, chat.id)}


def verbs(person: Person) -> set[Verb]:
    """Return what the buttons do that came last."""
    return {found.verb for button in person.buttons if (found := read(button.action or ""))}


def opened(person: Person) -> set[str]:
    return {button.action for button in person.buttons if button.action}


@pytest.mark.parametrize("said", STOPPING)
async def test_the_news_stops_in_peoples_own_words(reader: Person, said: str) -> None:
    await reader.types(said)

    assert await reader.subscriptions() == ()
    assert Verb.UNDO in verbs(reader)


@pytest.mark.parametrize(
    "said",
    [
        "không muốn nhận tin quốc tế",
        "Tôi không muốn nhận tin quốc tế nữa ạ",
        "dừng tin quốc tế",
        "dung tin chuyen muc hoat dong quoc te",
        "I don't want international news",
    ],
)
async def test_one_topic_is_stopped_in_peoples_own_words_once_they_confirm_it(
    reader: Person, said: str
) -> None:
    assert "“Hoạt động quốc tế”?" in await reader.types(said)
    assert await reader.subscriptions() == (HOME, ABROAD)

    await reader.types("có")

    assert await reader.subscriptions() == (HOME,)


async def test_a_topic_goes_on_where_that_is_not_confirmed(reader: Person) -> None:
    await reader.types("dừng tin quốc tế")

    assert "Hoạt động quốc tế" in await reader.types("không")

    assert await reader.subscriptions() == (HOME, ABROAD)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "toi muon nhan tin trong nuoc",
            "Tôi muốn nhận tin trong nước ạ",
            "nhận hoạt động trong nước",
        ),
        *("theo dõi chuyên mục trong nước", "I want to get domestic news", "follow news about domestic news"),
    ],
)
async def test_one_topic_is_subscribed_to_in_peoples_own_words(news: Stage, said: str) -> None:
    person = news.person()

    asked = await person.types(said)
    await person.taps(Agree)

    assert wording("consent-title") in asked
    assert await person.subscriptions() == (HOME,)


@pytest.mark.parametrize("said", ["theo dõi đơn", "nhận sáng chế", "theo dõi nhãn hiệu trong nước"])
async def test_half_a_word_and_what_is_more_than_a_topic_subscribe_to_nothing(news: Stage, said: str) -> None:
    person = news.person()

    assert (await person.types(said)).startswith("🔎 ")


@pytest.mark.parametrize(
    ("said", "begin"),
    [
        ("lam sao de nhan tin moi ngay 8 gio sang", "settings-title"),
        ("làm thế nào để nhận bản tin mỗi sáng?", "settings-title"),
        ("how do I get news every morning", "settings-title"),
        ("cách đổi giờ nhận tin", "settings-title"),
        ("làm sao để đăng ký", "help-title"),
        ("how can I search", "help-title"),
    ],
)
async def test_who_asks_how_is_shown_where_and_nothing_changes(reader: Person, said: str, begin: str) -> None:
    before = await schedules(reader)

    assert (await reader.types(said)).startswith(wording(begin))
    assert await schedules(reader) == before


async def test_how_to_register_a_right_is_looked_for(news: Stage) -> None:
    assert (await news.person().types("làm sao để đăng ký nhãn hiệu")).startswith("🔎 ")


TODAY = (
    *("xem tin hom nay", "tin hôm nay", "hôm nay có tin gì không ạ", "cho tôi xem tin mới nhất hôm nay"),
    *("/moinhat hôm nay", "any news today?", "today's news", "what's new today"),
)


@pytest.mark.parametrize("said", TODAY)
async def test_on_a_day_without_news_that_is_said_before_older_articles(news: Stage, said: str) -> None:
    person = news.person()
    await person.types(said)
    today = [words(each).partition("\n")[0] for each in person.seen]
    news.clock.advance(24 * 3600)

    assert (await person.types(said)).startswith(wording("latest-none-today"))

    assert today == ["Hội nghị về nhãn hiệu", "Trao giấy khen cho sáng chế, a patent"]
    assert [words(each).partition("\n")[0] for each in person.seen[-2:]] == today


@pytest.mark.parametrize("said", LISTING)
async def test_the_newest_articles_are_asked_for(reader: Person, said: str) -> None:
    await reader.types(said)

    titles = [message.text[0].text for message in reader.seen[-2:]]
    assert titles == ["Hội nghị về nhãn hiệu", "Trao giấy khen cho sáng chế, a patent"]
    assert Verb.SAVE in verbs(reader)


@pytest.mark.parametrize("said", HELPING)
async def test_help_is_asked_for(reader: Person, said: str) -> None:
    assert (await reader.types(said)).startswith(wording("help-title"))


@pytest.mark.parametrize("said", GREETING)
async def test_a_greeting_is_returned(reader: Person, said: str) -> None:
    assert (await reader.types(said)).startswith(wording("start-title"))
    assert "1o.help" in opened(reader)


@pytest.mark.parametrize("said", THANKING)
async def test_thanks_are_answered_and_change_nothing(reader: Person, said: str) -> None:
    assert await reader.types(said) == wording("welcome")
    assert await reader.subscriptions() == (HOME, ABROAD)


@pytest.mark.parametrize("said", AGREEING)
async def test_the_question_for_consent_is_answered_by_a_word(news: Stage, said: str) -> None:
    person = news.person()
    await person.types("/dangky quốc tế")
    assert await news.chat(person.address) is None

    await person.types(said)

    assert await person.subscriptions() == (ABROAD,)


@pytest.mark.parametrize("said", DECLINING)
async def test_consent_is_refused_by_a_word_and_nothing_is_stored(news: Stage, said: str) -> None:
    person = news.person()
    await person.types("/start")

    assert (await person.types(said)).startswith(wording("consent-declined"))

    assert await news.chat(person.address) is None


@pytest.mark.parametrize("between", ["/moinhat", "hội nghị", "cảm ơn", "/trogiup"])
@pytest.mark.parametrize("said", ["có", "ok", "đồng ý", "I agree"])
async def test_nobody_agrees_to_a_question_that_does_not_stand_any_more(
    news: Stage, between: str, said: str
) -> None:
    person = news.person()
    await person.types("/start")
    await person.types(between)

    await person.types(said)

    assert await news.chat(person.address) is None


async def test_who_agrees_without_having_been_asked_is_asked(news: Stage) -> None:
    person = news.person()

    assert (await person.types("tôi đồng ý")).startswith(wording("consent-title"))
    await person.types("tôi đồng ý")

    assert await news.chat(person.address) is not None


async def test_a_question_stands_for_a_day(news: Stage) -> None:
    person = news.person()
    await person.types("/start")
    news.clock.advance(25 * 3600)

    await person.types("có")

    assert await news.chat(person.address) is None


async def test_a_question_does_not_outlive_the_process_and_is_asked_again(news: Stage) -> None:
    person = news.person()
    await person.types("/dangky quốc tế")
    news.recent = type(news.recent)(news.clock)

    assert (await person.types("đồng ý")).startswith(wording("consent-title"))


@pytest.mark.parametrize("number", ["1", "so 2"])
async def test_a_number_that_names_nothing_leaves_the_question_to_be_answered(
    news: Stage, number: str
) -> None:
    person = news.person()
    await person.types("/dangky quốc tế")

    assert await person.types(number) == wording("number-for-question")
    assert await news.chat(person.address) is None
    await person.types("dong y")

    assert await person.subscriptions() == (ABROAD,)


@pytest.mark.parametrize(
    "said",
    [
        "xoa het thong tin cua toi",
        "Xóa tất cả dữ liệu của tôi ạ",
        "xoá thông tin cá nhân",
        "delete all my data",
    ],
)
async def test_ones_data_are_deleted_in_ones_own_words_once_that_is_confirmed(
    reader: Person, said: str
) -> None:
    await reader.types(said)
    assert await reader.stage.chat(reader.address) is not None

    await reader.types("đồng ý")

    assert await reader.stage.chat(reader.address) is None


@pytest.mark.parametrize(("said", "is_left"), [("có", False), ("không", True), ("thôi", True)])
async def test_deleting_ones_data_is_confirmed_by_a_word(reader: Person, said: str, is_left: bool) -> None:  # noqa: FBT001 - a parameter of the test
    await reader.types("/xoadulieu")

    await reader.types(said)

    assert (await reader.stage.chat(reader.address) is not None) is is_left
    assert await reader.subscriptions() == ((HOME, ABROAD) if is_left else ())


@pytest.mark.parametrize("said", SUBSCRIBING)
async def test_the_topics_are_shown_to_who_wants_news(reader: Person, said: str) -> None:
    await reader.types(said)

    assert Verb.TOPIC in verbs(reader)
    assert await reader.subscriptions() == (HOME, ABROAD)


@pytest.mark.parametrize("said", SUBSCRIBING_TO_ALL)
async def test_everything_is_subscribed_to_by_a_word_and_another(news: Stage, said: str) -> None:
    person = news.person()
    await person.types(said)
    assert await person.subscriptions() == ()

    await person.types("đồng ý")

    assert await person.subscriptions() == (HOME, ABROAD)


@pytest.mark.parametrize(("said", "schedule"), TIMING.items())
async def test_news_comes_when_people_say(reader: Person, said: str, schedule: Schedule) -> None:
    await reader.types(said)

    assert await schedules(reader) == {schedule}


@pytest.mark.parametrize(("said", "wanted"), PREFERRING.items())
async def test_what_people_prefer_they_say_without_a_command(
    reader: Person, said: str, wanted: Preferences
) -> None:
    assert (await reader.types(said)).startswith(wording("settings-saved", what="").rstrip(" ."))

    assert await prefers(reader) == wanted


@pytest.mark.parametrize(("said", "sought"), SEARCHED.items())
@pytest.mark.parametrize("is_known", [True, False])
async def test_what_is_no_wish_is_looked_for(
    news: Stage,
    reader: Person,
    said: str,
    sought: str,
    is_known: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    person = reader if is_known else news.person("78")

    answer = await person.types(said)

    assert answer.startswith(f"🔎 {sought}\n")
    assert Verb.SHOW in verbs(person)
    assert "Để xem hướng dẫn sử dụng, vui lòng gửi trợ giúp." in answer


@pytest.mark.parametrize(
    "said", ["tìm bài về sáng chế", "Tìm giúp tôi thông tin về sáng chế", "tim sang che"]
)
async def test_what_is_to_be_looked_for_is_taken_out_of_the_request(reader: Person, said: str) -> None:
    await reader.types(said)

    assert "Trao giấy khen cho sáng chế" in words(reader.seen[-1])
    assert Verb.SHOW in verbs(reader)


async def test_where_nothing_is_found_the_ways_on_are_shown(news: Stage) -> None:
    person = news.person()

    assert (await person.types("bóng đá nữ")).startswith("🔎 bóng đá nữ\n\nRất tiếc, bot không tìm thấy")

    assert opened(person) == {"1o.topics", "1o.latest", "1o.unsubscribe", "1o.help"}


@pytest.mark.parametrize(
    "said", ["hội nghị", "hướng dẫn", "tin mới", "cảm ơn", "tất cả", "thông tin về hội nghị"]
)
async def test_what_was_asked_for_is_looked_for_before_consent_as_well(news: Stage, said: str) -> None:
    person = news.person()
    await person.types("/timkiem")

    answer = await person.types(said)

    assert answer.startswith("🔎 ")
    assert await news.chat(person.address) is None


@pytest.mark.parametrize("said", ["thôi", "không", "bỏ qua", "cancel"])
async def test_who_wants_to_look_for_nothing_says_so_and_stays_subscribed(reader: Person, said: str) -> None:
    await reader.types("/timkiem")

    assert (await reader.types(said)).startswith("Vâng, bot không chờ nữa.")

    assert await reader.subscriptions() == (HOME, ABROAD)


async def test_stopping_is_possible_even_where_words_are_asked_for(reader: Person) -> None:
    await reader.types("/timkiem")

    await reader.types("dừng nhận tin")

    assert await reader.subscriptions() == ()


@pytest.mark.parametrize("said", HARMLESS)
async def test_what_people_do_not_mean_does_not_happen(reader: Person, said: str) -> None:
    before = len(reader.seen)

    await reader.types(said)

    assert await reader.subscriptions() == (HOME, ABROAD)
    assert await schedules(reader) == {AT_ONCE}
    assert await prefers(reader) == USUAL
    assert not {Verb.ERASE, Verb.AGREE, Verb.UNDO, Verb.LANGUAGE} & verbs(reader)
    assert all(words(message) for message in reader.seen[before:])


@pytest.mark.parametrize("said", [*STOPPING, *AGREEING, *DECLINING, *LISTING, *PREFERRING, "hội nghị"])
async def test_in_a_group_talk_is_not_for_the_bot(stage: Stage, said: str) -> None:
    assert await stage.member("5").types(said, addressed=False) == ""


def commanded(texts: Collection[str], command: Command) -> set[str]:
    return {said for said in texts if getattr(understand(said, "bantin_bot"), "command", None) is not command}


def test_more_than_a_hundred_phrases_are_understood() -> None:
    tried = (
        *(*STOPPING, *LISTING, *HELPING, *GREETING, *THANKING, *AGREEING, *DECLINING, *SUBSCRIBING),
        *(*SUBSCRIBING_TO_ALL, *TIMING, *PREFERRING, *SEARCHED),
    )

    assert len(set(tried)) > 150
    assert commanded(STOPPING, Command.UNSUBSCRIBE) == set()


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*STOPPING, *SEARCHED, *PREFERRING, *AGREEING, *HARMLESS]), max_size=4).map(
        " ".join
    )
)
def test_whatever_is_typed_is_read(text: str) -> None:
    assert isinstance(understand(text, "bantin_bot"), Typed | None)


@given(said=st.text(max_size=300) | st.lists(st.sampled_from(HARMLESS + STOPPING), max_size=3).map(", ".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_a_stranger_types_is_answered_and_stored_nowhere(news: Stage, said: str) -> None:
    person = news.person("79")

    answer = await person.types(said)

    assert answer or said.startswith("/")
    assert await news.chat(person.address) is None


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("theo dõi bài 1", "1"),
        ("theo doi bai so 2", "2"),
        ("theo dõi bài này", ""),
        ("follow article 3", "3"),
    ],
)
def test_an_article_is_followed_as_its_button_says(said: str, which: str) -> None:
    understood = understand(said, "b")

    assert isinstance(understood, Typed)
    assert (understood.command, understood.argument) == (Command.FOLLOW, which)


def test_every_command_is_known_by_its_names_without_a_slash() -> None:
    unknown = [
        name
        for command in Command
        for name in NAMES[command].values()
        if name not in ONLY_WITH_A_SLASH and getattr(understand(name, "b"), "command", None) is not command
    ]

    assert unknown == []

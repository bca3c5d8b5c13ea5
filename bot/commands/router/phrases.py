"""What people say instead of a command: each everyday phrase, and what it asks for.

A phrase is all that somebody says, politeness aside. What only contains one is something else: a sentence
with "dừng" in it stops nothing. Marks may be left out; those that are typed have to be right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.commands.base.command_names import Command
from bot.domain.text.utterance import Phrasebook, Words, readings


class Reply(StrEnum):
    """What answers a question that the bot has asked."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase asks for: an answer to the question that stands, and where none does, a *command*.

    *thanks* says that nothing is asked for at all.
    """

    command: Command | None = None
    words: str = ""
    reply: Reply | None = None
    thanks: bool = False


_STOP = Meaning(Command.UNSUBSCRIBE)
_NEWEST = Meaning(Command.LATEST)
_NEWEST_TODAY = Meaning(Command.LATEST, "hôm nay")
_NOT_NOW = Meaning(reply=Reply.NO)
_QUIET_NIGHT = Meaning(Command.SETTINGS, "giờ yên lặng chờ hết giờ")

_PHRASES: Mapping[Meaning, tuple[str, ...]] = {
    _STOP: (
        "dừng", "ngừng", "ngưng", "tắt", "dừng lại", "ngừng lại", "dừng tin", "ngừng tin", "tắt tin",
        "dừng nhận tin", "ngừng nhận tin", "ngưng nhận tin", "dừng nhận", "ngừng nhận", "thôi nhận tin",
        "dừng gửi tin", "ngừng gửi tin", "ngưng gửi tin", "dừng gửi", "ngừng gửi", "dừng thông báo",
        "ngừng thông báo", "tắt thông báo", "tắt nhận tin", "hủy nhận tin", "hủy tin", "hủy theo dõi",
        "bỏ theo dõi", "bỏ đăng ký", "bỏ đăng kí", "bỏ nhận tin", "hủy đăng ký", "hủy đăng kí",
        "hủy tất cả", "hủy hết", "hủy đăng ký tất cả", "hủy đăng ký hết", "dừng tất cả", "dừng hết",
        "không nhận tin", "không nhận tin nữa", "không nhận nữa", "không muốn nhận tin",
        "không muốn nhận tin nữa", "không muốn nhận nữa", "không cần nhận tin nữa", "không cần gửi nữa",
        "không gửi nữa", "không gửi tin nữa", "không đăng ký nữa", "không theo dõi nữa", "đừng gửi",
        "đừng theo dõi", "đừng theo dõi nữa",
        "đừng gửi nữa", "đừng gửi tin", "đừng gửi tin nữa", "đừng nhắn nữa", "đừng nhắn tin nữa",
        "thôi đừng gửi nữa", "thôi không nhận nữa", "thôi không nhận tin nữa", "không nhận nữa đâu",
        "không nhận tin nữa đâu", "không muốn nhận nữa đâu", "không muốn nhận tin nữa đâu",
        "ko nhận nữa", "ko nhận tin nữa", "ko muốn nhận nữa", "ko muốn nhận tin nữa",
        "ko muốn nhận tin nữa đâu", "k nhận nữa", "k nhận tin nữa", "k muốn nhận nữa", "k muốn nhận tin nữa",
        "k muốn nhận tin nữa đâu",
        "stop", "stop it", "stop sending", "stop sending news", "stop sending me news",
        "stop sending messages", "stop news", "stop the news", "stop all", "stop everything",
        "unsubscribe", "unsubscribe me", "unsubscribe all", "unsubscribe from all",
        "unsubscribe from everything", "opt out", "no more news",
        "no more messages", "no more", "don t send me news", "don t send any more", "don t send me anything",
        "don t send me any more",
        "do not send me news", "do not send any more", "i don t want news", "i do not want news",
        "i don t want any more news", "turn off", "turn it off", "turn off news", "turn off notifications",
        "leave me alone", "quit", "end subscription", "cancel subscription", "cancel my subscription",
    ),
    Meaning(Command.UNSUBSCRIBE, reply=Reply.NO): ("thôi", "hủy", "hủy bỏ", "cancel"),
    _NOT_NOW: (
        "không", "ko", "k", "hông", "kg", "khỏi", "để sau", "để lúc khác", "lúc khác", "chưa", "không ạ",
        "không cảm ơn", "không phải bây giờ", "chưa cần", "không cần", "bỏ qua", "từ chối", "không muốn",
        "no", "nope", "no thanks", "no thank you", "not now", "later", "maybe later", "not yet", "never mind",
        "decline", "i decline", "skip",
    ),
    Meaning(Command.ERASE, reply=Reply.NO): (
        "không đồng ý", "tôi không đồng ý", "em không đồng ý", "ko đồng ý", "i disagree", "disagree",
        "i do not agree", "i don t agree", "i do not consent", "i don t consent",
    ),
    Meaning(Command.SUBSCRIBE, reply=Reply.YES): (
        "đồng ý", "tôi đồng ý", "em đồng ý", "đồng ý nhận tin", "tôi đồng ý nhận tin", "có đồng ý",
        "nhất trí", "chấp nhận", "chấp thuận", "đồng ý hết", "tất nhiên đồng ý", "agree", "i agree",
        "i consent", "i accept", "accept", "agreed", "yes i agree", "yes i do agree",
    ),
    Meaning(reply=Reply.YES, thanks=True): (
        "có", "vâng", "dạ", "dạ vâng", "dạ có", "vâng có", "vâng đồng ý", "vâng tôi đồng ý", "dạ đồng ý",
        "ừ", "ừm", "uh", "được", "được ạ", "ok", "oke", "okie", "okay", "okela", "ô kê", "nhận",
        "yes", "yep", "yeah", "sure", "of course", "yes please", "fine", "go ahead", "đúng", "đúng vậy",
    ),
    Meaning(thanks=True): (
        "cảm ơn", "cám ơn", "xin cảm ơn", "xin cám ơn", "cảm ơn nhiều", "cảm ơn bot", "cảm ơn bạn",
        "cảm ơn rất nhiều", "trân trọng cảm ơn", "chân thành cảm ơn", "tks", "thks", "thank", "thanks",
        "thank you", "thank you very much", "thank you so much", "thanks a lot", "many thanks", "ty", "thx",
        "đã nhận", "đã nhận được", "đã rõ", "đã đọc", "đã xem", "rõ", "tốt", "tốt lắm", "hay quá",
        "tuyệt vời", "great", "good", "well done", "got it", "noted",
    ),
    Meaning(Command.START): (
        "xin chào", "chào", "chào bot", "chào bạn", "chào em", "chào ad", "chào admin", "chào buổi sáng",
        "alo", "a lô", "hello", "hello bot", "hi", "hi bot", "hey", "good morning", "good afternoon",
        "good evening", "bạn là ai", "bot là gì", "đây là gì", "đây là đâu", "ai đấy", "who are you",
        "what is this", "bắt đầu lại",
    ),
    Meaning(Command.START, "ma_so"): (
        "mã số", "mã số của tôi", "xem mã số", "id", "id của tôi", "my id", "what is my id", "what s my id",
    ),
    Meaning(Command.HELP): (
        "menu", "giúp", "giúp đỡ", "giúp tôi", "giúp tôi với", "giúp em", "giúp mình", "cần giúp",
        "cần giúp đỡ", "tôi cần giúp đỡ", "trợ giúp tôi", "hướng dẫn sử dụng", "hướng dẫn tôi",
        "hướng dẫn dùng", "cách dùng", "cách sử dụng", "dùng thế nào", "dùng như thế nào",
        "sử dụng thế nào", "sử dụng như thế nào", "làm thế nào", "làm sao", "làm gì được", "làm được gì",
        "bot làm được gì", "bạn làm được gì", "có những lệnh nào", "có lệnh gì", "các lệnh", "lệnh",
        "danh sách lệnh", "không hiểu", "tôi không hiểu", "không biết dùng", "hd", "help me", "i need help",
        "need help", "how does it work", "how does this work", "how do i use this", "how to use",
        "how to use this bot", "what can you do", "what can this bot do", "what can i do", "commands",
        "làm sao để dừng", "làm sao để dừng nhận tin", "làm sao để hủy", "làm sao để hủy đăng ký",
        "làm thế nào để dừng", "làm thế nào để dừng nhận tin", "làm thế nào để hủy đăng ký", "cách dừng",
        "cách dừng nhận tin", "cách hủy", "cách hủy đăng ký", "how do i stop", "how do i stop this",
        "how do i unsubscribe", "how can i stop this", "how to stop", "how to stop this",
        "how to unsubscribe",
        "list of commands", "instructions", "guide", "manual", "i don t understand",
    ),
    _NEWEST: (
        "tin", "tin mới", "có tin mới không", "có tin mới chưa", "có tin gì mới không", "có tin gì mới",
        "có tin gì không", "có gì mới không", "có gì mới", "có gì hot không", "có gì hay không",
        "có tin tức gì mới không", "có tin tức gì không", "có tin nào mới không", "tin gì mới",
        "mới có tin gì", "tin tức mới", "tin tức mới nhất", "tin tức", "tin nóng",
        "bài mới", "bài mới nhất", "bài viết mới", "bài viết mới nhất", "thông báo mới", "thông báo mới nhất",
        "xem tin", "xem tin mới", "xem tin mới nhất", "xem tin tức", "đọc tin", "đọc tin mới", "đọc báo",
        "điểm tin", "cập nhật tin", "cập nhật", "còn tin nào không", "còn tin nữa không", "gửi tin mới",
        "gửi tin mới nhất", "cho xin tin mới", "gửi lại", "gửi lại tin", "gửi lại tin vừa rồi",
        "gửi lại tin mới nhất", "xem lại tin", "xem lại tin cũ", "xem tin cũ", "đọc lại tin",
        "what s new", "whats new", "what is new", "anything new",
        "is there anything new", "any news", "is there any news", "latest news",
        "the latest news", "the latest", "the news", "newest", "newest articles", "latest articles",
        "recent news", "recent articles", "read the news", "read news", "update",
        "updates", "headlines",
    ),
    _NEWEST_TODAY: (
        "hôm nay có tin gì", "hôm nay có gì", "hôm nay có gì không", "hôm nay có tin gì mới",
        "hôm nay có gì mới", "hôm nay có gì mới không", "hôm nay có tin gì không",
        "hôm nay có tin gì mới không", "hôm nay có tin không", "hôm nay có tin mới không",
        "hôm nay có tin mới chưa", "có tin gì hôm nay không", "có tin hôm nay không",
        "có tin mới hôm nay không", "có gì mới hôm nay không", "có tin gì mới hôm nay không",
        "tin của hôm nay", "tin mới nhất hôm nay", "mới nhất hôm nay", "bài hôm nay", "bài viết hôm nay",
        "thông báo hôm nay", "news today", "news of today", "today s news", "latest today",
        "what happened today", "today s articles", "today s headlines",
    ),
    Meaning(Command.SUBSCRIBE): (
        "nhận tin", "nhận tin mới", "nhận thông báo", "nhận bản tin", "dky", "dki", "đky", "đk", "đki",
        "đăng ký nhận tin", "đăng kí nhận tin", "đăng ký nhận tin mới", "đăng ký nhận thông báo",
        "đăng ký theo dõi", "đăng ký tin", "đăng ký lại", "nhận tin lại", "nhận lại tin", "theo dõi",
        "theo dõi tin", "bật tin", "bật thông báo", "mở thông báo", "ghi danh",
        "sign up", "sign me up", "subscribe me", "resubscribe", "subscribe again", "opt in", "follow",
        "follow news", "get news", "receive news", "start sending", "start sending news", "turn on news",
        "turn on notifications", "notify me", "join",
    ),
    Meaning(Command.SUBSCRIBE, "tất cả"): (
        "tất cả", "nhận tất cả", "nhận hết", "nhận tin tất cả", "nhận tất cả tin", "nhận tất cả các tin",
        "nhận mọi tin", "đăng ký hết", "đăng kí hết", "đăng ký tất cả", "đăng kí tất cả",
        "đăng ký tất cả chuyên mục", "đăng ký tất cả các chuyên mục", "đăng ký mọi chuyên mục",
        "theo dõi tất cả", "theo dõi hết", "dky hết", "dky tất cả", "dk hết", "dk tất cả", "all topics",
        "all news", "everything", "subscribe to all", "subscribe to everything", "subscribe me to everything",
        "subscribe to all topics", "follow all", "follow everything", "sign up for everything",
    ),
    Meaning(Command.TOPICS): (
        "các chuyên mục", "xem chuyên mục", "danh sách chuyên mục", "có những chuyên mục nào",
        "có chuyên mục nào", "chọn chuyên mục", "đổi chuyên mục", "chủ đề", "các chủ đề", "có chủ đề gì",
        "đang nhận những gì", "đang đăng ký gì", "tôi đang nhận tin gì", "the topics", "list topics",
        "what topics are there", "which topics are there", "choose topics", "change topics", "categories",
        "my subscriptions", "subscriptions",
    ),
    Meaning(Command.SEARCH): (
        "tìm tin", "tìm bài", "tìm bài viết", "tìm kiếm tin", "tìm kiếm bài viết", "tra cứu tin",
        "search news", "find news", "find articles", "find an article", "search articles",
    ),
    Meaning(Command.SAVED): (
        "xem bài đã lưu", "xem tin đã lưu", "các bài đã lưu", "danh sách đã lưu", "saved articles",
        "my saved articles", "show saved",
    ),
    Meaning(Command.SETTINGS): (
        "đổi giờ nhận tin", "giờ nhận tin", "chọn giờ nhận tin", "thay đổi cài đặt", "xem cài đặt",
        "đổi cài đặt", "tùy chỉnh", "change settings", "my settings", "preferences", "my preferences",
    ),
    _QUIET_NIGHT: (
        "đừng nhắn ban đêm", "đừng gửi ban đêm", "đừng gửi tin ban đêm", "đừng nhắn tin ban đêm",
        "đừng báo ban đêm", "đừng làm phiền ban đêm", "không gửi ban đêm", "không gửi tin ban đêm",
        "không nhắn ban đêm", "không làm phiền ban đêm", "không nhận tin ban đêm", "đêm đừng gửi",
        "đêm đừng nhắn", "ban đêm đừng gửi", "ban đêm đừng nhắn", "ban đêm đừng gửi tin",
        "ban đêm không gửi tin", "buổi tối đừng gửi", "đừng nhắn vào ban đêm", "đừng gửi vào ban đêm",
        "đừng gửi tin vào ban đêm", "không gửi tin vào ban đêm", "đừng nhắn khuya", "đừng gửi khuya",
        "no messages at night", "no news at night", "don t send at night", "do not send at night",
        "don t send news at night", "don t message me at night", "do not disturb me at night",
        "do not disturb at night", "don t disturb me at night", "not at night", "nothing at night",
    ),
    Meaning(Command.SETTINGS, "giờ yên lặng"): (
        "không làm phiền", "chế độ không làm phiền", "do not disturb", "dnd", "giờ im lặng",
    ),
    Meaning(Command.SETTINGS, "tắt âm báo"): (
        "tắt âm báo", "tắt chuông", "tắt âm", "tắt tiếng", "không âm báo", "không chuông", "bỏ âm báo",
        "gửi không có âm báo", "đừng kêu", "mute", "mute notifications", "sound off", "no sound",
        "turn off sound", "turn off the sound", "without sound",
    ),
    Meaning(Command.SETTINGS, "bật âm báo"): (
        "bật âm báo", "bật chuông", "bật âm", "bật tiếng", "có âm báo", "unmute", "sound on", "turn on sound",
        "turn on the sound", "with sound",
    ),
    Meaning(Command.SETTINGS, "không ảnh"): (
        "không ảnh", "không kèm ảnh", "không gửi ảnh", "đừng gửi ảnh", "bỏ ảnh", "tắt ảnh", "no photos",
        "no pictures", "without photos", "without pictures", "photos off",
    ),
    Meaning(Command.SETTINGS, "có ảnh"): (
        "kèm ảnh", "có ảnh", "gửi kèm ảnh", "bật ảnh", "with photos", "with pictures", "photos on",
    ),
    Meaning(Command.SETTINGS, "tin ngắn"): ("tin ngắn", "tin ngắn gọn", "short cards", "short news"),
    Meaning(Command.SETTINGS, "tin đầy đủ"): ("tin đầy đủ", "full cards"),
    Meaning(Command.LANGUAGE): ("đổi ngôn ngữ", "chọn ngôn ngữ", "change language", "other language"),
    Meaning(Command.LANGUAGE, "en"): (
        "english", "in english", "tiếng anh", "đổi sang tiếng anh", "chuyển sang tiếng anh", "speak english",
        "english please", "do you speak english", "switch to english", "change to english", "nói tiếng anh",
    ),
    Meaning(Command.LANGUAGE, "vi"): (
        "tiếng việt", "đổi sang tiếng việt", "chuyển sang tiếng việt", "nói tiếng việt", "vietnamese",
        "in vietnamese", "switch to vietnamese", "speak vietnamese",
    ),
    Meaning(Command.DATA): (
        "dữ liệu của tôi", "xem dữ liệu", "xem dữ liệu của tôi", "bot lưu gì về tôi", "my data",
        "what do you know about me", "what data do you store", "show my data",
    ),
    Meaning(Command.ERASE): (
        "xóa dữ liệu của tôi", "xóa hết dữ liệu", "xóa toàn bộ dữ liệu", "xóa thông tin của tôi",
        "xóa dữ liệu của em", "xóa dữ liệu cá nhân", "xóa dữ liệu cá nhân của tôi", "xóa tất cả dữ liệu",
        "xóa tất cả dữ liệu của tôi", "xóa hết dữ liệu của tôi", "xóa toàn bộ dữ liệu của tôi",
        "xóa hết thông tin", "xóa toàn bộ thông tin", "xóa tất cả thông tin", "xóa hết thông tin của tôi",
        "xóa toàn bộ thông tin của tôi", "xóa tất cả thông tin của tôi", "xóa mọi thông tin của tôi",
        "xóa thông tin của em", "xóa hết thông tin của em", "xóa thông tin cá nhân",
        "xóa thông tin cá nhân của tôi", "xóa hết thông tin cá nhân của tôi", "delete all my data",
        "erase all my data", "delete my information", "delete all my information",
        "rút lại sự đồng ý", "rút lại đồng ý", "tôi rút lại sự đồng ý", "quên tôi đi", "delete my data",
        "erase my data", "delete everything", "delete my account", "forget me", "withdraw consent",
        "withdraw my consent", "i withdraw my consent",
    ),
    # Of those who do not manage the bot, these are words to look for.
    Meaning(Command.PAUSE): (
        "tạm dừng gửi tin", "tạm dừng việc gửi tin", "tạm dừng phát tin", "tạm ngừng gửi tin",
        "tạm ngưng gửi tin", "pause sending", "pause the news", "pause all news",
    ),
    Meaning(Command.PRIVACY): (
        "chính sách quyền riêng tư", "bảo vệ dữ liệu cá nhân", "privacy policy", "privacy notice",
    ),
}  # fmt: skip


_ENDING = (
    "dừng", "ngừng", "ngưng", "tắt", "hủy", "bỏ", "thôi", "đừng gửi", "không nhận", "không muốn nhận",
    "không cần", "không cần nhận", "không muốn đọc", "không muốn xem", "không theo dõi", "dừng nhận",
    "ngừng nhận", "ngưng nhận", "dừng gửi", "ngừng gửi", "thôi nhận", "hủy nhận", "bỏ nhận", "bỏ theo dõi",
    "hủy theo dõi", "stop", "stop sending", "stop sending me", "stop the", "turn off", "no more",
    "don t send", "don t send me", "do not send me", "i don t want", "i do not want", "unsubscribe from",
)  # fmt: skip
_WANTING = (
    "nhận", "nhận tin", "nhận thông báo", "nhận bản tin", "theo dõi", "theo dõi tin", "đăng ký nhận",
    "đăng ký nhận tin", "đăng kí nhận tin", "đăng ký theo dõi", "đăng ký tin", "gửi tin cho tôi", "follow",
    "get", "get news", "receive", "receive news", "sign up for", "sign me up for", "subscribe me to",
)  # fmt: skip
_ASKING_HOW = (
    "làm sao", "làm sao để", "làm thế nào", "làm thế nào để", "làm cách nào", "làm cách nào để",
    "bằng cách nào", "cách", "cách để", "cách nào để", "phải làm sao để", "phải làm thế nào để",
    "hướng dẫn cách", "chỉ cách", "how do i", "how can i", "how to", "how do you",
)  # fmt: skip
_BEFORE_A_TOPIC = (
    "tin", "tin về", "tin của", "tin tức", "các tin", "về", "chuyên mục", "tin chuyên mục", "tin tức về",
    "bản tin", "news about", "news on", "any", "any more", "the", "topic",
)  # fmt: skip
_BEHIND_A_TOPIC = ("nữa", "news", "any more", "anymore", "topic")


def _each() -> Iterator[tuple[str, Meaning]]:
    for meaning, phrases in _PHRASES.items():
        yield from ((phrase, meaning) for phrase in phrases)
    for phrase in _PHRASES[_NEWEST]:
        yield from ((f"{phrase} {today}", _NEWEST_TODAY) for today in ("hôm nay", "today"))


_BOOK = Phrasebook(dict(_each()))
_ENDINGS, _WISHES, _HOW, _BEFORE, _BEHIND = (
    Phrasebook(dict.fromkeys(phrases, True))
    for phrases in (_ENDING, _WANTING, _ASKING_HOW, _BEFORE_A_TOPIC, _BEHIND_A_TOPIC)
)


def meaning_of(said: Words) -> Meaning | None:
    """Return what *said* asks for, if it is one of the phrases."""
    return next((meaning for each in readings(said) if (meaning := _BOOK.meaning(each))), None)


def ended_in(said: Words) -> Iterator[Words]:
    """Yield what may name a topic whose news *said* asks to stop: of "dừng tin quốc tế", "quốc tế"."""
    return _named_behind(_ENDINGS, said)


def wished_for_in(said: Words) -> Iterator[Words]:
    """Yield what may name a topic whose news *said* asks for: of "tôi muốn nhận tin quốc tế", "quốc tế"."""
    return _named_behind(_WISHES, said)


def asked_how(said: Words) -> Words:
    """Return what *said* asks how to do: of "làm sao để nhận tin mỗi sáng", "nhận tin mỗi sáng"."""
    return next((each[size:] for each in readings(said) if (size := _HOW.at_start(each))), ())


def _named_behind(book: Phrasebook[bool], said: Words) -> Iterator[Words]:
    for each in readings(said):
        if size := book.at_start(each):
            named = each[size:]
            while named:
                yield named
                yield named[: len(named) - _BEHIND.at_end(named)]
                named = named[_BEFORE.at_start(named) or len(named) :]

"""Every journey: each is made in both languages, in each of its places."""

from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import Command
from tests.journeys.steps import EVERYWHERE, SHARED, File, HandsIn, Journey, Says, Taps, Who, sees

MEETING = Journey(
    "somebody meets the bot, hesitates, agrees, and is told what is stored",
    (
        Says(Command.START, sees=sees("start-title", "start-about", "consent-data", "consent-question")),
        Taps(Verb.DECLINE, sees=sees("consent-declined")),
        Taps(Verb.OPEN, "topics", sees("topics-title", "topics-choose")),
        Taps(Verb.TOPIC, r".\.1\.quoc-te", sees("consent-question")),
        Taps(Verb.AGREE, "quoc-te", sees("subscribed")),
        Says(Command.START, sees=sees("start-subscribed")),
        Says(Command.DATA, sees=sees("data-title", "data-consent", "data-topic")),
        Says(Command.PRIVACY, sees=sees("privacy-responsible", "consent-data", "privacy-rights")),
    ),
)
LEAVING = Journey(
    "somebody has everything deleted",
    (
        Says(Command.DATA, sees=sees("data-none")),
        Says(Command.ERASE, sees=sees("data-none")),
        Says(Command.SUBSCRIBE, "quoc-te", sees("consent-question")),
        Taps(Verb.AGREE, sees=sees("subscribed")),
        Says(Command.DATA, sees=sees("data-chat", "data-passing")),
        Taps(Verb.ERASE, r"\?", sees("erase-confirm")),
        Taps(Verb.ERASE, "-", sees("erase-cancelled")),
        Says(Command.ERASE, sees=sees("erase-confirm")),
        Taps(Verb.ERASE, "!", sees("erased")),
        Says(Command.DATA, sees=sees("data-none")),
    ),
)
FROM_A_CHANNEL = Journey(
    "somebody comes from a channel by the deep link of a topic",
    (
        Says(Command.START, "quoc-te", sees("start-about", "consent-question")),
        Taps(Verb.AGREE, "quoc-te", sees("subscribed")),
        Says(Command.START, "trong-nuoc", sees("subscribed")),
    ),
)
CHOOSING = Journey(
    "topics are switched one by one and all together, stopped, and that is undone",
    (
        Says(Command.TOPICS, sees=sees("topics-title", "topics-choose")),
        Taps(Verb.TOPIC, r".\.1\.quoc-te", sees(toast="subscribed-toast")),
        Taps(Verb.TOPIC, r".\.0\.quoc-te", sees(toast="unsubscribed-toast")),
        Taps(Verb.ALL_TOPICS, r".\.1", sees(toast="subscribed-all-toast")),
        Says(Command.UNSUBSCRIBE, sees=sees("unsubscribed-title", "unsubscribed")),
        Taps(Verb.UNDO, sees=sees("undone")),
        Taps(Verb.ALL_TOPICS, r".\.0", sees("unsubscribed-title")),
        Says(Command.UNSUBSCRIBE, sees=sees("unsubscribe-nothing")),
        Says(Command.SUBSCRIBE, "trong-nuoc", sees("subscribed")),
        Taps(Verb.OPEN, "latest", sees(words="Hội nghị số 7")),
    ),
    SHARED,
)
CHOOSING_AT_HOME = Journey(
    "a person who has agreed does the same",
    (
        Says(Command.SUBSCRIBE, sees=sees("consent-question")),
        Taps(Verb.AGREE, sees=sees("consent-thanks", "subscribe-title")),
        *CHOOSING.steps,
    ),
)
READING = Journey(
    "the latest articles are paged through",
    (
        Says(Command.LATEST, "2", sees(words=("Hội nghị số 7", "Hội nghị số 6"))),
        Taps(Verb.OLDER, sees=sees(words=("Hội nghị số 5", "Hội nghị số 4"))),
        Says(Command.LATEST, "3 trong-nuoc", sees(words="Hội nghị số 5")),
        Says(Command.LATEST, "không-có-chuyên-mục", sees("topic-unknown")),
    ),
    EVERYWHERE,
)
READING_ALL = Journey(
    "an article is read in full, page by page",
    (
        Says(Command.LATEST, "1", sees(words="Hội nghị số 7")),
        Taps(Verb.READ, sees=sees(words="Đoạn 1.")),
        Taps(Verb.READ, r"\d+\.1\.", sees(words="Đoạn")),
        Says(Command.READ, "2", sees(words=("Hội nghị số 6", "Nội dung.", "Toàn cảnh.", "Đại biểu."))),
    ),
)
SEEING = Journey(
    "the photos of an article are looked at",
    (
        Says(Command.LATEST, "2", sees(words="Hội nghị số 6")),
        Taps(Verb.PHOTOS, sees=sees(words=("Toàn cảnh.", "Đại biểu."))),
        Says(Command.PHOTOS, "so 6", sees(words=("Toàn cảnh.", "Đại biểu."))),
        Says(Command.PHOTOS, "1", sees("photos-none")),
        Says(Command.START, "anh_6", sees(words="Toàn cảnh.")),
    ),
)
LISTENING = Journey(
    "an article is listened to",
    (
        Says(Command.LATEST, "2", sees(words="Hội nghị số 6")),
        Taps(Verb.LISTEN, "6", sees(words="Hội nghị số 6")),
        Says(Command.LISTEN, "số 6", sees(words="Hội nghị số 6")),
    ),
)
LISTENING_IN_A_GROUP = Journey(
    "a group is led to the private chat to listen to an article",
    (Says(Command.LISTEN, sees=sees("voice-in-private")),),
    SHARED,
)
READING_FROM_A_CHANNEL = Journey(
    "somebody comes from a channel by the deep link of an article",
    (
        Says(Command.START, "doc_7", sees(words="Đoạn 1.")),
        Taps(Verb.READ, r"7\.1\.", sees(words="Đoạn")),
        Says(Command.START, sees=sees("start-about", "consent-question")),
    ),
)
SAVING = Journey(
    "an article is saved from its card, opened from the list, and taken off it",
    (
        Says(Command.SAVED, sees=sees("saved-title", "saved-none")),
        Says(Command.LATEST, "1", sees(words="Hội nghị số 7")),
        Taps(Verb.SAVE, "7.1", sees("saved-needs-consent", "consent-title")),
        Taps(Verb.AGREE, r"luu_7", sees("consent-thanks", "saved-toast")),
        Taps(Verb.OPEN, "saved", sees("saved-count", "saved-tap", words="Hội nghị số 7")),
        Taps(Verb.SHOW, "7", sees(words="Hội nghị số 7")),
        Taps(Verb.SAVE, "7.0", sees(toast="unsaved-toast")),
        Says(Command.LATEST, "1", sees(words="Hội nghị số 7")),
        Taps(Verb.SAVE, "7.1", sees(toast="saved-toast")),
        Says(Command.SAVED, sees=sees("saved-count")),
        Taps(Verb.SAVED, r"0\.7", sees("saved-none", toast="unsaved-toast")),
    ),
)
FOLLOWING = Journey(
    "pages are followed, by an article and by an address, and no longer",
    (
        Says(Command.FOLLOW, sees=sees("follow-title", "follow-none")),
        Says(Command.FOLLOW, "https://agency.example/bieu-phi", sees("follow-needs-consent")),
        Taps(Verb.AGREE, sees=sees("consent-thanks")),
        Says(Command.FOLLOW, "https://agency.example/bieu-phi", sees("followed-now")),
        Taps(Verb.FOLLOW, r"\d+\.0", sees(toast="unfollowed-toast")),
        Says(Command.FOLLOW, "https://elsewhere.example/bieu-phi", sees("follow-not-ours")),
        Says(Command.READ, "2", sees(words="Hội nghị số 6")),
        Taps(Verb.FOLLOW_ARTICLE, "6", sees(toast="followed-toast")),
        Says(Command.FOLLOW, sees=sees("follow-count", "follow-until", words="Hội nghị số 6")),
        Says(Command.DATA, sees=sees("data-followed")),
        Says(Command.FOLLOW, sees=sees("follow-count")),
        Taps(Verb.FOLLOWED, r"0\.\d+", sees("follow-none", toast="unfollowed-toast")),
    ),
)
READING_IN_A_GROUP = Journey(
    "a group is led to the private chat for the text of an article",
    (Says(Command.READ, sees=sees("read-in-private")), Says(Command.PHOTOS, "2", sees("photos-in-private"))),
    SHARED,
)
FINDING = Journey(
    "articles are searched for, and one is shown",
    (
        Says(Command.SEARCH, sees=sees("search-how")),
        Says(Command.SEARCH, "hoi nghi", sees("search-found", "search-page", "search-tap")),
        Taps(Verb.SEARCH_PAGE, "1", sees("search-page")),
        Taps(Verb.SHOW, sees=sees(words="Hội nghị số")),
        Says(Command.SEARCH, "không ai viết thế", sees("search-none")),
    ),
    EVERYWHERE,
)
ASKING = Journey(
    "somebody does not know what to type",
    (
        Says(None, "👍", sees("hint")),
        Taps(Verb.OPEN, "help", sees("help-title", "help-commands", "help-data", "help-typing")),
        Says(Command.HELP, sees=sees("help-commands")),
        Taps(Verb.OPEN, "latest", sees(words="Hội nghị số 7")),
        Says(None, "không ai viết thế", sees("search-free-none")),
        Taps(Verb.OPEN, "unsubscribe", sees("unsubscribe-nothing")),
        Says(Command.SEARCH, sees=sees("search-how")),
        Says(None, "hội nghị", sees("search-found")),
        Says(None, "hội nghị số 7 ạ", sees("search-found", "search-help")),
        Says(None, "có tin gì mới không", sees(words="Hội nghị số 7")),
        Says(None, "cảm ơn nhé", sees("welcome")),
        Says(None, "nhận hết", sees("consent-question")),
        Says(None, "không ạ", sees("consent-declined")),
        Says(None, "nhận hết", sees("consent-question")),
        Says(None, "tôi đồng ý", sees("subscribed")),
        Says(None, "mỗi sáng 7 giờ", sees("settings-changed")),
        Says(None, "đừng gửi nữa", sees("unsubscribed-title")),
        Says(None, "xóa dữ liệu của tôi", sees("erase-confirm")),
        Says(None, "có", sees("erased")),
    ),
)
ASKING_IN_A_GROUP = Journey(
    "a group gets to know the bot",
    (
        Says(Command.START, sees=sees("channel-hello")),
        Says(Command.HELP, sees=sees("help-commands-group", "help-group")),
        Says(Command.PRIVACY, sees=sees("privacy-responsible")),
        Says(Command.DATA, sees=sees("private-only")),
        Says(Command.SAVED, sees=sees("private-only")),
        Says(Command.FOLLOW, sees=sees("private-only")),
        Says(Command.ERASE, sees=sees("private-only")),
        Says(Command.ADMINS, sees=sees("private-only")),
    ),
    SHARED,
)
LANGUAGE = Journey(
    "the language is changed and changed back",
    (
        Says(Command.LANGUAGE, sees=sees("language-choose")),
        Taps(Verb.LANGUAGE, "{foreign}"),
        Taps(Verb.LANGUAGE, "{spoken}", sees("language-set")),
    ),
    EVERYWHERE,
)
SETTING = (
    Says(Command.SUBSCRIBE, "trong-nuoc", sees("subscribed")),
    Says(Command.SETTINGS, sees=sees("settings-title", "settings-topics", "quiet", "form", "settings-how")),
    Taps(Verb.SETTINGS, r"t\.trong-nuoc", sees("settings-topic-how")),
    Taps(Verb.SCHEDULE, r"w\d07\.trong-nuoc", sees("timing", toast="toast-saved")),
    Taps(Verb.SCHEDULE, r"w607\.trong-nuoc", sees("timing", toast="toast-saved")),
    Taps(Verb.DIGEST_NOW, "trong-nuoc", sees(toast="digest-coming")),
    Taps(Verb.SETTINGS, "$", sees("settings-title")),
    Taps(Verb.SCHEDULE, r"d07\.\*\.", sees("settings-title", "timing", toast="toast-saved")),
    Taps(Verb.SETTINGS, "f", sees("settings-form-how")),
    Taps(Verb.PREFER, "brief", sees("settings-form-how", toast="toast-saved")),
    Taps(Verb.SETTINGS, "$", sees("settings-title", "form")),
    Taps(Verb.SETTINGS, "q", sees("settings-quiet-how")),
    Taps(Verb.PREFER, r"mode\.wait", sees("quiet", toast="toast-saved")),
    Taps(Verb.SETTINGS, "$", sees("settings-title")),
    Taps(Verb.SETTINGS, "z", sees("settings-zone", "settings-zone-how")),
    Taps(Verb.PREFER, r"zone\.Asia/Tokyo", sees("settings-zone", toast="toast-saved")),
    Says(Command.SETTINGS, "trong-nuoc 8h", sees("settings-changed", "settings-topics")),
    Says(Command.SETTINGS, "quiet 21:30-6:00", sees("settings-saved", "quiet")),
    Says(
        Command.SETTINGS, "filter trong-nuoc: hoi nghi -nhãn hiệu", sees("settings-changed", "filter-tried")
    ),
    Says(Command.SETTINGS, "xin chào", sees("settings-unclear")),
    Says(Command.TOPICS, sees=sees("topics-marks", "topic-pace")),
)
SETTING_IN_A_GROUP = Journey(
    "administrators choose when news comes and which of it",
    (
        *SETTING,
        Says(Command.SETTINGS, "filter", sees("filter-ask-group", "filter-how")),
        Taps(Verb.SETTINGS, r"t\.trong-nuoc", sees("filter-now")),
        Taps(Verb.FILTER, "-", sees("settings-changed", "filter-dropped")),
        Says(Command.UNSUBSCRIBE, sees=sees("unsubscribed-title")),
    ),
    SHARED,
)
SETTING_AT_HOME = Journey(
    "a person chooses when news comes and which of it",
    (
        Says(Command.SETTINGS, sees=sees("consent-question")),
        Taps(Verb.AGREE, sees=sees("consent-thanks")),
        *SETTING,
        Says(Command.SETTINGS, sees=sees("settings-title")),
        Taps(Verb.SETTINGS, r"t\.trong-nuoc", sees("filter-now")),
        Taps(Verb.FILTER, r"\?", sees("filter-ask", "filter-now", "filter-how")),
        Says(None, "?!", sees("filter-fault", "filter-ask")),
        Says(None, "hội nghị", sees("settings-changed", "filter-tried")),
        Taps(Verb.FILTER, "-", sees("settings-changed", "filter-dropped")),
        Says(Command.ERASE, sees=sees("erase-confirm")),
        Taps(Verb.ERASE, "!", sees("erased")),
    ),
)
WHOLE_TEXTS = Journey(
    "a person has full texts in one message",
    (
        Says(Command.SETTINGS, sees=sees("consent-question")),
        Taps(Verb.AGREE, sees=sees("consent-thanks")),
        Says(Command.SETTINGS, sees=sees("settings-title")),
        Taps(Verb.SETTINGS, "f", sees("settings-form-how", "settings-whole-text-how")),
        Taps(Verb.PREFER, "whole_text", sees("settings-form-how", toast="toast-saved")),
        Says(Command.READ, "2", sees(words=("Hội nghị số 6", "Nội dung."))),
        Says(Command.ERASE, sees=sees("erase-confirm")),
        Taps(Verb.ERASE, "!", sees("erased")),
    ),
)
ADMINS = Journey(
    "an owner appoints an admin, changes the role, limits it to a topic, and dismisses them",
    (
        Says(Command.ADMINS, sees=sees("admins-title", "admins-how")),
        Says(Command.ADMINS, "{other} Lan", sees("appoint-question", "role-about", "appoint-note")),
        Taps(Verb.ADMINS, sees=sees("admins-title")),
        Says(Command.ADMINS, "{other} Lan", sees("appoint-question")),
        Taps(Verb.APPOINT, r"{other}\.reader", sees("admin-appointed", "admin-roles")),
        Says(Command.ADMINS, "{other}", sees("admin-already", "admin-roles", "admin-since")),
        Taps(Verb.ADMIN_ROLE, r"{other}\.feeds\.1", sees("admin-roles", toast="toast-saved")),
        Taps(Verb.ADMIN_ROLE, r"{other}\.reader\.0", sees("admin-roles", toast="toast-saved")),
        Taps(Verb.ADMIN_ROLE, r"{other}\.feeds\.0", sees(toast="admin-needs-a-role")),
        Taps(Verb.ADMIN, r"{other}\.1", sees("admin-topics", "admin-topics-how")),
        Taps(Verb.ADMIN_TOPIC, r"{other}\.1\.quoc-te", sees("admin-topics", toast="toast-saved")),
        Taps(Verb.ADMIN_TOPIC, r"{other}\.1$", sees("admin-topics", toast="toast-saved")),
        Taps(Verb.ADMIN, r"{other}$", sees("admin-roles")),
        Taps(Verb.DISMISS, "{other}$", sees("admin-confirm")),
        Taps(Verb.ADMIN, r"{other}$", sees("admin-roles")),
        Taps(Verb.DISMISS, "{other}$", sees("admin-confirm")),
        Taps(Verb.DISMISS, r"{other}\.1", sees("admin-dismissed")),
        Says(Command.ADMINS, "ông Ba", sees("admin-not-an-id")),
        Says(Command.START, sees=sees("role-owner", "help-admin", "help-managing")),
    ),
    who=Who.OWNER,
)
_COME_AND_GONE = (
    Says(Command.ADMINS, "{other}", sees("appoint-question")),
    Says(None, "reader", sees("admin-appointed", "admin-roles")),
    Taps(Verb.DISMISS, "{other}$", sees("admin-confirm")),
    Taps(Verb.DISMISS, r"{other}\.1", sees("admin-dismissed")),
)
AUDIT = Journey(
    "an owner reads who did what, page by page",
    (
        *_COME_AND_GONE * 4,
        Says(Command.AUDIT, sees=sees("audit-title", "audit-line")),
        Taps(Verb.AUDIT, "1$", sees("audit-title", "audit-line")),
        Taps(Verb.AUDIT, sees=sees("audit-title", "audit-line")),
    ),
    who=Who.OWNER,
)
FIGURES = Journey(
    "an owner looks at the figures of some days",
    (
        Says(Command.FIGURES, sees=sees("figures-title")),
        Taps(Verb.FIGURES, "30", sees("figures-title")),
        Says(Command.FIGURES, "1000", sees("figures-usage")),
    ),
    who=Who.OWNER,
)
CHANNELS = Journey(
    "a channel is added, tried, paused, resumed and removed",
    (
        Says(Command.CHANNELS, sees=sees("channels-title")),
        Taps(Verb.CHANNEL_ADD, sees=sees("channel-ask-name", "channel-private")),
        Says(None, "@khong_co_kenh_nay", sees("channel-not-found")),
        Says(None, "@{channel}", sees("channel-verified", "channel-status")),
        Taps(Verb.CHANNEL_TOPIC, sees=sees("channel-topics", toast="subscribed-toast")),
        Taps(
            Verb.CHANNEL_SETTINGS,
            r"\d+\.st$",
            sees("settings-title", "settings-topics", "settings-choose"),
        ),
        Taps(Verb.CHANNEL_SETTINGS, r"\d+\.st\.f", sees("settings-form-how")),
        Taps(Verb.CHANNEL_SETTINGS, r"\d+\.sp\.brief", sees("settings-form-how", toast="toast-saved")),
        Taps(Verb.CHANNEL_SETTINGS, r"\d+\.st$", sees("form")),
        Taps(Verb.CHANNEL, sees=sees("channel-status")),
        Taps(Verb.CHANNEL_TEST, r"\d+$", sees("channel-test-shown", words="(Tin thử)")),
        Taps(Verb.CHANNEL_TEST, r"\d+\.1", sees("channel-status", toast="channel-test-sent")),
        Taps(Verb.CHANNEL_STATUS, r"\d+\.off", sees(toast="channel-paused-toast")),
        Taps(Verb.CHANNEL_STATUS, r"\d+\.on", sees(toast="channel-resumed-toast")),
        Taps(Verb.CHANNELS, sees=sees("channels-title", "channels-choose")),
        Taps(Verb.CHANNEL, sees=sees("channel-status")),
        Taps(Verb.CHANNEL_REMOVE, r"\d+$", sees("channel-remove-confirm")),
        Taps(Verb.CHANNEL_REMOVE, r"\d+\.1", sees(toast="channel-removed-toast")),
    ),
    who=Who.OWNER,
)
FEEDS = Journey(
    "feeds are looked at, polled, and held articles are decided about",
    (
        Says(Command.FEEDS, sees=sees("feeds-title", "feed-last-poll", "feed-held")),
        Taps(Verb.FEEDS),
        Taps(Verb.POLL, sees=sees(toast="feed-queued")),
        Taps(Verb.HELD_TITLES, sees=sees("hold-title", "hold-question", words="Bài bị giữ lại")),
        Taps(Verb.HOLD, "send", sees("hold-confirm")),
        Taps(Verb.HELD_TITLES, sees=sees("hold-title")),
        Taps(Verb.HOLD, "keep", sees("hold-title", "hold-decided")),
        Taps(Verb.WITHDRAW, "3", sees("withdrawal-confirm"), forced=True),
        Taps(Verb.WITHDRAW, "3.keep", sees("withdrawal-kept")),
    ),
    who=Who.OWNER,
)
FAILURES = Journey(
    "what could not be delivered is looked at and owed again",
    (
        Says(Command.FAILURES, sees=sees("failures-title", "failures-reason")),
        Taps(Verb.RETRY, r"\d+\.\w+$", sees("failures-confirm")),
        Taps(Verb.RETRY, r"\d+\.\w+\.1", sees(toast="failures-retried")),
        Taps(Verb.FAILURES),
    ),
    who=Who.OWNER,
)
PUBLISHING = Journey(
    "an article is stopped and resumed, and its recall thought better of",
    (
        Says(Command.PUBLICATIONS, sees=sees("publications-title", "publications-how")),
        Taps(Verb.STEP, r"\d+\.stop", sees("publication-state", toast="publication-toast")),
        Taps(Verb.PUBLICATIONS, sees=sees("publications-title")),
        Taps(Verb.STEP, r"\d+\.resume", sees("publication-state", toast="publication-toast")),
        Taps(Verb.STEP, r"\d+\.recall", sees("publication-recall-confirm")),
        Taps(Verb.PUBLICATION, sees=sees("publication-state", "publication-fate")),
        Taps(Verb.RESEND, r"\d+\.m", sees("resend-confirm")),
        Taps(Verb.RESEND, r"\d+\.m\.1", sees("publication-state", toast="resent")),
        Taps(Verb.RESEND, r"\d+\.f", sees("resend-confirm")),
        Taps(Verb.RESEND, r"\d+\.f\.1", sees("publication-state", toast="resent-failed")),
    ),
    who=Who.OWNER,
)
ANNOUNCING = Journey(
    "an announcement is written part by part, tried, foretold, released and recalled",
    (
        Says(Command.ANNOUNCE, sees=sees("announcement-ask")),
        Says(None, "hủy", sees("let-go")),
        Says(Command.ANNOUNCE, sees=sees("announcement-ask")),
        Says(None, "Nghỉ lễ\nCục nghỉ lễ hai ngày.", sees("announcement-title", "announcement-nowhere")),
        Taps(Verb.ANNOUNCEMENT, "d", sees("announcement-ask")),
        Says(None, "không có tài liệu", sees("announcement-fault", "announcement-ask")),
        Says(None, "Công văn: https://agency.example/cv.pdf", sees("announcement-title", words="Công văn")),
        Taps(Verb.ANNOUNCEMENT, "w", sees("announcement-ask")),
        Says(None, "https://agency.example/{spoken}", sees("announcement-page")),
        Taps(Verb.ANNOUNCEMENT, "a", sees("announcement-ask")),
        Says(None, "lúc nào cũng được", sees("announcement-fault", "announcement-ask")),
        Says(None, "8:00 1/1", sees("announcement-release-at")),
        Taps(Verb.ANNOUNCEMENT, "a", sees("announcement-ask")),
        Taps(Verb.DRAFT, r"o\.a", sees("announcement-title")),
        Taps(Verb.ANNOUNCEMENT, "e", sees("announcement-ask")),
        Says(None, "hằng tuần", sees("announcement-no-series", "announcement-ask")),
        Taps(Verb.DRAFT, r"l\.7", sees("announcement-ends")),
        Taps(Verb.ANNOUNCEMENT, "e", sees("announcement-ask")),
        Taps(Verb.DRAFT, r"x\.delete", sees("announcement-ends")),
        Taps(Verb.ANNOUNCEMENT, "p", sees("announcement-ask")),
        Says(None, "https://agency.invalid/anh.jpg", sees("announcement-no-photo")),
        Taps(Verb.ANNOUNCEMENT, "$", sees("announcement-title")),
        Taps(Verb.RELEASE, "p", sees("announcement-lacks")),
        Taps(Verb.DRAFT, r"u\.1", sees("announcement-urgent")),
        Taps(Verb.DRAFT, r"\+\.quoc-te", sees("announcement-topics")),
        Taps(Verb.RELEASE, "p", sees("announcement-release-question", words="Cục nghỉ lễ hai ngày.")),
        Taps(Verb.RELEASE, "t", sees("announcement-test", "announcement-tried")),
        Taps(Verb.RELEASE, "r", sees("announcement-released")),
        Taps(Verb.PUBLICATION, sees=sees("publication-state", "publication-fate", words="Nghỉ lễ")),
        Taps(Verb.STEP, r"\d+\.recall", sees("publication-recall-confirm")),
        Taps(Verb.STEP, r"\d+\.recall\.1", sees("publication-state", toast="publication-toast")),
    ),
    who=Who.OWNER,
)
ANNOUNCING_WITH_A_PHOTO = Journey(
    "a photo is sent for an announcement, seen in its preview, and taken away again",
    (
        Says(Command.ANNOUNCE, sees=sees("announcement-ask")),
        Says(None, "Nghỉ lễ", sees("announcement-title")),
        Taps(Verb.ANNOUNCEMENT, "p", sees("announcement-ask")),
        HandsIn(File.PHOTO, sees=sees("announcement-photo-taken", "announcement-photo")),
        HandsIn(File.PHOTO, sees=sees("announcement-photo-taken")),
        Taps(Verb.ANNOUNCEMENT, "p", sees("announcement-ask")),
        Taps(Verb.DRAFT, r"o\.p", sees("announcement-title")),
        Taps(Verb.RELEASE, "d", sees("announcement-dropped")),
    ),
    who=Who.OWNER,
)
ANNOUNCING_WITH_DOCUMENTS = Journey(
    "documents are sent for an announcement, one of them of no kind that is taken",
    (
        Says(Command.ANNOUNCE, sees=sees("announcement-ask")),
        Says(None, "Nghỉ lễ", sees("announcement-title")),
        HandsIn(File.DOCUMENT, sees=sees("announcement-document-taken", words="cong-van-12.pdf")),
        HandsIn(File.DOCUMENT, "tin.exe", sees("upload-fault")),
        HandsIn(File.DOCUMENT, "phu-luc.pdf", sees("announcement-document-taken")),
        Taps(Verb.DRAFT, r"\+\.quoc-te", sees("announcement-topics")),
        Taps(Verb.RELEASE, "p", sees("announcement-release-question", words=("cong-van-12", "phu-luc"))),
        Taps(Verb.RELEASE, "d", sees("announcement-dropped")),
    ),
    who=Who.OWNER,
)
DROPPING = Journey(
    "an announcement is dropped",
    (
        Says(Command.ANNOUNCE, sees=sees("announcement-ask")),
        Says(None, "Nghỉ lễ", sees("announcement-title")),
        Says(Command.ANNOUNCE, sees=sees("announcement-title", words="Nghỉ lễ")),
        Taps(Verb.RELEASE, "d", sees("announcement-dropped")),
    ),
    who=Who.OWNER,
)
APPROVING = Journey(
    "an article that waits is scheduled, taken back, rejected, put back, and rejected for a reason",
    (
        Says(Command.APPROVALS, sees=sees("waiting-title", "waiting-how", "waiting-state")),
        Taps(Verb.WAITING),
        Taps(Verb.WAITING_ONE, sees=sees("approval-awaiting", "approval-not-owed")),
        Taps(Verb.RELEASE_AT, r"\d+\.\d+\.\.", sees("release-time-question", "release-time-how")),
        Says(None, "xyz", sees("release-time-unclear", "release-time-question")),
        Says(None, "23:59", sees("approval-scheduled", "approval-approved-by")),
        Taps(Verb.WAITING_ONE, sees=sees("approval-scheduled")),
        Taps(Verb.ANSWER, r"\d+\.take-back", sees("approval-awaiting", toast="approval-toast")),
        Taps(Verb.WAITING_ONE, sees=sees("approval-awaiting")),
        Taps(Verb.EDIT, r"\d+\.\.", sees("edit-title", "edit-how")),
        Taps(Verb.EDIT, r"\d+\.t\.", sees("edit-ask")),
        Says(None, "Tiêu đề đã sửa", sees("source-edited", "source-title", words="Tiêu đề đã sửa")),
        Taps(Verb.EDIT, r"\d+\.r\.", sees("edit-done", "edit-title")),
        Taps(Verb.EDIT, r"\d+\.p\.", sees("edit-photos-none")),
        Taps(Verb.EDIT, r"\d+\.\.", sees("edit-title")),
        Taps(Verb.MOVE, r"\d+\.\.", sees("move-title", "move-how")),
        Taps(Verb.MOVE, r"\d+\.c\.quoc-te", sees("move-choice")),
        Taps(Verb.MOVE, r"\d+\.a\.", sees("edit-done", "edit-title")),
        Taps(Verb.MOVE, r"\d+\.\.", sees("move-title")),
        Taps(Verb.MOVE, r"\d+\.c\.quoc-te", sees("move-choice")),
        Taps(Verb.MOVE, r"\d+\.t\.", sees("edit-done", "edit-title")),
        Taps(Verb.EDIT_PHOTO, "1.1.99.trong-nuoc", sees(toast="approval-refused"), forced=True),
        Taps(Verb.DECIDE_SOURCE, "1.1.1", sees("source-decided-before"), forced=True),
        Says(Command.APPROVALS, sees=sees("waiting-title")),
        Taps(Verb.WAITING_ONE, sees=sees("approval-awaiting")),
        Taps(Verb.ANSWER, r"\d+\.reject", sees("reject-question")),
        Taps(Verb.REJECT, sees=sees("approval-outcome", toast="approval-toast")),
        Taps(Verb.PUT_BACK, sees=sees("approval-awaiting", toast="put-back-toast")),
        Taps(Verb.ANSWER, r"\d+\.reject", sees("reject-question")),
        Says(None, "Chưa có số liệu", sees("approval-outcome", "approval-reason", words="Chưa có số liệu")),
    ),
    who=Who.OWNER,
)
PAUSING = Journey(
    "a topic is paused and goes on",
    (
        Says(Command.PAUSE, sees=sees("pauses-title", "pauses-none", "pauses-how")),
        Taps(Verb.PAUSE, r"1\.topic\.", sees("pause-standing", toast="pause-begun")),
        Taps(Verb.PAUSES),
        Taps(Verb.PAUSE, r"0\.topic\.", sees("pauses-none", toast="pause-ended")),
    ),
    who=Who.OWNER,
)
SUPPORTING = Journey(
    "somebody who asks for help is looked up by their id, and their data stays in the end",
    (
        Says(Command.SUPPORT, sees=sees("support-how")),
        Says(None, "không phải mã số", sees("support-none")),
        Says(Command.SUPPORT, "4044041", sees("data-chat", "support-deliveries", "support-delivery")),
        Taps(Verb.SUPPORT, r"\d+\.e", sees("support-confirm")),
        Taps(Verb.SUPPORT, r"\d+$", sees("data-status", "support-deliveries")),
    ),
    who=Who.OWNER,
)
INVITING = Journey(
    "an invitation is made and taken, its member shut out, and another one revoked",
    (
        Says(Command.INVITATIONS, sees=sees("invitations-title", "invitations-choose")),
        Taps(Verb.INVITATIONS, "noi-bo", sees("invitations-how")),
        Taps(Verb.INVITE, r"7\.1\.", sees("invitation-made", "invitation-care", token=r"start[= ](\S+)")),
        Says(Command.START, "{token}", sees("invitation-offer", "consent-question")),
        Taps(Verb.AGREE, sees=sees("subscribed")),
        Says(Command.START, "{token}", sees("invitation-void")),
        Says(Command.INVITATIONS, sees=sees("invitations-title")),
        Taps(Verb.INVITATIONS, "noi-bo", sees("invitations-how")),
        Taps(Verb.MEMBERS, sees=sees("members-title", "members-how")),
        Taps(Verb.SHUT_OUT, r"\d+\.0", sees("member-confirm")),
        Taps(Verb.SHUT_OUT, r"\d+\.1", sees("membership-ended", toast="member-shut-out")),
        Says(Command.INVITATIONS, "noi-bo 7 ngay 10 nguoi", sees("invitation-made", "invitation-uses")),
        Taps(Verb.REVOKE, sees=sees(toast="invitation-revoked")),
        Says(Command.ERASE, sees=sees("erase-confirm")),
        Taps(Verb.ERASE, "!", sees("erased")),
    ),
    who=Who.OWNER,
)
CONSOLE = Journey(
    "a link into the console is given, and another one",
    (
        Says(Command.CONSOLE, sees=sees("console-link-title", "console-link-how")),
        Says(Command.CONSOLE, sees=sees("console-link-title", "console-link-how")),
    ),
    who=Who.OWNER,
)
MANAGING_IN_A_GROUP = Journey(
    "what is for managers is not said in a group",
    tuple(
        Says(command, sees=sees("private-only"))
        for command in (
            Command.CHANNELS,
            Command.FEEDS,
            Command.FAILURES,
            Command.INVITATIONS,
            Command.ANNOUNCE,
            Command.PUBLICATIONS,
            Command.APPROVALS,
            Command.PAUSE,
            Command.FIGURES,
            Command.AUDIT,
            Command.CONSOLE,
            Command.SUPPORT,
        )
    ),
    SHARED,
    Who.OWNER,
)

ON_TELEGRAM_ALONE = (LISTENING, LISTENING_IN_A_GROUP, WHOLE_TEXTS, ANNOUNCING_WITH_DOCUMENTS)
"""Those that take a messenger which plays recordings, or hands out files."""

JOURNEYS = tuple(each for each in globals().values() if isinstance(each, Journey))

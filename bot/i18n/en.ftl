# English texts, key by key as in vi.ftl. -publisher is the agency's name, from the configuration.

## A test installation

test-only = This is a test installation, which does not serve { $chat }; whoever runs it can add this id to the list of the test.
test-only-elsewhere =
    { $count ->
        [one] This is a test installation: one message to a person or group that is not listed for the test was not sent.
       *[other] This is a test installation: { $count } messages to persons or groups that are not listed for the test were not sent.
    }

## The card

card-date-minute = { $weekday }, { $date } | { $time }
card-date-day = { $weekday }, { $date }
weekday =
    { $day ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
weekday-inside =
    { $day ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
moment = { $time } on { $date }
time-of-day = { NUMBER($hour, minimumIntegerDigits: 2) }:{ NUMBER($minutes, minimumIntegerDigits: 2) }
span-of-hours = { $begin } to { $end }
card-attachments =
    { $count ->
        [one] Attached: { $names }
       *[other] { $count } files attached: { $names }
    }
card-document-issued = issued { $date }
card-document-effective = in force from { $date }
card-document-signer = signed by { $name }
digest-title =
    { $count ->
        [one] 📰 { -publisher }, { $date }: one new article
       *[other] 📰 { -publisher }, { $date }: { $count } new articles
    }
# Once a month, where some of the news were to come at once.
digest-ration = Only a limited number of messages can be sent at once each day; after that, news come together in a digest like this one.
digest-tap = Please choose the button with a number to read or save the article here.
digest-number = To read an article, please send its number.
digest-number-group = To read an article, please reply to this message with its number, or mention the bot with it.
card-open = 🔗 View on the website
# Where what was sent cannot be edited: a message of its own.
correction-note = ✏️ { -publisher } has corrected the article “{ $title }”.
correction-title = New title:
correction-summary = New summary: { $summary }
correction-files =
    Attached files: { $removed ->
        [0] { $added } added.
       *[other]
            { $added ->
                [0] { $removed } removed.
               *[other] { $added } added, { $removed } removed.
            }
    }
correction-photo = The photo of the article was replaced.
card-corrected = Corrected at { $moment }: { $changes }
corrected-part =
    { $part ->
        [title] new title
        [summary] new summary
       *[photo] new photo
    }
corrected-added =
    { $count ->
        [one] { $count } file added
       *[other] { $count } files added
    }
corrected-removed =
    { $count ->
        [one] { $count } file removed
       *[other] { $count } files removed
    }
removal-note = ❌ { -publisher } has taken down the article “{ $title }”. Please no longer rely on it.
ending-note = ⌛ The announcement “{ $title }” of { -publisher } is over.
card-ended = ⌛ (Over) { $title }
card-withdrawn = The agency has taken this article down.

## Greeting and consent

start-title = Welcome!
start-about =
    This is the automatic news service (a bot) of the { -publisher }. Whenever a new article appears under a topic that you have chosen, the bot sends you its title, summary and photo with a link to the article.
start-subscribed = You are subscribed to { $count ->
        [one] one topic
       *[other] { $count } topics
    }: { $topics }.
start-choose = You are not subscribed to any topic yet. Please choose “Topics” to begin.
start-identity = Your ID: { $user } (needed only if you are to become an administrator)
consent-title = Your consent to the processing of personal data
consent-controller =
    Personal data controller: { -publisher }. Purpose: to send you the news of the topics that you choose.
consent-data =
    The following data is kept: the ID of this conversation; its language; the topics that you subscribe to or are invited into (this may be sensitive personal data); when and how their news comes; how you are addressed; the words of your filters, if any; the articles that you save and the pages that you follow yourself; the time of your consent; the note that an administrator made when inviting or appointing you, if any; the list of news sent (kept for { $days } days). Apart from that note, the bot does not keep your name or telephone number and does not track what you read; what you write to the bot is deleted as soon as it has been dealt with. News is sent through { $platform }{ $abroad ->
        [yes] , whose servers are outside Viet Nam.
       *[no] .
    }
consent-question =
    Do you agree to receive news and to have the data above processed? Your consent is voluntary. At any time you can stop the news (/unsubscribe), see your data (/mydata), withdraw your consent and delete your data (/deletedata). Your other rights: /privacy.
consent-renewal =
    The personal data notice that you agreed to earlier has been extended. Your news goes on as before; please read the notice again and tell us whether you agree.
consent-thanks = Thank you for agreeing to receive our news.
consent-declined =
    Without your consent the bot will not send any news. At any time you can send /subscribe to subscribe or /latest to see the latest news.
button-agree = ✅ I agree
button-decline = Not now

## What the bot says about itself

# Messengers show it before a conversation begins and on the bot's own page; at most 512 and 120 characters.
bot-description = The automatic news service of { -publisher }. It sends new articles on the topics of your choice, at once or as a digest at the hour of your choice, and lets you search and read what has been published. Choose “Start” to begin.
bot-short-description = News from { -publisher }.

## Topics and subscriptions

subscribe-title = Subscribe
topics-title = Topics
topics-choose = Please choose a topic to subscribe or unsubscribe. Topics marked ✅ are delivered here.
topics-marks = Topics marked ⏰ are delivered as a digest; those marked 🔍 are filtered. To change this, please choose “Settings”.
topic-pace =
    About { $count ->
        [1] 1 article
       *[other] { $count } articles
    } a { $unit ->
        [day] day
        [week] week
       *[month] month
    }
topics-none = There are no topics yet.
topics-paused = Delivery to this chat has been paused by the bot’s administrators; your choice is saved all the same.
subscribed =
    Subscribed. { $private ->
        [yes] You will receive new articles on: { $topics }. You can send /unsubscribe at any time to stop.
       *[no] The group will receive new articles on: { $topics }. Its administrators can send /unsubscribe at any time to stop.
    }
subscribed-daily = News come together as one digest, daily at { $hour } o'clock. It can be changed by typing, for example “settings daily 19:00” or “settings at once”.
subscribed-toast = Subscribed: { $topic }
subscribed-all-toast = Subscribed to all topics
unsubscribed-toast = Unsubscribed: { $topic }
unsubscribed-title = Unsubscribed
unsubscribed = From now on, no more news will be sent here on: { $topics }.
stop-topic-question = Would you like to stop receiving news of “{ $topic }”? Other topics stay as they are.
button-stop-topic = Stop this topic
unsubscribe-nothing = This chat has no subscriptions.
undone = Subscribed again: { $topics }.
topic-unknown = There is no topic “{ $words }”. Please choose one of the options below.
topic-gone = This topic is no longer available.
button-all = Subscribe to all
button-none = Unsubscribe from all
button-undo = ↩️ Subscribe again

## Latest news

latest-none = There is no news yet. As soon as there is, the bot will send it to its subscribers.
latest-none-today = There is no news today so far. These are the most recent articles.
latest-end = There is no older news.
latest-most = No more than { $most } articles are sent at a time. To go on, choose “Show older news” below the last one.
button-more = Show older news

## Search

search-how =
    Please send the words to look for, for example: `{ $command } intellectual property`. Diacritics may be left out.
    For a more exact search:
    • put a phrase in quotation marks: `{ $command } “Đảng ủy”`
    • add a time: `{ $command } patent month 8/2017`, `year 2017`, or `from 01/08/2017 to 31/08/2017`
    • add a topic at the end: `{ $command } patent topic: domestic`
search-help = To see how to use the bot, send `{ $command }`.
search-free-none = Sorry, the bot found no article with these words. It is an automatic service and nobody reads messages here. You can try again with fewer words, or choose one of the options below.
search-found =
    { $more ->
        [yes] More than { $count } articles were found; these are the best matches.
       *[no] { $count ->
            [one] One article was found.
           *[other] { $count } articles were found.
        }
    }
search-page = Page { $page }/{ $pages }
search-tap = Choose a number to see the article.
search-none = No article was found. Please try fewer words, or leave out the time or the topic.
article-no-number = There is no article number { $number }. Number 1 is the latest article.
search-no-such-date = There is no date “{ $date }”. Please check the day, the month and the year.
article-gone = This article is no longer stored.
button-search = 🔎 Search

## The full text

article-author = By: { $name }
article-source = Source: { $name }
page-author = { -publisher }
article-attachments =
    { $count ->
        [one] Attached:
       *[other] { $count } files attached:
    }
table-name = Table { $number }
table-name-captioned = Table { $number }. { $caption }
table-below = { $name } (see right below)
table-more = The table has more rows: please see them on the website.
whole-text-read-on = Read more on the website
read-in-private = So as not to interrupt the group, the full text of “{ $title }” opens in your private chat with the bot. Please choose “Full text” below.
ask-in-private = So as not to interrupt the group, the full text and the photos of “{ $title }” are to be seen in your private chat with the bot, or on the website.
read-corrected = The article has just been corrected, so it is sent again from the beginning.
button-read = 📖 Full text
button-listen = 🔊 Listen
voice-coming = Reading the article aloud…
voice-failed = This article could not be read aloud. Please try again later, or read its full text.
voice-none = Articles cannot be listened to here.
voice-in-private = So as not to interrupt the group, “{ $title }” is to be listened to in your private chat with the bot.
voice-unwelcome = Your privacy settings let nobody send you voice messages, so the article cannot be heard here.
voice-rest-in-text = Please read the rest of this article in its full text
photos-coming = Fetching the photos…
photos-on-page = The bot cannot send photos here. Please see them on the website.
photos-none = This article has no photos.
photos-lacking =
    { $count ->
        [one] One photo could not be fetched; please see it on the website.
       *[other] { $count } photos could not be fetched; please see them on the website.
    }
photos-more =
    { $count ->
        [one] The article has one more photo.
       *[other] The article has { $count } more photos.
    }
photos-in-private = So as not to interrupt the group, the photos of “{ $title }” open in your private chat with the bot. Please choose “Photos” below.
button-photos = 🖼 Photos ({ $count })
saved-title = Your saved articles
saved-none = You have not saved any articles. Choose “Save” below an article to keep it for later.
saved-count =
    { $count ->
        [one] One article
       *[other] { $count } articles
    }
saved-tap = Choose a number to open an article, or 🗑 to take it off the list.
saved-full = The list is full with { $count } articles. Please take some off it first.
saved-needs-consent = To save articles for you, the bot needs to keep some of your data.
button-saved = 🔖 Saved articles
saved-toast = Saved: “{ $title }”. Send /saved to see your list.
unsaved-toast = Taken off your list
button-save = 🔖 Save
button-unsave = 🔖 Saved (choose to remove)
follow-title = The pages that you follow
follow-none = You do not follow any pages.
follow-count =
    { $count ->
        [one] One page (of at most { $most })
       *[other] { $count } pages (of at most { $most })
    }
follow-until = Followed until { $moment }
follow-tap = Choose 🗑 and the number to stop following a page.
follow-how = To follow a page of the agency (fees, procedures, forms, an article), send the command with its address, for example: `/follow address-of-the-page`; or with the number of a recent article, for example: `/follow 1`. The bot looks at each page once a day, and tells you only when its text has changed.
follow-full = You follow { $count } pages already. Please send /follow to stop following some of them.
follow-not-ours = The bot can only follow pages of the websites whose news it sends. Please check the address.
follow-no-page = This article has no address that could be followed.
follow-needs-consent = To follow pages for you, the bot needs to keep some of your data. Once you have agreed, please choose or send it again.
followed-now = You now follow: { $title }. When the page changes you are told, at most once a day, for a year. Send /follow to see what you follow, or to stop.
followed-toast = You follow: “{ $title }”. Send /follow to see your list.
followed-on-toast = You follow this page for another year
unfollowed-toast = You do not follow this page any more
button-follow-article = 🔔 Follow this article
button-follow-on = 🔔 Follow on
button-unfollow = 🔕 Stop following
followed-changed = 🔔 A page that you follow has changed: “{ $title }”
followed-line =
    { $kind ->
        [added] ➕ Added: { $now }
        [removed] ➖ Removed: { $before }
       *[changed] ✏️ Changed: “{ $before }” → “{ $now }”
    }
followed-more =
    { $count ->
        [one] There is one more change; please open the page to see it.
       *[other] There are { $count } more changes; please open the page to see them.
    }
followed-ended =
    { $why ->
        [gone] The page “{ $title }” is not on the website of the agency any more. You do not follow it any longer.
        [unreadable] The bot cannot read the page “{ $title }”. You do not follow it any longer.
       *[over] You have followed the page “{ $title }” for a year, which is over now. Choose “Follow on” if you wish to go on.
    }
button-read-on = Read on ({ $page }/{ $pages }) ›

## Help

help-title = How to use this bot
help-commands =
    /subscribe – subscribe to topics
    /unsubscribe – stop receiving news at once
    /topics – see and choose topics
    /latest – see the latest news, for example: `latest 5`
    /search – search the articles, for example: `search patent`
    /read – read the full text of the latest article, or of the one you look for, for example: `read patent`
    /photos – see the photos of the latest article, or of the one you look for
    /saved – see the articles that you saved
    /follow – follow an article or a page of the agency, see the pages that you follow
    /settings – choose delivery times, quiet hours, filters and layout, for example: `settings daily 7:00`
    /language – change the language
    /help – show this help
help-commands-group =
    /subscribe – subscribe to topics
    /unsubscribe – stop receiving news at once
    /topics – see and choose topics
    /latest – see the latest news, for example: `/latest 5`
    /search – search the articles, for example: `/search patent`
    /read – read an article in full in a private chat, for example: `/read patent`
    /photos – see the photos of an article in a private chat
    /settings – choose delivery times, quiet hours, filters and layout, for example: `/settings daily 7:00`
    /language – change the language
    /privacy – read the personal data protection policy
    /help – show this help
help-data =
    /mydata – see the data that is kept
    /deletedata – delete all data
    /privacy – read the personal data protection policy
help-typing = You can also write as you would speak, without a slash, for example: `any news`, `subscribe`, `stop sending news`, `every morning 7:00`. Other words are searched for in the articles.
help-group =
    { $kept ->
        [yes] Only the person in charge of the group's news can change the topics that it receives. In a group the bot sees nothing but what mentions it or replies to it.
       *[no] Only administrators of the group can change the topics that it receives.
    }
help-admin = For administrators of the bot:
help-managing =
    { $command ->
        [channels] /channels – manage channels and groups
        [feeds] /feeds – see the state of the news sources
        [failures] /failures – see what could not be delivered, and send it again
        [invitations] /invite – invite people into a members-only topic
        [support] /recipient – see what a recipient subscribes to and got; unsubscribe or delete at their wish
        [approvals] /approvals – approve, schedule or reject waiting articles
        [announce] /announce – write and release an announcement
        [publications] /publications – stop, resume or recall an article
        [pause] /pause – pause the news of a topic, through an account, or all of it
        [admins] /admin – appoint and dismiss administrators
        [figures] /figures – see what was sent and who subscribed, by day
        [console] /console – get a link that opens the console in a browser
       *[audit] /audit – see who did what, and when
    }
hint =
    Sorry, the bot did not understand this. It is an automatic service, and nobody reads the messages sent here. Please choose one of the options below, or send /help for instructions.
let-go = All right. Please choose one of the options below whenever you like.
welcome = You are welcome.
spoken =
    { $command ->
        [search] search
        [settings] settings
       *[help] help
    }
button-stop = 🔕 Stop the news
button-topics = 📋 Topics
button-latest = 📰 Latest news
button-help = Help
command =
    { $command ->
        [start] About this news service
        [subscribe] Subscribe to topics
        [unsubscribe] Stop receiving news
        [topics] See and choose topics
        [latest] See the latest news
        [search] Search the articles
        [read] Read an article in full
        [photos] See the photos of an article
        [saved] See your saved articles
        [follow] Follow pages of the agency
       *[help] How to use this bot
        [settings] Delivery times, quiet hours, filters
        [language] Change the language (Đổi ngôn ngữ)
        [data] See the data that is kept
        [erase] Delete all data
        [privacy] Personal data protection policy
        [feeds] Administration: state of the feeds
        [channels] Administration: channels and groups
        [failures] Administration: failed deliveries
        [approvals] Administration: approve articles before release
        [announce] Administration: write and release announcements
        [publications] Administration: stop, resume, recall articles
        [pause] Administration: pause the news
        [invitations] Administration: invitations and members
        [support] Administration: help a recipient
        [admins] Administration: appoint and dismiss administrators
        [audit] Administration: audit log
        [figures] Administration: figures of news and subscriptions
        [console] Administration: open the console in a browser
    }

## Language

language-choose = Current language: English. Please choose a language. / Vui lòng chọn ngôn ngữ.
language-set = The language is now English.
language-name = English

## Common answers

only-group-administrators = Only administrators of the group can change this.
keeper-title = Who decides for this group?
keeper-why = { $platform } does not tell the bot who administers the group. So the first who agrees is in charge of its news: only that person and the administrators of the bot choose the topics and the time of the news, and whether they stop.
keeper-stored = If you agree, the bot stores your { $platform } ID and when you agreed, and no name. You can pass this on or give it up under /settings in the group; /deletedata in your private chat with the bot deletes the ID as well.
keeper-taken = You are now in charge of this group's news. Please choose the topics that the group is to receive.
keeper-declined = All right, nothing is stored. Whoever wants to be in charge can send /subscribe.
keeper-offered = Within { $minutes } minutes, the first member who sends /subscribe and agrees will be in charge of the group's news. Until then nothing changes.
keeper-kept = All right, the person in charge stays the same.
keeper-release-question = The bot will delete the ID of the person in charge. The topics that are subscribed to still come to the group, and the first who agrees will be in charge. Are you sure?
keeper-released = The ID of the person in charge was deleted. Nobody is in charge now; the topics that are subscribed to still come. Whoever wants to be in charge can send /subscribe.
only-group-keeper = Only the person in charge of the group's news and the administrators of the bot can change this.
button-keeper-take = I will be in charge
button-keeper-decline = No
button-keeper-offer = Pass on who is in charge
button-keeper-release = No longer be in charge
button-keeper-release-sure = Yes, delete the ID
button-keeper-keep = Leave it as it is
only-managers =
    { $role ->
        [owner] Only an owner of the bot can use this command.
       *[admin] Only an administrator of the bot can use this command.
    }
not-allowed = You are not permitted to do this.
private-only = This command works only in a private chat with the bot.
busy = The system is busy. Please try again in a few minutes.
failed = We are sorry; because of a system error, this request could not be completed. Please try again later.
button-stale = This choice is no longer valid. Please send the command again, or send /help for instructions.
flood-notice =
    { $minutes ->
        [one] The bot has received too many requests in a short time and will not answer for a minute.
       *[other] The bot has received too many requests in a short time and will not answer for { $minutes } minutes.
    } Thank you for your patience; /unsubscribe and /deletedata are still carried out at once.
menu-how = To choose, please send the number:
menu-how-on = To choose for this message, please send the number:
menu-how-group = To choose, please reply to this message with the number, or mention the bot with it:
menu-ways-on = You can also send: `news` · `topics` · `help`
menu-ways-on-group = You can also reply to this message with: `/latest` · `/topics` · `/help`
menu-let-go = If it is no longer needed, please send: `cancel` · `/help`
number-without-list = It is not clear which list number { $number } belongs to. Please choose the button with the number below the list, or send `search { $number }` to search for it.
number-for-question = Please choose a button below the last question, or answer “yes” or “no”.
menu-no-such-number = The last list does not have this number. Please send a number from { $first } to { $last }.
button-back = ‹ Back
button-cancel = No, keep it

## Administrators

admins-title = Administrators of the bot
admins-none = No administrator has been appointed yet.
admins-how =
    To appoint a person, please send /admin with their ID and, if you like, a note on who that is, for example: `admin { $example } Nguyen Van Nam`; the bot then asks for the role. The person sends “my id” to the bot to learn it. To change a role or to dismiss somebody, choose the name.
admin-appointed = { $user } is now an administrator.
admin-already = { $user } is already an administrator.
admin-dismissed = { $user } is no longer an administrator.
admin-not-an-id = “{ $words }” is not a valid ID. An ID looks like { $example }; those of groups and channels are of no use here.
admin-unknown = { $user } has not been appointed: the messenger does not know this ID. The person must send /start to the bot first.
admin-is-owner = { $user } is an owner of the bot and may do everything already.
admin-not-started = This person has not opened a conversation with the bot yet; on sending /start they will be told of their role.
admin-line = { $user }: { $roles }, since { $moment }
admin-gone = { $user } is not an administrator any more.
admin-confirm = Dismiss { $user } as an administrator? The administrators’ commands will no longer work for this person.
role-owner = You are an owner of this bot.
role-admin = You are an administrator of this bot, as: { $roles }.
admin-welcome = You have been appointed an administrator of this bot, as: { $roles }. Please send /help to see the commands for administrators.
admin-welcome-note = An owner of the bot has noted about you: “{ $note }”. The note is kept with your role, shown by /mydata, and deleted when the role ends.
appoint-question = Which role is { $user } to have?
appoint-note = The note is kept with the role; the person can see it. It is deleted at the dismissal.
role-name =
    { $role ->
        [owner] owner of the bot
        [publisher] publisher
        [editor] editor
        [feeds] feed manager
       *[reader] observer
    }
role-about =
    { $role ->
        [publisher] Publisher: approves, stops and withdraws news; manages channels, groups and members; helps recipients.
        [editor] Editor: sees and edits news before its release; does not approve it.
        [feeds] Feed manager: defines and checks the topics and news sources.
       *[reader] Observer: only sees the state of the sources and what could not be delivered.
    }
admin-roles = Roles: { $roles }
admin-topics = Topics in their charge: { $topics }
admin-topics-all = all
admin-topics-how = The roles hold for the chosen topics alone. An administrator of some topics does not manage channels and groups, since each of those may get several topics.
admin-since = Since { $moment }
admin-needs-a-role = There must be at least one role; to take them all away, choose “Dismiss”.
admin-needs-a-topic = There must be at least one topic.
button-admin-topics = Topics in their charge
button-every-topic = All topics
only-roles = This is for: { $roles }. You have not been given this right.
only-other-topics = This is about a topic that you are not in charge of. Please ask an owner of the bot.
button-dismiss = Dismiss administrator { $user }
button-dismiss-sure = Yes, dismiss

## Channels and groups

channel-hello =
    Hello! This is the automatic news service (a bot) of the { -publisher }. Administrators of the group, please send /subscribe to choose the topics that the group receives; the bot takes no part in other conversations here.
group-hello =
    Hello! This is the automatic news service (a bot) of the { -publisher }. To have news come to the group, please mention the bot with /subscribe and choose topics; the bot takes no part in other conversations here.
channel-added =
    The bot has been added to the { $kind ->
        [channel] channel
       *[group] group
    } “{ $title }” (by the user with ID { $user }).
channel-added-others =
    Before that, the same person added the bot to { $count ->
        [one] one more chat
       *[other] { $count } more chats
    } that you were not told of; send /channels to see them all.
channel-added-by-you =
    The bot has been added to the { $kind ->
        [channel] channel
       *[group] group
    } “{ $title }”.
channel-choose = Please choose the topics to be sent there.
channel-cannot-write = The bot is not allowed to post there yet. Please give it the right to post messages.
channels-title = Channels and groups
channels-none = There are no channels or groups yet.
channels-choose = Please choose the channel or group to manage.
channel-kind =
    { $kind ->
        [channel] Channel
       *[group] Group
    }
channel-status =
    Status: { $status ->
        [active] receiving news
        [idle] ready, no topics chosen yet
        [waiting] on hold until somebody writes there
        [paused] paused
       *[off] stopped, the bot is no longer allowed to post there
    }
channel-topics = Topics: { $topics }
channel-no-topics = Topics: none chosen
channel-ask-name =
    Please send the name of the channel or group, for example: @channelname. Before that, the bot must be made an administrator of the channel with the right to post messages.
channel-join =
    For the bot to send news to a group, the owner of the group opens { $link } and confirms. Then a member mentions the bot in the group together with /subscribe and agrees: that person decides about the news of the group, which is listed here from then on.
channel-join-closed = The messenger does not let this bot join groups at present; news is sent in private chats only.
channel-private = A private channel or group has no such name: just add the bot there, and it will ask here which topics to send.
channel-not-found =
    The bot cannot find the channel or group “{ $name }”. Please check the name and make sure that the bot has been added there.
channel-missing-rights = In “{ $title }” the bot still lacks the right to: { $rights }. Please grant it and choose “Check again”.
channel-missing-photos = The bot is not allowed to send photos there; news will be sent without photos.
right =
    { $right ->
        [post] post messages
       *[photos] send photos
    }
channel-verified = Checked: the bot has all necessary rights in “{ $title }”.
channel-gone = This channel or group is no longer on the list.
channel-test-sent = A test message has been sent.
channel-test = This is a test message from the { -publisher }. If you can see it, this chat is ready to receive news.
channel-paused-toast = Delivery paused
channel-resumed-toast = Delivery resumed
channel-refused-toast = Declined; the bot will not send news there
channel-remove-confirm =
    { $count ->
        [0] Remove “{ $title }” from the list? It receives no topic yet.
        [one] Remove “{ $title }” from the list? It will no longer receive news of one topic.
       *[other] Remove “{ $title }” from the list? It will no longer receive news of { $count } topics.
    }
channel-thread = Forum topic { $number }
channel-thread-topics = Forum topic { $number } receives: { $topics }
channel-test-mark = (Test message)
channel-test-shown = The message above is a test and was sent to you alone. You can send it to “{ $title }” to check the delivery.
channel-removed-toast = Removed from the list
button-add-channel = ➕ Add a channel or group
button-check-again = Check again
button-test-here = Send a test to me
button-test-there = Send the test to “{ $title }”
button-add-to-channel = Add the bot to a channel
button-add-to-group = Add the bot to a group
button-pause = ⏸ Pause
button-resume = ▶️ Resume
button-remove = Remove
button-remove-sure = Yes, remove it
button-refuse = Do not allow
channel-label = { $title } ({ $count })

## Settings

timing =
    { $timing ->
        [at_once] as soon as it is published
        [daily] daily digest at { NUMBER($hour, minimumIntegerDigits: 2) }:00
       *[weekly] weekly digest, { $weekday } at { NUMBER($hour, minimumIntegerDigits: 2) }:00
    }
filter = filter { $words }
quiet =
    { $mode ->
        [silent] Quiet hours: { $hours }; news arrives without a sound
        [wait] Quiet hours: { $hours }; news arrives when they are over
       *[none] Quiet hours: none
    }
form =
    Sound: { $silent ->
        [yes] off
       *[no] on
    }
    Photos: { $photo ->
        [yes] included
       *[no] left out
    }
    Cards: { $brief ->
        [yes] short
       *[no] full
    }
    Urgent news: { $urgent ->
        [yes] at once, even in quiet hours
       *[no] like any other news
    }
    Time zone: { $zone }
settings-title = Settings
settings-topics = Subscribed topics:
settings-no-topics = There are no subscriptions yet, so there are no delivery times or filters to choose. Please choose “Topics” to subscribe.
settings-choose = Please choose what you wish to change.
settings-how =
    You can also type, for example:
    • `{ $command } daily 7:00`
    • `{ $command } Monday 8:00`
    • `{ $command } quiet hours 21:30 to 6:00`
    • `{ $command } filter patent −trademark`
settings-form-how = Each item says how things are now; choose it to change that.
settings-whole-text-how = The full text of an article can come as one message, with headings, photos and tables in place. This needs a recent Telegram app; an older one shows a request to update instead.
settings-whole-text-none = Here, full texts can only come as ordinary messages.
saved-quiet =
    { $mode ->
        [silent] quiet hours { $hours }, news comes without a sound
        [wait] quiet hours { $hours }, news comes when they are over
       *[same] quiet hours { $hours }
    }
saved-quiet-off = quiet hours off
saved-switch =
    { $switch ->
        [silent] { $on ->
            [yes] news comes without a sound
           *[no] news comes with a sound
        }
        [photo] { $on ->
            [yes] news comes with a photo
           *[no] news comes without a photo
        }
        [brief] { $on ->
            [yes] short cards
           *[no] full cards
        }
        [whole_text] { $on ->
            [yes] full texts come as one message, with photos and tables in place
           *[no] full texts come as ordinary messages
        }
       *[urgent] { $on ->
            [yes] urgent news comes at once
           *[no] urgent news comes like any other
        }
    }
saved-zone = time zone { $zone }
saved-language = language English
settings-impossible =
    { $problem ->
        [weekday] There is no such day of the week. Please choose one from Monday to Sunday.
        [same-hours] Quiet hours must end at another time than they begin.
       *[hour] There is no such hour. Please choose an hour from 0 to 23.
    }
settings-unclear = The bot did not understand “{ $words }”.
settings-changed = ✅ Saved for { $topics }: { $what }.
settings-saved = ✅ Saved: { $what }.
settings-whole-hours = Digests go out on the hour only, so the time is set to { NUMBER($hour, minimumIntegerDigits: 2) }:00.
settings-all-topics = All subscribed topics
settings-topic-how = Please choose when the news should come. Choose an hour for one daily digest; add a weekday for a weekly one.
settings-all-how = What you choose below applies to every subscribed topic.
settings-quiet-how = During quiet hours, news arrives without a sound or waits until they are over.
settings-quiet-type = You can type other hours, for example: `{ $command } quiet hours 21:30 to 6:00`.
settings-zone-how = This time zone applies to quiet hours and digests.
settings-zone-type = You can type another place, for example: `{ $command } time zone Paris` or `{ $command } time zone +7`.
settings-zone = Current time zone: { $zone }
settings-zone-unknown = No time zone “{ $words }” was found.
settings-address-title = Form of address
settings-address = Vietnamese texts address you as “{ $form }”.
settings-address-how = Please choose how you want to be addressed.
settings-address-type = You can also type, for example, `{ $command } form of address { $form }`.
saved-address = the form of address “{ $form }” in Vietnamese texts
filter-ask = Please send the filter words for: { $topics }
filter-ask-group = Please type the command with the words to filter by, for example: `{ $command } filter { $topic }: patent −trademark`
filter-how =
    • Words side by side are a phrase, for example: `industrial design`
    • Separate alternatives with commas, for example: `patent, industrial design`
    • A minus sign leaves out articles with a phrase, for example: `−trademark`
    Words typed without diacritics match any spelling; words with diacritics match exactly.
filter-now = Current filter: { $words }
filter-tried =
    { $passed ->
        [0] { $count ->
            [one] The latest article does not match.
           *[other] None of the latest { $count } articles match.
        }
        [one] { $count ->
            [one] The latest article matches.
           *[other] Of the latest { $count } articles, one matches.
        }
       *[other] Of the latest { $count } articles, { $passed } match.
    }
filter-try-commas = For articles with any of several phrases, please put commas between them.
filter-dropped = all articles are delivered
filter-fault =
    { $fault ->
        [empty] The filter has no words.
        [too-long] The filter is longer than { $limit } characters.
        [too-many-phrases] The filter has more than { $limit } phrases.
        [phrase-too-long] A phrase has at most { $limit } words. Please put commas between the phrases.
       *[contradictory] The filter both requires and excludes the same phrase, so nothing would match.
    }
time-zone =
    { $zone ->
        [japan] Japan
        [korea] South Korea
        [taiwan] Taiwan
        [singapore] Singapore
        [australia] Australia (Sydney)
        [russia] Russia (Moscow)
        [germany] Germany
        [czechia] Czechia
        [britain] Britain
        [america-east] USA, east coast
        [america-west] USA, west coast
       *[vietnam] Viet Nam
    }
button-settings = ⚙️ Settings
button-every-morning = Every day at { $hour }:00
button-every-evening = Every day at { $hour }:00
button-at-once = As soon as published
button-daily = Daily
button-weekly = Weekly
button-digest-now = 📬 Get the waiting news now
digest-coming =
    { $count ->
        [0] No news is waiting
        [1] One waiting article is on its way
       *[other] { $count } waiting articles are on their way
    }
button-hour = { NUMBER($hour, minimumIntegerDigits: 2) }:00
button-weekday =
    { $day ->
        [1] Mo
        [2] Tu
        [3] We
        [4] Th
        [5] Fr
        [6] Sa
       *[7] Su
    }
button-filter = 🔍 Set a filter
button-filter-change = 🔍 Change filter
button-filter-drop = Remove filter
button-all-topics = Apply to all topics
button-quiet = 🌙 Quiet hours
button-zone = 🕰 Time zone
button-address = 🗣 Form of address: { $form }
button-address-usual = As usual
button-quiet-state =
    🌙 Quiet hours: { $on ->
        [yes] on
       *[no] off
    }
button-form = 🔔 Sound, photos, length
button-quiet-mode =
    { $mode ->
        [silent] Send without sound
       *[wait] Wait for the end
    }
button-quiet-begin = From { NUMBER($hour, minimumIntegerDigits: 2) }:00
button-quiet-end = To { NUMBER($hour, minimumIntegerDigits: 2) }:00
button-switch =
    { $switch ->
        [silent] 🔔 Sound: { $on ->
            [yes] off
           *[no] on
        }
        [photo] 🖼 Photos: { $on ->
            [yes] on
           *[no] off
        }
        [brief] 📝 Cards: { $on ->
            [yes] short
           *[no] full
        }
        [whole_text] 📖 Full text: { $on ->
            [yes] one message, laid out
           *[no] ordinary messages
        }
       *[urgent] 🚨 Urgent news: { $on ->
            [yes] at once
           *[no] like any other
        }
    }
toast-saved = Saved

## Invitations and members

invitations-title = Topics for members only
invitations-choose = Please choose a topic to create an invitation or to see its members.
invitations-no-topics =
    There is no members-only topic yet. To have one created, please ask whoever looks after the system.
invitations-label = { $topic } ({ $count ->
        [1] 1 member
       *[other] { $count } members
    })
invitations-open = Valid invitations:
invitations-none = There is no valid invitation.
invitations-how =
    To create an invitation, please choose how long it is valid and then the number of people. You can also type, for example: `invite internal 7 days 10 people`, or with a note on whom you invite: `invite internal for Nam, Registration Division`. Whoever is invited can see the note.
invitation-line = No. { $number }: { $left } of { $most } uses left, valid until { $moment }
invitation-made = Invitation No. { $number }: { $topic }
invitation-note = For: { $note }
invitation-uses =
    Valid for { $count ->
        [1] one person
       *[other] { $count } people
    }, until { $moment }.
invitation-care =
    Anyone who has this link can join the topic; please send it only to those it is meant for. For security, the link is shown here only once.
invitation-revoked = Invitation No. { $number } revoked
invitation-gone = This invitation was no longer valid
invitation-offer = You are invited to the members-only topic { $topic }.
invitation-void =
    This invitation cannot be used: it has expired, has reached its limit, or was revoked. Please ask its sender for a new one.
members-title = Members: { $topic }
members-none = There are no members yet.
members-how = Members are listed by the note of their invitation and by their IDs; the bot stores no other names. Anyone who is removed no longer receives or sees the topic.
member-line = { $member } (since { $moment })
member-confirm = Remove { $member } from the topic “{ $topic }”? The subscription and any news still waiting will be cancelled.
member-shut-out = Member removed
member-gone = This person is no longer a member
membership-ended = You are no longer a member of the topic “{ $topic }”; its news will no longer be sent here.
button-invite-days =
    { $count ->
        [1] 1 day
       *[other] { $count } days
    }
button-invite-uses =
    { $count ->
        [1] ➕ Invite 1 person
       *[other] ➕ Invite { $count } people
    }
button-revoke = Revoke invitation No. { $number }
button-members = 👥 Members ({ $count })
button-shut-out = Remove member { $member }
button-shut-out-sure = Yes, remove

## Figures

figures-title =
    { $weekly ->
        [yes] Figures of the past week ({ $since } to { $till })
       *[no] { $days ->
            [one] Figures of { $days } day ({ $since } to { $till })
           *[other] Figures of { $days } days ({ $since } to { $till })
        }
    }
figures-agency = { -publisher } · { $since } to { $till }
figures-nothing = There are no figures for this time yet.
figure =
    { $said ->
        [exactly] { $number }
        [few] < { $number }
       *[least] ≥ { $number }
    }
figures-released = Contents released: { $number }
figures-sent = Messages sent: { $number }
figures-corrected = Corrections sent: { $number }
figures-failed = Messages that could not be delivered: { $number }
figures-failed-reason =
    { $reason ->
        [chat-closed] the bot may not write there any more: { $number }
        [topic-closed] the topic of the group was closed or deleted: { $number }
        [message-refused] refused by the messenger: { $number }
        [too-old] too old: { $number }
        [given-up] set aside after many attempts: { $number }
        [no-edits] messages already sent could not be edited: { $number }
       *[other] other reasons: { $number }
    }
figures-subscribed = New subscriptions: { $number }
figures-ended = Subscriptions ended: { $number }
figures-ended-reason =
    { $reason ->
        [unsubscribed] stopped by the recipients: { $number }
        [removed] ended by administrators for channels or groups: { $number }
        [shut-out] no longer members: { $number }
        [erased] recipients had their data deleted: { $number }
        [dormant] not reachable for long: { $number }
        [closed] the topic of the group was closed: { $number }
        [topic-ended] the topic has ended: { $number }
       *[merged] two groups became one: { $number }
    }
figures-waits = From when an article was noted to when the messenger took a message sent at once: half within { $half }, 95% within { $most }, at most { $longest }.
figures-span =
    { $unit ->
        [seconds] { $count ->
            [one] { $count } second
           *[other] { $count } seconds
        }
        [minutes] { $count ->
            [one] { $count } minute
           *[other] { $count } minutes
        }
        [hours] { $count ->
            [one] { $count } hour
           *[other] { $count } hours
        }
       *[days] { $count ->
            [one] { $count } day
           *[other] { $count } days
        }
    }
figures-topic = • { $topic }: released { $released }, sent { $delivered }, new subscriptions { $subscribed }, ended { $ended }
figures-more =
    { $count ->
        [one] … and { $count } more topic
       *[other] … and { $count } more topics
    }
figures-few = In members-only topics, figures from 1 to 4 are shown as “< 5” only; a sum of which they are part is shown with “≥”.
figures-usage = Please send a number of days from 1 to { $most }, for example: `{ $command } 30`.
figures-chart =
    { $chart ->
        [news] { $days ->
            [1] Messages by day
           *[other] Messages by { $days } days
        }
       *[subscriptions] { $days ->
            [1] Subscriptions by day
           *[other] Subscriptions by { $days } days
        }
    }
figures-series =
    { $series ->
        [delivered] Sent
        [corrected] Corrections
        [failed] Not delivered
        [subscribed] New
       *[ended] Ended
    }
figures-thousands = ,
button-figures-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

## Helping recipients

support-how =
    Please send the id of the person or group that needs help. People learn theirs by sending “my id” or /mydata to the bot. Each look is written into the audit log, without this id.
support-none = Nothing is stored about this id.
support-threads = Several topics of this forum receive news. Please choose one.
support-title =
    { $kind ->
        [private] A person
        [channel] A channel
       *[group] A group
    }
support-deliveries = Latest deliveries
support-no-deliveries = No deliveries of late.
support-delivery =
    • { $moment } – { $title } – { $status ->
        [sent] sent
        [pending] waiting
        [rejected] refused by the messenger
        [expired] too old
        [set_aside] set aside
       *[cancelled] not sent
    }
support-confirm =
    { $step ->
        [erase] Delete everything about { $chat }, at their own wish? It is deleted at once and cannot be restored; the bot sends nothing more, and keeps only the time of the deletion and an encrypted proof of it ({ $proofs } days).
        [topic] End the subscription of { $chat } to “{ $topic }”, at their own wish?
       *[all] End all subscriptions of { $chat }, at their own wish?
    }
support-unsubscribed = Unsubscribed, at their wish.
support-not-subscribed = There is no such subscription any more.
support-told = As you asked, the support of { -publisher } has stopped the news of: { $topics }. If you did not ask for it, please send /subscribe to subscribe again.
support-erased = Everything was deleted, at their wish.
support-erases-no-manager = Nothing was deleted: this person manages the bot. An owner has to dismiss them first, or they send /deletedata themselves.
button-support-topic = Unsubscribe: { $topic }
button-support-all = Unsubscribe from everything
button-support-erase = Delete everything
button-support-thread = Topic { $thread }
button-support-no-thread = General
button-support-sure =
    { $step ->
        [e] Yes, delete
       *[u] Yes, unsubscribe
    }

## A topic ends or is merged

topic-merged = The topic “{ $topic }” of { -publisher } is now part of “{ $other }”. You go on receiving the news here, at the same times and with the same filters. To stop, please send /unsubscribe.
topic-ended = The topic “{ $topic }” of { -publisher } has ended: nothing more will be sent of it. Thank you for having followed it.
topic-offered = You can subscribe to “{ $other }”: please send “/subscribe { $other }”.
button-subscribe-instead = ✅ Subscribe to this topic

## Audit log

audit-title = Audit log
audit-none = No act of managing has been written down yet.
audit-line = • { $moment } – { $who }: { $what }
audit-who =
    { $place ->
        [api] programming interface ({ $user })
        [console] { $user } (console)
        [cli] command line ({ $user })
        [configuration] configuration file
        [service] the service itself
       *[chat] { $user }
    }
audit-what =
    { $action ->
        [admin-appointed] appointed the administrator { $about }
        [admin-noted] noted who the administrator { $about } is
        [admin-role-changed] changed the role of the administrator { $about }
        [admin-dismissed] dismissed the administrator { $about }
        [quarantine-decided] decided about the articles held from “{ $about }”
        [feed-added] added the feed “{ $about }”
        [feed-changed] changed the feed “{ $about }”
        [feed-removed] removed the feed “{ $about }”
        [feed-paused] paused the feed “{ $about }”
        [feed-resumed] resumed the feed “{ $about }”
        [feed-polled] had the feed “{ $about }” checked
        [topic-added] added the topic “{ $about }”
        [topic-changed] changed the topic “{ $about }”
        [topic-removed] removed the topic “{ $about }”
        [topic-merged] merged the topic “{ $about }” into another one
        [topic-ended] ended the topic “{ $about }”
        [invitation-made] made invitation { $about }
        [invitation-revoked] revoked invitation { $about }
        [member-removed] removed a member of the topic “{ $about }”
        [content-published] published “{ $about }”
        [document-uploaded] uploaded the document “{ $about }” for an announcement
        [announcement-proposed] proposed the announcement “{ $about }”
        [announcement-taken-back] took back the proposal of the announcement “{ $about }”
        [announcement-dropped] dropped the draft of the announcement “{ $about }”
        [announcement-ended] ended the announcement “{ $about }”
        [publication-approved] approved the article “{ $about }”
        [publication-rejected] rejected the article “{ $about }”
        [publication-taken-back] took the article “{ $about }” off the schedule
        [publication-put-back] put the article “{ $about }” back to await approval
        [publication-asked-anew] asked for approval of the article “{ $about }” anew, since it has changed
        [publication-edited] edited the article “{ $about }” before its release
        [source-restored] restored the original of the article “{ $about }”
        [source-taken] took the article “{ $about }” from its source
        [source-left] kept the edited version of the article “{ $about }”
        [publication-released] released the article “{ $about }”
        [publication-stopped] stopped the article “{ $about }”
        [publication-resumed] resumed the article “{ $about }”
        [publication-recalled] recalled the article “{ $about }”
        [publication-resent] sent “{ $about }” to more recipients
        [paused] paused the news: { $about }
        [unpaused] let the news go on: { $about }
        [channel-connected] connected the channel or group “{ $about }”
        [channel-topic-added] switched a topic on in “{ $about }”
        [channel-topic-removed] switched a topic off in “{ $about }”
        [channel-set] changed the settings of “{ $about }”
        [channel-digest-brought] sent what was waiting for “{ $about }”
        [channel-paused] paused “{ $about }”
        [channel-resumed] resumed “{ $about }”
        [channel-refused] refused “{ $about }”
        [channel-tested] sent a test message to “{ $about }”
        [channel-removed] removed the channel or group “{ $about }”
        [setting-changed] changed the setting “{ $about }”
        [setting-reset] took back what was set for “{ $about }”
        [api-key-created] created the access key “{ $about }”
        [api-key-revoked] revoked the access key “{ $about }”
        [deliveries-retried] sent failed deliveries again: “{ $about }”
        [chat-looked-up] looked up what { $about } subscribes to and got
        [chat-unsubscribed] ended subscriptions at the wish of { $about }
        [chat-erased] deleted data at the wish of { $about }
        [console-link-made] made a link into the console for { $about }
        [console-entered] signed in to the console (session { $about })
        [console-left] ended session { $about } of the console
       *[data-imported] imported data into { $about }
    }
audit-every =
    { $kind ->
        [database] the database
        [service] all of it
        [deliveries] all
        [chat] a recipient
       *[feed] all
    }
audit-change = { $name }: { $before } → { $after }
audit-value = { $name }: { $value }
audit-word =
    { $word ->
        [yes] yes
        [no] no
        [none] not set
        [active] active
        [paused] paused
        [off] off
        [send] send
        [keep] do not send
        [silent] without a sound
        [wait] wait until they end
        [at_once] at once
        [rejected] refused by the messenger
        [expired] too old
        [set_aside] set aside
        [one] one person
        [two] two different persons
        [remind] ask again
        [release] release it
        [drop] reject it
        [configured] configuration file
        [added] database
       *[other] { $value }
    }
audit-state =
    { $state ->
        [awaiting] awaiting approval
        [scheduled] scheduled
        [rejected] rejected
        [stopped] stopped
        [recalled] recalled
        [ended] over
       *[released] released
    }
audit-field =
    { $field ->
        [status] status
        [reason] reason
        [state] state
        [value] value
        [headline] title
        [summary] summary
        [lead-photo] lead photo
        [decision] decision
        [release-at] release at
        [approval] persons who approve
        [unanswered] if nobody answers
        [unanswered-after] time to answer (seconds)
        [bytes] size (bytes)
        [entries] articles held
        [sent] articles sent
        [topic] topic
        [topics] topics
        [roles] roles
        [scopes] permissions
        [prefix] begins with
        [noted] with a note
        [uses] people
        [uses-left] uses left
        [days] days
        [deliveries] deliveries
        [articles] articles
        [url] address
        [interval] interval (seconds)
        [language] language
        [quiet] quiet hours
        [quiet-mode] in quiet hours
        [urgent] urgent news
        [silent] silent
        [photo] with photo
        [brief] short messages
        [time-zone] time zone
        [address] form of address
        [schedule] delivery time
        [filter] filter
        [members-only] members only
        [hashtag] hashtag
        [file] file
        [origin] defined in
        [rows] rows
       *[name] name
    }

## News sources

feeds-title = State of the news sources
feeds-none = No news sources are configured yet.
feed-topic = Topic: { $topic }
feed-last-poll = Last check: { $moment }
feed-last-article = Last new article: { $moment }
feed-last-error = Last error ({ $moment }): { $error }
feed-address = Address: { $url }
feed-interval =
    { $unit ->
        [seconds] { $count ->
            [one] Checked every second
           *[other] Checked every { $count } seconds
        }
        [hours] { $count ->
            [one] Checked every hour
           *[other] Checked every { $count } hours
        }
       *[minutes] { $count ->
            [one] Checked every minute
           *[other] Checked every { $count } minutes
        }
    }
feed-failures = Failures in a row: { $count }
feed-next-poll = Next check: { $moment }
feed-paused = Paused
feed-held =
    { $count ->
        [one] One article is held back for a decision (since { $moment })
       *[other] { $count } articles are held back for a decision (since { $moment })
    }
feed-unverified = The address is not verified: no poll has succeeded yet
feed-never = none yet
feed-queued = A check has been requested; its result will be reported here.
feed-not-polled = This source is paused and is not checked.
feed-gone = This source no longer exists.
button-poll = 🔄 { $name }
feeds-how = To check a source now, please choose 🔄 with its name.
button-refresh = 🔄 Refresh

## Reports of what has ended

poll-ended =
    { $count ->
        [0] “{ $name }” was checked: nothing new.
        [one] “{ $name }” was checked: one new article.
       *[other] “{ $name }” was checked: { $count } new articles.
    }
poll-held =
    { $count ->
        [one] One article is held until somebody decides; send /feeds to see it.
       *[other] { $count } articles are held until somebody decides; send /feeds to see them.
    }
poll-failed = “{ $name }” could not be checked: { $error }.
poll-unheard = After { $minutes } minutes the check of “{ $name }” has not ended; send /feeds to see how it is.
withdrawal-ended = { $sent } of { $total } messages about “{ $title }” were withdrawn.
withdrawal-failed =
    { $count ->
        [one] One message could not be withdrawn: { $reason }.
       *[other] { $count } messages could not be withdrawn: { $reason }.
    }
withdrawal-left =
    { $count ->
        [one] One message stays as it is and cannot be withdrawn: it is part of a digest, or the bot can no longer write to the recipient.
       *[other] { $count } messages stay as they are and cannot be withdrawn: they are part of digests, or the bot can no longer write to the recipients.
    }
held-ended =
    { $count ->
        [one] The held articles of “{ $name }” have been sent: one message.
       *[other] The held articles of “{ $name }” have been sent: { $count } messages.
    }
held-failed =
    { $count ->
        [one] One message could not be sent: { $reason }.
       *[other] { $count } messages could not be sent: { $reason }.
    }
held-later =
    { $count ->
        [one] One message will come in a digest at the hour that was chosen.
       *[other] { $count } messages will come in digests at the hours that were chosen.
    }

## Reasons of errors

# Other programs have words of their own, which stand here only where there are no clearer ones.
reason =
    { $code ->
        [host-unknown] there is no server called { $host }; the address should be checked
        [unreachable] { $host } cannot be reached at present; the bot will try again
        [no-answer] { $host } did not answer within { $seconds } seconds; the bot will try again
        [broken-off] the connection broke off; the bot will try again
        [insecure] no secure connection to { $host }: its certificate has expired, is incomplete or is not valid; a technician should look at it
        [site-trouble] the source’s server is in trouble (code { $status }); the bot will try again
        [page-missing] there is no page at this address (code { $status }); the address should be checked
        [access-refused] the source does not let the bot in (code { $status }); the site’s operator should grant access
        [asked-too-often] the source says that it is asked too often (code { $status }); the bot will wait and try again
        [odd-answer] the source gave an answer that is not valid; the address should be checked
        [bad-address] the address is not valid and should be checked
        [empty] the source is empty
        [no-feed] what is at this address is not a valid source; the address should be checked
        [nothing-listed] no article was found on the source’s page; its layout may have changed
        [too-large] the source is too large to be read
        [our-fault] a fault in the bot’s own program; a technician should look at the log
        [message-refused] the messenger refused the message (in its words: { $words })
        [chat-closed] the recipient no longer lets the bot write
        [topic-closed] the topic of the group was closed or deleted
        [too-old] the message had waited for { $waited } hours and was no longer news
        [given-up] put aside because every attempt was interrupted; a technician should look at the log
        [no-edits] the messenger lets nobody change or delete a message that was sent
        [no-messages-left] the plan has no messages left for this
        [not-wanted] the recipient does not receive this any more
        [dry-run] this is a trial run: it was written to the log and not published
        [test-only] this is a test installation, and the recipient is not listed for the test
        [no-updates] the messenger cannot be reached at present; the bot will try again
        [account-refused] its token is no longer valid, or the account was deleted
        [database] in its own words: { $words }
       *[other] of unknown cause (in the original: { $words })
    }

## What could not be delivered

failures-title = Failed deliveries
failures-none = No delivery has failed.
failures-group =
    Not delivered to { $count ->
        [one] one chat
       *[other] { $count } chats
    } { $status ->
        [rejected] (refused by the messenger)
        [expired] (too old)
       *[set_aside] (set aside after many tries)
    }; most recent: { $moment }
failures-reason = Reason: { $reason }
failures-reasons =
    { $count ->
        [one] and one other reason
       *[other] and { $count } other reasons
    }
failures-retried = Deliveries to be sent again: { $count }
failures-reason-counted = • { $reason } ({ $count })
failures-out-of-reach =
    { $count ->
        [one] Apart from these, one message could not be delivered because its recipient blocked, removed or paused the bot; it is not sent again.
       *[other] Apart from these, { $count } messages could not be delivered because their recipients blocked, removed or paused the bot; they are not sent again.
    }
failures-confirm =
    { $count ->
        [one] Send “{ $title }” again to one recipient?
       *[other] Send “{ $title }” again to { $count } recipients?
    }
button-retry = 🔁 Send article { $number } again
button-retry-sure =
    { $count ->
        [one] Yes, send it to one recipient
       *[other] Yes, send it to { $count } recipients
    }

## Stopping, resuming, recalling, pausing

publications-title = The latest articles
publications-none = There are no articles yet.
publications-how = Please choose an article to see how it has been delivered, and to stop, resume or recall it.
publication-state =
    { $state ->
        [awaiting] ⏳ Awaiting approval since { $moment }
        [scheduled] 🕗 Scheduled for release (set at { $moment })
        [rejected] ✖ Rejected at { $moment }
        [stopped] ⏹ Stopped since { $moment }
        [recalled] 🗑 Recalled since { $moment }
        [ended] ⌛ Over since { $moment }
       *[released] ✅ Released at { $moment }
    }
waiting-title = Articles awaiting approval
waiting-none = No article awaits approval.
waiting-how = Please choose an article to read and approve it.
waiting-state =
    { $state ->
        [scheduled] 🕗 To be released at { $moment }
       *[awaiting] ⏳ Awaiting approval since { $moment }
    }
approval-awaiting = ⏳ This article awaits approval to be released in the topic “{ $topic }”. Please choose.
approval-urgent = It is urgent news.
approval-lacking = Two different persons must approve it; { $count } still missing (approved by: { $who }).
approval-release-at = Planned time of release: { $moment }.
approval-answer-by =
    { $then ->
        [release] Without an answer by { $moment } it will be released.
        [drop] Without an answer by { $moment } it will be rejected.
       *[remind] Without an answer by { $moment } the bot will ask again.
    }
approval-not-owed = It was there before the bot followed the feed: once approved it can be found, and is sent to nobody.
approval-scheduled = 🕗 This article is approved and will be released in the topic “{ $topic }” at { $moment }.
approval-approved-by = Approved by: { $who }.
approval-changed = The article has changed. Please look at it again and answer the new question.
approval-outcome =
    { $state ->
        [rejected] { $by ->
            [nobody] ✖ The article was rejected in the topic “{ $topic }”, since nobody answered in time.
            [mover] ✏️ { $who } moved the article out of the topic “{ $topic }” at { $moment }.
           *[people] ✖ { $who } rejected the article in the topic “{ $topic }” at { $moment }.
        }
        [stopped] ⏹ The article has been stopped since { $moment }.
        [recalled] 🗑 The article has been recalled since { $moment }.
       *[released] { $by ->
            [nobody] ✅ The article was released in the topic “{ $topic }” at { $moment }.
           *[people] ✅ The article was released in the topic “{ $topic }” at { $moment }. Approved by: { $who }.
        }
    }
approval-reason = Reason: { $reason }
reject-question = Reject “{ $title }”? Please send the reason (at most { $longest } characters), or reject without one. The reason is shown to the others who were asked, and stands in the audit log. Within { $days } days a rejected article can be put back.
reject-reason-too-long = The reason has more than { $longest } characters.
put-back-toast = The article awaits approval again
button-reject-sure = ✖ Reject without a reason
button-put-back = ↩ Put back
approval-refused = That cannot be done: the article’s state has changed.
approval-toast =
    { $state ->
        [awaiting] Your answer was noted
        [scheduled] The release is scheduled
        [rejected] The article is rejected
       *[released] Approved and released
    }
button-answer =
    { $answer ->
        [reject] ✖ Reject
        [take-back] ↩ Unschedule
       *[approve] { $state ->
            [scheduled] ✅ Release now
           *[awaiting] ✅ Approve
        }
    }
button-release-at =
    { $state ->
        [scheduled] 🕗 Another time
       *[awaiting] 🕗 Schedule
    }
source-edited = ✏️ Edited before its release.
source-title = Title in the source: { $title }
source-summary = Summary in the source: { $summary }
source-photo =
    { $has ->
        [photo] The source has another lead photo.
       *[none] The source has no lead photo.
    }
source-rest = The source has another text or other files.
source-changed-title = The source has changed after the release
source-changed-question = The article is out as it was edited. If it is taken from the source, the messages that were sent are corrected. Please choose.
source-taken = The article is taken from the source; the messages that were sent are being corrected.
source-left = The article stays as it was edited.
source-decided-before = That cannot be done: somebody has decided already, or the source has just changed once more.
button-source-take = Take it from the source
button-source-leave = Keep the edited version
button-edit = ✏️ Edit
button-edit-wish =
    { $wish ->
        [title] Edit the title
        [summary] Edit the summary
        [photo] Another photo
        [without-photo] No photo
        [urgent] Mark as urgent
        [not-urgent] Not urgent
       *[restore] Restore the original
    }
button-edit-photo = Photo { $number }
button-edit-topics = Other topics
move-title = The topics of the article
move-how = The article waits in the topics marked ✅. Please choose the one to add, to take away or to move it to.
move-choice =
    { $waits ->
        [yes] The article waits in this topic.
       *[no] The article is not in this topic. What is moved here is approved by the rule of this topic.
    }
button-move =
    { $step ->
        [alone] In this topic alone
        [add] In this topic as well
       *[take-away] No more in this topic
    }
edit-title = Editing before the release
edit-photo =
    { $has ->
        [photo] It has a lead photo.
       *[none] It has no lead photo.
    }
edit-how = After each edit the article must be approved anew. Please choose what to edit.
edit-ask =
    { $part ->
        [title] Please send the new title. It is now:
       *[summary] Please send the new summary. It is now:
    }
edit-flaw =
    { $flaw ->
        [empty] The title must not be empty.
        [no-topic] The article must have a topic at least.
        [title-too-long] The title must not be longer than { $longest } characters.
       *[summary-too-long] The summary must not be longer than { $longest } characters.
    }
edit-photos = The photos of the article. Please choose the lead photo.
edit-photos-none = The article has no other photo to choose.
edit-no-photo = This photo could not be fetched from the source. Please choose another one, or try again later.
edit-done =
    { $done ->
        [done] Edited; it must be approved anew.
        [same] Nothing has changed.
        [out] The article is released in another topic, and cannot be edited any more.
        [rejected] That cannot be done: the article was rejected in one of these topics. Whoever approves there can put it back.
       *[gone] That cannot be done: the article no longer waits to be released, or has just changed.
    }
button-waiting-one = Show the waiting article
release-time-question = When should the article “{ $title }” be released? Please choose or send the time.
release-time-how = Examples: `14:30`, `8 am tomorrow`, `Monday 14:30`, `8:00 28/11`.
release-time-unclear = The bot did not understand “{ $words }”.
release-time-passed = { $moment } is no moment to come within a year.
publication-fate = Sent to { $sent } chats; waiting for { $pending }; not sent to { $ended }.
publication-fanning-out = The list of recipients is still being made.
publication-recall-confirm =
    { $count ->
        [one] Recall the article “{ $title }”? It has been sent to one chat: the message will be deleted or replaced by a notice where the messenger allows it, and what has not been sent will not be sent any more. A recall cannot be undone.
       *[other] Recall the article “{ $title }”? It has been sent to { $count } chats: messages that were sent will be deleted or replaced by a notice where the messenger allows it, and what has not been sent will not be sent any more. A recall cannot be undone.
    }
publication-refused = This is not possible: the state of the article has changed.
publication-toast =
    { $step ->
        [stop] Stopping the article
        [resume] The article has been resumed
       *[recall] The article is being recalled; you will be told here how it ends
    }
button-manage = ⚙️ Stop or recall this article
resend-confirm =
    { $to ->
        [m] Send “{ $title }” to those who subscribe now and have not got it? Whoever has it gets no second copy.
       *[f] Send “{ $title }” once more to those whom it did not reach?
    }
resent = The article is on its way to those who have not got it
resent-failed = Recipients it is sent to again: { $count }
button-resend =
    { $to ->
        [m] 📨 Send to those without it
       *[f] 🔁 Send again where it failed
    }
button-resend-sure = Yes, send
button-publications = ‹ The latest articles
button-publication = Show article { $number }
button-step =
    { $step ->
        [stop] ⏹ Stop
        [resume] ▶️ Resume
       *[recall] 🗑 Recall
    }
button-step-numbered =
    { $step ->
        [stop] ⏹ Stop article { $number }
       *[resume] ▶️ Resume article { $number }
    }
button-recall-sure = Yes, recall it
pauses-title = Pausing the news
pauses-none = Nothing is paused.
pauses-how = News that is paused is kept and does not expire; people are still answered.
pause-standing =
    { $scope ->
        [everything] ⏸ All news: paused since { $moment }
        [account] ⏸ The account { $name }: paused since { $moment }
       *[topic] ⏸ The topic “{ $name }”: paused since { $moment }
    }
pause-begun = Pausing the news
pause-ended = News goes on
pause-refused = This is not possible: the state has changed.
button-pause-of =
    { $on ->
        [yes] { $scope ->
            [everything] ⏸ Pause everything
            [account] ⏸ Pause { $name }
           *[topic] ⏸ Pause “{ $name }”
        }
       *[no] { $scope ->
            [everything] ▶️ Resume everything
            [account] ▶️ Resume { $name }
           *[topic] ▶️ Resume “{ $name }”
        }
    }

## Alerts to the owners

alert-begun-title = ⚠️ Alert
alert-lasting-title = ⏳ Not resolved yet
alert-over-title = ✅ Back to normal
alert =
    { $kind ->
        [feed] The source “{ $name }” has not been reachable since { $moment }. Last error: { $error }
        [silent] The source “{ $name }” can be checked but has brought nothing new since { $moment }, which is unusually long.
        [empty] The source “{ $name }” can be checked but has listed nothing since { $moment }.
        [account] The account { $name } has been refused since { $moment }: { $error }
        [database] The database has not accepted any changes since { $moment }; until it does, the bot answers nobody. Error: { $error }
        [lost] The database is lost; the bot has stopped at { $moment } and sends nothing until the database is put back or a backup is restored. Reason: { $error }
        [updates] Messages to the account { $name } have not been received since { $moment }: { $error }
        [quota] The account { $name } has used { $count } of the { $most } messages of this month that are for news. { $forecast }
        [halted] The article “{ $name }” was stopped automatically at { $moment }, since the messenger refused too many of its messages as malformed. Please send /publications to look at it, resume it or recall it.
        [unreached] The urgent article “{ $name }”, released at { $moment }, has reached nobody on the account { $account }. Please send /failures to see why, and to send it again.
        [spent] The account { $name } has used all { $most } messages of this month that are for news. What is left waits until next month begins; people are still answered.
        [token] The access of the account { $name } has not been renewed since { $moment }, and ends on { $until }. Please have the application authorised anew before then.
        [users] The account { $name } may not write to some people: as far as the bot knows, { $count } of the { $most } places of its plan are used. { $places }
       *[backlog] { $count ->
            [one] One message is due and not sent; it has waited since { $moment }.
           *[other] { $count } messages are due and not sent; the oldest has waited since { $moment }.
        }
    }
alert-over =
    { $kind ->
        [feed] The source “{ $name }” (failing since { $moment })
        [silent] The source “{ $name }” brings news again (silent since { $moment })
        [empty] The source “{ $name }” lists its news again (empty since { $moment })
        [account] The account { $name } (refused since { $moment }); no pending messages were lost
        [database] The database (no changes accepted since { $moment })
        [halted] The article “{ $name }” (stopped automatically at { $moment }) has been dealt with
        [lost] The database (lost at { $moment })
        [updates] Receiving messages to the account { $name } (interrupted since { $moment })
        [token] The access of the account { $name } is renewed (not renewed since { $moment })
       *[backlog] Sending (late since { $moment })
    }
# The places of a plan; nothing is stored of people who have not agreed, so it is only counted how often.
alert-places =
    { $strangers ->
        [0] Waiting: { $waiting }. When somebody leaves, whoever of them writes first is served first.
       *[other] Waiting: { $waiting }. Answers this month that people who have not subscribed could not get: { $strangers }. When somebody leaves, whoever writes first is served first.
    }
quota-forecast = At this rate, the messages of this month last until day { $day } of the month.
quota-lasts = At this rate, the messages of this month last until the end of the month.
alert-more = … and { $count } more
# For subscribers, once, when a source of the topic was out of reach for a whole day.
feed-outage = The bot has not been able to reach “{ $name }” since { $moment }, so news on this topic may be late; once the site is back, the bot will go on sending it. We apologise for the inconvenience.
alert-what-to-do = Please send /feeds to see the state of the news sources.

## Personal data

data-title = The data that is kept
data-none = The bot keeps no data about this conversation.
data-chat = ID of this conversation: { $chat }
data-since = Kept since: { $moment }
data-language =
    Language: { $language ->
        [vi] Vietnamese
       *[en] English
    }
data-status =
    Status: { $status ->
        [active] active
        [waiting] on hold until you write again
        [paused] paused
       *[off] stopped
    }
data-address = Chosen form of address in Vietnamese: { $form }
data-topics = Subscribed topics:
data-topic = • { $topic } (since { $moment })
data-member = Member of the topic: { $topic } (since { $moment })
data-note = The administrator’s note: { $note }
data-stopped = Kept for a day so that you can subscribe again: { $topic }; { $what } (stopped at { $moment })
data-no-topics = Subscribed topics: none
data-consent = Agreed to receive news at { $moment } (version { $version } of the consent text)
data-no-consent = No consent to receive news
data-deliveries = List of news: { $sent } sent, { $pending } waiting to be sent, { $ended } not delivered
data-menu = The numbers to choose from in the message sent at { $moment } (kept for a day)
data-saved = Saved articles: { $count } (see them with /saved)
data-followed = Pages that you follow: { $count } (see them with /follow)
data-dormant = No subscriptions since { $moment }; after { $days } days the data will be deleted automatically
data-keeper = In charge of the news of the group { $group } since { $moment }
data-admin = Administrator of the bot ({ $roles }) since { $moment }
data-approvals = Answers about waiting articles: { $votes }; questions about them in this chat: { $questions }
data-session = Session of the console since { $moment } ({ $device })
data-audit =
    { $count ->
        [one] One line of the audit log has your ID
       *[other] { $count } lines of the audit log have your ID
    }: what you did, or what was done about your role as an administrator. So that the agency can answer for how it manages the bot, the log is kept for { $days } days and not deleted on request.
data-passing =
    What you write to the bot is deleted as soon as it has been dealt with.
erase-confirm =
    All data about this conversation will be deleted at once and cannot be restored; the bot will send no more news. All that is kept is the time of the deletion and an encrypted proof of it (for { $proofs } days), without the ID of this conversation or your name; it is used only to answer you if you ask whether the deletion was done. Are you sure?
erased = All data has been deleted. Thank you for your interest. Whenever you wish, send /start to begin again.
erase-cancelled = Your data has been kept.
privacy-title = Personal data protection policy
privacy-responsible =
    The { -publisher } is the controller of the personal data kept by this bot and processes it only to send the news that you subscribe to. News is sent through the messenger that you use ({ $platform }{ $abroad ->
        [yes] ; its servers are outside Viet Nam).
       *[no] ).
    } Apart from that, no data is passed on to third parties.
privacy-kept =
    How long data is kept: the list of news sent, { $days } days; topics just stopped and the numbers to choose from in the latest message, 1 day; the role of an administrator, if you have it, and the note of who you are, until it ends; the audit log (what administrators did, and when), { $audit } days; a question of the bot about a filter or a channel, until your next message; any other latest question of the bot, and a language chosen before you agreed, 1 day at most, in memory only and never in the database; all other data until you delete it, or until { $unsubscribed } days after you no longer subscribe to any topic, or until { $unreachable } days after the bot can no longer reach you.
privacy-rights =
    Under the Law on Personal Data Protection No. 91/2025/QH15 you have the right to be informed about the processing of your data; to consent, to refuse, and to withdraw your consent; to see, correct and obtain a copy of your data, to have it deleted, and to have its processing restricted; to object to its processing; and to complain, denounce, sue and claim damages as the law provides. See your data: /mydata; change it: /settings; stop the news: /unsubscribe; withdraw your consent and delete your data: /deletedata. These commands take effect at once. After a deletion, only its time and an encrypted proof are kept (for { $proofs } days), without the ID of the conversation or your name; they are used only to answer you if you ask whether the deletion was done.
privacy-contact = For other requests about your personal data, contact: { $contact }. You will be answered within 2 working days. Where you give your ID to be helped, those who help see the subscriptions, settings and latest deliveries of that ID; each look is written down.
button-erase = Delete all data
button-erase-sure = Yes, delete everything

## Decisions of those who manage the bot

hold-title = The source “{ $name }” seems to have replaced its whole list of articles
hold-question =
    { $count ->
        [one] It lists one new article and none of those recorded before. The article is held back and has not been sent to anyone. Please choose what to do.
       *[other] It lists { $count } new articles and none of those recorded before. The articles are held back and have not been sent to anyone. Please choose what to do.
    }
hold-confirm =
    { $count ->
        [one] Send the article of “{ $name }” to { $chats ->
            [one] one chat that receives
           *[other] { $chats } chats that receive
        } this topic?
       *[other] Send { $count } articles of “{ $name }” to { $chats ->
            [one] one chat that receives
           *[other] { $chats } chats that receive
        } this topic?
    }
hold-decided =
    { $decision ->
        [send] { $count ->
            [one] One article is being sent now.
           *[other] { $count } articles are being sent now.
        }
       *[keep] { $count ->
            [one] One article is kept and will not be sent.
           *[other] { $count } articles are kept and will not be sent.
        }
    }
hold-decided-before = This has already been decided.
button-hold-send =
    { $count ->
        [one] Send the article
       *[other] Send all { $count } articles
    }
button-hold-send-newest = Send the newest { $count }
button-hold-send-sure =
    { $count ->
        [one] Yes, send the article
       *[other] Yes, send { $count } articles
    }
button-hold-titles = See the titles ({ $count })
button-hold = ✋ Decide: { $name } ({ $count })
button-hold-keep = Keep only, do not send
withdrawal-title = An article may have been taken down by the agency
withdrawal-question =
    { $count ->
        [0] Its page is gone. The article was sent to nobody.
        [one] Its page is gone. The article was sent to one chat.
       *[other] Its page is gone. The article was sent to { $count } chats.
    }
withdrawal-confirm =
    { $count ->
        [0] Withdraw the article “{ $title }”? It was sent to nobody, and will not be released any more.
        [one] Withdraw the message about “{ $title }” from one chat?
       *[other] Withdraw the messages about “{ $title }” from { $count } chats?
    }
withdrawal-begun = The messages about this article are being withdrawn; the result will be reported here.
withdrawal-done-before = The messages about this article have already been withdrawn.
withdrawal-kept = The messages stay as they are.
button-withdraw =
    { $count ->
        [0] Withdraw the article
        [one] Withdraw the message
       *[other] Withdraw { $count } messages
    }
button-withdraw-sure =
    { $count ->
        [0] Yes, withdraw the article
        [one] Yes, withdraw the message
       *[other] Yes, withdraw { $count } messages
    }
button-withdraw-keep = Leave them

## Announcements

announcement-title = Writing an announcement
announcement-ask =
    { $part ->
        [p] Please send a photo, or its address, for example: `https://agency.gov.vn/photo.jpg`. Send `cancel` to leave it.
        [d]
            { $files ->
                [yes] Please send the documents as files, several if need be, or their addresses, one in each line with its name, for example: `Letter 12: https://agency.gov.vn/letter12.pdf`. Send `cancel` to leave it.
               *[no] Please send the addresses of the documents, one in each line with its name, for example: `Letter 12: https://agency.gov.vn/letter12.pdf`. The bot cannot receive files here. Send `cancel` to leave it.
            }
        [w] Please send the address of the announcement's page. Send `cancel` to leave it.
        [a] When is the announcement released? Please send an hour, perhaps with a day, for example: `14:30`, `8:00 tomorrow` or `8:00 31/12/2026`. Send `cancel` to leave it.
        [e] When is the announcement over? Please choose below, or send a date, perhaps with an hour, for example: `31/12/2026`, `17:00 Friday` or `17:00 31/12/2026`. Send `cancel` to leave it.
       *[t] Please send the announcement: the first line is its title, each line after it a paragraph. Nothing is sent before you choose “Release”. Send `cancel` to leave it.
    }
announcement-fault =
    { $part ->
        [p] Exactly one full address is needed, for example: `https://agency.gov.vn/photo.jpg`.
        [d] Each line needs exactly one full address; 10 documents at most.
        [w] Exactly one full address is needed, for example: `https://agency.gov.vn`.
        [a] This hour is not understood, or it has passed, or is further off than a year.
        [e] This date is not understood, or it is over, or further off than a year.
       *[t] The title, which is the first line, has at most 300 characters, and the text at most 20,000.
    }
upload-fault =
    { $fault ->
        [kind] The file “{ $name }” is of a kind that is not taken. These are: { $kinds }.
        [content] What the file “{ $name }” holds is not what its ending says. Please save it in the right format and send it again.
        [large] The file “{ $name }” is larger than { $megabytes } MB.
        [many]
            { $count ->
                [one] One file is taken at a time.
               *[other] At most { $count } files are taken at a time.
            }
        [together] An announcement comes with at most 10 documents.
        [photo] This picture cannot be read. Please send another one of less than 10 MB.
        [lost] This file could not be fetched. Please send it again.
       *[address] The bot has no public address from which files could be fetched. Please put the file on a website and send its address.
    }
announcement-no-series = An announcement is not repeated. Each is released once; please choose one date at which it is over.
announcement-no-photo = The photo at this address could not be had. The announcement is as it was.
announcement-photo-taken =
    { $had ->
        [photo] 🖼 The photo of the announcement has been replaced.
       *[none] 🖼 The photo has been added to the announcement.
    }
announcement-document-taken = 📎 “{ $name }” has been added. Documents with this announcement: { $count }.
announcement-none = No announcement is being written. Please send /announce to begin one.
announcement-dropped = The announcement was dropped. Nothing was sent.
announcement-topics = 📂 Topics: { $topics }
announcement-nowhere = 📂 No topic is chosen.
announcement-photo = 🖼 With a photo
announcement-page = 🔗 Page: { $address }
announcement-urgent = ❗ Urgent
announcement-release-at = 🕒 Released at { $moment }
announcement-ends =
    { $how ->
        [delete] ⌛ Over at { $moment }; what was sent is then deleted.
       *[note] ⌛ Over at { $moment }; what was sent then says so.
    }
announcement-lacks =
    { $lack ->
        [title] The announcement has no title.
        [topic] Please choose one topic at least.
        [release] The time of its release has passed; please choose another one.
       *[future] The time at which it is to be over has passed, or comes before its release; please choose another one.
    }
announcement-page-known = This page is an article of the bot already. Please choose another page, or go without one.
announcement-counting = Counting who would get it…
announcement-release-question = Above is the announcement as people will see it. Release it?
announcement-test = [TEST] { $title }
announcement-tried = The test above was sent to you alone.
announcement-released =
    { $state ->
        [awaiting] The announcement waits for approval in: { $topics }.
        [scheduled] The announcement will be released at { $moment } in: { $topics }.
       *[released] The announcement was released in: { $topics }.
    }
button-announcement-part =
    { $part ->
        [p] 🖼 Photo
        [d] 📎 Documents
        [w] 🔗 Page
        [a] 🕒 Time of release
        [e] ⌛ End
       *[t] ✏️ Text
    }
button-announcement-without =
    { $part ->
        [p] Without a photo
        [d] Without documents
        [w] Without a page
        [a] Release it at once
       *[e] Without an end
    }
button-announcement-urgent = Urgent
button-announcement-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
button-at-end =
    { $how ->
        [delete] Delete it when it is over
       *[note] Say “over” when it is
    }
button-announcement-step =
    { $step ->
        [p] 👁 Preview and forecast
        [t] Send a test to me
        [r] 📣 Release
       *[d] 🗑 Drop it
    }
button-announcement-back = ‹ Go on writing
button-announcement-show = See how it is going

## Forecast

forecast-title =
    { $count ->
        [one] Forecast: 1 chat gets it
       *[other] Forecast: { $count } chats get it
    }
forecast-nobody = Nobody has subscribed to these topics yet.
forecast-at-once =
    { $count ->
        [one] At once when it is released: 1 chat, in about { $takes }
       *[other] At once when it is released: { $count } chats, in about { $takes }
    }
forecast-silent = Of these without a sound: { $count }
forecast-digest = In a digest at { $moment }: { $count }
forecast-held = After quiet hours, at { $moment }: { $count }
forecast-later = At later times: { $count }
forecast-rationed = Beyond what may come at once today, in their next digest: { $count }
forecast-paused = When the pause is over: { $count }
forecast-waiting = Only when they write to the bot again: { $count }
forecast-filtered = Not at all, by their own filter: { $count }
forecast-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
forecast-hours = { $count } hours

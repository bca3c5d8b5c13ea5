# English texts, key by key as in vi.ftl. -publisher is the agency's name, from the configuration.

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
card-attachments =
    { $count ->
        [one] Attached: { $names }
       *[other] { $count } files attached: { $names }
    }
digest-title =
    { $count ->
        [one] 📰 Digest: { $count } new article
       *[other] 📰 Digest: { $count } new articles
    }
card-open = 🔗 Web page
card-withdrawn = The agency has taken this article down.

## Greeting and consent

start-title = Welcome!
start-about =
    This is an automatic news service (a bot), published by: { -publisher }. Whenever a new article appears under a topic that you have chosen, the bot sends you its title, summary and photo with a link to the article.
start-subscribed = You are subscribed to { $count ->
        [one] one topic
       *[other] { $count } topics
    }: { $topics }.
start-choose = You are not subscribed to any topic yet. Please choose “Topics” to begin.
start-identity = Your ID: { $user }
consent-title = Your consent to the processing of personal data
consent-controller =
    Personal data controller: { -publisher }. Purpose: to send you the news of the topics that you choose.
consent-data =
    The following data is kept: the ID of this conversation; its language; the topics that you subscribe to or are invited into (this may be sensitive personal data); when and how their news comes; the words of your filters, if any; the articles that you save yourself; the time of your consent; the list of news sent (kept for { $days } days). The bot does not keep your name or telephone number and does not track what you read; what you write to the bot is deleted as soon as it has been dealt with. News is sent through { $platform }{ $abroad ->
        [yes] , whose servers are outside Viet Nam.
       *[no] .
    }
consent-question =
    Do you agree to receive news and to have the data above processed? Your consent is voluntary. At any time you can stop the news (/unsubscribe), see your data (/mydata), withdraw your consent and delete your data (/deletedata). Your other rights: /privacy.
consent-renewal =
    The text about personal data that you agreed to earlier now says more. Your news goes on as before; please read the text again and tell us whether you agree.
consent-thanks = Thank you for agreeing to receive our news.
consent-declined =
    Without your consent the bot will not send any news. At any time you can send /subscribe to subscribe or /latest to see the latest news.
button-agree = ✅ I agree
button-decline = Not now

## Topics and subscriptions

subscribe-title = Subscribe
topics-title = Topics
topics-choose = Please choose a topic to subscribe or unsubscribe. The mark ✅ shows the topics that are received here.
topics-marks = The mark ⏰ shows what comes as a digest, 🔍 what has a filter. To change that, please choose “Settings”.
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
topics-paused = Delivery to this chat has been paused by the bot’s managers; your choice is kept all the same.
subscribed =
    Subscribed. { $private ->
        [yes] You will
       *[no] The group will
    } receive new articles of: { $topics }. Send /unsubscribe to stop at any time.
subscribed-toast = Subscribed: { $topic }
subscribed-all-toast = Subscribed to all topics
unsubscribed-toast = Unsubscribed: { $topic }
unsubscribed-title = Delivery stopped
unsubscribed = Unsubscribed from: { $topics }. From now on, their news will not be sent here.
unsubscribe-nothing = Nothing is subscribed here at present.
undone = Subscribed again: { $topics }.
topic-unknown = There is no topic “{ $words }”. Please choose from the list below.
topic-gone = This topic is no longer available.
button-all = Subscribe to all
button-none = Unsubscribe from all
button-undo = ↩️ Undo

## Latest news

latest-none = There is no news yet. As soon as there is, the bot will send it to its subscribers.
latest-end = There is no older news.
latest-most = The bot sends at most { $count } articles at a time. To go on, choose “Show older news” below the last one.
button-more = Show older news

## Search

search-how =
    Please send the words to look for, for example: `{ $command } intellectual property`. Diacritics may be left out.
    To be more exact:
    • put a phrase in quotation marks: `{ $command } "đảng ủy"`
    • add a time: `{ $command } patent month 8/2017`, `year 2017`, or `from 01/08/2017 to 31/08/2017`
    • add a topic at the end: `{ $command } patent topic: domestic`
search-help = To see how to use the bot, send `{ $command }`.
search-free-none = Sorry, the bot found no article with these words. It is an automatic service and nobody reads messages here. You can try again with fewer words, or choose one of the options below.
search-found =
    { $more ->
        [yes] More than { $count } articles were found; these fit best.
       *[no] { $count ->
            [one] 1 article was found.
           *[other] { $count } articles were found.
        }
    }
search-page = Page { $page }/{ $pages }
search-tap = Choose a number to see the article.
search-none = No article was found. Please try fewer words, or leave out the time or the topic.
article-gone = This article is no longer stored.
button-search = 🔎 Search

## The full text

article-author = Author: { $name }
article-source = Source: { $name }
article-attachments =
    { $count ->
        [one] Attached:
       *[other] { $count } files attached:
    }
read-in-private = So as not to interrupt the group, the full text of “{ $title }” is sent in your private chat with the bot.
read-corrected = The article has just been corrected, so it is sent again from the beginning.
button-read = 📖 Full text
photos-coming = Fetching the photos…
photos-none = This article has no photos.
photos-lacking =
    { $count ->
        [one] One photo could not be fetched; please see it on the web page.
       *[other] { $count } photos could not be fetched; please see them on the web page.
    }
photos-more =
    { $count ->
        [one] The article has one more photo.
       *[other] The article has { $count } more photos.
    }
photos-in-private = So as not to interrupt the group, the photos of “{ $title }” are sent in your private chat with the bot.
button-photos = 🖼 Photos ({ $count })
saved-title = Your saved articles
saved-none = You have not saved any articles. Choose “Save” below an article to keep it for later.
saved-count =
    { $count ->
        [one] One article
       *[other] { $count } articles
    }
saved-tap = Choose a number to open an article, 🗑 to take it off the list.
saved-full = The list is full with { $count } articles. Please take some off it first.
saved-needs-consent = To save articles for you, the bot needs to keep some of your data.
button-saved = 🔖 Saved articles
saved-toast = Saved. Send /saved to see your list.
unsaved-toast = Taken off your list
button-save = 🔖 Save
button-unsave = 🔖 Saved (choose to remove)
button-read-on = Read on ({ $page }/{ $pages }) ›

## Help

help-title = How to use this bot
help-commands =
    /subscribe – subscribe to topics
    /unsubscribe – stop receiving news at once
    /topics – see and choose topics
    /latest – see the latest news, for example: `latest 5`
    /search – search the articles, for example: `search patent`
    /read – the full text of the latest article, or of the one you look for, for example: `read patent`
    /photos – the photos of the latest article, or of the one you look for
    /settings – when news comes, quiet hours, filters, how it looks, for example: `settings daily 7h`
    /saved – the articles that you saved
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
    /settings – when news comes, quiet hours, filters, how it looks, for example: `/settings daily 7h`
    /language – change the language
    /privacy – privacy notice
    /help – show this help
help-data =
    /mydata – see the data that is kept
    /deletedata – delete all data
    /privacy – privacy notice
help-typing = You can also write as you would speak, without a slash, for example: `any news`, `subscribe`, `stop sending news`, `every morning 7h`. Other words are searched for in the articles.
help-group = Only administrators of the group can change the topics that it receives.
help-admin =
    For administrators of the bot:
    /channels – manage channels and groups
    /feeds – see the state of the feeds
    /failures – see what could not be delivered, and send it again
    /invite – invite people into a members-only topic
help-owner = /admin – appoint and dismiss administrators
hint =
    Sorry, the bot did not understand this. It is an automatic service and nobody reads messages here. Please choose one of the options below, or send /help for instructions.
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
       *[help] How to use this bot
        [settings] When news comes, quiet hours, filters
        [language] Change the language (Đổi ngôn ngữ)
        [data] See the data that is kept
        [erase] Delete all data
        [privacy] Privacy notice
    }

## Language

language-choose = Current language: English. Please choose a language. / Vui lòng chọn ngôn ngữ.
language-set = The language is now English.
language-name = English

## Common answers

only-group-administrators = Only administrators of the group can change this.
not-allowed = You are not permitted to do this.
private-only = This command works only in a private conversation with the bot.
busy = The system is busy. Please try again in a few minutes.
failed = We are sorry: a system error prevented this request. Please try again later.
button-stale = This choice is no longer valid. Please send the command again, or send /help for instructions.
flood-notice =
    { $minutes ->
        [one] The bot has received too many requests in a short time and will not answer for a minute.
       *[other] The bot has received too many requests in a short time and will not answer for { $minutes } minutes.
    } Thank you for your patience; /unsubscribe and /deletedata are still carried out at once.
menu-how = To choose, please send the number:
menu-no-such-number = The last list does not have this number. Please send a number from { $first } to { $last }.
button-back = ‹ Back
button-cancel = No, keep it

## Administrators

admins-title = Administrators of the bot
admins-none = Nobody has been appointed yet.
admins-how =
    To appoint a person, please send /admin with their ID, for example: /admin 123456789. The person sends “my id” to the bot to learn it.
admin-appointed = { $user } is now an administrator.
admin-already = { $user } is already an administrator.
admin-dismissed = { $user } is no longer an administrator.
admin-not-an-id = “{ $words }” is not a valid ID.
admin-welcome = You have been appointed an administrator of the bot. Please send /help to see the administrators’ commands.
button-dismiss = Dismiss { $user }

## Channels and groups

channel-hello =
    Hello! This is an automatic news bot, published by: { -publisher }. Administrators of the group, please send /subscribe to choose the topics that the group receives; the bot takes no part in other conversations here.
channel-added =
    The bot has been added to the { $kind ->
        [channel] channel
       *[group] group
    } “{ $title }” (by the user with ID { $user }).
channel-added-others =
    Before that, the same person added the bot to { $count ->
        [one] one more chat
       *[other] { $count } more chats
    } that you were not told of; see /channels.
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
        [paused] paused
       *[off] stopped, the bot may no longer post here
    }
channel-topics = Topics: { $topics }
channel-no-topics = Topics: none chosen
channel-ask-name =
    Please send the name of the channel or group, for example: @channelname. Before that, the bot must be made an administrator of the channel with the right to post messages.
channel-not-found =
    There is no channel or group “{ $name }” that the bot can see. Please check the name and make sure that the bot has been added there.
channel-missing-rights = In “{ $title }” the bot still lacks the right to: { $rights }. Please grant it and choose “Check again”.
channel-missing-photos = The bot may not send photos here; news will come without photos.
right =
    { $right ->
        [post] post messages
       *[photos] send photos
    }
channel-verified = Checked: the bot has all necessary rights in “{ $title }”.
channel-gone = This channel or group is no longer on the list.
channel-test-sent = A test message has been sent.
channel-test = This is a test message. Publisher: { -publisher }. If you can see it, this channel is ready to receive news.
channel-paused-toast = Delivery paused
channel-resumed-toast = Delivery resumed
channel-refused-toast = Declined; the bot will not send news there
channel-remove-confirm = Remove “{ $title }” from the list? All its subscriptions will be cancelled.
channel-removed-toast = Removed from the list
button-add-channel = ➕ Add a channel or group
button-check-again = Check again
button-test = Send a test message
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
        [daily] daily digest at { $hour }:00
       *[weekly] weekly digest, { $weekday } at { $hour }:00
    }
filter = filter: { $words }
quiet =
    { $mode ->
        [silent] Quiet hours: { $hours }, news comes without a sound
        [wait] Quiet hours: { $hours }, news comes when they are over
       *[none] Quiet hours: none
    }
form =
    Form of the news: { $silent ->
        [yes] without a sound
       *[no] with a sound
    }, { $photo ->
        [yes] with a photo
       *[no] without a photo
    }, { $brief ->
        [yes] short cards
       *[no] full cards
    }; urgent news { $urgent ->
        [yes] comes at once
       *[no] comes like any other
    }; time zone { $zone }
settings-title = Settings
settings-topics = Topics you receive:
settings-no-topics = No topic is subscribed to; when news comes, and which of it, is chosen for each subscribed topic.
settings-choose = Please choose what you wish to change.
settings-how =
    You can also type, for example:
    • `{ $command } daily 7h`
    • `{ $command } Monday 8h`
    • `{ $command } quiet hours 21:30-6:00`
    • `{ $command } filter patent ‑trademark`
settings-form-how = Each item says how things are now; choose it to change that.
clock =
    { $whole ->
        [yes] { $hour }:{ $minute }
       *[no] { $hour }:{ $minute }
    }
saved-quiet =
    { $mode ->
        [silent] quiet hours from { $begin } to { $end }, news comes without a sound
        [wait] quiet hours from { $begin } to { $end }, news comes when they are over
       *[same] quiet hours from { $begin } to { $end }
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
       *[urgent] { $on ->
            [yes] urgent news comes at once
           *[no] urgent news comes like any other
        }
    }
saved-zone = time zone { $zone }
saved-language = language English
settings-unclear = The bot did not understand “{ $words }”.
settings-changed = ✅ { $topics }: { $what }.
settings-saved = ✅ Saved: { $what }.
settings-whole-hours = Digests go out on the hour only.
settings-all-topics = All subscribed topics
settings-topic-how = Please choose when the news should come. With an hour, the news of the day comes as one digest; with a weekday too, once a week.
settings-all-how = What you choose below holds for every subscribed topic.
settings-quiet-how = In quiet hours news comes without a sound, or waits until they are over.
settings-quiet-type = You can type other hours, for example: `{ $command } quiet hours 21:30-6:00`.
settings-zone-how = The time zone of the quiet hours and of the digests.
settings-zone-type = You can type another place, for example: `{ $command } time zone Paris`, or `{ $command } time zone +7`.
settings-zone = Time zone now: { $zone }
settings-zone-unknown = There is no time zone “{ $words }”.
filter-ask = Please send the words to filter by, for: { $topics }
filter-ask-group = Please type the command with the words to filter by, for example: `{ $command } filter { $topic }: patent ‑trademark`
filter-how =
    • Words side by side are a phrase: `industrial design`
    • A comma lets through what has any of the phrases: `patent, industrial design`
    • A dash leaves out what has the phrase: `‑trademark`
    Words typed without diacritics match any; with diacritics they must match exactly.
filter-now = Filter now: { $words }
filter-tried =
    { $passed ->
        [0] Of the latest { $count } articles none would pass. For articles with any of several phrases, please put commas between them.
       *[other] Of the latest { $count } articles, { $passed } would pass.
    }
filter-dropped = all articles come
filter-fault =
    { $fault ->
        [empty] The filter has no words.
        [too-long] The filter is longer than { $limit } characters.
        [too-many-phrases] The filter has more than { $limit } phrases.
        [phrase-too-long] A phrase has at most { $limit } words. Please put commas between the phrases.
       *[contradictory] The filter asks for the same phrase that it leaves out, so that nothing would pass.
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
button-hour = { $hour }h
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
button-filter-drop = Drop filter
button-all-topics = Apply to all topics
button-quiet = 🌙 Quiet hours
button-zone = 🕰 Time zone
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
button-quiet-begin = From { $hour }:00
button-quiet-end = To { $hour }:00
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
       *[urgent] 🚨 Urgent news: { $on ->
            [yes] at once
           *[no] like any other
        }
    }
toast-saved = Saved

## Invitations and members

invitations-title = Topics for members only
invitations-choose = Please choose a topic to make an invitation or to see its members.
invitations-no-topics =
    No topic is for members only yet. To make one, please add members_only = true to the topic in config/feeds.toml.
invitations-label = { $topic } ({ $count ->
        [1] 1 member
       *[other] { $count } members
    })
invitations-open = Invitations in force:
invitations-none = No invitation is in force.
invitations-how =
    To make an invitation, please choose how long it holds and then the number of people. You can also type, for example: `invite internal 7 days 10 people`.
invitation-line = No. { $number }: { $left } of { $most } uses left, until { $moment }
invitation-made = Invitation No. { $number }: { $topic }
invitation-uses =
    Good for { $count ->
        [1] 1 person
       *[other] { $count } people
    }, until { $moment }.
invitation-care =
    Anyone who has this link can enter the topic; please send it only to those it is meant for. For security the link is shown here only once.
invitation-revoked = Invitation No. { $number } revoked
invitation-gone = This invitation was no longer in force
invitation-offer = You are invited to the members-only topic { $topic }.
invitation-void =
    This invitation cannot be used: it has expired, was used by as many people as it is for, or was revoked. Please ask its sender for a new one.
members-title = Members: { $topic }
members-none = There are no members yet.
members-how = Members are listed by their ids, since the bot stores no names. Who is removed gets no more news of the topic and does not see it any more.
member-line = { $member } (since { $moment })
member-confirm = Remove { $member } from the topic “{ $topic }”? The subscription and the news that wait will be cancelled.
member-shut-out = Member removed
member-gone = They are not a member any more
membership-ended = You are no longer a member of the topic “{ $topic }”; its news will not be sent here any more.
button-invite-days =
    { $count ->
        [1] 1 day
       *[other] { $count } days
    }
button-invite-uses =
    { $count ->
        [1] ➕ Invite 1 person
       *[other] ➕ Invite { $count }
    }
button-revoke = Revoke invitation No. { $number }
button-members = 👥 Members ({ $count })
button-shut-out = Remove { $member }
button-shut-out-sure = Yes, remove

## Feeds

feeds-title = State of the feeds
feeds-none = No feeds are configured yet.
feed-topic = Topic: { $topic }
feed-last-poll = Last poll: { $moment }
feed-last-article = Last new article: { $moment }
feed-last-error = Last error ({ $moment }): { $error }
feed-next-poll = Next poll: { $moment }
feed-paused = Paused
feed-held =
    { $count ->
        [one] Held: one article waits for a decision (since { $moment })
       *[other] Held: { $count } articles wait for a decision (since { $moment })
    }
feed-unverified = The address has not been verified on the live site yet
feed-never = none yet
feed-queued = The poll has been requested. Please choose “Refresh” in a few seconds.
feed-gone = This feed no longer exists.
button-poll = Poll now: { $name }
button-refresh = 🔄 Refresh

## What could not be delivered

failures-title = Failed deliveries
failures-none = No delivery has failed.
failures-group =
    { $count } { $count ->
        [one] recipient
       *[other] recipients
    }: { $status ->
        [rejected] refused
        [expired] too old
       *[set_aside] set aside after many tries
    }, last at { $moment }
failures-reason = Reason: { $reason }
failures-reasons =
    { $count ->
        [one] and one other reason
       *[other] and { $count } other reasons
    }
failures-retried = Deliveries to be sent again: { $count }
button-retry = 🔁 Send again: { $title }

## Alerts to the owners

alert-begun-title = ⚠️ Alert
alert-lasting-title = ⏳ Still wrong
alert-over-title = ✅ Back to normal
alert =
    { $kind ->
        [feed] The feed “{ $name }” could not be polled since { $moment }. Last error: { $error }
        [silent] The feed “{ $name }” is polled well but has brought nothing new since { $moment }, which is unusually long.
        [empty] The feed “{ $name }” is polled well but has listed nothing since { $moment }.
        [account] The account { $name } has been refused since { $moment }: { $error }
        [database] The database has taken no writes since { $moment }; the bot answers nobody until it does. Error: { $error }
        [updates] Messages to the account { $name } could not be received since { $moment }: { $error }
       *[backlog] { $count ->
            [one] One delivery is due and not sent; it has waited since { $moment }.
           *[other] { $count } deliveries are due and not sent; the oldest has waited since { $moment }.
        }
    }
alert-over =
    { $kind ->
        [feed] The feed “{ $name }” (failing since { $moment })
        [silent] The feed “{ $name }” brings news again (silent since { $moment })
        [empty] The feed “{ $name }” lists its news again (empty since { $moment })
        [account] The account { $name } (refused since { $moment }); all that is owed was kept
        [database] The database (no writes since { $moment })
        [updates] Receiving messages to the account { $name } (interrupted since { $moment })
       *[backlog] Sending (late since { $moment })
    }
alert-more = … and { $count } more
# For subscribers, once, when a source of the topic was out of reach for a whole day.
feed-outage = The bot has not been able to reach “{ $name }” since { $moment }, so news of this topic may come late; once the site is back, the bot will go on sending it. We apologise for the inconvenience.
alert-what-to-do = Send /feeds to see the state of the feeds.

## Personal data

data-title = The data that is kept
data-none = The bot keeps no data about this conversation.
data-chat = ID of this conversation: { $chat }
data-since = Kept since: { $moment }
data-language = Language: { $language }
data-status =
    Status: { $status ->
        [active] active
        [paused] paused
       *[off] stopped
    }
data-topics = Topics subscribed:
data-topic = • { $topic } (since { $moment })
data-member = Let into the members’ topic: { $topic } (since { $moment })
data-stopped = Kept for a day so that stopping can be undone: { $topic }, { $what } (stopped at { $moment })
data-no-topics = Topics subscribed: none
data-consent = Agreed to receive news at { $moment } (version { $version } of the text)
data-no-consent = No consent to receive news
data-deliveries = List of news: { $sent } sent, { $pending } waiting to be sent, { $ended } not sent
data-menu = The list of choices shown at { $moment }, kept for a day
data-saved = Articles you saved: { $count } (see them with /saved)
data-dormant = No subscriptions since { $moment }; after { $days } days the data will be deleted automatically
data-admin = Is an administrator of the bot since { $moment }
data-passing =
    What you write to the bot is deleted as soon as it has been dealt with.
erase-confirm =
    All data about this conversation will be deleted at once and cannot be restored; the bot will send no more news. All that is kept is the time of the deletion and an encrypted proof of it (for { $proofs } days), without the ID of this conversation or your name; it is used only to answer you if you ask whether the deletion was done. Are you sure?
erased = All data has been deleted. Thank you for your interest. Whenever you wish, send /start to begin again.
erase-cancelled = Your data has been kept.
privacy-title = Personal data protection policy
privacy-responsible =
    { -publisher } is the controller of the personal data kept by this bot and processes it only to send the news that you subscribe to. News is sent through the messenger that you use ({ $platform }{ $abroad ->
        [yes] ; its servers are outside Viet Nam).
       *[no] ).
    } Apart from that, no data is passed on to third parties.
privacy-kept =
    How long data is kept: the list of news sent, { $days } days; topics just stopped and the last list of choices, 1 day; the role of an admin, if you have it, until it ends; all other data until you delete it, or until { $unsubscribed } days after you no longer subscribe to any topic, or until { $unreachable } days after the bot can no longer reach you.
privacy-rights =
    Under the Law on Personal Data Protection No. 91/2025/QH15 you have the right to be informed about the processing of your data; to consent, to refuse, and to withdraw your consent; to see, correct and obtain a copy of your data, to have it deleted, and to have its processing restricted; to object to its processing; and to complain, denounce, sue and claim damages as the law provides. See your data: /mydata; change it: /settings; stop the news: /unsubscribe; withdraw your consent and delete your data: /deletedata. These commands take effect at once. After a deletion, the time of it and an encrypted proof are kept for { $proofs } days, without the ID of the conversation or your name, only to answer you if you ask whether the deletion was done.
privacy-contact = Please send other requests about personal data to: { $contact }. You will be answered within 2 working days.
button-erase = Delete all data
button-erase-sure = Yes, delete it

## Decisions of those who manage the bot

hold-title = The feed “{ $name }” may have been rebuilt
hold-question =
    { $count ->
        [one] It lists one new article and none of those that are known. It is held back and nobody has received it. Please choose what to do.
       *[other] It lists { $count } new articles and none of those that are known. They are held back and nobody has received them. Please choose what to do.
    }
hold-decided =
    { $decision ->
        [send] { $count ->
            [one] One article is being sent now.
           *[other] { $count } articles are being sent now.
        }
       *[keep] { $count ->
            [one] One article is stored and not sent.
           *[other] { $count } articles are stored and not sent.
        }
    }
hold-decided-before = This was decided before.
button-hold-send =
    { $count ->
        [one] Send the article
       *[other] Send all { $count } articles
    }
button-hold-keep = Store only, do not send
withdrawal-title = An article may have been taken down by the agency
withdrawal-question =
    { $count ->
        [one] Its page is gone. The article was sent to one chat.
       *[other] Its page is gone. The article was sent to { $count } chats.
    }
withdrawal-begun = The messages about this article are being withdrawn.
withdrawal-done-before = The messages about this article were withdrawn before.
withdrawal-kept = The messages stay as they are.
button-withdraw =
    { $count ->
        [one] Withdraw the message
       *[other] Withdraw { $count } messages
    }
button-withdraw-keep = Leave them

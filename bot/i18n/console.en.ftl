# The texts of the console in a browser, key by key as in console.vi.ftl.

## The frame

console-title = Console
console-publisher = { -publisher }
console-skip = Skip to the content
console-menu-title = Menu
console-menu =
    { $page ->
        [now] Now
        [approvals] Approvals
        [articles] Articles
        [announcements] Announcements
        [figures] Figures
        [feeds] Topics and feeds
        [chats] Channels and groups
        [members] Members and invitations
        [support] Support
        [admins] Admins
        [failures] Failures
        [api-keys] API keys
        [audit] Audit log
        [settings] Settings
       *[sessions] Sessions
    }
console-sign-out = Sign out
console-back-home = Back to the console
console-notice =
    { $notice ->
        [paused] Sending is paused.
        [unpaused] Sending goes on.
        [pause-refused] That could not be done: things have changed meanwhile.
        [session-ended] The session is ended.
        [saved] Saved.
        [approval-awaiting] Noted; the article waits for approval.
        [approval-scheduled] The release is scheduled.
        [approval-released] Approved: the article is released.
        [approval-rejected] The article is rejected.
        [approval-stopped] Approved, but the article is stopped.
        [approval-recalled] Approved, but the article is recalled.
        [put-back] The article awaits approval again.
        [reason-too-long] That could not be done: the reason must not be longer than 200 characters.
        [release-time] That could not be done: the time must lie ahead, within a year.
        [article-changed] That could not be done: the state of the article has changed.
        [article-stop] The article is stopped.
        [article-resume] The article goes on.
        [article-recall] The article is being recalled; this page shows what comes of it.
        [edit-done] Edited; the article must be approved anew.
        [edit-same] Nothing has changed.
        [edit-out] The article is released in another topic, and cannot be edited any more.
        [edit-gone] That could not be done: the article no longer waits to be released.
        [source-taken] The article is taken from the source; the messages that were sent are being corrected.
        [source-left] The article stays as it was edited.
        [resent] The article is being sent where you chose.
        [resend-no-chat] Nothing was sent: nothing is stored about this ID, or it subscribes to no topic of the article.
        [support-erased] Everything was deleted, at their wish.
        [support-unsubscribed] Unsubscribed, at their wish.
        [feed-paused] The feed is not polled for now.
        [feed-resumed] The feed is polled again.
        [feed-queued] The feed is being polled. Please open this page again in some minutes to see what it brought.
        [feed-not-polled] This feed is paused, and is not polled.
        [feed-added] The feed is added, and is polled within some minutes.
        [feed-removed] The feed is removed.
        [topic-added] The topic is created.
        [topic-merged] The merge has begun: all who subscribe are told, and moved here step by step.
        [topic-ended] The topic has ended; the farewell is being sent.
        [topic-not-ended] That could not be done: the state of the topic has changed.
        [hold-send] What was chosen is being sent.
        [hold-keep] What was held will be kept, and not sent.
        [hold-changed] That could not be done: it was decided before, or more is held by now.
        [setting-changed] The setting is changed, and in force at once.
        [setting-reset] What was set here is gone; the configuration file is in force.
        [api-key-revoked] The key is revoked.
        [api-key-name] A key is named by letters, digits, spaces, full stops, underscores and hyphens, and begins and ends with a letter or digit.
        [api-key-needs-a-scope] Please choose at least one thing that the key may do.
        [api-key-taken] There is, or was, a key of this name. Please choose another name.
        [retried] These messages are being sent again.
        [nothing-to-retry] There is nothing left to send again.
        [chat-paused] Nothing more is sent there for now.
        [chat-resumed] News are sent there again.
        [chat-removed] The channel or group is removed.
        [invitation-revoked] The invitation is revoked.
        [member-removed] The member is removed.
        [member-gone] This person is no member any more.
        [admin-appointed] The admin is appointed, and is told so in the private chat with the bot.
        [admin-not-started] The admin is appointed. They must open the bot before they can be told so.
        [admin-already] This person is an admin already.
        [admin-unknown] The bot does not know anybody with this ID. Please ask them to open the bot and send /start first.
        [admin-not-an-id] That is not the ID of a person.
        [admin-is-owner] This person is an owner, who has every right.
        [admin-needs-a-role] At least one role is needed.
        [admin-dismissed] The admin is dismissed, and signed out everywhere.
        [draft-too-many] Not done: a person has at most 30 drafts. Please drop one that is not needed.
        [draft-lacks] Not done: the draft lacks what is said below.
        [draft-changed] Not done yet: the draft has just been changed. Please look at it and try once more.
        [draft-tried] The test will be in your private chat with the bot in a moment.
        [draft-no-chat] The bot cannot write to you yet. Please open a private chat with it and send /start.
        [draft-proposed] It is proposed; whoever publishes sees that in the list of drafts.
        [draft-taken-back] The proposal was taken back.
        [draft-page-known] This page is an article of the bot already. Please choose another page, or none.
        [draft-dropped] The draft was dropped. Nothing was sent.
        [announcement-awaiting] The announcement waits for approval.
        [announcement-scheduled] The release of the announcement is scheduled.
        [announcement-released] The announcement was released.
        [announcement-ended] The announcement was ended.
       *[other] Done.
    }
console-number = { $count }
console-search = Search
console-any = All
console-filter = Filter
console-save = Save
console-change = Change
console-days =
    { $count ->
        [one] One day
       *[other] { $count } days
    }
console-nothing-found = Nothing was found.
console-counted = Counted at { $moment }.
console-counting = Still counting. Please open the page again in a few minutes.
console-no-messenger = The messenger does not answer. Please try again in a few minutes.
console-paging = Pages
console-page = Page { $page }
console-newer = Newer
console-older = Older

## Signing in

console-link-title = Your link into the console
console-link-how = It works once, within { $minutes } minutes, and takes the place of any link before. Please pass it on to nobody: whoever opens it has all the rights that you have.
console-link-off = The console is not switched on. Please ask the person in charge of the system to change the configuration.
console-outside-title = Please sign in
console-outside-how = To sign in, open your private chat with the bot and send:
console-outside-why = The bot answers with a link that works once within 10 minutes. Only those who manage the bot get one; there is no password.
console-link-used-title = This link works no more
console-link-used = Each link works once, within 10 minutes.
console-enter-title = Sign in to the console
console-enter-as = You will be signed in as:
console-enter-button = Sign in
console-enter-care = If this is not you, please close this page and do not sign in.
console-refused-title = That could not be done
console-not-allowed = Your role does not let you see or do this.
console-other-origin = This request was not sent from the console, so nothing was done.
console-stale-form = This page is old. Please open it anew and try again.
console-no-form = This request is not of the right form. Please open the page anew and try again.
console-too-large = The files are too large, or too many. Please go back and choose smaller ones.
console-gone = There is no such thing here, or it was removed.
console-too-often = Too many attempts have failed. Please wait for a minute and try again.
console-too-much = Your browser is asking too often. Please wait for a moment and try again.
console-no-database = The database cannot be used for the moment. Please try again in a few minutes.

## Now

console-as-of = As of { $moment }; this page keeps itself up to date.
console-live-lost = Updates do not come through. The figures below are old.
console-troubles = Troubles
console-trouble =
    { $kind ->
        [feed] The feed “{ $name }” could not be polled since { $moment }.
        [silent] The feed “{ $name }” has had no news since { $moment }, longer than usual.
        [empty] The feed “{ $name }” has listed nothing since { $moment }.
        [account] The platform refuses the account { $name } since { $moment }.
        [updates] No messages to the account { $name } come in since { $moment }.
        [database] The database takes no writes since { $moment }.
        [lost] The database cannot be used any more since { $moment }.
        [quota] The account { $name } has nearly used up the messages of this month (since { $moment }).
        [spent] The account { $name } has used up the messages of this month (since { $moment }).
        [halted] Article { $name } was stopped automatically at { $moment }, since too much of it was refused as malformed.
        [token] The access of the account { $name } could not be renewed since { $moment }.
        [users] The plan of the account { $name } has no place left for recipients (since { $moment }).
       *[backlog] Messages that are due are late since { $moment }.
    }
console-due = Due, not sent yet
console-pending = Waiting in all
console-rate = Dealt with in the last minute
console-oldest = Oldest waits since
console-accounts = Accounts
console-limit = At most { $count } in { $seconds } s
console-quota = This month: { $count } of { $most } messages used
console-served =
    { $served ->
        [yes] Running
       *[no] Not running
    }
console-feeds = Feeds
console-feeds-none = There are no feeds yet.
console-polled = Last polled: { $moment }
console-feed-state =
    { $state ->
        [well] Well
        [failing] Failing
        [paused] Paused
       *[new] Not polled yet
    }
console-pause-of =
    { $scope ->
        [everything] Everything
        [account] Account { $name }
       *[topic] Topic “{ $name }”
    }
console-paused-since = Paused since { $moment }
console-pause = Pause
console-unpause = Resume

## Sessions

console-sessions-how = A session ends after 12 hours without use, and after 7 days at the latest. If you see one that you do not know, please end it.
console-session-this = This session
console-session-device = Unknown device
console-session-since = Signed in: { $moment }
console-session-used = Last used: { $moment }
console-session-end = End

## Approvals

console-approval-lacking =
    { $count ->
        [one] One more person must approve it
       *[other] { $count } more persons must approve it
    }
console-approval-yours = Your approval is noted; another person must approve it as well.
console-approvals-all = Everything that waits
console-urgent = Urgent
console-answer =
    { $answer ->
        [approve] Approve
        [release] Release now
        [schedule] Schedule
        [reschedule] Another time
        [approve-at] Approve for this time
        [take-back] Unschedule
       *[reject] Reject
    }
console-reject-sure = The article is not released in this topic. Within 7 days it can be put back.
console-reject-reason = Reason (optional; the others who were asked see it)
console-reject-button = Yes, reject
console-put-back = Put it back
console-release-at = Release at (Viet Nam’s time)

## Editing before the release

console-edit = Edit
console-edit-title = Edit before the release
console-edit-form = What will be released
console-edit-back = Back to the approval
console-edit-of =
    { $part ->
        [title] Title
        [summary] Summary (empty: the first paragraph)
       *[photo] Lead photo
    }
console-edit-photo =
    { $choice ->
        [keep] Keep the present photo
        [still-none] No photo, as now
        [other] Another photo of the article
        [view] View it at the source
       *[none] No photo
    }
console-edit-how = After saving, the article must be approved anew in every topic where it waits.
console-edit-changed = Not saved: the article has changed while you edited it. What you typed still stands below; please compare it with how the article is now, and save again.
console-edit-now = As it is now
console-restore = Restore the original
console-restore-sure = The article takes its title, summary and photo from the source again; what was edited is lost. It must be approved anew.
console-restore-button = Yes, restore

## Articles

console-search-articles = Search articles
console-article-state =
    { $state ->
        [awaiting] Awaiting approval
        [scheduled] Scheduled
        [rejected] Rejected
        [stopped] Stopped
        [ended] Over
        [recalled] Recalled
       *[released] Released
    }
console-article-source = What the source says
console-corrections = Corrections
console-correction-small = Small corrections
console-document-name = Document
console-document-issuer = Issued by
console-document-signer = Signed by
console-document-issued = Issued
console-document-effective = In force from
console-article-card = As shown on { $account }
console-step =
    { $step ->
        [stop] Stop
        [resume] Resume
       *[recall] Recall
    }
console-recall-sure = What was sent is deleted, or says that it was recalled, where the messenger allows it; what was not sent will not be. A recalled article cannot be sent again.
console-article-waiting = View the approval: { $topic }
console-resend = Send again
console-resend-topic = To those who subscribe now and have not got it, in the topic
console-resend-failed = Once more to those whom it did not reach.
console-resend-chat = To one recipient, by the ID that they told you (even if they have got it)
console-resend-to =
    { $to ->
        [topic] Send to those without it
        [failed] Send where it failed
       *[chat] Send to this one
    }
console-fate = What became of it
console-fate-sent = Sent to
console-fate-pending = Still waiting
console-fate-ended = Not sent to

## Announcements

console-announcements-views = Lists of announcements
console-announcements-view =
    { $view ->
        [scheduled] To be released
        [released] Released
        [ended] Over
       *[drafts] Drafts
    }
console-announcements-none =
    { $view ->
        [scheduled] No announcement waits to be released.
        [released] No announcement has been released yet.
        [ended] No announcement is over yet.
       *[drafts] There are no drafts.
    }
console-announcements-all = All announcements
console-drafts-how = A draft is written by one person; others who may edit in the same topics can see and change it. One that nobody has changed for 30 days is deleted.
console-draft-begin = Write an announcement
console-draft-untitled = No title yet
console-draft-changed = { $name }, changed at { $moment }
console-draft-state =
    { $state ->
        [proposed] Proposed
       *[draft] Draft
    }
console-draft-title = Title
console-draft-text = Text (each line is a paragraph)
console-draft-page = The announcement's own page, if any
console-draft-photo = Photo, if any
console-draft-photo-how = A JPEG, PNG or WebP file of at most 10 MB.
console-draft-photo-now = The photo as it is now
console-draft-documents = Documents by address
console-draft-documents-example = Letter no. 12: https://agency.gov.vn/letter12.pdf
console-draft-documents-how = A name and one address in each line; at most 10 documents.
console-draft-topics = Topics
console-draft-urgent = Urgent: it goes before all other news
console-draft-release-at = Released at (time of Viet Nam)
console-draft-release-how = Leave it empty to release at once. An announcement is released once and is not repeated.
console-draft-ends-at = Over at (time of Viet Nam)
console-draft-ends-how = Leave it empty if it has no end.
console-draft-at-end = When it is over
console-at-end =
    { $how ->
        [delete] Delete the messages that were sent, where that can be done
       *[note] Mark the messages that were sent as over
    }
console-draft-save = Save and preview
console-draft-not-saved = Not saved. Please mend the following and save again; a file that was chosen has to be chosen once more.
console-draft-fault =
    { $fault ->
        [changed] Somebody has just changed this draft. Below is what you have typed; to save again replaces theirs.
        [series] An announcement is released once and is not repeated. Please choose exactly one time.
        [p] This photo cannot be used. Please choose a JPEG, PNG or WebP file.
        [d] Each line of the documents needs a name and one full address; there are at most 10.
        [w] The page needs one full address, for example: https://agency.gov.vn.
        [a] The release has to be at a time to come, within a year.
        [e] The end has to be at a time to come, within a year.
       *[t] A title has at most 300 characters, and a text at most 20,000.
    }
console-draft-drop = Drop the draft
console-draft-drop-sure = The draft will be deleted and cannot be had back. Go on?
console-draft-in = Topics: { $topics }
console-draft-at-once = Released as soon as that is confirmed
console-draft-begins = Released at { $moment }
console-draft-release =
    { $when ->
        [later] Schedule the release
       *[now] Release
    }
console-draft-release-sure = The announcement will be sent just as it is shown below. Go on?
console-draft-propose = Propose its release
console-draft-take-back = Take the proposal back
console-draft-try = Send a test to me alone
console-draft-edit = Edit
console-draft-forecast = Forecast
console-draft-forecast-how = Counts who would get it at once, in a digest, or not at all by their filter, and how long the sending would take. With many chats this may take some seconds.
console-draft-forecast-count = Count
console-announcement = An announcement of the agency
console-announcement-ends =
    { $how ->
        [delete] Over at { $moment }; what was sent is deleted then.
       *[note] Over at { $moment }; what was sent says so then.
    }
console-announcement-ended = It ended at { $moment }.
console-announcement-no-end = This announcement has no end.
console-announcement-end = End it now
console-announcement-end-sure =
    { $how ->
        [delete] What was sent will be deleted where that can be done, and what was not sent will not be. Go on?
       *[note] What was sent will be marked as over, and what was not sent will not be. Go on?
    }

## Topics and feeds

console-topic-members = Members only
console-topic-approval =
    { $count ->
        [0] Needs no approval
        [one] Needs approval by one person
       *[other] Needs approval by { $count } persons
    }
console-topic-approval-usual =
    { $count ->
        [0] By the usual rule: needs no approval
        [one] By the usual rule: needs approval by one person
       *[other] By the usual rule: needs approval by { $count } persons
    }
console-held = { $count } held
console-feeds-all = All topics and feeds
console-feed-poll = Poll now
console-feed-resume = Poll again
console-feed-facts = About the feed
console-source-origin =
    { $origin ->
        [configured] Configuration file
       *[added] Database
    }
console-in-file = This is defined in feeds.toml. Please ask whoever looks after the installation to change it there.
console-source-problem =
    { $field ->
        [url] The address must begin with http:// or https://, for example https://agency.gov.vn/news.
        [kind] Please choose one of the kinds of feeds.
        [preset] Please choose one of the presets.
        [selector] The CSS selector for “{ $part }” is not valid ({ $words }).
        [name] Please write a name that is not too long (a feed: 120 characters, a topic: 80).
        [interval] Feeds are polled every 30 seconds at most, and every 7 days at least.
        [topic] Please choose one of the topics in your charge.
        [twin] The feed “{ $words }” polls this address for this topic already.
        [tried] The address, or how it is read, has changed since it was tried. Please try it again, and then save it.
        [hashtag] A hashtag is one word of letters, digits and underscores, of up to 60 characters, for example TinMới.
        [taken] There is a topic of this name already. Please choose another name.
       *[approval] Please choose one of the ways of approval.
    }
console-feed-new = Add a feed
console-feed-address = Address
console-feed-url = Address of a page or of an RSS feed
console-feed-advanced = Advanced
console-feed-kind = Kind of feed
console-feed-kind-of =
    { $kind ->
        [syndication] RSS, Atom or JSON Feed
        [listing] Page with a list of news
        [sitemap] News sitemap
       *[auto] Found by itself
    }
console-feed-preset = Preset
console-feed-preset-found = Found by itself
console-feed-selectors = Where a list or an article is not read right, write a CSS selector for the part that is wrong, and leave the others empty.
console-feed-listing = On the page with the list
console-feed-page = On the page of an article
console-feed-part =
    { $part ->
        [item] One entry of the list
        [title] Title with the link to the article
        [summary] Summary
        [date] Date
        [photo] Thumbnail
       *[next] Link to older entries
    }
console-page-part =
    { $part ->
        [title] Headline
        [date] Date
        [summary] Lead
        [body] Text
        [photo] Photos outside of the text
        [caption] Captions
        [author] Author
        [source] Source
       *[attachment] Documents outside of the text
    }
console-feed-try-how = The address is read, and you see what it gives. Nothing is kept or sent yet.
console-feed-try = Try it
console-feed-try-again = Try it again
console-feed-keep = Save the feed
console-feed-name = Name of the feed
console-feed-topic = Topic
console-feed-interval = Polled
console-feed-adapts = As often as it changes
console-every =
    { $unit ->
        [seconds]
            { $count ->
                [one] Every second
               *[other] Every { $count } seconds
            }
        [hours]
            { $count ->
                [one] Every hour
               *[other] Every { $count } hours
            }
       *[minutes]
            { $count ->
                [one] Every minute
               *[other] Every { $count } minutes
            }
    }
console-feed-save = Save this feed
console-feed-save-anyway = Save it all the same
console-feed-unproven = The trial has found no news. If it is saved, the feed is polled all the same.
console-feed-needs-topic = There must be a topic before a feed is added.
console-feed-remove = Remove the feed
console-feed-remove-sure = The feed is polled no more. The articles that it brought stay; if it is added again, what is known is not sent again.
console-feed-in-file = This feed is defined in feeds.toml, and is changed there alone. Here it can be paused, and polled now.
console-trials-busy = Other addresses are being tried at this moment. Please try again in some minutes.
console-trial-failed = This address could not be read
console-trial-found = What was found
console-trial-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
console-trial-hub = Tells of news at once (WebSub)
console-trial-guessed = What was guessed
console-trial-unread = The card is made of the list alone, since the page of the article cannot be read: { $reason }.
console-trial-newest =
    { $count ->
        [one] The first entry
       *[other] The first { $count } entries
    }
console-trial-card = How the first entry will look
console-guess =
    { $guess ->
        [elsewhere] The address is an ordinary page; the news are read from { $found }, which it names.
        [preset] The preset { $found } was recognised by the markup of the page.
        [items] No selector fits; the block of links with the most text is taken for the list of news.
        [items-of-preset] The list of news: { $found }, as the preset { $total } has it.
        [undated] No date could be read of { $found } of { $total } entries.
       *[unlinked] There is no link in { $found } of { $total } entries.
    }
console-polls = The last polls
console-polls-none = It has not been polled yet.
console-polls-older =
    { $count ->
        [one] { $count } poll before
       *[other] { $count } polls before
    }
console-poll-column =
    { $column ->
        [at] When
        [result] Result
        [entries] Entries
        [fresh] New
       *[took] Took
    }
console-poll-result =
    { $result ->
        [read] Read
        [unchanged] Not changed
       *[failed] Failed
    }
console-poll-took = { $count } ms
console-topic-new = Add a topic
console-topic-create = Create the topic
console-topic-new-how = It holds at once: people see the topic in the list, and can subscribe to it.
console-topic-name-vi = Vietnamese name
console-topic-name-en = English name (optional)
console-topic-hashtag = Hashtag (empty: made of the name)
console-topic-closed = Members only: those alone who were invited see it and receive its news
console-topic-closing = If it becomes members-only, whoever subscribes and was not invited receives nothing more.
console-topic-rule = Approval before release
console-topic-approvals =
    { $approval ->
        [usual] By the usual rule
        [one] By one person
        [two] By two different persons
       *[none] Not needed
    }
console-topic-unanswered = If nobody answers
console-topic-when-unanswered =
    { $unanswered ->
        [release] Release it
        [drop] Reject it
       *[remind] Remind
    }
console-topic-hours = Time for an answer (hours)
console-topic-uncounted = How many subscribe is being counted
console-topic-few = Fewer than 5 chats subscribe
console-topic-subscribers =
    { $count ->
        [one] { $count } chat subscribes
       *[other] { $count } chats subscribe
    }
console-topic-in-file = This topic is defined in feeds.toml: the file decides about its name, its approval and its end.
console-topic-leaving = Merge or end the topic
console-topic-leaving-how = Whoever subscribes is told by a message. After that the topic is not in the list any more.
console-topic-merge = Merge it into another topic
console-topic-merge-into = Merge into
console-topic-merge-sure = { $subscribers }. All of them are told, and go on in the chosen topic with their timing and filters. A merge cannot be undone.
console-topic-merge-yes = Merge the topics
console-topic-end = End the topic
console-topic-farewell = Farewell (empty: ours)
console-topic-offer = Offer another topic
console-topic-offer-none = Offer none
console-topic-end-sure = { $subscribers }. All of them get the farewell, and then nothing more of this topic.
console-topic-end-yes = End it and send the farewell
console-topic-obstacle =
    { $kind ->
        [feed] It cannot be merged or ended yet: a feed fills it. Please remove the feed first, or give it another topic.
        [paused] It cannot be merged or ended yet: it is paused. Please let it go on first.
        [stopped] It cannot be merged or ended yet: article { $about } is stopped. Please resume or recall it first.
        [waiting] It cannot be merged or ended yet: article { $about } waits for approval. Please decide about it first.
        [merge] It cannot be merged or ended yet: another topic is being merged into it. Please wait for some minutes.
       *[in-file] The topic is defined in feeds.toml.
    }
console-topic-obstacle-see = Open the feed

## Failures

console-retry = Send again

## Figures

console-figure =
    { $figure ->
        [released] Contents released
        [delivered] Messages sent
        [corrected] Corrections sent
        [failed] Messages not delivered
        [subscribed] New subscriptions
       *[ended] Subscriptions ended
    }
console-figures-by =
    { $kind ->
        [topic] By topic
       *[day] By day
    }
console-figures-of =
    { $kind ->
        [topic] Topic
       *[day] Day
    }

## Channels and groups

console-search-chats = Search channels and groups
console-people =
    { $status ->
        [active] People who get news
        [paused] People who paused
        [waiting] People who wait for a place in the plan
       *[off] People who cannot be reached
    }
console-people-how = Private chats are only counted, never listed.
console-chat-status =
    { $status ->
        [active] Active
        [paused] Paused
        [waiting] Waiting
       *[off] Off
    }
console-chat-topics = Topics that are sent here
console-chat-remove = Remove
console-chats-how = To add a channel or group, to send a test and to set hours, please send /channels to the bot.

## Members and invitations

console-members-list = View the members
console-member-since = Member since { $moment }
console-member-remove = Remove the member
console-invite = Make an invitation
console-invite-days = Holds for
console-invite-uses = How many may come
console-invite-note = For (whoever is invited can read this note)

## Support

console-support-how = People learn their ID by sending “my id” or /mydata to the bot. Each look is written into the audit log, without this ID.
console-support-id = ID of the person or group that needs help
console-support-look = Look it up
console-support-subscriptions = Subscriptions
console-support-none = There are no subscriptions.
console-support-since = Since { $moment }
console-support-unsubscribe = Unsubscribe
console-support-sure =
    { $step ->
        [erase] Delete everything at their own wish? It is deleted at once and cannot be restored; the bot sends nothing more, and keeps only the time of the deletion and an encrypted proof of it.
        [topic] End this subscription at their own wish?
       *[all] End all subscriptions at their own wish?
    }

## Admins

console-owner = Owner, named in the configuration
console-roles = Roles
console-topics-limit = For these topics only (none chosen: all)
console-appoint = Appoint an admin
console-appoint-how = An ID looks like { $example }; the bot tells it to whoever sends /start. Whoever is appointed can read the name that stands here.
console-admin-id = ID
console-admin-name = Name
console-dismiss = Dismiss
console-dismiss-sure = This person will not manage the bot any more, and is signed out of the console at once.

## API keys

console-api-keys-how = Programs of the agency, such as the CMS of its website, use a key to hand contents in to the bot.
console-api-keys-none = There are no keys yet.
console-api-key-made = The key “{ $name }” is made
console-api-key-care = The key is shown this once, and only here. Please copy it now, and do not send it in a message.
console-api-key-created = Made at { $moment }
console-api-key-used = Last used: { $date }
console-api-key-revoked = Revoked at { $moment }
console-api-key-revoke = Revoke
console-api-key-revoke-sure = The program that uses this key is refused at once. A revoked key cannot be used again.
console-api-key-create = Create a key
console-api-key-name = Name of the key
console-api-scopes = The key may
console-api-scope =
    { $scope ->
        [CONTENTS_WRITE] Hand in contents
        [PUBLICATIONS_READ] Read publications, and how they were sent
        [FIGURES_READ] Read figures
       *[PUBLICATIONS_RECALL] Recall publications
    }

## Audit log

console-csv = Download a spreadsheet
console-audit-action = Act
console-audit-place = Place
console-audit-days = Time
console-audit-user = ID of whoever acted
console-place =
    { $place ->
        [chat] Chat
        [console] Console
        [api] Programming interface
        [cli] Command line
        [configuration] Configuration file
       *[service] The service itself
    }

## Settings

console-settings-editable = To be changed here
console-settings-editable-how = What is set here goes before the configuration file and is in force at once, without a restart. Each change is in the audit log.
console-settings-all = All settings
console-settings-how = What is in force; passwords and secrets are not shown. To change what is not listed above, please ask the person in charge of the system.
console-setting-label =
    { $setting ->
        [agency-name] Name of the agency
        [agency-name-en] Name of the agency in English
        [agency-contact] Contact about personal data
        [language-address] Form of address
        [subscribers-quiet-hours] Quiet hours
        [subscribers-quiet-mode] News in quiet hours
        [subscribers-whole-text] Full texts as one message (Telegram)
        [topics-approval] Approvals before release
        [topics-unanswered] Without an answer
        [topics-unanswered-after] Time to answer
        [delivery-malformed-percent] Refused share that stops an article (%)
        [alerts-feed-after] Alert when a feed fails for
        [alerts-silent-after] Alert when a feed has no news for
        [alerts-account-after] Alert when an account is down for
        [alerts-backlog-after] Alert when messages wait for
        [alerts-remind-every] Repeat an alert every
       *[alerts-weekly-figures] Weekly figures for the owners
    }
console-setting-hint =
    { $setting ->
        [agency-name] It stands in every message; 200 characters at most.
        [agency-name-en] Empty, the Vietnamese name is used.
        [agency-contact] An address of e-mail, a telephone number or the address of a page, for example bantin@agency.gov.vn.
        [language-address] For Vietnamese, where neither the reader nor the topic has chosen another form.
        [subscribers-quiet-hours] For example 22:00-06:00; empty, there are none. For readers who have not chosen their own.
        [subscribers-quiet-mode] For readers who have not chosen their own.
        [subscribers-whole-text] With headings, photos and tables in place; an old Telegram app shows a request to update instead. For readers who have not chosen their own.
        [topics-approval] For topics that have no rule of their own.
        [topics-unanswered] For topics that have no rule of their own.
        [topics-unanswered-after] A number and a unit, for example “30m” for 30 minutes, “24h” for 24 hours, “2d” for 2 days.
        [delivery-malformed-percent] A whole number from 1 to 100.
        [alerts-weekly-figures] They are sent on Monday morning.
       *[alerts-feed-after] A number and a unit, for example “30m” for 30 minutes, “3h” for 3 hours, “7d” for 7 days.
    }
console-setting-quiet-mode =
    { $word ->
        [wait] Wait until quiet hours end
       *[silent] Come without a sound
    }
console-setting-approval =
    { $word ->
        [one] One person approves
        [two] Two persons approve
       *[none] None is needed
    }
console-setting-unanswered =
    { $word ->
        [release] Release
        [drop] Drop
       *[remind] Remind
    }
console-setting-weekly-figures =
    { $word ->
        [true] Yes
       *[false] No
    }
console-setting-empty = Not set
console-setting-wrong = This cannot be its value.
console-setting-refused = The stored value “{ $value }” is none, and is left out
console-setting-unknown = This version has no such setting
console-setting-overridden =
    What is set here is “{ $value }”; it is not in force, since { $origin ->
        [secrets] the file of secrets
       *[environment] the environment
    } goes first.
console-setting-reset = Take back what is set here
console-setting-name = Name
console-setting-value = Value
console-setting-origin = Origin
console-origin =
    { $origin ->
        [file] Configuration file
        [stored] Set here
        [secrets] File of secrets
        [environment] Environment
       *[default] Default
    }

## Choosing a list of news on a page

console-pick-title = Choose a list on a page
console-pick-how = Open the page that lists the news, and choose the title of one of them in the preview. The others in the list are found from it.
console-pick-open = Open the page
console-pick-refused = The address or a selector is not valid. Please write the whole address, for example “https://agency.example/news”.
console-pick-page = Preview of the page
console-pick-part = What is chosen on the page
console-pick-lists = Choose one of the lists on the page
console-pick-list =
    { $count ->
        [one] { $count } link
       *[other] { $count } links
    }
console-pick-pieces = Other parts of an entry
console-pick-none = Let the bot find it
console-pick-try = Show the result
console-pick-found =
    { $count ->
        [one] { $count } entry found
       *[other] { $count } entries found
    }
console-pick-guessed =
    { $part ->
        [item] What belongs to each entry was found from the title.
       *[summary] The summary was found without being chosen.
    }
console-pick-left-out =
    { $part ->
        [date] The chosen date stands in no entry of the list, and is left out.
        [summary] The chosen summary stands in no entry of the list, and is left out.
       *[photo] The chosen photo stands in no entry of the list, and is left out.
    }
console-pick-problem =
    { $problem ->
        [changed] The page has changed meanwhile. Please choose again.
        [no-link] What was chosen has no link to an article. Please choose the title of an entry.
        [nothing-alike] Nothing else on the page is like the chosen entry. Please choose another one.
        [nothing-found] These selectors find no entries.
       *[bad-selector] A CSS selector is not valid.
    }
console-pick-selectors = CSS selectors
console-pick-toml = What to write into the configuration
console-pick-use = Use this list

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
        [release-time] That could not be done: the time must lie ahead, within a year.
        [article-changed] That could not be done: the state of the article has changed.
        [article-stop] The article is stopped.
        [article-resume] The article goes on.
        [article-recall] The article is being recalled; this page shows what comes of it.
        [feed-paused] The feed is not polled for now.
        [feed-resumed] The feed is polled again.
        [feed-queued] The feed is being polled. Please open this page again in some minutes to see what it brought.
        [feed-not-polled] This feed is paused, and is not polled.
        [hold-send] What was chosen is being sent.
        [hold-keep] What was held will be kept, and not sent.
        [hold-changed] That could not be done: it was decided before, or more is held by now.
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
console-release-at = Release at (Viet Nam’s time)

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
console-article-card = As shown on { $account }
console-step =
    { $step ->
        [stop] Stop
        [resume] Resume
       *[recall] Recall
    }
console-recall-sure = What was sent is deleted, or says that it was recalled, where the messenger allows it; what was not sent will not be. A recalled article cannot be sent again.
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
console-draft-untitled = (no title yet)
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
        [one] Needs approval by one person
       *[other] Needs approval by { $count } persons
    }
console-held = { $count } held
console-feeds-all = All topics and feeds
console-feed-poll = Poll now
console-feed-resume = Poll again
console-feed-facts = About the feed
console-feed-origin =
    { $origin ->
        [configured] Defined in feeds.toml
       *[added] Defined in the database
    }

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

console-settings-how = What is in force; passwords and secrets are not shown. To change something, please ask the person in charge of the system.
console-setting-name = Name
console-setting-value = Value
console-setting-origin = Origin
console-origin =
    { $origin ->
        [file] Configuration file
        [secrets] File of secrets
        [environment] Environment
       *[default] Default
    }

# The texts of the public page, key by key as in public.vi.ftl.

## The frame

public-name = News
public-publisher = { -publisher }
public-title = News of the { -publisher }
public-skip = Skip to the content
public-topics = Topics
public-home = Front page
public-languages = Languages
public-search = Search
public-search-label = Search the articles
public-subscribe = Subscribe
public-feed = { $format } feed
public-footer = This page is published by the { -publisher }. It uses no cookies and tracks nobody. Articles are in Vietnamese.

## Lists

public-newest = Newest
public-all = See all
public-none = There are no articles yet.
public-count =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
public-paging = Pages
public-page = Page { $page } of { $pages }
public-newer = Newer
public-older = Older
public-found =
    { $more ->
        [yes] More than { $count } articles were found.
       *[no]
            { $count ->
                [one] One article was found.
               *[other] { $count } articles were found.
            }
    }
public-nothing-found = Nothing was found. Please try other words, or write them without diacritics.
public-search-how = Words may be written with or without diacritics; put a phrase in quotation marks; add a time, for example “month 8/2017”.

## Articles

public-original = See the original on the agency’s site
public-print = Print view
public-photos = Photos
public-photo = Photo
public-media =
    { $media ->
        [video] Video
        [audio] Sound
       *[embed] On another page
    }
public-table = Table
public-corrections = Corrections
public-corrections-about = This article was changed after it was released:
public-correction-title = The title was “{ $title }”.
public-correction-summary = The summary was changed.
public-beside = More of this topic
public-printed-from = Address of this article: { $address }
public-printed-original = Original: { $address }

## Subscribing and posters

public-subscribe-about = Choose a topic, and scan its code with a phone or open the link. News then comes straight to the messaging app, free of charge, and can be stopped at any time.
public-open-in = Open { $platform }
public-code = QR code that subscribes to “{ $topic }” on { $platform }
public-poster = Poster
public-poster-of = { $platform } poster of “{ $topic }”
public-poster-how = The poster fits a sheet of A4. Print it from the browser, or download a file.
public-unlinked = On { $platform }: look for the bot of the { -publisher } in the app.
public-poster-invites = Get news on { $platform }
public-poster-scan = Scan the code with the camera or with { $platform }
public-poster-start = Choose “Start”, read the notice and agree
public-poster-write = Write: subscribe { $topic }
public-poster-free = Free of charge · Stop at any time

## Where there is nothing

public-refusal =
    { $kind ->
        [taken-down] This article was taken down
        [later] The page is busy
       *[gone] There is no such page
    }
public-refusal-about =
    { $kind ->
        [taken-down] The agency has taken this article down, or its time is over. Please do not use what you have received of it.
        [later] Please open the page again in a few minutes.
       *[gone] The address is not right, or the article is published no more.
    }
public-back-home = To the front page

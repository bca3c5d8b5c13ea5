"""/theodoi: the pages that somebody follows, to be told what changes there. A button ends each."""

from dataclasses import replace

from bot.commands.base.callbacks import FollowArticle, FollowPage, ListFollowed
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import latest_button, paging, search_button
from bot.commands.reader import consent
from bot.commands.reader.articles.article_lookup import seen, show_chosen
from bot.domain.chats.message import Button, RichText, Span, bold, plain
from bot.domain.news.article import ArticleId
from bot.domain.text.text import shorten
from bot.services.subscribers import following
from bot.store.articles.articles import StoredArticle
from bot.store.articles.followed_pages import NewPage
from bot.store.chats import follows
from bot.store.chats.follows import Followed

handlers = Handlers()

_PER_PAGE = 5
_TITLE = 100
"""Code points of a title in a notice. Bot API, answerCallbackQuery: a notice has at most 200."""


async def _is_meant(request: Request, words: str) -> bool:
    """Return whether words behind the command are a number or an address: "theo dõi trang" may say more."""
    del request
    return not words or words.isdecimal() or ("." in words and " " not in words)


@handlers.command(Command.FOLLOW, PRIVATE_ONLY, takes=_is_meant)
async def follow(request: Request, words: str) -> Response:
    """Show what is followed; with an address, or the number of an article among the newest, follow that."""
    if not words:
        return await _page(request, 0)
    if not _may_be_kept(request):
        return _ask(request)
    if words.isdecimal():
        return await show_chosen(request, words, _follow_article)
    page = await following.page_at(request.tx, words, request.chat_id)
    if page is None:
        return request.say(plain(request.text("follow-not-ours")))
    return await _follow(request, page)


@handlers.button(FollowArticle, PRIVATE_ONLY, writes=True)
async def press_follow_article(request: Request, pressed: FollowArticle) -> Response:
    if not _may_be_kept(request):
        return _ask(request)
    return await _follow_article(request, pressed.article)


@handlers.button(FollowPage, PRIVATE_ONLY, writes=True)
async def press_follow(request: Request, pressed: FollowPage) -> Response:
    """Follow a page no longer, or once more after it has ended."""
    if request.chat_id is None:
        return request.refuse(request.text("button-stale"))
    if not pressed.on:
        await follows.end(request.write_tx, request.chat_id, pressed.page)
        return Response(toast=request.text("unfollowed-toast"))
    if not _may_be_kept(request):
        return _ask(request)
    is_followed = await following.follow_on(
        request.write_tx,
        request.chat_id,
        pressed.page,
        most=request.context.most_followed,
        now=request.now,
    )
    if is_followed is None:
        return request.refuse(request.text("button-stale"))
    return Response(toast=request.text("followed-on-toast")) if is_followed else _full(request)


@handlers.button(ListFollowed, PRIVATE_ONLY, writes=lambda pressed: pressed.ended is not None)
async def press_followed(request: Request, pressed: ListFollowed) -> Response:
    """Turn to a page of the list, after following one has ended if it is named."""
    if pressed.ended is not None and request.chat_id is not None:
        await follows.end(request.write_tx, request.chat_id, pressed.ended)
    toast = request.text("unfollowed-toast") if pressed.ended is not None else None
    return await _page(request, pressed.page, toast=toast)


async def buttons(request: Request, stored: StoredArticle) -> tuple[Button, ...]:
    """Return the button that follows the page of *stored*, if it has one that can be followed."""
    if not request.context.most_followed or await following.source_of(request.tx, stored) is None:
        return ()
    return (request.context.buttons.follow(stored.id, request.language),)


async def _follow_article(request: Request, article: ArticleId) -> Response:
    found = await seen(request, article)
    if found is None:
        return request.refuse(request.text("article-gone"))
    page = await following.page_of(request.tx, *found)
    if page is None:
        return request.refuse(request.text("follow-no-page"))
    return await _follow(request, page)


async def _follow(request: Request, page: NewPage) -> Response:
    chat = await request.registered()
    most = request.context.most_followed
    number = await following.follow(request.write_tx, chat.id, page, most=most, now=request.now)
    if number is None:
        return _full(request)
    if request.pressed is not None:
        return Response(toast=request.text("followed-toast", title=shorten(page.title, _TITLE)))
    end = Button(request.text("button-unfollow"), action=FollowPage(number, on=False).pack())
    said = request.text("followed-now", title=shorten(page.title, 2 * _TITLE))
    return request.say(plain(said), keyboard=((end,),))


def _full(request: Request) -> Response:
    return request.refuse(request.text("follow-full", count=request.context.most_followed))


def _may_be_kept(request: Request) -> bool:
    """Return whether the person has agreed to a text that names the pages that they follow."""
    return request.has_consent and not consent.is_outdated(request)


def _ask(request: Request) -> Response:
    """Ask for consent first: what is followed is stored."""
    offer = plain(request.text("follow-needs-consent"))
    return consent.ask(replace(request, pressed=None), consent.MENU, before=(offer,))


async def _page(request: Request, page: int, *, toast: str | None = None) -> Response:
    listed = await follows.of_chat(request.tx, request.chat_id) if request.chat_id is not None else ()
    title, how = bold(request.text("follow-title")), request.examples("follow-how")
    if not listed:
        keyboard = ((latest_button(request), search_button(request)),)
        return request.say(title, plain(request.text("follow-none")), how, keyboard=keyboard, toast=toast)
    pages = -(-len(listed) // _PER_PAGE)
    page = min(page, pages - 1)
    shown = list(enumerate(listed, 1))[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    count = request.text("follow-count", count=len(listed), most=request.context.most_followed)
    return request.say(
        (title, plain("\n" + count)),
        *(_line(request, number, each) for number, each in shown),
        plain(request.text("follow-tap")),
        how,
        keyboard=(
            tuple(Button(f"🗑 {number}", action=ListFollowed(page, each.id).pack()) for number, each in shown),
            *paging(ListFollowed, page=page, pages=pages),
        ),
        toast=toast,
    )


def _line(request: Request, number: int, followed: Followed) -> RichText:
    until = request.text("follow-until", moment=request.moment(followed.ends_at))
    title = Span(shorten(followed.title, 200), url=followed.url)
    return (plain(f"{number}. "), title, plain("\n" + until))

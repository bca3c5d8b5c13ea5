"""/tamdung: pausing a topic, an account or everything, and letting it go on."""

from bot.commands.admin.confirming import once_in_force
from bot.commands.base.callbacks import ListPauses, SetPaused
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.domain.chats.message import Button, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.publication.pauses import EVERYTHING, Pause, Paused, PauseScope, may_pause, may_see
from bot.domain.text.text import shorten
from bot.services.publishing.pausing import pause, unpause
from bot.store.feeds import feeds
from bot.store.publications import pauses
from bot.store.runtime import accounts

handlers = Handlers()

_NAME = 60


@handlers.command(Command.PAUSE, admins_only(Right.SEE), writes=False, takes=any_words)
async def show_pauses(request: Request, words: str) -> Response:
    del words
    return await _list(request)


@handlers.button(ListPauses, admins_only(Right.SEE))
async def press_pauses(request: Request, pressed: ListPauses) -> Response:
    del pressed
    return await _list(request)


@handlers.button(SetPaused, admins_only(Right.PUBLISH), writes=True)
async def press_pause(request: Request, pressed: SetPaused) -> Response:
    """Pause something, or let it go on; tapped twice it is as it was meant all the same."""
    change = pause if pressed.on else unpause
    what = Paused(pressed.scope, pressed.about)
    if not may_pause(await request.authority(), what):
        return request.refuse(request.text("only-other-topics"))
    done = await change(request.write_tx, what, request.actor, now=request.now)
    if done and pressed.on:
        toast = request.text("pause-begun")
        return once_in_force(request, await _list(request), toast=toast)
    return await _list(request, toast=request.text("pause-ended" if done else "pause-refused"))


async def _list(request: Request, *, toast: str | None = None) -> Response:
    authority = await request.authority()
    every = await pauses.standing(request.tx)
    standing = {each.what: each for each in every if may_see(authority, each.what)}
    names = {
        EVERYTHING: "",
        **{Paused(PauseScope.ACCOUNT, each): each for each in await accounts.ids(request.tx)},
        **{
            Paused(PauseScope.TOPIC, topic.id): topic.name(request.language)
            for topic in await feeds.topics(request.tx)
        },
    }
    # A topic may have been retired since it was paused.
    paused = [each for what, each in standing.items() if what.scope is not PauseScope.ARTICLE]
    shown = {**names, **{each.what: names.get(each.what, each.what.about) for each in paused}}
    theirs = {what: name for what, name in shown.items() if may_pause(authority, what)}
    lines = "\n".join(_line(request, each, shown[each.what]) for each in paused)
    return request.say(
        bold(request.text("pauses-title")),
        plain(lines or request.text("pauses-none")),
        plain(request.text("pauses-how") if theirs else ""),
        keyboard=(
            *((_button(request, what, name, paused=what in standing),) for what, name in theirs.items()),
            (Button(request.text("button-refresh"), action=ListPauses().pack()),),
        ),
        toast=toast,
    )


def _line(request: Request, standing: Pause, name: str) -> str:
    moment = request.moment(standing.since)
    return request.text("pause-standing", scope=standing.what.scope, name=shorten(name, _NAME), moment=moment)


def _button(request: Request, what: Paused, name: str, *, paused: bool) -> Button:
    label = request.text(
        "button-pause-of", on="no" if paused else "yes", scope=what.scope, name=shorten(name, _NAME)
    )
    return Button(label, action=SetPaused(not paused, what.scope, what.about).pack())

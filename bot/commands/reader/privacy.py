"""/dulieu, /xoadulieu and /quyenriengtu: what is stored about a person, and deleting it at once."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.base.callbacks import Erase, ErasureStep
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.managing import role_names
from bot.commands.base.recent import Question
from bot.commands.reader import consent, stored_text
from bot.domain.chats.message import Button, ButtonStyle, bold, plain
from bot.services.subscribers.erasure import erase
from bot.store.chats import keepers, personal_data
from bot.store.publications import approvals
from bot.store.runtime import admins, audit, console, shown_menus

handlers = Handlers()

_ERASURE_STANDS_FOR = timedelta(minutes=10)
"""How long "yes" deletes everything: news that come later may be answered with the same word."""


@handlers.command(Command.DATA, PRIVATE_ONLY, writes=False, essential=True)
async def show_data(request: Request, words: str) -> Response:
    """Show all that is stored about a person."""
    del words
    title = bold(request.text("data-title"))
    lines = await _lines(request)
    if not lines:
        return request.say(title, plain(request.text("data-none")))
    button = Button(
        request.text("button-erase"), action=Erase(ErasureStep.ASK).pack(), style=ButtonStyle.DANGER
    )
    listed = tuple((plain(line),) for line in lines)
    paragraphs = [((title,),), listed, ((plain(request.text("data-passing")),),)]
    return stored_text.said(request, paragraphs, ((button,),))


@handlers.command(Command.ERASE, PRIVATE_ONLY, writes=False, essential=True)
async def ask_erase(request: Request, words: str) -> Response:
    """Ask once more before everything is deleted."""
    del words
    if not await _lines(request):
        return request.say(plain(request.text("data-none")))
    return request.say(
        plain(request.text("erase-confirm", proofs=request.context.keeping.proofs)),
        *(plain(line) for line in await _audited(request)),
        keyboard=(
            (
                Button(
                    request.text("button-erase-sure"),
                    action=Erase(ErasureStep.ERASE).pack(),
                    style=ButtonStyle.DANGER,
                ),
            ),
            (Button(request.text("button-cancel"), action=Erase(ErasureStep.CANCEL).pack()),),
        ),
        asks=Question(
            yes=Erase(ErasureStep.ERASE).pack(),
            no=Erase(ErasureStep.CANCEL).pack(),
            holds_for=_ERASURE_STANDS_FOR,
        ),
    )


@handlers.button(
    Erase, PRIVATE_ONLY, writes=lambda pressed: pressed.step is ErasureStep.ERASE, essential=True
)
async def press_erase(request: Request, pressed: Erase) -> Response:
    match pressed.step:
        case ErasureStep.CANCEL:
            return request.say(plain(request.text("erase-cancelled")))
        case ErasureStep.ASK:
            return await ask_erase(request, "")
    if await _lines(request):
        key, now = request.context.proof_key, request.now
        await erase(request.write_tx, request.address.account, request.address.chat, key=key, now=now)
    return replace(request.say(plain(request.text("erased"))), is_erasure=True)


@handlers.command(Command.PRIVACY, writes=False, essential=True)
async def show_privacy(request: Request, words: str) -> Response:
    """Say who is responsible, what is stored and for how long, and what a person can ask for."""
    del words
    contact, keeping = request.context.contact, request.context.keeping
    platform = request.context.messenger.platform
    abroad = "yes" if platform.is_abroad else "no"
    return request.say(
        bold(request.text("privacy-title")),
        plain(request.text("privacy-responsible", platform=platform.name, abroad=abroad)),
        plain(consent.data(request)),
        plain(
            request.text(
                "privacy-kept",
                days=keeping.deliveries,
                unsubscribed=keeping.unsubscribed,
                unreachable=keeping.unreachable,
                audit=keeping.audit,
            )
        ),
        plain(request.text("privacy-rights", proofs=keeping.proofs)),
        plain(request.text("privacy-contact", contact=contact) if contact else ""),
    )


async def _lines(request: Request) -> list[str]:
    """Return a line for each thing that is stored about a person; none if nothing is."""
    appointed = await admins.appointed(request.tx, request.address.account)
    about = await personal_data.stored(request.tx, request.chat.id) if request.chat else None
    kept = await keepers.kept_by(request.tx, request.address.account, request.sender.user)
    menu_at = await shown_menus.shown_at(request.tx, request.address)
    lines = stored_text.of_chat(request, request.chat, about) if request.chat and about else []
    if about and about.saved:
        lines.append(request.text("data-saved", count=about.saved))
    if about and about.followed:
        lines.append(request.text("data-followed", count=about.followed))
    admin = next((each for each in appointed if each.user == request.sender.user), None)
    if menu_at:
        lines.append(request.text("data-menu", moment=request.moment(menu_at)))
    if admin:
        moment = request.moment(admin.appointed_at)
        lines.append(request.text("data-admin", roles=role_names(request, admin.authority), moment=moment))
        lines += stored_text.of_note(request, admin.note)
    votes, questions = await approvals.of_person(request.tx, request.address.account, request.sender.user)
    if votes or questions:
        lines.append(request.text("data-approvals", votes=votes, questions=questions))
    for session in await console.sessions_of(request.tx, request.address.account, request.sender.user):
        moment = request.moment(session.begun_at)
        lines.append(request.text("data-session", moment=moment, device=session.device or "–"))
    for group, since in kept:
        lines.append(request.text("data-keeper", group=group, moment=request.moment(since)))
    return [*lines, *await _audited(request)]


async def _audited(request: Request) -> list[str]:
    """Return the line about the audit log, for those whom it names: nobody can take them out of it."""
    count = await audit.count_of(request.tx, request.address.account, request.sender.user)
    return [request.text("data-audit", count=count, days=request.context.keeping.audit)] if count else []

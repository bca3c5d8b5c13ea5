"""The question whether an edited article that is out takes over what its source says now, and its answer."""

from bot.commands.admin.publishing.callbacks import DecideSource
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.domain.chats.message import Button, Message, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.publication.editing import SourceText
from bot.domain.text.text import shorten
from bot.i18n import Translator
from bot.services.publishing.source_changes import leave, take
from bot.services.publishing.standing_words import Speech, source_lines
from bot.services.rendering.card import paragraphs
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle

handlers = Handlers()

_TITLE = 100


def source_question(
    stored: StoredArticle, source: SourceText, language: str, *, translator: Translator
) -> Message:
    """Ask whether what goes out says what the source says now, or stays as it was edited."""
    speech = Speech(translator, language)

    def deciding(key: str, *, takes: bool) -> tuple[Button]:
        data = DecideSource(stored.id, source.version, takes=takes)
        return (Button(speech.text(key), action=data.pack()),)

    return Message(
        paragraphs(
            bold(speech.text("source-changed-title")),
            plain("\n".join(filter(None, (shorten(stored.article.title, _TITLE), stored.article.page)))),
            plain("\n".join(source_lines(stored, source, speech))),
            plain(speech.text("source-changed-question")),
        ),
        keyboard=(deciding("button-source-take", takes=True), deciding("button-source-leave", takes=False)),
    )


@handlers.button(DecideSource, admins_only(Right.PUBLISH), writes=True)
async def press_source(request: Request, pressed: DecideSource) -> Response:
    """Take over what the source says, or leave the article; who comes second learns that it is decided."""
    stored = await articles.get(request.tx, pressed.article)
    if stored is None:
        return request.refuse(request.text("article-gone"))
    if not await request.may(Right.PUBLISH, *stored.all_topics):
        return request.refuse(request.text("only-other-topics"))
    about, tx, now = pressed.article, request.write_tx, request.now
    if pressed.takes:
        lasts = request.context.desk.publishing.expires_after
        done = await take(tx, about, pressed.version, request.actor, lasts=lasts, now=now)
    else:
        done = await leave(tx, about, pressed.version, request.actor, now=now)
    key = ("source-taken" if pressed.takes else "source-left") if done else "source-decided-before"
    return request.say(bold(shorten(stored.article.title, _TITLE)), plain(request.text(key)))

"""An article as it is read aloud."""

from bot.domain.speech.spoken import spoken
from bot.domain.text.text import fold
from bot.i18n import Translator
from bot.store.articles.articles import StoredArticle

LONGEST = 20_000
"""Code points as written, some twenty minutes: what is longer ends at a paragraph, and that is said."""


def read_aloud(stored: StoredArticle, translator: Translator) -> str:
    """Return the words of an article in Vietnamese, spelled out, a paragraph a line."""
    article, room = stored.article, LONGEST
    said: list[str] = []
    for part in (article.title, *_summary(article.summary, article.body), *article.body):
        if len(part) > room:
            said.append(translator.text("vi", "voice-rest-in-text"))
            break
        said.append(part)
        room -= len(part)
    return "\n".join(_ended(words) for words in map(spoken, said) if words)


def _summary(summary: str, body: tuple[str, ...]) -> tuple[str, ...]:
    """Return the summary, unless the text says the same."""
    words = fold(summary)
    return (summary,) if words and words not in fold(" ".join(body)) else ()


def _ended(words: str) -> str:
    """Return *words* with a mark at which the voice pauses."""
    return words if words[-1] in ".!?…:;" else f"{words}."

"""The lines of a page by which its changes are found: its title, its text, and the files that it offers."""

from bot.domain.blocks.plain import lines
from bot.domain.news.article import Article
from bot.domain.text.text import one_line


def page_lines(article: Article) -> tuple[str, ...]:
    """Return title, summary and body line by line, then the names of the files that none of them says."""
    text = [one_line(line) for line in lines(article.blocks)] or [one_line(each) for each in article.body]
    first = (one_line(article.title), one_line(article.summary), *text[:1])
    said = (*dict.fromkeys(filter(None, first)), *text[1:])
    named = [one_line(file.name) for file in article.attachments]
    return (*said, *(name for name in named if name and not any(name in line for line in said)))

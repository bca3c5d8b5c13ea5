"""Urgency: which articles go before all others, and through digests and quiet hours where people let them."""

from bot.domain.chats.filters import parse, prepare
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic


def is_urgent(article: Article, topic: Topic) -> bool:
    """Return whether *article* is urgent as news of *topic*: by its title and summary, its body says much."""
    if topic.urgent or not topic.urgent_words:
        return topic.urgent
    words = prepare((article.title, article.summary))
    return any(parse(each).passes(words) for each in topic.urgent_words)

"""The tables for finding articles again: the words of each, and what is out in each topic, by age."""

from sqlalchemy import DDL, Column, ForeignKey, Table, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.store.schema.metadata import metadata
from bot.store.schema.types import Id, Words

# The key is the article's place among all, newest last, so that an index in its order is one by age.
# words: the terms of domain.words; folded: the text of the same words in their order, for phrases.
article_words = Table(
    "article_words",
    metadata,
    Column("place", Id, primary_key=True, autoincrement=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text().with_variant(TSVECTOR, "postgresql"), nullable=False),
    Column("folded", Words, nullable=False),
    UniqueConstraint("article_id"),
)

# What readers may find in a topic, in the order of those places. Made of publications and articles, as the
# words are, whenever one of them changes.
released_articles = Table(
    "released_articles",
    metadata,
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True),
    Column("place", Id, primary_key=True, autoincrement=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
)

# SQLite has its full text in a table of its own, which triggers keep in step, also when a key cascades.
_INDEX = (
    "CREATE VIRTUAL TABLE article_index USING fts5(words, content='article_words', content_rowid='place',"
    " detail='none', columnsize=0, tokenize=\"ascii tokenchars '^=#~'\")"
)
_ADDED = (
    "CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN"
    " INSERT INTO article_index (rowid, words) VALUES (new.place, new.words); END"
)
_REMOVED = (
    "CREATE TRIGGER article_words_removed AFTER DELETE ON article_words BEGIN"
    " INSERT INTO article_index (article_index, rowid, words)"
    " VALUES ('delete', old.place, old.words); END"
)
GIN = "CREATE INDEX ix_article_words_words ON article_words USING gin (words) WITH (fastupdate = off)"
"""Without the list of pending entries, which every search would have to go through."""

# What is long stands out of line: a word that is in half of all articles leads to as many rows, which with
# their texts beside them would fill a hundred times as many pages.
_NARROW = "ALTER TABLE article_words SET (toast_tuple_target = 128)"
for _dialect, _statement in (
    ("sqlite", _INDEX),
    ("sqlite", _ADDED),
    ("sqlite", _REMOVED),
    ("postgresql", GIN),
    ("postgresql", _NARROW),
):
    _ddl = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(article_words, "after_create", _ddl.execute_if(dialect=_dialect))

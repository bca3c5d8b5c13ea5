"""The Official Accounts: who may speak as each, and what each has published."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class OaArticle:
    """An article; it is asked for *pending* times in vain, and *listed* for everybody once it is there."""

    id: str
    token: str
    content: Json
    created_at: float
    pending: int
    listed: bool = True
    removed: bool = False
    revisions: int = 0

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "content": self.content,
            "removed": self.removed,
            "revisions": self.revisions,
            "verified": self.pending <= 0,
        }


@dataclass(slots=True)
class Broadcast:
    at: float
    articles: list[str]


@dataclass(slots=True)
class OfficialAccount:
    """One Official Account, the application that it has authorised, and the one pair that is taken."""

    id: str
    name: str
    app_id: str
    secret: str
    refresh: str
    access: str = ""
    expires_at: float = 0.0
    refresh_ends_at: float = 0.0
    used: set[str] = field(default_factory=set)
    expired: set[str] = field(default_factory=set)
    articles: list[OaArticle] = field(default_factory=list)
    broadcasts: list[Broadcast] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)

    def secret_text(self, kind: str) -> str:
        """Return a new token of that *kind*."""
        self.numbers[kind] += 1
        told = f"{self.id} {kind} {self.numbers[kind]}"
        return f"{kind}-{hashlib.sha256(told.encode()).hexdigest()}"

    def add_by_hand(self, title: str, at: float) -> OaArticle:
        """Publish an article that no application has created."""
        token = self.secret_text("hand")
        number = hashlib.sha256(token.encode()).hexdigest()[:20]
        article = OaArticle(number, token, {"title": title, "status": "show"}, at, pending=0)
        self.articles.append(article)
        return article

    def article(self, named: str) -> OaArticle | None:
        return next((each for each in self.articles if each.id == named and not each.removed), None)

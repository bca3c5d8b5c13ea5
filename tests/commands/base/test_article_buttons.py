"""The buttons of an article."""

from dataclasses import replace

from bot.commands.base.article_buttons import ArticleButtons, composer
from bot.commands.base.callbacks import ShowArticle
from bot.domain.chats.message import Button
from bot.domain.messaging.messenger import PageLimits
from bot.domain.news.article import Article, ArticleId
from bot.i18n import FormOfAddress
from bot.store.articles.articles import StoredArticle
from tests.commands.stage import HOME, TOPICS, texts
from tests.fakes import MESSENGER_CAPABILITIES, FakeClock, FakeMessenger


def stored(*body: str) -> StoredArticle:
    article = Article("https://agency.example/7", "Hội nghị", "", body=body)
    return StoredArticle(ArticleId(7), article, None, (), FakeClock().now())


def test_an_article_of_a_digest_is_shown_in_a_private_chat_and_elsewhere_the_button_leads_there() -> None:
    buttons = ArticleButtons(texts(FormOfAddress.YOU), FakeMessenger().link_to_us)

    assert buttons.opening("📖 1", stored("Toàn văn."), private=True) == Button(
        "📖 1", action=ShowArticle(ArticleId(7)).pack()
    )
    assert buttons.opening("📖 1", stored("Toàn văn."), private=False) == Button(
        "📖 1", url="https://chat.example/bantin_bot?start=doc_7"
    )
    assert buttons.opening("📖 1", stored(), private=False) is None


def test_what_is_over_has_its_card_replaced_and_its_page_named_so() -> None:
    over = replace(stored("Toàn văn."), topics=(HOME,), ended=True)
    page = PageLimits(title=150, author=50, description=300, images=10)
    platforms = (MESSENGER_CAPABILITIES, replace(MESSENGER_CAPABILITIES, pages=page))

    made = [
        composer(texts(FormOfAddress.YOU), FakeMessenger(capabilities=each))(
            over, TOPICS[0], "vi", None, private=True, brief=False
        )
        for each in platforms
    ]

    said = ["".join(span.text for span in each.text) for each in made]
    assert [each.startswith("⌛ (Đã hết hạn) ") for each in said] == [True, True]
    assert made[0].keyboard == ()

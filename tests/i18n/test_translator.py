import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import FormOfAddress, Translator

NAMES = {"vi": "Cục Sở hữu trí tuệ", "en": "Intellectual Property Office of Viet Nam"}


def translator(form: FormOfAddress = FormOfAddress.YOU, default_language: str = "vi") -> Translator:
    return Translator.load(form, NAMES, default_language=default_language)


@pytest.mark.parametrize(
    ("form", "greeting", "question"),
    [
        (FormOfAddress.YOU, "Xin chào bạn!", "Bạn có đồng ý nhận tin"),
        (FormOfAddress.HONOURED, "Xin chào Quý vị!", "Quý vị có đồng ý nhận tin"),
        (FormOfAddress.CITIZEN, "Xin chào Ông/Bà!", "Ông/Bà có đồng ý nhận tin"),
        (FormOfAddress.COMRADE, "Xin chào đồng chí!", "Đồng chí có đồng ý nhận tin"),
    ],
)
def test_the_reader_is_addressed_as_configured(form: FormOfAddress, greeting: str, question: str) -> None:
    texts = translator(form)

    assert texts.text("vi", "start-title") == greeting
    assert texts.text("vi", "consent-question").startswith(question)


def test_the_same_texts_address_somebody_else_in_another_form() -> None:
    comrades = translator(FormOfAddress.HONOURED).addressing("đồng chí")

    assert comrades.text("vi", "start-title") == "Xin chào đồng chí!"
    assert comrades.addressing(None).text("vi", "start-title") == "Xin chào Quý vị!"


def test_the_agency_is_named_in_each_language() -> None:
    texts = translator()

    assert "của Cục Sở hữu trí tuệ." in texts.text("vi", "start-about")
    assert "of the Intellectual Property Office of Viet Nam." in texts.text("en", "start-about")


def test_an_agency_without_an_english_name_keeps_its_own() -> None:
    texts = Translator.load(FormOfAddress.YOU, {"vi": "Sở Khoa học"})

    assert "Sở Khoa học" in texts.text("en", "channel-test")


@settings(max_examples=20, deadline=None)  # each example reads all texts anew
@given(st.text(min_size=1).filter(str.strip))
def test_any_name_of_an_agency_is_taken_word_for_word(name: str) -> None:
    words = " ".join(name.split())

    assert words in Translator.load(FormOfAddress.YOU, {"vi": name}).text("vi", "channel-test")


def test_a_language_that_there_is_not_is_spoken_as_the_default() -> None:
    assert translator().text("fr", "button-help") == "Hướng dẫn"
    assert translator(default_language="en").text("fr", "button-help") == "Help"


@pytest.mark.parametrize(
    ("code", "language"),
    [(None, "en"), ("", "en"), ("vi", "vi"), ("vi-VN", "vi"), ("VI", "vi"), ("en-US", "en"), ("ja", "en")],
)
def test_where_english_is_usual_a_person_is_spoken_to_in_the_language_of_their_app(
    code: str | None, language: str
) -> None:
    assert translator(default_language="en").language_for(code) == language


@pytest.mark.parametrize("code", [None, "", "vi", "en-US", "ja"])
def test_where_vietnamese_is_usual_everybody_is_first_spoken_to_in_it(code: str | None) -> None:
    assert translator().language_for(code) == "vi"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert translator().text("vi", "failures-retried", count=12345).endswith("12.345")
    assert translator().text("en", "failures-retried", count=12345).endswith("12,345")


def test_a_key_that_is_not_there_or_an_argument_that_is_missing_is_a_bug() -> None:
    with pytest.raises(KeyError):
        translator().text("vi", "no-such-key")
    with pytest.raises(ValueError, match="topic-unknown"):
        translator().text("vi", "topic-unknown")

"""Vietnamese text: folding, sentences, shortening, completing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.text import complete, fold, nfc, one_line, sentences, shorten

SEED = (
    "Ngày 10 tháng 8 năm 2017, Đảng ủy Cục Sở hữu trí tuệ (SHTT) đã tổ chức Hội nghị sơ kết công "
    "tác Đảng 6 tháng đầu năm "
    "2017 và triển khai thực hiện nhiệm vụ 6 tháng cuối năm 2017. Tham dự Hội nghị có Ban chấp hành Đảng bộ."
)
VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƯ áàảãạ ệữ 0123 .,;:!?…/()“”\n\u0301\u00a0"), max_size=200
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đảng ủy Cục Sở hữu trí tuệ", "dang uy cuc so huu tri tue"),
        ("hoà  bình,\n HÒA BÌNH", "hoa binh, hoa binh"),
        ("uỷ ủy", "uy uy"),
        (unicodedata.normalize("NFD", "Đinh Hữu Phí"), "dinh huu phi"),
        ("ĐƯỜNG", "duong"),
        ("", ""),
    ],
)
def test_folding_leaves_what_people_type_without_marks(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(VIETNAMESE)
def test_folding_is_the_same_for_both_normal_forms_and_twice(text: str) -> None:
    folded = fold(text)

    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text)) == folded == fold(folded)


@pytest.mark.parametrize(
    "parts",
    [
        ["Đại hội thành công tốt đẹp./.", "Ban Tổ chức"],
        ["PGS.TS. Nguyễn Văn A và GS.VS. Trần B dự Hội nghị.", "Hội nghị bế mạc."],
        ["Đoàn làm việc tại TP. Hồ Chí Minh và TP.HCM.", "Ngoài ra còn có các tỉnh."],
        ["Liên hệ Tel. 024 3858 3069 để biết thêm.", "Xin cảm ơn."],
        ["Gồm sáng chế, nhãn hiệu, v.v. Tất cả đều được bảo hộ.", "Hết."],
        ["Điều 5. Phạm vi áp dụng của Thông tư.", "Điều 6. Hiệu lực."],
        ["Theo Khoản 2. Chương II. Quy định chung.", "Có hiệu lực ngay."],
        ["1. Mở đầu.", "2. Nội dung."],
        ["Sơ kết 6 tháng đầu năm 2017.", "Tham dự có 50 đại biểu."],
        ["Ông J. K. Rowling và bà A. Nguyễn phát biểu.", "Buổi lễ kết thúc."],
        ["Mức phí là 1.000.000 đồng, tăng 2.5 lần.", "Áp dụng từ 01.01.2018."],
        ["Ông nói: “Chúng ta sẽ làm tốt hơn.”", "Mọi người vỗ tay."],
        ["Kết quả ra sao?", "Rất tốt!", "Xin chúc mừng."],
        ["Còn nhiều việc… chưa xong, nhưng sẽ làm.", "Cố lên."],
        ["Xem tại www.ipvietnam.gov.vn. để biết thêm.", "Hết."],
        ["ThS. Lê C, BS. Phạm D và KS. Đỗ Em.", "Cùng dự có ông G."],
        ["Bộ KH&CN.", "Cục SHTT.", "Viện."],
    ],
)
def test_sentences_end_where_vietnamese_ones_do(parts: list[str]) -> None:
    assert list(sentences(" ".join(parts))) == parts


@given(VIETNAMESE)
def test_sentences_lose_nothing(text: str) -> None:
    assert " ".join(sentences(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Ngắn thôi.", 100, "Ngắn thôi."),
        ("Câu một. Câu hai. Câu ba.", 17, "Câu một. Câu hai."),
        ("Câu một. Câu hai. Câu ba.", 16, "Câu một."),
        ("Tập trung kiện toàn tổ chức; xử lý đơn, tồn đọng; triển khai.", 45, "Tập trung kiện toàn tổ chức…"),
        ("Tập trung kiện toàn tổ chức, rà soát sắp xếp lại", 40, "Tập trung kiện toàn tổ chức…"),
        ("Tập trung kiện toàn cơ cấu tổ chức của Cục", 20, "Tập trung kiện toàn…"),
        ("khôngcókhoảngtrắngnào", 8, "khôngcó…"),
        (SEED, 200, SEED.partition(" Tham")[0]),
        ("Hai từ", 1, "…"),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(VIETNAMESE, st.integers(1, 250))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert one_line(text).startswith(short.removesuffix("…"))
    assert nfc(short) == short


CUT = "Ngày 10 tháng 8 năm 2017, Đảng ủy Cục Sở hữu trí tuệ đã tổ chức Hội nghị sơ kết công tác "
"Đảng 6 tháng đầu năm 2017..."


@pytest.mark.parametrize("mark", ["...", "…", " ...", "[...]", " (…)", ".....", "… "])
def test_a_cut_sapo_is_completed_to_the_end_of_its_sentence(mark: str) -> None:
    assert complete(CUT.removesuffix("...") + mark, SEED) == SEED.partition(" Tham")[0]


def test_a_sapo_cut_inside_a_word_or_in_its_second_sentence_is_completed() -> None:
    assert complete(SEED[:30] + "…", SEED) == SEED.partition(" Tham")[0]
    assert complete(SEED[:-22] + "...", SEED) == SEED


@pytest.mark.parametrize(
    "sapo",
    [
        "Một câu trọn vẹn.",
        "Hội thảo về nhãn hiệu tập thể và chỉ dẫn địa lý đã diễn ra tại Hà Nội...",
        "...",
        "",
        "Đảng ủy Cục...",
    ],
)
def test_a_sapo_that_is_whole_or_from_elsewhere_stays(sapo: str) -> None:
    assert complete(sapo, "Ngày mai trời lại sáng. Không có gì khác ở đây.") == sapo


@given(VIETNAMESE, VIETNAMESE)
def test_completing_takes_any_text(sapo: str, paragraph: str) -> None:
    completed = complete(sapo, paragraph)

    assert completed == one_line(sapo) or one_line(paragraph).startswith(completed)

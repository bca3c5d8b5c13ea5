"""What is read aloud for what is written."""

import pytest

from bot.domain.speech.spoken import spoken

SAID = [
    (
        "Ngày 10/8/2017, Cục SHTT họp.",
        "Ngày mười tháng tám năm hai nghìn không trăm mười bảy, Cục sở hữu trí tuệ họp.",
    ),
    ("Hà Nội, 10-8-2017", "Hà Nội, ngày mười tháng tám năm hai nghìn không trăm mười bảy"),
    ("01/4/2024", "ngày một tháng tư năm hai nghìn không trăm hai mươi tư"),
    ("sáng 12/5 (thứ Hai)", "sáng ngày mười hai tháng năm, thứ Hai"),
    ("tháng 8/2024", "tháng tám năm hai nghìn không trăm hai mươi tư"),
    ("ngày 45/13/2024", "ngày bốn mươi lăm, mười ba, hai nghìn không trăm hai mươi tư"),
    ("từ 8h30 đến 11:45", "từ tám giờ ba mươi phút đến mười một giờ bốn mươi lăm phút"),
    ("lúc 14h ngày mai", "lúc mười bốn giờ ngày mai"),
    ("08 giờ 00 phút", "tám giờ"),
    ("số 65/2023/NĐ-CP", "số sáu mươi lăm năm hai nghìn không trăm hai mươi ba nghị định chính phủ"),
    (
        "Nghị định số 65/2023/NĐ-CP",
        "Nghị định số sáu mươi lăm năm hai nghìn không trăm hai mươi ba chính phủ",
    ),
    ("Quyết định 1234/QĐ-SHTT", "Quyết định một nghìn hai trăm ba mươi tư sở hữu trí tuệ"),
    ("Luật số 07/2022/QH15", "Luật số bảy năm hai nghìn không trăm hai mươi hai quốc hội mười lăm"),
    ("Nghị quyết 29-NQ/TW", "Nghị quyết hai mươi chín trung ương"),
    ("giai đoạn 2016-2020", "giai đoạn hai nghìn không trăm mười sáu đến hai nghìn không trăm hai mươi"),
    ("Đại hội lần thứ XIII", "Đại hội lần thứ mười ba"),
    ("phần mềm và VI khuẩn", "phần mềm và VI khuẩn"),
    ("tăng 12,5%", "tăng mười hai phẩy năm phần trăm"),
    ("3,05 tỷ", "ba phẩy không năm tỷ"),
    ("1.250.000 đồng", "một triệu hai trăm năm mươi nghìn đồng"),
    ("180.000đ", "một trăm tám mươi nghìn đồng"),
    ("150 m2", "một trăm năm mươi mét vuông"),
    ("63/63 tỉnh", "sáu mươi ba trên sáu mươi ba tỉnh"),
    ("khoản 2.1", "khoản hai chấm một"),
    ("ĐT: 024 3858 3069", "điện thoại: không hai bốn, ba tám năm tám, ba không sáu chín"),
    ("tại ipvietnam.gov.vn.", "tại ipvietnam chấm gov chấm vn."),
    ("xem https://ipvietnam.gov.vn/tin/1?x=2", "xem đường dẫn trong bài"),
    ("PGS.TS. Trần Văn A", "phó giáo sư tiến sĩ Trần Văn A"),
    ("UBND TP.HCM và TP. Huế", "ủy ban nhân dân thành phố Hồ Chí Minh và thành phố Huế"),
    ("Bộ KH&CN – ông A", "Bộ khoa học và công nghệ, ông A"),
    ("dịch COVID-19", "dịch cô vít mười chín"),
    ("chuẩn XML", "chuẩn ích mờ lờ"),
    ("THÔNG BÁO NỘP PHÍ", "THÔNG BÁO NỘP PHÍ"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "said"), SAID, ids=[written or "nothing" for written, _ in SAID])
def test_what_is_said(written: str, said: str) -> None:
    assert spoken(written) == said

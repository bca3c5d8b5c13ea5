"""What the abbreviations of Vietnamese agencies stand for, and how letters are called."""

import re

ABBREVIATIONS = {
    "ASEAN": "a xê an",
    "ATTP": "an toàn thực phẩm",
    "BCĐ": "ban chỉ đạo",
    "BCH": "ban chấp hành",
    "BCHTW": "ban chấp hành trung ương",
    "BGDĐT": "bộ giáo dục và đào tạo",
    "BKHCN": "bộ khoa học và công nghệ",
    "BNV": "bộ nội vụ",
    "BTC": "bộ tài chính",
    "BTP": "bộ tư pháp",
    "BTTTT": "bộ thông tin và truyền thông",
    "BTV": "ban thường vụ",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CCHC": "cải cách hành chính",
    "CHXHCN": "cộng hòa xã hội chủ nghĩa",
    "CNTT": "công nghệ thông tin",
    "COVID": "cô vít",
    "CP": "chính phủ",
    "CT": "chỉ thị",
    "CV": "công văn",
    "CĐS": "chuyển đổi số",
    "DN": "doanh nghiệp",
    "DVC": "dịch vụ công",
    "GCN": "giấy chứng nhận",
    "GD&ĐT": "giáo dục và đào tạo",
    "HTX": "hợp tác xã",
    "HĐND": "hội đồng nhân dân",
    "HĐQT": "hội đồng quản trị",
    "KCB": "khám chữa bệnh",
    "KCN": "khu công nghiệp",
    "KH": "kế hoạch",
    "KH&CN": "khoa học và công nghệ",
    "KHCN": "khoa học công nghệ",
    "KL": "kết luận",
    "KT-XH": "kinh tế, xã hội",
    "LĐ": "lao động",
    "MTTQ": "mặt trận tổ quốc",
    "NHNN": "ngân hàng nhà nước",
    "NQ": "nghị quyết",
    "NSNN": "ngân sách nhà nước",
    "NĐ": "nghị định",
    "PCCC": "phòng cháy chữa cháy",
    "PCT": "pi xi ti",
    "QH": "quốc hội",
    "QLNN": "quản lý nhà nước",
    "QĐ": "quyết định",
    "SHCN": "sở hữu công nghiệp",
    "SHTT": "sở hữu trí tuệ",
    "TAND": "tòa án nhân dân",
    "TB": "thông báo",
    "TCCB": "tổ chức cán bộ",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "TNHH": "trách nhiệm hữu hạn",
    "TP.HCM": "thành phố Hồ Chí Minh",
    "TPHCM": "thành phố Hồ Chí Minh",
    "TT": "thông tư",
    "TTCP": "thủ tướng chính phủ",
    "TTHC": "thủ tục hành chính",
    "TTLT": "thông tư liên tịch",
    "TTTT": "thông tin truyền thông",
    "TTg": "thủ tướng chính phủ",
    "TU": "tỉnh ủy",
    "TW": "trung ương",
    "TƯ": "trung ương",
    "UBKT": "ủy ban kiểm tra",
    "UBND": "ủy ban nhân dân",
    "UBTVQH": "ủy ban thường vụ quốc hội",
    "VBPL": "văn bản pháp luật",
    "VKSND": "viện kiểm sát nhân dân",
    "VPCP": "văn phòng chính phủ",
    "VPQH": "văn phòng quốc hội",
    "WIPO": "uai pô",
    "WTO": "vê kép tê ô",
    "EU": "e u",
    "FAQ": "câu hỏi thường gặp",
    "AI": "ây ai",
    "IP": "ai pi",
    "XHCN": "xã hội chủ nghĩa",
    "ĐCSVN": "đảng cộng sản Việt Nam",
    "ĐH": "đại học",
    "ĐT": "điện thoại",
    "ĐMST": "đổi mới sáng tạo",
    "ĐTNCS": "đoàn thanh niên cộng sản",
    "ĐVHC": "đơn vị hành chính",
    "ĐƯ": "đảng ủy",
}
"""By how they are written. Those of two letters stand for what they mean in the number of a document."""

TITLES = {
    "BS.": "bác sĩ",
    "CN.": "cử nhân",
    "GS.": "giáo sư",
    "KS.": "kỹ sư",
    "LS.": "luật sư",
    "PGS.": "phó giáo sư",
    "P.": "phường",
    "Q.": "quận",
    "TP.": "thành phố",
    "TS.": "tiến sĩ",
    "ThS.": "thạc sĩ",
    "TX.": "thị xã",
    "Đ/c": "đồng chí",
    "đ/c": "đồng chí",
    "v.v.": "vân vân",
    "VD:": "ví dụ",
}
"""Written with their mark in front of a name, or as they stand."""

_NAMES = (
    "a, bê, xê, đê, e, ép, giê, hát, i, gi, ca, lờ, mờ, nờ, ô, pê, quy, rờ, ét, tê, u, vê, vê kép, ích, "
    "y dài, dét, đê, ư, ô, ơ, á, ớ, ê"
)
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZĐƯÔƠĂÂÊ", _NAMES.split(", "), strict=True))

_WITHOUT_VOWEL = re.compile(r"[BCDFGHJKLMNPQRSTVWXZĐ]{2,6}")


def meaning(abbreviation: str) -> str | None:
    """Return what *abbreviation* stands for, or None where nobody knows."""
    return ABBREVIATIONS.get(abbreviation)


def spelled(word: str) -> str | None:
    """Return the names of the letters of a *word* of two to six capitals that nobody could read otherwise."""
    return letters(word) if _WITHOUT_VOWEL.fullmatch(word) else None


def letters(word: str) -> str:
    """Return the names of the letters of *word*; what is no letter is left out."""
    return " ".join(_LETTERS[letter] for letter in word.upper() if letter in _LETTERS)

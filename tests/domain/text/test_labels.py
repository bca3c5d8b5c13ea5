"""Labels that tell names apart."""

import pytest

from bot.domain.text.labels import telling_apart

OFFICE = "Cục Sở hữu trí tuệ: Hoạt động SHCN"


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        ((), ()),
        (("Báo Chính phủ",), ("Báo Chính phủ",)),
        ((f"{OFFICE} trong nước", f"{OFFICE} quốc tế"), ("Trong nước", "Quốc tế")),
        (
            (f"{OFFICE} trong nước", "Báo Chính phủ", f"{OFFICE} quốc tế", "Cục Sở hữu trí tuệ: Tin khác"),
            ("Trong nước", "Báo Chính phủ", "Quốc tế", "Tin khác"),
        ),
        (("Tin", "Tin mới"), ("Tin", "Mới")),
        (("Tin", "Tin"), ("Tin", "Tin")),
        (("a b x", "a b y", "c d x", "c d y"), ("a b x", "a b y", "c d x", "c d y")),
    ],
)
def test_a_label_is_what_tells_a_name_from_the_others(
    names: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    assert telling_apart(names, longest=40) == labels


def test_what_is_too_long_keeps_its_end() -> None:
    (label,) = telling_apart([f"{OFFICE} ở nước ngoài"], longest=20)

    assert label == "…SHCN ở nước ngoài"
    assert telling_apart(["x" * 99], longest=20) == ("…" + "x" * 19,)

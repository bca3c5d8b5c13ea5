"""How Vietnamese texts address the reader; other languages have one form for everybody."""

from enum import StrEnum


class FormOfAddress(StrEnum):
    """The words themselves, as they stand within a sentence."""

    YOU = "bạn"
    HONOURED = "Quý vị"
    CITIZEN = "Ông/Bà"
    COMRADE = "đồng chí"

"""Tables that agencies publish: fees below a head of two rows, long provisions, lists without an end."""

from bot.domain.blocks.model import Table, TableCell, TextRun


def cell(text: str, *, header: bool = False, columns: int = 1, rows: int = 1, url: str = "") -> TableCell:
    return TableCell((TextRun(text, url=url),) if text else (), header, columns, rows)


def head(*texts: str) -> tuple[TableCell, ...]:
    return tuple(cell(text, header=True) for text in texts)


def row(*texts: str) -> tuple[TableCell, ...]:
    return tuple(cell(text) for text in texts)


FEES = Table(
    (
        (
            cell("STT", header=True, rows=2),
            cell("Nội dung công việc", header=True, rows=2),
            cell("Mức thu (nghìn đồng)", header=True, columns=3),
            cell("Ghi chú", header=True, rows=2),
        ),
        head("Sáng chế", "Kiểu dáng", "Nhãn hiệu"),
        (*row("1", "Lệ phí nộp đơn", "150.000", "150.000", "150.000"), cell("Thông tư 263/2016", rows=3)),
        row("2", "Phí thẩm định nội dung cho mỗi điểm yêu cầu bảo hộ", "720.000", "700.000", "550.000"),
        (*row("3", "Phí công bố thông tin về đơn"), cell("120.000", columns=3)),
    ),
    "Mức thu phí, lệ phí sở hữu công nghiệp",
)
TWELVE = Table(
    (
        head("Đơn vị", *(f"Tháng {month}" for month in range(1, 12))),
        *(row(name, *["17.612"] * 11) for name in ("Sáng chế", "Kiểu dáng công nghiệp", "Nhãn hiệu")),
    )
)
PROVISION = "Tổ chức, cá nhân có quyền đăng ký sáng chế thì phải nộp đơn đăng ký. " * 6
LONG_CELLS = Table(
    (head("Điều", "Nội dung", "Lý do"), *(row(f"Điều {n}", PROVISION, "x" * 300) for n in range(1, 12)))
)
ENDLESS = Table(
    (head("TT", "Họ và tên", "Đơn vị"), *(row(str(n), f"Nguyễn Thị {n}", "Cục SHTT") for n in range(1, 900)))
)

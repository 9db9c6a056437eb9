"""Papers that the people of the stories attach: real files, with nothing in them."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
from PIL import Image

from tests.directives.signing import authority, sign
from tests.workbooks.old_book import workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A short notice that repeats one open task; invented.
NOTICE = """Số: 112/TB-UBND

Quảng Trị, ngày 15 tháng 11 năm 2023

THÔNG BÁO

Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về hợp tác xã vận tải (văn bản minh hoạ)

Ngày 10 tháng 11 năm 2023, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp về hợp tác xã vận tải. Sau khi nghe báo cáo, kết luận:

1. Sở Giao thông vận tải: Chủ trì, phối hợp cùng với các sở, ban, ngành và UBND cấp huyện thực hiện các giải pháp nâng \
cao hiệu quả quản lý, hướng dẫn hoạt động trong các hợp tác xã lĩnh vực giao thông vận tải.

2. Sở Công Thương: Hỗ trợ 5 hợp tác xã đưa sản phẩm lên sàn thương mại điện tử trước ngày 15 tháng 12 năm 2023.

Nơi nhận:

- Như thành phần dự họp;
- Lưu: VT.
"""


def pdf(name: str) -> dict:
    """For Playwright's `set_input_files`."""
    return {"name": name, "mimeType": "application/pdf", "buffer": _page(name)}


def excel(content: bytes, percent: float | None) -> dict:
    """The workbook of an agency with a result typed into task 24, and a percentage, which it does not take."""
    book = openpyxl.load_workbook(BytesIO(content))
    head, *rows = book.worksheets[0].iter_rows(min_row=4)
    place = {" ".join(str(cell.value).split()): cell.column - 1 for cell in head}
    row = next(each for each in rows if str(each[place["Số"]].value) == "24")
    row[place["Kết quả thực hiện"]].value = "Đã mở lớp hướng dẫn liên kết tiêu thụ cho 4 HTX (minh hoạ)."
    row[place["Tỷ lệ đạt chỉ tiêu (%)"]].value = percent
    made = BytesIO()
    book.save(made)
    return {"name": "Nhiệm vụ TP Đông Hà.xlsx", "mimeType": EXCEL, "buffer": made.getvalue()}


def signed_copy(content: bytes) -> dict:
    """The same paper as a leader signs it, with a certificate that `trust` makes trusted."""
    now = datetime.now(UTC)
    signer = authority().signer("Lê Quang Minh (minh hoạ)", since=now - timedelta(1), until=now + timedelta(300))
    return {"name": "Báo cáo (bản ký).pdf", "mimeType": "application/pdf", "buffer": sign(content, signer)}


def trust(folder: Path) -> dict[str, str]:
    """For a stack's `env`: the office's folder of roots, made anew, with the one root of this guide in it."""
    folder.mkdir()
    (folder / "minh-hoa.pem").write_bytes(authority().pem)
    return {"KTTT_SIGNATURE_ROOTS": str(folder)}


def old_book() -> dict:
    """What an office kept before, with one unknown name and one day that never was; invented."""
    first, second = ("45/TB-UBND", date(2022, 3, 10)), ("118/TB-UBND", date(2022, 9, 6))
    rows = (
        "I. Sở Kế hoạch và Đầu tư",
        ("1", *first, "Tổng hợp nhu cầu vốn của hợp tác xã năm 2023", None, "Sở Tài chính", date(2022, 6, 30),
         None, "Đã hoàn thành", date(2022, 6, 24), "31/BC-SKHĐT", None),
        ("2", *first, "Lập danh mục hợp tác xã ngừng hoạt động để giải thể", None, None, "Quý IV/2022", None,
         "đang làm", None, None, None),
        "II. Đơn vị khác",
        ("3", *second, "Hướng dẫn hợp tác xã đăng ký mã số vùng trồng", "Sở NN", None, date(2022, 12, 15), None,
         "Đã hoàn thành", date(2022, 12, 20), "77/BC-SNN", None),
        ("4", *second, "Tuyên truyền Luật Hợp tác xã trên báo, đài", "Ban Tuyên giáo Tỉnh ủy", None, "31/11/2022",
         None, "đang làm", None, None, None),
    )  # fmt: skip
    return {"name": "Sổ theo dõi 2022 (minh hoạ).xlsx", "mimeType": EXCEL, "buffer": workbook(rows)}


@cache
def _page(name: str) -> bytes:
    """One blank page; each name has its own grey, for the shelf keeps equal papers once."""
    grey = 200 + sum(name.encode()) % 50
    made = BytesIO()
    Image.new("L", (620, 877), grey).save(made, "PDF")
    return made.getvalue()

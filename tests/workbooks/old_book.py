"""An old tracking workbook as an office has kept it since 2021: merged heads, groups, days in many shapes. No Django."""

import io
from datetime import date

import xlsxwriter

HEAD = ("TT", "Số, ký hiệu", "Ngày", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Ban đầu", "Gia hạn")
REST = ("Tình trạng", "Ngày hoàn thành", "Văn bản kết quả", "Ghi chú")
DATES = {"num_format": "dd/mm/yyyy"}


def workbook(rows, *, sheet="2021-2023", more=()):
    """Rows of the table: tuples of cells from "TT" on; one of a single text groups others. Gives the bytes."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False})
    dates, page = book.add_format(DATES), book.add_worksheet(sheet)
    page.merge_range("A1:D1", "LIÊN MINH HỢP TÁC XÃ TỈNH QUẢNG TRỊ")
    page.merge_range("A2:L2", "SỔ THEO DÕI NHIỆM VỤ UBND TỈNH GIAO (TỪ NĂM 2021)")
    for column, words in ((1, "Văn bản"), (6, "Thời hạn")):
        page.merge_range(3, column, 3, column + 1, words)
    for column in (0, 3, 4, 5, 8, 9, 10, 11):
        page.merge_range(3, column, 4, column, (*HEAD, *REST)[column])
    for column in (1, 2, 6, 7):
        page.write(4, column, HEAD[column])
    for place, row in enumerate([tuple(range(1, 13)), *rows], 5):
        if isinstance(row, str):
            page.merge_range(place, 0, place, 11, row)
            continue
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(place, column, value, dates)
            elif value is not None:
                page.write(place, column, value)
    for name, cells in more:
        other = book.add_worksheet(name)
        for place, row in enumerate(cells):
            other.write_row(place, 0, row)
    book.close()
    return kept.getvalue()


PAPER = ("86/TB-UBND", date(2023, 4, 24))
# Row 7 of the sheet is the first of these.
REAL = (
    "I. Sở Kế hoạch và Đầu tư",
    ("1", *PAPER, "Rà soát, tham mưu sửa đổi chính sách hỗ trợ hợp tác xã giai đoạn 2021-2025", None, "Sở TC, Sở Nội vụ",
     date(2023, 6, 30), "15.9.2023", "Đã hoàn thành", "ngày 10/9/2023", "Báo cáo số 12/BC-SKHĐT ngày 10/9/2023", None),
    ("2", None, None, "Xây dựng kế hoạch phát triển kinh tế tập thể năm 2024 của tỉnh", "", "",
     "Quý III/2023", None, "đang thực hiện", None, None, "Chờ Trung ương hướng dẫn"),
    "II. Sở Tài chính",
    ("3", "Thông báo số 90/TB-UBND ngày 05/5/2023", None, "Bố trí kinh phí Quỹ hỗ trợ phát triển hợp tác xã",
     None, "", "30/6", "", "HT quá hạn", date(2023, 8, 2), "12/QĐ-STC", ""),
    ("4", "-nt-", None, "Thường xuyên hướng dẫn chế độ kế toán hợp tác xã", "Sở TC; UBND huyện Cam Lộ", "",
     "Thường xuyên", None, "Đang thực hiện", None, "", None),
    "Tổng cộng: 4 nhiệm vụ",
    (None, None, None, "NGƯỜI LẬP BIỂU", None, None, None, None, "GIÁM ĐỐC"),
)  # fmt: skip

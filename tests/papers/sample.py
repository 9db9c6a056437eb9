"""A report that has every kind of block, and small changes of it."""

from datetime import date

from directives.reports.paper import (
    Annex,
    Bar,
    Chart,
    Column,
    End,
    Heading,
    Kind,
    Letterhead,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Series,
    Share,
    Style,
    Table,
    Tone,
)

BLANK = "\u00a0" * 6
TASK = (
    "Chủ trì, phối hợp với các sở, ban, ngành, địa phương rà soát, tham mưu cơ chế, chính sách hỗ trợ phát triển "
    "kinh tế tập thể, hợp tác xã theo Kế hoạch số 12/KH-UBND của UBND tỉnh"
)
NAMES = ("UBND tỉnh Quảng Trị", "Ban Chỉ đạo đổi mới và phát triển kinh tế tập thể tỉnh Quảng Trị", "Sở Công Thương")
COLUMNS = (
    Column("TT", 6, Kind.NUMBER),
    Column("Cơ quan, đơn vị", 30),
    Column("Tổng số", 11, Kind.NUMBER),
    Column("đúng hạn", 12, Kind.NUMBER, over="Hoàn thành"),
    Column("quá hạn", 12, Kind.NUMBER, over="Hoàn thành"),
    Column("Thời hạn", 15, Kind.DATE),
    Column("Tỷ lệ", 14, Kind.NUMBER),
)
LONG = (
    Column("TT", 6, Kind.NUMBER),
    Column("Nội dung nhiệm vụ", 36),
    Column("Chủ trì, phối hợp", 20),
    Column("Thời hạn", 14, Kind.DATE),
    Column("Kết quả", 24),
)
SERIES = (
    Series("đúng hạn", Tone.DONE),
    Series("muộn", Tone.DONE_LATE),
    Series("trong hạn", Tone.OPEN),
    Series("quá hạn", Tone.OVERDUE),
    Series("không hạn", Tone.REST),
)


def group(name, columns):
    return Row([name, *[None] * (len(columns) - 1)], RowKind.GROUP)


def table():
    """60 rows in two groups, and their total."""
    rows = [
        Row([i, f"Cơ quan thứ {i}", i * 317, i * 3, i, date(2023, 1 + i % 12, 1 + i % 28), Share(i, 61)])
        for i in range(1, 61)
    ]
    total = Row([None, "Cộng", 21914, 3, 4, None, Share(13119, 15533)], RowKind.TOTAL)
    asked = group("Cơ quan được đề nghị", COLUMNS)
    rows = [group("Cơ quan được giao", COLUMNS), *rows[:30], asked, *rows[30:], total]
    return Table(COLUMNS, rows, "Bảng 1. Kết quả theo cơ quan", "lượt giao", "Cơ quan", head_column=1)


def long_table(**more):
    rows = [
        Row([i, (f"{TASK}; đợt {i}", "Sản phẩm: báo cáo"), ("Sở Công Thương", "Phối hợp: Sở Tài chính"), day(i), TASK])
        for i in range(1, 19)
    ]
    return Table(LONG, [group("Các sở, ban, ngành", LONG), *rows], head_column=1, **more)


def day(number):
    return date(2023, 2, number) if number % 2 else date(2023, 11, number)


def chart():
    bars = [Bar(f"Cơ quan thứ {i}", [i, 1, 2, i % 2 * 3, 1]) for i in range(1, 8)]
    return Chart("Biểu đồ 1. Kết quả theo cơ quan (số liệu tại Bảng 1)", SERIES, bars, "lượt giao")


def blocks():
    return [
        Paragraph("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", Style.GROUND),
        Paragraph("Căn cứ Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023 của UBND tỉnh.", Style.GROUND),
        Paragraph(f"Liên minh Hợp tác xã tỉnh tổng hợp và báo cáo như sau. {TASK}. {TASK}."),
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Heading("1. Kết quả chung", 2),
        Paragraph(f"Đoạn thứ hai. {TASK}."),
        Heading("a) Kết quả theo cơ quan", 3),
        Paragraph("Kết quả của các cơ quan tại bảng sau:", Style.LEADS),
        table(),
        Paragraph("Một lượt giao là một nhiệm vụ giao cho một cơ quan.", Style.REMARK),
        chart(),
        Heading("II. TỒN TẠI, HẠN CHẾ"),
        Paragraph(f"{TASK}."),
        Paragraph("Trên đây là báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND./.", Style.CLOSING),
    ]


def annexes():
    about = f"(Kèm theo Báo cáo số{BLANK}/BC-LMHTX ngày{BLANK}tháng 11 năm 2023 của Liên minh HTX tỉnh)"
    upright = [Heading("1. Văn bản của tỉnh", 2), Paragraph(f"{TASK}."), long_table()]
    return [
        Annex("TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ", about, [long_table(is_small=True)], "I"),
        Annex("DANH MỤC VĂN BẢN", about, upright, "II", is_landscape=False),
        Annex("DANH MỤC HỢP TÁC XÃ", about, [long_table()], "III", is_landscape=False),
    ]


def report(**more):
    given = {
        "letterhead": Letterhead(
            parent="UBND tỉnh Quảng Trị",
            name=["Liên minh Hợp tác xã tỉnh"],
            number=f"Số:{BLANK}/BC-LMHTX",
            dateline="Quảng Trị, ngày 05 tháng 02 năm 2023",
        ),
        "kind": "BÁO CÁO",
        "subject": "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023 của UBND tỉnh Quảng Trị",
        "addressed": NAMES,
        "blocks": blocks(),
        "end": End(["Chủ tịch"], ["Như trên", "UBND tỉnh;", "Lưu: VT."], "Nguyễn Văn A"),
        "annexes": annexes(),
        "title": "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND",
        "author": "Liên minh Hợp tác xã tỉnh",
        "description": "Số liệu tính đến ngày 20 tháng 11 năm 2023",
        "is_illustrative": True,
    }
    return Paper(**given | more)


def draft():
    """A draft of real data, to one recipient, without annexes."""
    return report(addressed=NAMES[:1], annexes=(), is_illustrative=False, is_draft=True)


def ending(lines):
    """A paper whose text is so many lines longer: somewhere the signature reaches the end of a page."""
    filler = [Paragraph(f"Dòng {line}.") for line in range(lines)]
    last = Paragraph("Đoạn kết của văn bản này đủ dài để chiếm hơn một dòng trên giấy. " * 2 + "Hết./.", Style.CLOSING)
    return report(blocks=[*filler, last], annexes=())


def ending_with_table(rows):
    """The same where the last thing before the signature is a table."""
    table = Table(COLUMNS, [Row([i, f"Cơ quan {i}", i, i, i, None, None]) for i in range(1, rows + 1)])
    return report(blocks=[table], annexes=())

"""A report as plain blocks, of invented content and any length: what files are drawn from in tests and in the bench."""

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

AGENCIES = (
    "Liên minh Hợp tác xã tỉnh", "Sở Kế hoạch và Đầu tư", "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Khoa học và Công nghệ", "Sở Tài chính", "Sở Công Thương", "Sở Giao thông vận tải",
    "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh", "Sở Nội vụ", "UBND thành phố Đông Hà", "UBND huyện Hướng Hóa",
    "UBND huyện đảo Cồn Cỏ",
)  # fmt: skip
TASK = (
    "Chủ trì, phối hợp với các sở, ban, ngành liên quan và UBND các huyện, thị xã, thành phố rà soát, đánh giá tình "
    "hình hoạt động của các hợp tác xã nông nghiệp trên địa bàn; đề xuất giải pháp củng cố, tổ chức lại các hợp tác xã "
    "hoạt động kém hiệu quả, báo cáo Ban Chỉ đạo theo quy định"
)
RESULT = "Đã ban hành kế hoạch rà soát và gửi các địa phương; có 7/10 huyện gửi báo cáo, đang tổng hợp."
STATES = ("Hoàn thành đúng hạn", "Chưa hoàn thành, quá hạn", "Đang thực hiện, trong hạn", "Hoàn thành quá hạn")


def summary_table(rows=()):
    columns = (
        Column("Chỉ tiêu", 64),
        Column("Nhiệm vụ", 18, Kind.NUMBER),
        Column("Lượt giao", 18, Kind.NUMBER),
    )
    return Table(
        columns,
        rows
        or (
            Row(("Hoàn thành đúng hạn", 7, 21914)),
            Row(("Chưa hoàn thành, quá hạn", 2, 223)),
            Row(("Tổng số", 9, 22137), RowKind.TOTAL),
            Row(("Tỷ lệ hoàn thành trên tất cả (9 nhiệm vụ; 22.137 lượt giao)", Share(7, 9), Share(21914, 22137))),
            Row(("Tỷ lệ của chưa có gì", Share(0, 0), None)),
        ),
        caption="Bảng 1. Kết quả chung",
        sheet="Kết quả chung",
    )


def agencies_table():
    columns = (
        Column("TT", 6, Kind.NUMBER),
        Column("Cơ quan, đơn vị", 29),
        Column("Tổng số", 8, Kind.NUMBER),
        Column("đúng hạn", 9, Kind.NUMBER, "Hoàn thành"),
        Column("quá hạn", 9, Kind.NUMBER, "Hoàn thành"),
        Column("trong hạn", 9, Kind.NUMBER, "Chưa hoàn thành"),
        Column("quá hạn", 9, Kind.NUMBER, "Chưa hoàn thành"),
        Column("Không hạn", 11, Kind.NUMBER),
        Column("Tạm dừng", 10, Kind.NUMBER),
    )
    rows = [Row((number, name, 9, 3 + number, 1, 2, number % 3, 1, 0)) for number, name in enumerate(AGENCIES[:9], 1)]
    asked = [Row((number, name, 2, 1, 0, 1, 0, 0, 0)) for number, name in enumerate(AGENCIES[9:], 10)]
    group = Row(("Cơ quan được đề nghị thực hiện",), RowKind.GROUP)
    total = Row((None, "Cộng", 87, 75, 12, 21, 9, 9, 0), RowKind.TOTAL)
    return Table(
        columns,
        (*rows, group, *asked, total),
        caption="Bảng 2. Lượt giao nhiệm vụ theo cơ quan",
        unit="lượt giao nhiệm vụ",
        sheet="Theo cơ quan",
        head_column=1,
        is_small=True,
    )


def annex(tasks, text=TASK, result=RESULT):
    """`tasks` rows under the agencies in turn."""
    columns = (
        Column("TT", 4, Kind.NUMBER),
        Column("Nội dung nhiệm vụ", 32),
        Column("Cơ quan chủ trì, phối hợp", 13),
        Column("Thời hạn", 9, Kind.DATE),
        Column("Kết quả mới nhất", 18),
        Column("Tình trạng", 12),
        Column("Tài liệu minh chứng", 12),
    )
    rows, each = [], -(-tasks // len(AGENCIES))
    for number in range(tasks):
        if number % each == 0:
            rows.append(Row((f"{number // each + 1}. {AGENCIES[number // each]}",), RowKind.GROUP))
        rows.append(_task(number, AGENCIES[number // each], text, result))
    table = Table(columns, rows, sheet="Phụ lục", is_small=True)
    remark = Paragraph("Nội dung dài được trích phần đầu và đánh dấu “…”.", Style.REMARK)
    with_it = "(Kèm theo Báo cáo số      /BC-LMHTX ngày      tháng 11 năm 2023 của Liên minh Hợp tác xã tỉnh)"
    return Annex("TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ", with_it, (table, remark))


def _task(number, agency, text, result):
    due = date(2023, 1 + number % 12, 1 + number % 28)
    evidence = (f"{number + 10}/BC-SKHĐT", "Danh sách hợp tác xã.pdf") if number % 3 else ()
    words = (f"{text}; việc số {number + 1}.", "Sản phẩm: báo cáo")
    said = (result, "(15/11/2023)") if number % 4 else "Chưa có báo cáo."
    return Row((number + 1, words, (agency, "Phối hợp: Sở Tài chính"), due, said, STATES[number % 4], evidence))


def chart():
    series = (
        Series("Hoàn thành đúng hạn", Tone.DONE),
        Series("Hoàn thành quá hạn", Tone.DONE_LATE),
        Series("Chưa hoàn thành, trong hạn", Tone.OPEN),
        Series("Chưa hoàn thành, quá hạn", Tone.OVERDUE),
        Series("Không hạn, tạm dừng", Tone.REST),
    )
    bars = [Bar(name, (3 + number, number % 2, 2, number % 3, number % 2)) for number, name in enumerate(AGENCIES, 1)]
    return Chart("Biểu đồ 1. Lượt giao nhiệm vụ theo cơ quan", series, bars, "lượt giao nhiệm vụ")


def paper(tasks=24, *, blocks=None, annexes=None, **changed):
    """A whole report; what is named replaces what it has."""
    text = (
        Paragraph("Căn cứ Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023 của UBND tỉnh.", Style.GROUND),
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Paragraph("Thông báo số 86/TB-UBND có 9 nhiệm vụ đang theo dõi."),
        summary_table(),
        Paragraph("Một lượt giao là một nhiệm vụ giao cho một cơ quan.", Style.REMARK),
        agencies_table(),
        chart(),
        Paragraph("Trên đây là báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND./.", Style.CLOSING),
    )
    head = Letterhead(
        ("BAN CHỈ ĐẠO PHÁT TRIỂN KINH TẾ TẬP THỂ",),
        "Số:      /BC-LMHTX",
        "Quảng Trị, ngày      tháng 11 năm 2023",
        parent="UBND TỈNH QUẢNG TRỊ",
    )
    content = {
        "letterhead": head,
        "blocks": text if blocks is None else blocks,
        "end": End(("CHỦ TỊCH",), ("Như trên;", "Lưu: VT."), "Nguyễn Văn A"),
        "title": "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND",
        "author": "Liên minh Hợp tác xã tỉnh Quảng Trị",
        "kind": "BÁO CÁO",
        "subject": "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023 của UBND tỉnh",
        "description": "Số liệu tính đến hết ngày 20 tháng 11 năm 2023",
        "annexes": (annex(tasks),) if annexes is None else annexes,
        "is_illustrative": True,
    }
    return Paper(**content | changed)

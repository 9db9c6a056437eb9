"""What is read of a workbook that people have kept for years."""

from datetime import date

import pytest

from agencies.errors import Refused
from directives.deadlines import Clock, Life
from directives.models import OldBook
from directives.workbooks.legacy import states
from directives.workbooks.legacy.days import read_days
from directives.workbooks.legacy.fields import guess
from directives.workbooks.legacy.grid import Square, dump, pages
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.papers import named_in
from directives.workbooks.legacy.plan import make_plan, read_rows
from directives.workbooks.legacy.words import with_guesses

from .old_book_cast import PAPER, REAL, upload, workbook

DAY = date(2023, 11, 20)


def day_of(text, near=date(2021, 4, 20)):
    read = read_days(Square(1, 1, text), near)
    return read.days[-1] if read.days else ("standing" if read.is_standing else read.problem[:4])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15/6/2021", date(2021, 6, 15)),
        ("15.6.2021", date(2021, 6, 15)),
        ("15 - 06 - 2021", date(2021, 6, 15)),
        ("ngày 05/6/22", date(2022, 6, 5)),
        ("ngày 15 tháng 6 năm 2021", date(2021, 6, 15)),
        ("2021-06-15", date(2021, 6, 15)),
        ("44362", date(2021, 6, 15)),
        ("6/2021", date(2021, 6, 30)),
        ("tháng 6/2021", date(2021, 6, 30)),
        ("Quý II/2021", date(2021, 6, 30)),
        ("Trong năm 2021", date(2021, 12, 31)),
        ("30/6", date(2021, 6, 30)),
        ("trước 15/3", date(2022, 3, 15)),
        ("15/6/2021 (gia hạn đến 30/7/2021)", date(2021, 7, 30)),
        ("Thường xuyên", "standing"),
        ("hằng quý", "standing"),
        ("", ""),
        ("-", ""),
        ("Không", ""),
        ("31/02/2021", "khôn"),
        ("6/15/2021", "khôn"),
        ("01/6-30/6/2022", "khôn"),
        ("01/6 - 30/6/2022", "khôn"),
        ("15/6-2021", "khôn"),
        ("15/6/20/21", "khôn"),
        ("15/6/10/21", "khôn"),
        ("30/6, 15/7/2022", "khôn"),
        ("01/6/2022-30/6/2022", date(2022, 6, 30)),
        ("từ 01/6 đến 30/6/2022", date(2022, 6, 30)),
        ("30/7/2021 (Quyết định 23/2016/QĐ-UBND)", date(2021, 7, 30)),
        ("15/6/0203", "năm "),
        ("sớm nhất có thể", "khôn"),
        ("=1+1", "khôn"),
    ],
)
def test_days_are_read_as_people_type_them(text, found):
    assert day_of(text) == found


@pytest.mark.parametrize(
    ("text", "code", "on", "kind"),
    [
        ("86/TB-UBND", "86/TB-UBND", None, "Thông báo"),
        ("Thông báo số 86 /TB-UBND ngày 24/4/2023", "86/TB-UBND", date(2023, 4, 24), "Thông báo"),
        ("Báo cáo số 12/BC-SKHĐT ngày 05/6/2022", "12/BC-SKHĐT", date(2022, 6, 5), "Báo cáo"),
        ("CV 1473/UBND-VX (05/4/20)", "1473/UBND-VX", date(2020, 4, 5), "Công văn"),
        ("23/2016/QĐ-UBND", "23/2016/QĐ-UBND", None, "Quyết định"),
    ],
)
def test_documents_are_found_in_cells(text, code, on, kind):
    named = named_in(text)[0]
    assert (named.code, named.issued_on, named.doc_type) == (code, on, kind)


def test_a_cell_without_a_number_names_no_document():
    assert named_in("Ý kiến của đồng chí Chủ tịch tại cuộc họp ngày 5/3/2022") == []


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Đã hoàn thành", Life.DONE),
        ("HT", Life.DONE),
        ("HT quá hạn", Life.DONE),
        ("Hoàn thành đúng hạn", states.DONE_IN_TIME),
        ("chưa hoàn thành", Life.IN_PROGRESS),
        ("Không hoàn thành", Life.IN_PROGRESS),
        ("Hoàn thành một phần", Life.IN_PROGRESS),
        ("Hoàn thành 50%", Life.IN_PROGRESS),
        ("Đã hoàn thành 100%", Life.DONE),
        ("Cơ bản hoàn thành", Life.IN_PROGRESS),
        ("Hoàn thành cơ bản", Life.IN_PROGRESS),
        ("Hoàn thành trong hạn", states.DONE_IN_TIME),
        ("Đã hoàn thành, chậm tiến độ", Life.DONE),
        ("Chậm tiến độ", Life.IN_PROGRESS),
        ("Trong hạn", Life.IN_PROGRESS),
        ("Đang  thực hiện.", Life.IN_PROGRESS),
        ("Chưa thực hiện", Life.NOT_STARTED),
        ("chưa làm", Life.NOT_STARTED),
        ("chưa làm xong", Life.IN_PROGRESS),
        ("chưa làm hết", Life.IN_PROGRESS),
        ("Tạm dừng", Life.SUSPENDED),
        ("Hủy", Life.CANCELLED),
        ("", Life.NOT_STARTED),
        ("???", ""),
        ("xem file kèm", ""),
    ],
)
def test_words_of_states_are_guessed(word, means):
    assert states.guess(word) == means


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (
            "STT|Văn bản chỉ đạo (số, ngày)|Nội dung công việc|Đơn vị thực hiện|Thời hạn hoàn thành|Kết quả thực hiện",
            {"number": 2, "text": 3, "agencies": 4, "first": 5, "result": 6, "state": 6},
        ),
        (
            "TT|Số, ký hiệu văn bản|Ngày, tháng, năm ban hành|Trích yếu nội dung|Nội dung nhiệm vụ giao|"
            "Cơ quan/đơn vị chủ trì|Thời hạn ban đầu|Thời hạn gia hạn|Tình trạng|Ngày hoàn thành|Văn bản kết quả",
            {"number": 2, "issued_on": 3, "title": 4, "text": 5, "agencies": 6, "first": 7, "deadline": 8, "state": 9,
             "completed": 10, "result": 11},
        ),
        (
            "STT|Văn bản giao nhiệm vụ Số|Văn bản giao nhiệm vụ Ngày|Cơ quan giao|Trích yếu/Nội dung nhiệm vụ|"
            "Cơ quan chủ trì|Hạn xử lý|Gia hạn đến|Trạng thái|Ngày HT|Số văn bản báo cáo",
            {"number": 2, "issued_on": 3, "issuer": 4, "text": 5, "agencies": 6, "first": 7, "deadline": 8, "state": 9,
             "completed": 10, "result": 11},
        ),
        ("Họ và tên|Năm sinh|Địa chỉ", {}),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_words_in_their_heads(heads, found):
    assert guess(dict(enumerate(heads.split("|"), 1))) == found


@pytest.fixture
def bodies(agency, other_agency, district):
    other_agency.aliases = ["Sở TC"]
    other_agency.save()
    return agency, other_agency, district


@pytest.fixture
def book(staff, bodies):
    return with_guesses(upload(workbook(REAL), staff, DAY))


def test_the_head_is_found_and_its_columns_are_proposed(book):
    matching = Matching.of(book)
    assert (matching.first, matching.last) == (4, 5)
    assert matching.columns == {
        "number": 2, "issued_on": 3, "text": 4, "agencies": 5, "coordinating": 6, "first": 7, "deadline": 8,
        "state": 9, "completed": 10, "result": 11, "remark": 12,
    }  # fmt: skip


def test_headings_blank_cells_and_the_end_of_the_table_are_understood(book):
    read = read_rows(book, Matching.of(book))
    assert [words for _, words in read.headings] == [
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
        "Tổng cộng: 4 nhiệm vụ",
        "NGƯỜI LẬP BIỂU (hết bảng; ở dưới không còn dòng nào)",
    ]
    assert [row.number for row in read.rows] == [8, 9, 11, 12]
    assert read.rows[1].text("number") == "86/TB-UBND"
    assert read.rows[3].text("number") == "Thông báo số 90/TB-UBND ngày 05/5/2023"


def test_rows_become_lines(book, bodies):
    plan = make_plan(book, DAY)
    assert plan.problems == []
    first, second, third, fourth = plan.lines
    assert first.agencies == (bodies[0],)
    assert [name for name, _ in first.coordinating] == ["Sở TC", "Sở Nội vụ"]
    assert (first.first_deadline, first.deadline, first.completed_on) == (
        date(2023, 6, 30), date(2023, 9, 15), date(2023, 9, 10),
    )  # fmt: skip
    assert [each.number for each in first.documents] == ["12/BC-SKHĐT"]
    assert (second.life, second.deadline) == (Life.IN_PROGRESS, date(2023, 9, 30))
    assert second.remark.endswith("Chờ Trung ương hướng dẫn")
    assert (third.life, third.deadline, third.completed_on) == (Life.DONE, date(2023, 6, 30), date(2023, 8, 2))
    assert (fourth.clock, fourth.agencies) == (Clock.STANDING, bodies[1:])


@pytest.mark.parametrize("heading", ["II. Công an tỉnh", "III. Công ty Điện lực Quảng Trị"])
def test_a_body_whose_name_begins_as_a_sum_does_is_a_heading(staff, bodies, heading):
    """Its rows are never given to the body above."""
    rows = ("I. Sở Tài chính", row(agency=None), heading, row(agency=None, text="Giữ gìn trật tự"))
    book = upload(workbook(rows), staff, DAY)
    found = [each.heading for each in read_rows(book, Matching.of(book)).rows]
    assert found == ["Sở Tài chính", heading.split(". ")[1]]


@pytest.mark.parametrize("heading", ["Tổng cộng: 4", "Cộng: 4 nhiệm vụ", "Cộng", "Cộng 4", "Tổng số nhiệm vụ: 4"])
def test_a_sum_names_nobody(staff, bodies, heading):
    rows = ("I. Sở Tài chính", row(agency=None), heading, row(agency=None, text="Giữ gìn trật tự"))
    book = upload(workbook(rows), staff, DAY)
    assert [each.heading for each in read_rows(book, Matching.of(book)).rows] == ["Sở Tài chính"] * 2


@pytest.mark.parametrize(
    "said",
    [
        {"agency": "Thủ trưởng các sở, ban, ngành; UBND huyện Cam Lộ"},
        {"text": "Người lập biểu mẫu thống kê hợp tác xã gửi Sở Tài chính"},
        {"text": "Thủ trưởng cơ quan", "agency": "Sở Tài chính"},
    ],
)
def test_work_never_ends_the_table(staff, bodies, said):
    rows = [row(**said), row(text="Bố trí kinh phí Quỹ")]
    book = upload(workbook(rows), staff, DAY)
    assert [each.number for each in read_rows(book, Matching.of(book)).rows] == [7, 8]


@pytest.mark.parametrize("words", ["Nơi nhận: - Như trên", "THỦ TRƯỞNG CƠ QUAN", "Người lập biểu", "Lập biểu (ký tên)"])
def test_the_end_says_how_many_rows_lie_below_it(staff, bodies, words):
    end = (None, None, None, words)
    book = upload(workbook([row(), end, row(text="a"), row(text="b")]), staff, DAY)
    read = read_rows(book, Matching.of(book))
    assert [each.number for each in read.rows] == [7]
    assert read.headings == [(8, f"{words} (hết bảng; 2 dòng có nội dung ở dưới không đọc)")]


def row(**said):
    names = ("tt", "number", "on", "text", "agency", "with_", "first", "deadline", "state", "done", "result", "remark")
    usual = {"tt": 1, "number": PAPER[0], "on": PAPER[1], "text": "Rà soát chính sách", "agency": "Sở Tài chính"}
    return tuple((usual | said).get(name) for name in names)


@pytest.mark.parametrize(
    ("said", "cell", "words"),
    [
        ({"number": None, "on": None}, "B7", "chưa ghi số, ký hiệu"),
        ({"number": "số 86"}, "B7", "không rõ số, ký hiệu"),
        ({"on": None}, "C7", "chưa có ngày ban hành"),
        ({"on": date(2024, 1, 1)}, "C7", "sau ngày hôm nay"),
        ({"on": "tháng 4/2023"}, "C7", "ghi đủ ngày"),
        ({"agency": "Sở Thủy lợi"}, "E7", "chưa rõ cơ quan “Sở Thủy lợi”"),
        ({"agency": None}, "E7", "chưa ghi cơ quan"),
        ({"first": "31/02/2023"}, "G7", "không có ngày"),
        ({"first": "15/6/2012"}, "G7", "trước ngày ban hành"),
        ({"first": "15/6/2093"}, "G7", "quá xa"),
        ({"first": "30/6/2023", "deadline": "15/6/2023"}, "H7", "trước thời hạn ban đầu"),
        ({"first": "30/6/2023 đến 15/6/2023"}, "G7", "trước thời hạn ban đầu"),
        ({"state": "Đã xong", "done": "6/2023"}, "J7", "ghi đủ ngày"),
        ({"state": "Đã xong", "done": "tháng 6 năm 2023"}, "J7", "ghi đủ ngày"),
        ({"state": "Đã xong", "done": "Quý II/2023"}, "J7", "ghi đủ ngày"),
        ({"state": "Đã xong", "done": "năm 2023"}, "J7", "ghi đủ ngày"),
        ({"state": "???"}, "I7", "chưa rõ tình trạng"),
        ({"state": "Đã xong"}, "J7", "không ghi ngày hoàn thành"),
        ({"state": "Đã xong", "done": "10/3/2023"}, "J7", "trước ngày ban hành"),
        ({"state": "Đã xong", "done": date(2023, 12, 1)}, "J7", "sau ngày hôm nay"),
        ({"state": "đang làm", "done": "10/6/2023"}, "J7", "nhưng có ngày hoàn thành"),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(staff, bodies, said, cell, words):
    plan = make_plan(with_guesses(upload(workbook([row(**said)]), staff, DAY)), DAY)
    assert plan.lines == []
    [problem] = plan.problems
    assert (problem.row, problem.cell) == (7, cell)
    assert words in problem.words


def test_in_time_without_a_day_counts_as_the_deadline_and_says_so(staff, bodies):
    told = row(first="30/6/2023", state="Hoàn thành đúng hạn")
    [line] = make_plan(with_guesses(upload(workbook([told]), staff, DAY)), DAY).lines
    assert line.completed_on == date(2023, 6, 30)
    assert "tính là ngày hết hạn" in line.remark


@pytest.mark.parametrize(
    "said",
    [
        {"first": "Từ 01/6/2023 đến 30/6/2023"},
        {"first": "01/6/2023 - 30/6/2023"},
        {"first": None, "deadline": "từ ngày 01/6/2023 đến hết ngày 30/6/2023"},
    ],
)
def test_a_span_of_days_is_one_deadline_its_last_day(staff, bodies, said):
    [line] = make_plan(upload(workbook([row(**said)]), staff, DAY), DAY).lines
    assert (line.first_deadline, line.deadline) == (date(2023, 6, 30), date(2023, 6, 30))


def test_a_deadline_may_be_a_month_or_a_quarter(staff, bodies):
    [line] = make_plan(upload(workbook([row(first="6/2023", deadline="Quý III/2023")]), staff, DAY), DAY).lines
    assert (line.first_deadline, line.deadline) == (date(2023, 6, 30), date(2023, 9, 30))


def test_done_upon_the_basis_of_something_is_not_late(staff, bodies):
    told = row(first="30/6/2023", state="Hoàn thành trên cơ sở báo cáo", done="10/6/2023")
    plan = make_plan(with_guesses(upload(workbook([told]), staff, DAY)), DAY)
    assert (len(plan.lines), plan.warnings) == (1, [])


def test_a_day_that_belies_the_word_is_pointed_out(staff, bodies):
    told = row(first="30/6/2023", state="Hoàn thành đúng hạn", done="10/7/2023")
    plan = make_plan(with_guesses(upload(workbook([told]), staff, DAY)), DAY)
    assert len(plan.lines) == 1
    assert "số liệu tính theo ngày" in plan.warnings[0].words


def test_a_name_is_the_body_that_lived_on_the_day_of_the_document(staff, bodies, agency, other_agency):
    """ "Sở Tài chính" of 2025 is another body than that of 2023."""
    from agencies.models import Agency

    other_agency.ended_on = date(2023, 3, 1)
    other_agency.save()
    names = {"name": "Sở Tài chính", "short_name": "Sở Tài chính mới", "sort_key": "6"}
    heir = Agency.objects.create(code="stc-2023", started_on=date(2023, 3, 1), **names)
    rows = [row(number="1/TB-UBND", on=date(2023, 2, 28)), row(number="2/TB-UBND", on=date(2023, 3, 1))]
    lines = make_plan(upload(workbook(rows), staff, DAY), DAY).lines
    assert [line.agencies for line in lines] == [(other_agency,), (heir,)]


def test_a_row_that_says_what_another_said_is_a_twin(staff, bodies):
    text = "Tham mưu ban hành nghị quyết hỗ trợ hợp tác xã nông nghiệp ứng dụng công nghệ cao"
    plan = make_plan(with_guesses(upload(workbook([row(text=text), row(text=text + ".")]), staff, DAY)), DAY)
    assert [line.row for line in plan.lines] == [7]
    assert [(twin.line.row, twin.where) for twin in plan.twins] == [(8, "dòng 7 của sổ này")]


def test_hostile_cells_are_words_or_are_refused(staff, bodies):
    nasty = (
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "\u202egnud ion",
        "x" * 6000,
        "+84912345678",
        "{{ 7*7 }}",
    )
    rows = [row(text=each, number=f"{place}/TB-UBND") for place, each in enumerate(nasty, 1)]
    plan = make_plan(with_guesses(upload(workbook(rows), staff, DAY)), DAY)
    assert [(problem.row, problem.cell) for problem in plan.problems] == [(10, "D10")]
    assert plan.lines[0].text == nasty[0]
    assert plan.lines[1].text == nasty[1]
    assert plan.lines[2].text == "gnud ion"


@pytest.mark.parametrize(
    "said", [{"remark": "MẬT"}, {"number": "12/BC-UBND (MẬT)"}, {"result": "Báo cáo 5/BC-SKHĐT - Tối mật, 3 trang"}]
)
def test_a_stamp_of_secrecy_is_refused_and_nothing_is_kept(staff, bodies, said):
    with pytest.raises(Refused, match="độ mật"):
        upload(workbook([row(**said)]), staff, DAY)
    assert not OldBook.objects.exists()


def test_honey_and_confidentiality_are_no_secrets(staff, bodies):
    words = "Xây dựng chuỗi mật ong, bảo mật thông tin theo Kế hoạch 12/KH-UBND về mật ong; Mật ong rừng"
    assert make_plan(upload(workbook([row(text=words)]), staff, DAY), DAY).lines


def test_a_merged_text_is_not_multiplied_without_end(staff, monkeypatch):
    from directives.workbooks import reading, values

    monkeypatch.setattr(values, "MAX_LETTERS", 12_000)
    upload(workbook([row()]), staff, DAY)
    rows = {n: reading.Row(n, {1: reading.Cell(n, 1, "a" * 4000)}) for n in range(1, 5)}
    sheet = reading.Sheet("1", tuple(rows.values()), _by_number=rows)
    with pytest.raises(Refused, match="quá nhiều chữ"):
        dump([sheet])


def test_a_day_of_the_year_900_is_no_failure():
    from directives.workbooks.reading import Cell, Row, Sheet

    cells = Row(1, {1: Cell(1, 1, date(900, 1, 2))})
    [page] = pages(dump([Sheet("1", (cells,), _by_number={1: cells})]))
    assert read_days(page.square(1, 1)).problem


def test_a_workbook_without_anything_is_refused(staff):
    import io

    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    book.add_worksheet()
    book.close()
    with pytest.raises(Refused, match="không có trang tính"):
        upload(kept.getvalue(), staff, DAY)

"""The printed report of the demonstration, measured against Decree 30/2020/NĐ-CP and against the screen."""

import io
import json
import unicodedata
from datetime import date
from types import SimpleNamespace

import pdfplumber
import pypdfium2
import pytest
from django.core.management import call_command
from django.db import transaction

from directives import figures
from directives.models import Assignment, Directive, Office, Report, Task
from directives.reports import content
from directives.reports.drafts import drafted
from directives.reports.making import make_pdf
from directives.reports.report_paper import content as content_of
from directives.reports.report_paper import paper_of
from directives.templatetags.kttt import percent

pytestmark = pytest.mark.django_db  # so that the database of the module's fixture is made

DAY = date(2023, 11, 20)
MM = 72 / 25.4


def made_pdf(record):
    words = {place.value: text for place, text in drafted(record).items()}
    return make_pdf(paper_of(content_of(record, words, is_draft=False)))


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration's report, and what the screen would count at the same moment."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", stdout=io.StringIO())
        office = Office.current()
        office.signs_as, office.signer, office.recipients = ["Chủ tịch"], "Nguyễn Văn A", ["UBND tỉnh"]
        office.save()
        directive = Directive.objects.get()
        report = Report.objects.create(as_of=DAY, made_on=DAY)
        report.directives.set([directive])
        record = content.compose(report)
        made = SimpleNamespace(
            record=record,
            pdf=made_pdf(record),
            assignments=figures.of_assignments(Assignment.objects.all(), DAY),
            tasks=figures.of_tasks(Task.objects.all(), DAY),
            overdue={row.agency.name for row in Assignment.objects.overdue(DAY).select_related("agency")},
            rows=Assignment.objects.count(),
        )
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def pages(demo):
    with pdfplumber.open(io.BytesIO(demo.pdf)) as document:
        yield document.pages


def flat(text):
    return " ".join(text.replace("\xa0", " ").split())


@pytest.fixture(scope="module")
def text(pages):
    return flat("\n".join(page.extract_text() for page in pages))


def body(pages):
    return [page for page in pages if page.width < page.height]


def annex(pages):
    return [page for page in pages if page.width > page.height]


def charts(pages):
    """The first annex lies upright, too."""
    return next(place for place, page in enumerate(pages) if "Phụ lục I\n" in page.extract_text())


def in_margin(page):
    return page.crop((0, 0, page.width, 20 * MM)).extract_text().strip()


def test_the_page_is_a4_upright_with_the_margins_of_the_decree(pages):
    page = pages[1]
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
    words = [word for word in page.extract_words() if 20 * MM < word["top"] < page.height - 20 * MM]
    edges = [*words, *page.rects, *page.lines]
    assert 29 * MM <= min(each["x0"] for each in edges) <= 35 * MM
    assert 14 * MM <= page.width - max(each["x1"] for each in edges) <= 20 * MM
    assert all(char["bottom"] <= page.height - 20 * MM + 1 for char in page.chars if char["size"] > 10.5)


def test_the_annex_lies_across(pages):
    across = annex(pages)
    assert {(round(page.width / MM), round(page.height / MM)) for page in across} == {(297, 210)}
    assert pages[-len(across) :] == across


def test_fonts_are_embedded_and_liberation_serif(demo, pages):
    names = {char["fontname"] for page in pages for char in page.chars}
    assert names
    assert all("LiberationSerif" in name.replace("-", "") for name in names)
    assert b"/FontFile2" in uncompressed(demo.pdf) or b"/FontFile3" in uncompressed(demo.pdf)


def uncompressed(pdf):
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    found = b""
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item.raw)
            found += b"/FontFile2" if raw.FPDFFont_GetIsEmbedded(font) == 1 else b"/missing"
        break
    assert b"/missing" not in found
    return found


def test_body_text_is_14_points(pages):
    line = next(line for line in pages[0].extract_text_lines() if "tổng hợp và báo cáo" in line["text"])
    assert {round(char["size"], 1) for char in line["chars"]} == {14}


def test_the_first_line_of_a_paragraph_is_indented(pages):
    lines = pages[0].extract_text_lines()
    first = next(line for line in lines if "tổng hợp và báo cáo" in line["text"])
    assert first["x0"] - 30 * MM == pytest.approx(12.7 * MM, abs=1.5)


def test_text_can_be_extracted_as_composed_vietnamese(text):
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert unicodedata.is_normalized("NFC", text)


def test_page_numbers_stand_on_top_but_not_on_first_pages(pages):
    first, across = charts(pages), annex(pages)
    upright = body(pages)
    for part in (upright[:first], upright[first:], across):
        assert [in_margin(page) for page in part] == ["", *map(str, range(2, len(part) + 1))]
    number = upright[1].crop((0, 0, upright[1].width, 20 * MM)).extract_words()[0]
    middle = (30 + 165 / 2) * MM
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx(middle, abs=3)


def test_number_and_day_are_left_for_the_clerk(text):
    assert "Số: /BC-LMHTX" in text
    assert "Quảng Trị, ngày tháng 11 năm 2023" in text


def test_the_order_of_a_report(text):
    parts = [
        "UBND TỈNH QUẢNG TRỊ",
        "LIÊN MINH HỢP TÁC XÃ TỈNH",
        "BÁO CÁO",
        "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24/4/2023",
        "Kính gửi: Ủy ban nhân dân tỉnh Quảng Trị",
        "Căn cứ Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023",
        "I. KẾT QUẢ THỰC HIỆN",
        "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "III. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ",
        "IV. NHIỆM VỤ KỲ TỚI",
        "kèm theo./.",
        "Nơi nhận:",
        "- Như trên;",
        "- UBND tỉnh;",
        "- Lưu: VT.",
        "Nguyễn Văn A",
        "Phụ lục I BIỂU ĐỒ",
        "Phụ lục II TÌNH HÌNH THỰC HIỆN",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert text.index("CHỦ TỊCH") < text.index("Nguyễn Văn A")


def test_every_page_says_that_the_data_are_illustrative(pages):
    assert all("DỮ LIỆU MINH HOẠ" in page.extract_text() for page in pages)


def test_a_real_directive_bears_no_such_mark(demo):
    real = demo.record | {"is_illustrative": False}
    with pdfplumber.open(io.BytesIO(made_pdf(real))) as document:
        assert not any("DỮ LIỆU MINH HOẠ" in page.extract_text() for page in document.pages)


def test_the_record_counts_what_the_screen_counts(demo):
    assert demo.record["tasks"] == content.numbers(demo.tasks)
    assert demo.record["assignments"] == content.numbers(demo.assignments)
    agencies = demo.record["agencies"]
    assert sum(agency["total"] for agency in agencies) == demo.assignments.total
    assert sum(agency["open_overdue"] for agency in agencies) == demo.assignments.open_overdue


def first_table(pages):
    """Cells of the table of the four numbers by the words of their row."""
    page = next(page for page in pages if "Bảng 1. Kết quả chung" in page.extract_text())
    return {flat(row[0]): [flat(cell) for cell in row[1:]] for row in page.extract_tables()[0]}


def test_paper_shows_the_numbers_of_the_record(demo, pages):
    cells = first_table(pages)
    for label, key in (
        ("Hoàn thành đúng hạn", "done_on_time"),
        ("Hoàn thành quá hạn", "done_late"),
        ("Chưa hoàn thành, trong hạn", "open_in_time"),
        ("Chưa hoàn thành, quá hạn", "open_overdue"),
        ("Hoàn thành, không hạn", "done_no_deadline"),
        ("Chưa hoàn thành, không hạn", "open_no_deadline"),
        ("Tạm dừng", "suspended"),
        ("Tổng số", "total"),
    ):
        assert cells[label] == [str(getattr(demo.tasks, key)), str(getattr(demo.assignments, key))]


def test_what_leads_to_a_list_is_never_the_last_line_of_a_page(pages):
    texts = [page.crop((0, 20 * MM, page.width, page.height - 20 * MM)).extract_text() for page in body(pages)]
    assert any("kiến nghị:" in text for text in texts)
    assert not [text[-60:] for text in texts if text.rstrip().endswith(":")]


def test_both_bases_of_percentages_are_named(demo, pages):
    cells, tasks, assignments = first_table(pages), demo.tasks, demo.assignments
    for words, base in (("tất cả", "total"), ("số đã hoàn thành và quá hạn", "already_due")):
        wholes = getattr(tasks, base), getattr(assignments, base)
        row = f"Tỷ lệ hoàn thành trên {words} ({wholes[0]} nhiệm vụ; {wholes[1]} lượt giao)"
        assert cells[row] == [percent(tasks.done, wholes[0]), percent(assignments.done, wholes[1])]


def test_the_annex_holds_every_assignment(demo, pages):
    lines = [line for part in demo.record["annex"] for task in part["tasks"] for line in task["assignments"]]
    assert len(lines) == demo.rows == 80
    assert [task["position"] for part in demo.record["annex"] for task in part["tasks"]] == list(range(1, 27))
    named = [flat(row[2] or "") for page in annex(pages) for table in page.extract_tables() for row in table]
    assert named.count("UBND huyện Cam Lộ") == 6


def test_the_heading_of_the_annex_is_repeated(pages):
    assert all("Kết quả mới nhất" in page.extract_text() for page in annex(pages) if page.extract_tables())


def test_late_agencies_are_those_of_the_screen_but_never_one_that_is_asked(demo):
    assert {agency["name"] for agency in demo.record["late"]} == demo.overdue - {"Ban Tuyên giáo Tỉnh ủy"}
    counts = [len(agency["rows"]) for agency in demo.record["late"]]
    assert counts == sorted(counts, reverse=True)


def test_silence_is_told_apart_from_lateness(demo, text):
    silent = demo.record["unreported"]
    assert (silent["start"], silent["end"]) == ("2023-10-15", "2023-11-14")
    assert "không đồng nghĩa với quá hạn" in text
    assert "UBND huyện đảo Cồn Cỏ (5 lượt giao)" in text


def test_the_unit_is_named_and_leads_back_to_the_word_of_the_screen(demo, text):
    told = f"giao 21 cơ quan, đơn vị, tương ứng {demo.assignments.total} lượt giao nhiệm vụ"
    assert told in text
    assert "Sổ theo dõi nhiệm vụ gọi là “phân công”" in text


def test_a_body_that_is_asked_is_asked_to_carry_out(demo, text):
    assert "Đề nghị các cơ quan có nhiệm vụ quá hạn khẩn trương hoàn thành" in text
    assert "Cơ quan được đề nghị thực hiện" in text
    assert "Ban Tuyên giáo Tỉnh ủy (đề nghị thực hiện)" in text
    assert "đề nghị phối hợp" not in text


def test_obstacles_name_to_whom_they_are_put(text):
    assert "Kiến nghị UBND tỉnh: Cho ý kiến về mức vốn điều lệ khi chuyển đổi." in text


def test_the_pdf_is_tagged_has_bookmarks_and_says_its_language(demo):
    document = pypdfium2.PdfDocument(demo.pdf)
    titles = [item.get_title() for item in document.get_toc()]
    assert titles[0] == "BÁO CÁO"
    assert "I. KẾT QUẢ THỰC HIỆN" in titles
    assert any(title.startswith("Phụ lục II") for title in titles)
    assert document.is_tagged()
    with pdfplumber.open(io.BytesIO(demo.pdf)) as opened:
        assert opened.doc.catalog["Lang"] in (b"vi", "vi")


def test_the_record_is_plain_json_and_its_checksum_does_not_depend_on_order(demo):
    again = json.loads(json.dumps(demo.record))
    assert again == demo.record
    turned = dict(reversed(list(demo.record.items())))
    assert content.checksum(turned) == content.checksum(demo.record)
    assert content.checksum(demo.record | {"as_of": "2023-11-21"}) != content.checksum(demo.record)

"""The urging letter on paper and in Word, measured against Decree 30/2020/NĐ-CP, Annex I."""

import io
import unicodedata
from datetime import date

import docx
import pdfplumber
import pytest

from directives.actions.urging import issue_letter
from directives.models import Office
from directives.reports import urging_paper, word
from directives.reports.making import make_pdf
from directives.reports.urging_content import printed

from .urging_cast import DAY, draft, words

MM = 72 / 25.4


@pytest.fixture(autouse=True)
def office(settings, month):
    settings.TODAY = DAY
    row = Office.locked()
    row.signs_as, row.signer, row.letter_symbol = ["CHỦ TỊCH"], "Nguyễn Văn A", "LMHTX-VP"
    row.letter_recipients = ["UBND tỉnh (báo cáo);"]
    row.save()
    return row


@pytest.fixture
def few(make_assignment, agency, staff):
    make_assignment("dated", deadline=date(2023, 10, 31), position=1)
    return draft(agency, staff, words="Đoạn riêng <b>một</b>.\n\nĐoạn hai.")


@pytest.fixture
def many(make_assignment, agency, staff):
    for position in range(1, 31):
        row = make_assignment("dated", deadline=date(2023, 10, 31), position=position)
        row.task.text = f"rà soát chính sách thứ {position} " * 8
        row.task.save()
    return draft(agency, staff)


def opened(letter):
    return pdfplumber.open(io.BytesIO(make_pdf(urging_paper.paper_of(letter))))


def flat(text):
    return " ".join(text.replace("\xa0", " ").split())


def text_of(pages):
    return flat("\n".join(page.extract_text() for page in pages))


def in_word(letter):
    return docx.Document(io.BytesIO(word.write(urging_paper.paper_of(letter))))


def word_text(letter):
    document = in_word(letter)
    found = []
    for block in document.iter_inner_content():
        cells = [cell for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block]
        found += [each.text for each in cells]
    return flat(" ".join(found))


def size_of(page, start):
    line = next(line for line in page.extract_text_lines() if start in line["text"])
    return {round(char["size"], 1) for char in line["chars"]}


def test_the_order_of_a_letter_and_its_end(few):
    with opened(few) as document:
        page = document.pages[0].dedupe_chars()
        left = flat(page.crop((0, 0, page.width * 0.47, 90 * MM)).extract_text())
        text = text_of(document.pages)
        assert len(document.pages) == 1
    assert left.startswith("UBND TỈNH QUẢNG TRỊ LIÊN MINH HỢP TÁC XÃ TỈNH Số: /LMHTX-VP V/v đề nghị báo cáo kết quả")
    parts = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Trị, ngày tháng 11 năm 2023",
        "Kính gửi: Sở Kế hoạch và Đầu tư",
        "Thực hiện Thông báo số 86/TB-UBND ngày 24 tháng 4 năm 2023",
        "Đoạn riêng <b>một</b>. Đoạn hai.",
        "phối hợp của Quý Sở./.",
        "Nơi nhận:",
        "- Như trên;",
        "- UBND tỉnh (báo cáo);",
        "- Lưu: VT, VP.",
        "Nguyễn Văn A",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places))
    assert places == sorted(places)
    assert "CÔNG VĂN" not in text and "/CV" not in text and "-CV" not in text


def test_page_margins_and_sizes_are_the_decrees(few):
    with opened(few) as document:
        page = document.pages[0]
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        edges = [*page.extract_words(), *page.rects, *page.lines]
        assert 29 * MM <= min(each["x0"] for each in edges) <= 35 * MM
        assert 14 * MM <= page.width - max(each["x1"] for each in edges) <= 20 * MM
        assert min(each["top"] for each in edges) >= 19 * MM
        assert {"LiberationSerif" in char["fontname"].replace("-", "") for char in page.chars} == {True}
        assert size_of(page, "Kính gửi") == {14}
        assert size_of(page, "Để kịp thời") == {14}
        assert size_of(page, "hiện nhiệm vụ tại") == {12}
        assert size_of(page, "- Như trên") == {11}


def test_text_can_be_extracted_as_composed_vietnamese(few):
    with opened(few) as document:
        assert unicodedata.is_normalized("NFC", text_of(document.pages))
    assert unicodedata.is_normalized("NFC", word_text(few))


def test_the_clerks_number_and_day_are_printed_once_they_are_there(few, staff):
    issued = issue_letter(letter=few, number="5", symbol="LMHTX-KT", issued_on=DAY, by=staff, day=DAY)
    with opened(issued) as document:
        text = text_of(document.pages)
    for said in (text, word_text(issued)):
        assert "Số: 05/LMHTX-KT" in said
        assert "Quảng Trị, ngày 20 tháng 11 năm 2023" in said
        assert "Lưu: VT, KT." in said


def test_what_was_frozen_does_not_follow_the_settings(few, office):
    before = words(few), printed(few)
    office.name, office.signer, office.place = "KHÁC", "Khác", "Khác"
    office.save()
    few.agency.name = "Tên khác"
    few.agency.save()
    few.refresh_from_db()
    assert (words(few), printed(few)) == before


def test_many_tasks_stand_in_an_annex_that_numbers_itself(many):
    with opened(many) as document:
        pages = document.pages
        text = text_of(pages)
        tops = [flat(page.crop((0, 0, page.width, 19 * MM)).extract_text()) for page in pages]
        tables = [page for page in pages if "Nội dung" in page.extract_text()]
        assert {(round(page.width / MM), round(page.height / MM)) for page in pages} == {(210, 297)}
    assert len(tables) >= 2  # the head stands again on each of them
    assert tops == ["", "", *map(str, range(2, len(pages)))]
    assert "chi tiết tại Phụ lục kèm theo." in text
    assert text.index("Nguyễn Văn A") < text.index("Phụ lục DANH MỤC NHIỆM VỤ")
    assert "(Kèm theo Công văn số /LMHTX-VP ngày tháng 11 năm 2023 của" in text


def test_word_says_the_same_words(few):
    said = word_text(few)
    for text in [*few.content["before"], *few.content["after"], few.content["to"], few.content["about"]]:
        assert flat(text) in said
    for row in few.content["groups"][0]["rows"]:
        assert all(flat(text) in said for cell in row for text in cell)
    for end in ("Số: /LMHTX-VP", "- Như trên;", "- Lưu: VT, VP.", "CHỦ TỊCH", "Nguyễn Văn A"):
        assert end in said


def test_word_has_the_decrees_page_and_an_annex_of_its_own(many):
    document = in_word(many)
    assert len(document.sections) == 2
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(each.mm) for each in margins] == [30, 15, 20, 20]
        assert section.different_first_page_header_footer
    annex = document.sections[1]._sectPr.xpath("w:pgNumType/@w:start")
    assert annex == ["1"]
    table = document.tables[-1]
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert len(table.rows) == 31


def test_invented_data_are_marked_on_paper_and_in_word(few, directive, staff, agency, make_assignment):
    with opened(few) as document:
        assert "DỮ LIỆU MINH HOẠ" not in text_of(document.pages)
    directive.is_illustrative = True
    directive.save()
    from directives.actions.urging import withdraw_letter

    withdraw_letter(letter=few, by=staff, day=DAY)
    letter = draft(agency, staff)
    with opened(letter) as document:
        assert all("DỮ LIỆU MINH HOẠ" in page.extract_text() for page in document.pages)
    section = in_word(letter).sections[0]
    assert "DỮ LIỆU MINH HOẠ" in section.footer.paragraphs[0].text
    assert "DỮ LIỆU MINH HOẠ" in section.first_page_footer.paragraphs[0].text


def test_marks_of_direction_and_control_characters_are_not_printed(make_assignment, agency, staff):
    make_assignment("dated", deadline=date(2023, 10, 31), position=1)
    letter = draft(agency, staff, words="Một\u202eHai\x07 ba")
    assert "Một Hai ba" in letter.content["before"][-1]
    assert "Một Hai ba" in word_text(letter)

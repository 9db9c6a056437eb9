"""What a program finds in the files: tags, bookmarks, fonts in the PDF; styles, fields, sections in Word."""

import io
import re
from zipfile import ZipFile

import docx
import pikepdf
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from directives.reports import word
from directives.reports import word_styles as styles
from tests.papers import sample


@pytest.fixture(scope="module")
def pdf(pdfs):
    with pikepdf.open(io.BytesIO(pdfs["pdf"]["report"])) as document:
        yield document


@pytest.fixture(scope="module")
def document(word_files):
    return docx.Document(io.BytesIO(word_files["report"]))


def fonts(pdf):
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font" and "/FontDescriptor" in found:
            yield found


def tags(pdf):
    return [
        str(found["/S"])
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/StructElem"
    ]


def test_every_font_is_embedded(pdf):
    embedded = list(fonts(pdf))
    assert {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in embedded} == {"Liberation"}
    for font in embedded:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].keys())


def test_the_pdf_is_tagged_speaks_vietnamese_and_says_that_it_is_accessible(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "vi"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as about:
        assert about["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert about["dc:title"] == "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND"
    assert pdf.docinfo["/Author"] == "Liên minh Hợp tác xã tỉnh"


def test_tags_tell_headings_tables_and_paragraphs(pdf):
    found = tags(pdf)
    assert {"/H1", "/H2", "/H3", "/H4", "/P", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Sect"} <= set(found)
    # Head and end of the paper are no tables for who listens to it: only lists of data are.
    pages_of_tables = found.count("/Table")
    assert pages_of_tables >= 4


def test_bookmarks_are_the_headings_and_the_annexes(pdfs):
    toc = list(pypdfium2.PdfDocument(pdfs["pdf"]["report"]).get_toc())
    assert [(item.level, item.get_title()) for item in toc][:5] == [
        (0, "BÁO CÁO"),
        (1, "I. KẾT QUẢ THỰC HIỆN"),
        (2, "1. Kết quả chung"),
        (3, "a) Kết quả theo cơ quan"),
        (1, "II. TỒN TẠI, HẠN CHẾ"),
    ]
    assert [item.get_title() for item in toc if item.level == 0][1:] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert "Các sở, ban, ngành" in [item.get_title() for item in toc]  # groups of an annex


def test_headings_in_word_are_headings_by_the_decree(document):
    named = {each.text: each.style.name for each in document.paragraphs}
    assert named["I. KẾT QUẢ THỰC HIỆN"] == "Heading 1"
    assert named["1. Kết quả chung"] == "Heading 2"
    assert named["a) Kết quả theo cơ quan"] == "Heading 3"
    for name, bold in zip(styles.HEADINGS, (True, True, False), strict=True):
        style = document.styles[name]
        assert (style.font.name, style.font.size.pt, style.font.bold) == ("Times New Roman", 14, bold)
        assert style.font.color.rgb is None
        assert style.paragraph_format.keep_with_next
        assert not style.element.xpath(".//@w:asciiTheme | .//@w:themeColor")
    annex = next(each for each in document.paragraphs if each.text == "Phụ lục I")
    assert annex.style.base_style.name == "Heading 1"


@pytest.mark.parametrize(
    ("name", "size", "bold", "italic", "align"),
    [
        (styles.STATE, (12, 13), True, False, "CENTER"),
        (styles.MOTTO, (13, 14), True, False, "CENTER"),
        (styles.HEAD, (12, 13), False, False, "CENTER"),
        (styles.BODY_NAME, (12, 13), True, False, "CENTER"),
        (styles.NUMBER, (13, 13), False, False, "CENTER"),
        (styles.DATELINE, (13, 14), False, True, "CENTER"),
        (styles.KIND, (13, 14), True, False, "CENTER"),
        (styles.SUBJECT, (13, 14), True, False, "CENTER"),
        (styles.ABOUT, (12, 13), False, False, "CENTER"),
        (styles.ADDRESSED, (13, 14), False, False, "CENTER"),
        (styles.GROUND, (13, 14), False, True, "JUSTIFY"),
        (styles.TEXT, (13, 14), False, False, "JUSTIFY"),
        (styles.TITLE, (13, 14), True, False, "CENTER"),
        (styles.SIGNER, (13, 14), True, False, "CENTER"),
        (styles.TO, (12, 12), True, True, "LEFT"),
        (styles.TO_ITEM, (11, 11), False, False, "LEFT"),
        (styles.ANNEX, (14, 14), True, False, "CENTER"),
        (styles.ANNEX_NAME, (13, 14), True, False, "CENTER"),
        (styles.ANNEX_WITH, (13, 14), False, True, "CENTER"),
        (styles.PAGE, (13, 14), False, False, "CENTER"),
    ],
)
def test_styles_in_word_are_the_decrees(document, name, size, bold, italic, align):
    style = document.styles[name]
    assert size[0] <= style.font.size.pt <= size[1]
    assert (style.font.bold, style.font.italic) == (bold, italic)
    assert style.paragraph_format.alignment.name == align
    assert style.font.name == "Times New Roman"


def test_the_style_of_the_text_has_the_decrees_room(document):
    text = document.styles[styles.TEXT].paragraph_format
    assert 1 <= round(text.first_line_indent.cm, 2) <= 1.27
    assert text.space_before.pt >= 6
    assert 1 <= text.line_spacing <= 1.5


def test_nothing_is_formatted_by_hand(word_files):
    """Only the rules, whose length is that of their words, have indents of their own."""
    with ZipFile(io.BytesIO(word_files["report"])) as unpacked:
        body = unpacked.read("word/document.xml").decode()
    assert not re.search(r"<w:(sz|b|i|color|rFonts|jc w:val=\"both\"|spacing)\b", body)
    assert body.count("<w:ind ") == body.count("<w:pBdr>")


def test_page_numbers_are_fields_and_each_annex_begins_anew(document):
    for number, section in enumerate(document.sections):
        assert section.different_first_page_header_footer
        assert section.header._element.xpath(".//w:instrText[text()='PAGE']")
        assert not section.first_page_header._element.xpath(".//w:instrText")
        assert section._sectPr.xpath("w:pgNumType/@w:start") == (["1"] if number else [])
    lying = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert lying == [False, True, False, False]


def test_tables_in_word_repeat_their_heads_and_keep_short_rows_whole(document):
    tables = [table for table in document.tables if table.style.name == styles.GRID]
    assert len(tables) == 4
    for table, heads in zip(tables, (2, 1, 1, 1), strict=True):
        marked = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
        assert marked == [True] * heads + [False] * (len(marked) - heads)
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)


def test_a_row_that_is_long_may_break():
    long = sample.Row([1, "x" * 1000, None, None, None])
    table = sample.Table(sample.LONG, [long])
    made = docx.Document(io.BytesIO(word.write(sample.report(blocks=[table], annexes=()))))
    row = next(table for table in made.tables if table.style.name == styles.GRID).rows[1]
    assert not row._tr.xpath("w:trPr/w:cantSplit")


def test_the_word_file_speaks_vietnamese_and_says_what_it_is(document, word_files):
    about = document.core_properties
    assert (about.title, about.author) == ("Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND", sample.report().author)
    assert about.language == "vi-VN"
    assert "python-docx" not in (about.comments + about.last_modified_by)
    with ZipFile(io.BytesIO(word_files["report"])) as unpacked:
        settings = docx.oxml.parse_xml(unpacked.read("word/styles.xml"))
    assert {each.get(qn("w:val")) for each in settings.iter(qn("w:lang"))} == {"vi-VN"}

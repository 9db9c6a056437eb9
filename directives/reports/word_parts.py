"""The pieces of an official document in Word: page, letterhead, table, signature (Decree 30/2020/NĐ-CP, Annex I)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
SIZE, SMALL, GAP, INSET = Pt(14), Pt(13), Pt(6), Mm(22)
LARGE_GAP = Pt(14)
ILLUSTRATIVE = "DỮ LIỆU MINH HOẠ – KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH"
# A longer row may break over two pages: one kept whole could be higher than a page.
LONGEST_WHOLE = 900
LANGUAGE = "vi-VN"
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def set_page(document: Document) -> None:
    """A4, the decree's margins and letters; the page number in the middle of the top, not on the first page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    fonts = style.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    _speak_vietnamese(document)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number, "PAGE")


def mark_illustrative(document: Document) -> None:
    """Every page says that nothing here is real."""
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        words = footer.paragraphs[0]
        words.alignment = CENTRE
        run = words.add_run(ILLUSTRATIVE)
        run.bold, run.font.size = True, Pt(10)


def letterhead(
    document: Document,
    *,
    parent: str,
    name: Sequence[str],
    number: str,
    place: str,
    about: str = "",
    is_party: bool = False,
) -> None:
    """Who writes on the left, the State's words (or the Party's) on the right, then number and place.

    `about`: what a công văn is about stands under its number, as it has no title.
    """
    table = _bare_table(document, rows=2, widths=(Mm(65), Mm(100)))
    left, right = table.rows[0].cells
    if parent:
        _write(left, parent, size=SMALL)
    *above, last = name
    for line in above:
        _write(left, line, size=SMALL, bold=True)
    if is_party:
        _write(left, last, size=SMALL, bold=True)
        _write(left, "*", size=SIZE)
        _rule(_write(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=SIZE, bold=True))
    else:
        _rule(_write(left, last, size=SMALL, bold=True))
        _write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=SMALL, bold=True)
        _rule(_write(right, "Độc lập - Tự do - Hạnh phúc", size=SIZE, bold=True))
    left, right = table.rows[1].cells
    _write(left, number, size=SMALL)
    if about:
        _write(left, about, size=Pt(12)).paragraph_format.space_before = GAP
    _write(right, place, size=SIZE, italic=True)


def title(document: Document, kind: str, about: str) -> None:
    """Tên loại and trích yếu."""
    centred(document, kind, bold=True, before=Pt(18))
    _rule(centred(document, about, bold=True), inset=Mm(55))


def centred(document: Document, text: str, *, bold: bool = False, before: Length = GAP) -> Any:
    made = document.add_paragraph()
    made.alignment, made.paragraph_format.space_before = CENTRE, before
    made.paragraph_format.keep_with_next = True
    made.add_run(text).bold = bold
    return made


def heading(document: Document, text: str) -> None:
    made = _indented(document)
    made.paragraph_format.keep_with_next = True
    made.add_run(text).bold = True


def paragraph(document: Document, text: str, *, keep: bool = False) -> None:
    """`keep`: on one page with what follows."""
    made = _indented(document)
    made.paragraph_format.keep_with_next = keep
    made.add_run(text)


def lines(document: Document, texts: Sequence[Sequence[str]]) -> None:
    """A list with dashes, each text with its own paragraphs; what is empty says so."""
    for first, *more in texts or [["Không có."]]:
        paragraph(document, f"- {first}" if texts else first)
        for text in more:
            paragraph(document, text)


def table(
    document: Document, head: Sequence[str], rows: Iterable[Sequence[Sequence[str]]], widths: Sequence[Length]
) -> None:
    """With lines; its head stands again on every page, and a row that is not long stays together.

    A cell is its paragraphs.
    """
    made = document.add_table(rows=1, cols=len(head))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, text in zip(made.rows[0].cells, head, strict=True):
        _write(cell, text, size=SMALL, bold=True)
    _mark(made.rows[0], "w:tblHeader")
    for row in rows:
        added = made.add_row()
        if max(sum(map(len, texts)) for texts in row) <= LONGEST_WHOLE:
            _mark(added, "w:cantSplit")
        for place, (cell, texts) in enumerate(zip(added.cells, row, strict=True)):
            for text in texts:
                _write(cell, text, size=SMALL, align=CENTRE if place == 0 else LEFT)
    _set_widths(made, widths)


def gap(document: Document) -> None:
    """A little room before a table, which has none of its own."""
    document.add_paragraph().paragraph_format.line_spacing = GAP


def annex(document: Document, name: str, with_: str) -> None:
    """Phụ lục on pages of its own, which number themselves; `with_`: the paper that it goes with."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    pages = OxmlElement("w:pgNumType")
    pages.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(pages, "w:cols", "w:titlePg", "w:docGrid")
    centred(document, "Phụ lục", bold=True)
    centred(document, name, bold=True, before=Pt(0))
    last = centred(document, "", before=Pt(0))
    last.add_run(with_).italic = True
    _rule(last, inset=Mm(55))


def signature(document: Document, *, titles: Sequence[str], recipients: Sequence[str], signer: str = "") -> None:
    """Nơi nhận on the left, level with the signer's title; room for the signature, and the name under it."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    row = _bare_table(document, rows=1, widths=(Mm(80), Mm(85))).rows[0]
    _mark(row, "w:cantSplit")
    left, right = row.cells
    _write(left, "Nơi nhận:", size=Pt(12), bold=True, italic=True, align=LEFT)
    last = len(recipients) - 1
    for place, name in enumerate(recipients):
        _write(left, f"- {name}{'.' if place == last else ';'}", size=Pt(11), align=LEFT)
    for title in titles:
        _write(right, title, size=SIZE, bold=True)
    for _ in range(4):
        right.add_paragraph()
    if signer:
        _write(right, signer, size=SIZE, bold=True)


def _speak_vietnamese(document: Document) -> None:
    """So that Word does not underline every word as bad English."""
    document.core_properties.language = LANGUAGE
    document.styles["Normal"].element.get_or_add_rPr().append(OxmlElement("w:lang"))
    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), LANGUAGE)


def _indented(document: Document) -> Any:
    made = document.add_paragraph()
    made.alignment = JUSTIFY
    made.paragraph_format.first_line_indent, made.paragraph_format.space_before = Cm(1.27), Pt(6)
    return made


def _bare_table(document: Document, *, rows: int, widths: Sequence[Length]) -> Any:
    made = document.add_table(rows=rows, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(made, widths)
    return made


def _set_widths(made: Any, widths: Sequence[Length]) -> None:
    """Of every cell: Word and LibreOffice do not both look at the columns."""
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _write(cell: Any, text: str, *, size: Length, bold: bool = False, italic: bool = False, align: Any = CENTRE) -> Any:
    """A line in a cell; the first takes the paragraph that every cell has."""
    empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    made = cell.paragraphs[0] if empty else cell.add_paragraph()
    made.alignment = align
    run = made.add_run(text)
    run.font.size, run.bold, run.italic = size, bold, italic
    return made


def _rule(above: Any, inset: Length = INSET) -> None:
    """The line under a paragraph, shorter than its cell: of its own paragraph, drawn in by its indents."""
    made = OxmlElement("w:p")
    above._p.addnext(made)
    line = Paragraph(made, above._parent)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = inset
    line.paragraph_format.line_spacing = Pt(4)
    properties = made.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(paragraph: Any, name: str) -> None:
    """A field that the reader's program fills in, such as the number of the page."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        run.font.size = SMALL
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)

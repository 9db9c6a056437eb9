"""The pieces of a paper in Word that are no block: pages, head, addressees, end (Decree 30/2020/NĐ-CP, Annex I)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm

from directives.reports import layout
from directives.reports import word_styles as styles
from directives.reports.layout import plain
from directives.reports.paper import Annex, End, Letterhead
from directives.reports.word_table import add_cell, add_row, add_text, closed, started

SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
LEFT_COLUMN, RIGHT_COLUMN = Mm(65).twips, Mm(100).twips
TO_COLUMN, SIGN_COLUMN = Mm(75).twips, Mm(90).twips
# A rule under words: 40 percent of their line, of the motto all of it.
PART_OF_LINE = 0.4
# How wide letters of this font are, in parts of their size; others by their case.
WIDE, NARROW, SPACE = frozenset("MWmw"), frozenset("ijltfrI.,:;-()'/"), " "
ROOM_LINES = 5


def set_page(section: Section, *, is_landscape: bool, is_draft: bool) -> Length:
    """A4, the decree's margins, the page number in the middle of the top but not on the first page. Gives the width."""
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    sides = (LONG_SIDE, SHORT_SIDE) if is_landscape else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = sides
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    width = Length(sides[0] - Mm(45))
    header, first = section.header, section.first_page_header
    header.is_linked_to_previous = first.is_linked_to_previous = False
    _number(header.paragraphs[0], layout.DRAFT if is_draft else "", width)
    first.paragraphs[0].text = layout.DRAFT if is_draft else ""
    first.paragraphs[0].style = styles.DRAFT
    return width


def mark_pages(section: Section, words: str) -> None:
    """At the foot of every page of this section and of those that follow it."""
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = words
        footer.paragraphs[0].style = styles.MARK


def letterhead(document: Document, head: Letterhead) -> None:
    """Who writes on the left, the State's words (or the Party's) on the right, then number and place."""
    table = started(document, styles.BARE, (LEFT_COLUMN, RIGHT_COLUMN))
    row = add_row(table)
    names = [plain(line).upper() for line in head.name]
    above = [(plain(head.parent).upper(), styles.HEAD)] if head.parent else []
    left = _lines(row, [*above, *((name, styles.BODY_NAME) for name in names)], LEFT_COLUMN)
    if head.is_party:
        add_text(left, "*", styles.STAR)
        _rule(_lines(row, [(layout.PARTY, styles.MOTTO)], RIGHT_COLUMN), RIGHT_COLUMN, width_of(layout.PARTY, 13))
    else:
        _rule(left, LEFT_COLUMN, min(width_of(names[-1], 12), LEFT_COLUMN) * PART_OF_LINE)
        right = _lines(row, [(layout.STATE, styles.STATE), (layout.MOTTO, styles.MOTTO)], RIGHT_COLUMN)
        _rule(right, RIGHT_COLUMN, width_of(layout.MOTTO, 13))
    row = add_row(table)
    about = [(plain(head.about), styles.ABOUT)] if head.about else []
    _lines(row, [(plain(head.number), styles.NUMBER), *about], LEFT_COLUMN)
    _lines(row, [(plain(head.dateline), styles.DATELINE)], RIGHT_COLUMN)
    closed(document)


def title(document: Document, kind: str, subject: str) -> None:
    """Tên loại and trích yếu."""
    document.add_paragraph(plain(kind), style=styles.KIND)
    if subject:
        document.add_paragraph(plain(subject), style=styles.SUBJECT)
        whole = Mm(165).twips
        _rule(document.element.body, whole, min(width_of(subject, 14), whole) * PART_OF_LINE)


def addressed(document: Document, names: Sequence[str]) -> None:
    if len(names) == 1:
        document.add_paragraph(f"Kính gửi: {plain(names[0])}", style=styles.ADDRESSED)
    elif names:
        document.add_paragraph("Kính gửi:", style=styles.ADDRESSEES)
        for name in layout.listed(names):
            document.add_paragraph(name, style=styles.ADDRESSEE)


def end(document: Document, said: End) -> None:
    """Nơi nhận on the left, level with the signer's title; room for the signature, and the name under it."""
    document.add_paragraph(style=styles.BEFORE_END)
    row = add_row(started(document, styles.BARE, (TO_COLUMN, SIGN_COLUMN)))
    names = [(name, styles.TO_ITEM) for name in layout.listed(said.recipients)]
    _lines(row, [("Nơi nhận:", styles.TO), *names] if names else [("", styles.TO)], TO_COLUMN)
    titles = [(plain(words).upper(), styles.TITLE) for words in said.signs_as]
    signer = [(plain(said.signer), styles.SIGNER)] if said.signer else []
    _lines(row, [*titles, *[("", styles.ROOM)] * ROOM_LINES, *signer], SIGN_COLUMN)
    closed(document)


def annex(document: Document, said: Annex, *, is_draft: bool) -> Length:
    """Its own pages, which number themselves, and its title. Gives the width of its text."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = styles.THIN  # the break itself: it must not need a page
    width = set_page(section, is_landscape=said.is_landscape, is_draft=is_draft)
    for found in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(found)
    pages = OxmlElement("w:pgNumType")
    pages.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(pages, "w:cols", "w:titlePg", "w:docGrid")
    document.add_paragraph(f"Phụ lục {plain(said.number)}".rstrip(), style=styles.ANNEX)
    document.add_paragraph(plain(said.title), style=styles.ANNEX_NAME)
    if said.goes_with:
        document.add_paragraph(plain(said.goes_with), style=styles.ANNEX_WITH)
    _rule(document.element.body, width.twips, width.twips * 0.2)
    return width


def width_of(text: str, size: float) -> float:
    """About how wide a bold text is, in twentieths of a point."""
    letters = unicodedata.normalize("NFD", text)
    return 20 * size * sum(_width(each) for each in letters if not unicodedata.combining(each))


def _width(letter: str) -> float:
    if letter in WIDE:
        return 0.95 if letter.isupper() else 0.78
    if letter in NARROW:
        return 0.36
    if letter == SPACE:
        return 0.25
    return 0.72 if letter.isupper() else 0.5


def _lines(row: Any, lines: Sequence[tuple[str, str]], width: int) -> Any:
    """A cell whose lines have styles of their own."""
    (text, style), *more = lines
    cell = add_cell(row, [text], style, width).getparent()
    for text, style in more:
        add_text(cell, text, style)
    return cell


def _rule(parent: Any, room: int, length: float) -> None:
    """A line in the middle: the upper border of a thin paragraph, drawn in by its indents."""
    made = OxmlElement("w:p")
    properties = made.get_or_add_pPr()
    properties.style = styles.IDS[styles.RULE]
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties.append(borders)
    inset = OxmlElement("w:ind")
    for name in ("left", "right"):
        inset.set(qn(f"w:{name}"), str(round((room - length) / 2)))
    properties.append(inset)
    if parent.tag == qn("w:body"):
        parent.insert_element_before(made, "w:sectPr")
    else:
        parent.append(made)


def _number(paragraph: Any, words: str, width: Length) -> None:
    """The page number in the middle, a field; `words` at the left."""
    paragraph.style = styles.PAGE
    stops = paragraph.paragraph_format.tab_stops
    if words:
        stops.add_tab_stop(Length(width // 2), alignment=styles.TAB_CENTRE)
        paragraph.alignment = styles.LEFT
        paragraph.add_run(words).bold = True
        paragraph.add_run("\t")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)

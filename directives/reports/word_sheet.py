"""The styles of a paper (`word_styles`) written into a Word document, and its language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from directives.reports import word_styles as styles
from directives.reports.word_styles import LEFT, SPACED, Look

LANGUAGE = "vi-VN"


def add_styles(document: Document) -> None:
    """Every style that a paper uses, and Word's own where it has one for the purpose."""
    known = document.styles
    _speak_vietnamese(document)
    _look(known["Normal"], Look(14, align=LEFT))
    for name, look in zip(
        styles.HEADINGS, (styles.HEADING, styles.HEADING, styles.HEADING._replace(bold=False)), strict=True
    ):
        _look(known[name], look)
    for name, look in styles.LOOKS.items():
        _look(_added(document, name, WD_STYLE_TYPE.PARAGRAPH), look)
    annex = _added(document, styles.ANNEX, WD_STYLE_TYPE.PARAGRAPH)
    annex.base_style = known["Heading 1"]  # so that it stands among the headings
    _look(annex, Look(14, bold=True, line=SPACED, keep=True, first=0))
    for name, colour in styles.BARS.values():
        _added(document, name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor.from_string(colour)
    _bordered(_added(document, styles.GRID, WD_STYLE_TYPE.TABLE), styles.SIDES, room=50)
    _bordered(_added(document, styles.LINED, WD_STYLE_TYPE.TABLE), ("insideH",), room=20)
    _bordered(_added(document, styles.BARE, WD_STYLE_TYPE.TABLE), (), room=0)


def _added(document: Document, name: str, kind: Any) -> Any:
    style = document.styles.add_style(name, kind)
    style.element.styleId = styles.IDS[name]
    return style


def _look(style: Any, look: Look) -> None:
    style.hidden, style.quick_style = False, True
    font, paragraph = style.font, style.paragraph_format
    _plain_font(style)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    paragraph.alignment, paragraph.line_spacing = look.align, look.line
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.first_line_indent = look.first
    paragraph.left_indent, paragraph.right_indent = look.left, look.right
    paragraph.keep_with_next, paragraph.widow_control = look.keep, True


def _plain_font(style: Any) -> None:
    """Black, and of one family: Word's own headings are blue and follow the theme."""
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:color"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    style.font.name = styles.FONT
    for name in ("w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(name), styles.FONT)


def _bordered(style: Any, sides: Sequence[str], *, room: int) -> None:
    """Thin lines on these sides of every cell, and room within (twentieths of a point)."""
    properties = OxmlElement("w:tblPr")
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side in styles.SIDES[:4]:
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(room))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.extend([borders, margins] if sides else [margins])
    style.element.append(properties)


def _speak_vietnamese(document: Document) -> None:
    """So that Word does not underline every word as bad English."""
    document.core_properties.language = LANGUAGE
    document.styles["Normal"].element.get_or_add_rPr().append(OxmlElement("w:lang"))
    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), LANGUAGE)

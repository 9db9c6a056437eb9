"""A paper as a Word file to edit: real styles, headings, tables and page numbers, block by block as the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from django.utils import timezone
from docx.document import Document
from docx.shared import Length

from directives.reports import layout, word_chart, word_parts, word_table
from directives.reports import word_styles as styles
from directives.reports.layout import plain
from directives.reports.paper import Block, Chart, Heading, Paper, Paragraph, Style, Table
from directives.reports.word_sheet import add_styles

NAMES = {
    Style.BODY: styles.TEXT,
    Style.LEADS: styles.LEADS,
    Style.CLOSING: styles.CLOSING,
    Style.GROUND: styles.GROUND,
    Style.REMARK: styles.REMARK,
}


def write(paper: Paper) -> bytes:
    """The file. Its texts are the PDF's; only lines may break elsewhere."""
    document = docx.Document()
    add_styles(document)
    _describe(document, paper)
    section = document.sections[0]
    width = word_parts.set_page(section, is_landscape=False, is_draft=paper.is_draft)
    if paper.is_illustrative:
        word_parts.mark_pages(section, layout.ILLUSTRATIVE)
    word_parts.letterhead(document, paper.letterhead)
    if paper.kind:
        word_parts.title(document, paper.kind, paper.subject)
    word_parts.addressed(document, paper.addressed)
    _blocks(document, paper.blocks, width, before_end=True)
    word_parts.end(document, paper.end)
    for annex in paper.annexes:
        _blocks(document, annex.blocks, word_parts.annex(document, annex, is_draft=paper.is_draft))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Document, paper: Paper) -> None:
    """What the file says of itself."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = map(_short, (paper.title, paper.author, paper.author))
    about.subject, about.comments = map(_short, (paper.subject, paper.description))
    about.created = about.modified = timezone.now()


def _short(text: str) -> str:
    """What such a property may hold."""
    return plain(text)[:255]


def _blocks(document: Document, blocks: Sequence[Block], width: Length, *, before_end: bool = False) -> None:
    for block in layout.punctuated(blocks):
        if isinstance(block, Heading):
            document.add_paragraph(plain(block.text), style=styles.HEADINGS[block.level - 1])
        elif isinstance(block, Paragraph):
            document.add_paragraph(plain(block.text), style=NAMES[block.style])
        elif isinstance(block, Table):
            word_table.draw(document, block, width, is_last=before_end and block is blocks[-1])
        elif isinstance(block, Chart):
            word_chart.draw(document, block, width)

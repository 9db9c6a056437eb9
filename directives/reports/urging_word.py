"""An urging letter as a Word file: the same frozen words as on paper, for the clerk to number (Decree 30, Annex I)."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Mm

from directives.models import UrgingLetter
from directives.reports import word_parts as word
from directives.reports.record import Record
from directives.reports.urging_content import printed

WIDTHS = (Mm(11), Mm(62), Mm(25), Mm(33), Mm(34))


def file_name(letter: UrgingLetter, ending: str) -> str:
    """ "Công văn 05-LMHTX-VP gửi Sở KH&ĐT.docx"; of a draft without the number."""
    what = f"Công văn {letter.code}" if letter.is_issued else "Dự thảo công văn"
    return f"{what} gửi {letter.agency.short_name}.{ending}".replace("/", "-")


def make(letter: UrgingLetter) -> BytesIO:
    """The file, from its beginning."""
    said = printed(letter)
    office = said["office"]
    document = docx.Document()
    word.set_page(document)
    document.core_properties.author = office["called"]
    document.core_properties.title = f"V/v {said['about']}"
    if said["is_illustrative"]:
        word.mark_illustrative(document)
    word.letterhead(
        document,
        parent=office["parent_name"].upper(),
        name=[office["name"].upper()],
        number=said["number"],
        about=f"V/v {said['about']}",
        place=f"{office['place']}, {said['dateline']}",
    )
    word.centred(document, f"Kính gửi: {said['to']}", before=word.LARGE_GAP)
    for text in said["before"]:
        word.paragraph(document, text)
    if not said["annex"]:
        _tables(document, said)
    *after, last = said["after"]
    for text in after:
        word.paragraph(document, text)
    # No signature stands alone on a page.
    word.paragraph(document, last, keep=True)
    recipients = [*office["recipients"], office["kept_at"]]
    word.signature(document, titles=office["signs_as"], recipients=recipients, signer=office["signer"])
    if said["annex"]:
        word.annex(document, said["annex"], said["with"])
        _tables(document, said)
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def _tables(document: Document, said: Record) -> None:
    for group in said["groups"]:
        if group["title"]:
            word.heading(document, group["title"])
        else:
            word.gap(document)
        word.table(document, group["columns"], group["rows"], WIDTHS)

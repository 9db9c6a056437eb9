"""How an official document writes dates and quotes texts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

NOTE_LIMIT = 600
TASK_LIMIT = 2000
LINE_LIMIT = 110
MARK = "…"
# Room for what the clerk writes in: the number, the day. Numbers are never invented (design, section 3.14).
BLANK = "\u00a0" * 6

# Marks that turn the direction of writing would let a note rearrange the words printed after it; of the rest some are
# no characters in XML, and a file that holds one is not opened.
UNPRINTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2023", "ngày 24 tháng 4 năm 2023".

    A zero stands before days below 10 and before the months 1 and 2 only (Decree 30/2020/NĐ-CP, Annex I).
    """
    return f"ngày {day.day:02} {_month(day)}"


def undated(day: date) -> str:
    """ "ngày      tháng 11 năm 2023": the day is written in by the clerk, together with the number."""
    return f"ngày{BLANK}{_month(day)}"


def short_date(day: date) -> str:
    """24/4/2023, 08/9/2022, 17/02/2023: the same rule with strokes, as documents are cited."""
    return f"{day.day:02}/{_month_number(day)}/{day.year}"


def _month(day: date) -> str:
    return f"tháng {_month_number(day)} năm {day.year}"


def _month_number(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def printable(text: str) -> str:
    """On one line, composed (NFC), without control characters and marks of direction."""
    return " ".join(UNPRINTED.sub(" ", unicodedata.normalize("NFC", text)).split())


def printed_lines(text: str) -> list[str]:
    """All of a text as its author broke it into lines, each as above; never without one."""
    return [line for line in map(printable, text.splitlines()) if line] or [""]


def shown(text: str, limit: int = NOTE_LIMIT) -> str:
    """What is printed of a text: all of it, or its first `limit` characters and a mark that there is more."""
    head = printable(text[: 4 * limit])
    if len(head) <= limit and len(text) <= 4 * limit:
        return head
    return head[:limit].rstrip() + MARK


def line(text: str, limit: int = LINE_LIMIT) -> str:
    """The beginning of a text, cut at a word, for a list that only points to it."""
    text = shown(text, TASK_LIMIT)
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,;:.") + MARK


def citation(*, doc_type: str, code: str, issued_on: date, issuer: str, title: str) -> str:
    """Type, number, date, issuer, abstract: how a document is named where it is cited first."""
    about = title[:1].lower() + title[1:]
    if about and not about.startswith(("về ", "v/v ")):
        about = f"về {about}"
    by = f"của {issuer}" if issuer else ""
    return " ".join(filter(None, (f"{doc_type} số {code} {long_date(issued_on)}", by, about))).rstrip(" .;")

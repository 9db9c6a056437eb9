"""The report of the first version, from its record. Gone once reports are papers (`typeset`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from weasyprint import CSS, HTML

from directives.reports.record import Record
from directives.reports.typeset import NoFetching
from directives.reports.wording import BLANK, long_date, undated

TEMPLATE, SHEET = "reports/report.html", "report.css"
ILLUSTRATIVE = "illustrative.css"
STYLES = Path(settings.BASE_DIR) / "templates" / "reports"


def html_of(record: Record) -> str:
    """The document as HTML; every text of the record is escaped."""
    return get_template(TEMPLATE).render(_context(record))


def write(record: Record, target: str, tell: Callable[[int, str], None]) -> None:
    """Lay out and write the PDF, telling each step. Raises FatalURLFetchingError where anything would be fetched."""
    tell(20, "Đang soạn văn bản")
    html = HTML(string=html_of(record), base_url=None, url_fetcher=NoFetching())
    styles = [_styles(SHEET)]
    if record["directive"]["is_illustrative"]:
        styles.append(_styles(ILLUSTRATIVE))
    tell(35, "Đang dàn trang")
    document = html.render(stylesheets=styles, pdf_tags=True)
    tell(80, "Đang ghi tệp PDF")
    document.write_pdf(target, pdf_tags=True)


@cache
def _styles(name: str) -> CSS:
    return CSS(string=(STYLES / name).read_text(encoding="utf-8"), url_fetcher=NoFetching())


def _context(record: Record) -> dict[str, Any]:
    """The record with its days as days, and the dates that an official document spells out."""
    days = _days(record)
    made, issued = days["made_on"], days["directive"]["issued_on"]
    return days | {
        "dateline": undated(made),
        "issued_long": long_date(issued),
        "blank": BLANK,
        "as_of_long": long_date(days["as_of"]),
        "agency_count": len(record["agencies"]),
    }


def _days(value: Any) -> Any:
    """The same with every ISO date of the record turned into a date."""
    if isinstance(value, dict):
        return {key: _as_day(each) if key in DAYS else _days(each) for key, each in value.items()}
    return [_days(each) for each in value] if isinstance(value, list) else value


DAYS = {"as_of", "made_on", "issued_on", "start", "end", "due", "said_on", "until", "first_deadline", "done_on"}


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

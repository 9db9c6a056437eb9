"""The drawing of a summary: always one A4, however long its lists are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from weasyprint import CSS, HTML

from directives.reports.summary import Summary
from directives.reports.typeset import NoFetching

TEMPLATE = "reports/summary.html"
SHEET = Path(settings.BASE_DIR) / "templates" / "reports" / "summary.css"
LISTS = ("obstacles", "late", "silent", "due")
# As many lines as each list may have at first; the longest gives way until all is on one page.
MOST = {"obstacles": 6, "late": 5, "silent": 9, "due": 5}
# What a row is weighed with when room is short: lines that it takes, less what matters more.
COSTS = {"obstacles": 1.4, "late": 1.4, "silent": 0.8, "due": 1.6}


def prepare() -> None:
    """Parse template and styles once for all summaries that this process and its children make."""
    get_template(TEMPLATE)
    _sheet()


def summary_html(summary: Summary, most: dict[str, int] | None = None) -> str:
    """The page as HTML, every text escaped; of each list as many rows as `most` says, and how many more there are."""
    cut = {name: _cut(getattr(summary, name) or (), (most or MOST)[name]) for name in LISTS}
    return get_template(TEMPLATE).render({"summary": summary, "cut": cut})


def write_summary(summary: Summary, target: str) -> None:
    """Lay out and write the PDF. Raises FatalURLFetchingError where anything would be fetched."""
    lengths = {name: min(most, len(getattr(summary, name) or ())) for name, most in MOST.items()}
    document = _laid_out(summary, lengths)
    while len(document.pages) > 1 and any(lengths.values()):
        lengths[max(lengths, key=lambda name: lengths[name] * COSTS[name])] -= 1
        document = _laid_out(summary, lengths)
    document.write_pdf(target, pdf_variant="pdf/ua-1")


def _laid_out(summary: Summary, most: dict[str, int]) -> Any:
    html = HTML(string=summary_html(summary, most), base_url=None, url_fetcher=NoFetching())
    return html.render(stylesheets=[_sheet()], pdf_variant="pdf/ua-1")


def _cut(rows: Sequence[Any], most: int) -> dict[str, Any]:
    return {"rows": rows[:most], "more": max(0, len(rows) - most)}


@cache
def _sheet() -> CSS:
    return CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=NoFetching())

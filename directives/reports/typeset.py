"""A paper as HTML, and the typesetter of its PDF. Importing this loads WeasyPrint; see `making.warm`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.template.loader import get_template
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from directives.reports import layout
from directives.reports.markup import context_of
from directives.reports.paper import Paper

# They say every page, and every table of a font, at the level of information.
for chatty in ("weasyprint.progress", "fontTools.subset"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

TEMPLATE = "reports/paper.html"
SHEETS = [Path(settings.BASE_DIR) / "templates" / "reports" / name for name in ("paper.css", "chart.css")]
FONT = '"Liberation Serif", "Times New Roman", serif'
# Where on every page stands what such a paper is.
MARKS = {
    layout.ILLUSTRATIVE: f"@bottom-center {{ font: bold 10pt {FONT}; letter-spacing: 0.08em; color: #595959;",
    layout.DRAFT: f"@top-left {{ font: bold 13pt {FONT}; letter-spacing: 0.08em; white-space: nowrap;",
}


class NoFetching(URLFetcher):
    """Nothing is fetched: the styles are given, the fonts are the system's, there are no pictures."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
        raise FatalURLFetchingError(f"a paper fetches nothing: {url[:80]}")


def prepare() -> None:
    """Parse templates and styles once for all papers that this process and its children make."""
    get_template(TEMPLATE)
    sheet()
    for words in MARKS:
        _mark(words)


def html_of(paper: Paper) -> str:
    """The document as HTML; every text of the paper is escaped."""
    return get_template(TEMPLATE).render(context_of(paper) | {"paper": paper})


def write(paper: Paper, target: str, tell: Callable[[int, str], None]) -> None:
    """Lay out and write the PDF, telling each step. Raises FatalURLFetchingError where anything would be fetched."""
    tell(40, "Đang dàn trang")
    html = HTML(string=html_of(paper), base_url=None, url_fetcher=NoFetching())
    document = html.render(stylesheets=styles_of(paper), pdf_variant="pdf/ua-1")
    tell(80, "Đang ghi tệp PDF")
    document.write_pdf(target, pdf_variant="pdf/ua-1")


def styles_of(paper: Paper) -> list[CSS]:
    """The sheets that such a paper is laid out by."""
    marks = {layout.ILLUSTRATIVE: paper.is_illustrative, layout.DRAFT: paper.is_draft}
    return [sheet(), *(_mark(words) for words, is_shown in marks.items() if is_shown)]


@cache
def sheet() -> CSS:
    return CSS(string="\n".join(each.read_text(encoding="utf-8") for each in SHEETS), url_fetcher=NoFetching())


@cache
def _mark(words: str) -> CSS:
    return CSS(string=f'@page {{ {MARKS[words]} content: "{words}"; }} }}', url_fetcher=NoFetching())

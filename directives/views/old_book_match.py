"""Matching an old tracking workbook: where its head stands, what its columns hold, what its words mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from openpyxl.utils import get_column_letter

from agencies.access import staff_only
from agencies.clock import today
from directives.forms.old_books import ColumnsForm, WordsForm
from directives.models import OldBook
from directives.views.finding import me
from directives.views.old_books import old_book_or_404
from directives.workbooks.legacy.fields import guess
from directives.workbooks.legacy.grid import Page, pages
from directives.workbooks.legacy.heads import Head
from directives.workbooks.legacy.mapping import Matching, head_of, propose, remembered
from directives.workbooks.legacy.words import words_of

# Each name is a list of all agencies: with more of them no page would open.
MOST_UNKNOWN = 200
SAMPLE = 4
LONGEST = 80


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def old_book_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the proposal, for another sheet or head where asked; POST: what staff chose."""
    book = old_book_or_404(me(request), pk)
    if not book.is_draft:
        return redirect("old_book_detail", pk=pk)
    sheets = pages(book.cells)
    matching = _asked(request.POST or request.GET, sheets, book)
    page = sheets[matching.sheet]
    head = head_of(page, matching)
    form = ColumnsForm(request.POST or None, book=book, matching=matching, head=head)
    if form.is_bound and form.is_valid() and form.save(by=me(request), day=today(), head_key=head.key):
        return redirect("old_book_words", pk=pk)
    context = {"book": book, "form": form, "sheets": list(enumerate(sheets)), "matching": matching}
    context |= {"letters": _letters(page), "sample": list(_sample(page, head)), "step": 2}
    return render(request, "directives/old_book_columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def old_book_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Words of states and unknown names; what nobody chooses stays an error of its rows."""
    book = old_book_or_404(me(request), pk)
    if not book.is_draft:
        return redirect("old_book_detail", pk=pk)
    if not Matching.of(book).is_complete:
        messages.warning(request, "Xin ghép cột trước.")
        return redirect("old_book_columns", pk=pk)
    words = words_of(book)
    if words.unknown > MOST_UNKNOWN:
        said = f"Cột cơ quan có {words.unknown} tên chưa nhận ra; có lẽ chọn nhầm cột. Xin xem lại."
        messages.warning(request, said)
        return redirect("old_book_columns", pk=pk)
    form = WordsForm(request.POST or None, book=book, words=words)
    if form.is_bound and form.is_valid() and form.save(by=me(request), day=today()):
        return redirect("old_book_preview", pk=pk)
    context = {"book": book, "form": form, "step": 3}
    return render(request, "directives/old_book_words.html", context, status=422 if form.errors else 200)


def _asked(said: QueryDict, sheets: list[Page], book: OldBook) -> Matching:
    """The matching that the address or the form names: sheet, and first and last row of the head."""
    kept = Matching.of(book)
    sheet, first, last = (_number(said.get(name)) for name in ("sheet", "first", "last"))
    if sheet is None or sheet >= len(sheets):
        return kept if kept.sheet < len(sheets) else propose(sheets, 0)[0]
    if not first or not last or not first <= last <= first + 3:
        return propose(sheets, sheet)[0]
    if (sheet, first, last) == (kept.sheet, kept.first, kept.last):
        return kept
    head = head_of(sheets[sheet], Matching(sheet, first, last))
    return remembered(Matching(sheet, first, last, guess(head.words)), head.key)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _letters(page: Page) -> list[tuple[int, str]]:
    return [(column, get_column_letter(column)) for column in page.columns]


def _sample(page: Page, head: Head) -> Iterator[dict[str, Any]]:
    """The rows of the head and the first few below it, cell by cell."""
    below = [number for number in sorted(page.rows) if number > head.last][:SAMPLE]
    for number in (*range(head.first, head.last + 1), *below):
        cells = [page.square(number, column) for column in page.columns]
        texts = [each.text[:LONGEST] + ("…" if len(each.text) > LONGEST else "") for each in cells]
        yield {"number": number, "texts": texts, "is_head": number <= head.last}

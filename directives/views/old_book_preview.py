"""The dry run of an old tracking workbook, and bringing it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import User
from directives.actions.bring_in import Tried, bring_in, try_bringing_in
from directives.actions.old_books import match_old_book
from directives.actions.old_lines import Line
from directives.deadlines import Life
from directives.models import Directive, OldBook, Task
from directives.views.finding import me
from directives.views.old_books import ROWS_PER_PAGE, old_book_or_404
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.plan import Plan, by_row, make_plan

FIGURES = (
    ("Hoàn thành đúng hạn", "done_on_time"),
    ("Hoàn thành quá hạn", "done_late"),
    ("Chưa hoàn thành, trong hạn", "open_in_time"),
    ("Chưa hoàn thành, quá hạn", "open_overdue"),
    ("Không có thời hạn", "no_deadline"),
    ("Tạm dừng", "suspended"),
    ("Cộng", "total"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def old_book_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what would come in, by doing it and taking it back; POST: keep what is ticked, and do it, all or nothing.

    Rows with a problem hold all of it back, until each is mended or ticked to stay out. Ticks stay with the draft, so
    that they are there on the next page of its rows, and tomorrow.
    """
    user, book = me(request), old_book_or_404(me(request), pk)
    if not book.is_draft:
        return redirect("old_book_detail", pk=pk)
    wanted = "ghi" in request.POST
    if request.method == "POST":
        try:
            book = _keep_ticks(request, book)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("old_book_list")
        if not wanted:
            return redirect(_page_url(pk, request.POST.get("trang", "")))
    plan = make_plan(book, today())
    if wanted and not plan.problems:
        return _bring_in(request, book, plan)
    tried, refused = _try(book, plan, user)
    if wanted:
        refused = "Còn dòng có lỗi: xin sửa trong tệp rồi tải lên lại, hoặc đánh dấu để không đưa các dòng đó vào."
    context = _context(request, book, plan, tried) | {"refused": refused}
    return render(request, "directives/old_book_preview.html", context, status=422 if refused else 200)


def _keep_ticks(request: HttpRequest, book: OldBook) -> OldBook:
    """The book with what is ticked; written only where that changed. Raises Refused where it is no draft any more."""
    before = Matching.of(book)
    left, taken = (sorted(set(_rows(request.POST.getlist(name)))) for name in ("left", "taken"))
    if "bo-het" in request.POST:
        left = sorted(make_plan(book, today()).said)
    matching = replace(before, left=left, taken=taken)
    if matching == before:
        return book
    return match_old_book(book=book, mapping=matching.dump(), head_key=book.head_key, by=me(request), day=today())


def _page_url(pk: int, page: str) -> str:
    """The preview at a page of its rows; without one at its top."""
    address = reverse("old_book_preview", args=[pk])
    return f"{address}?trang={page}#h-lines" if page.isascii() and page.isdigit() else address


def _try(book: OldBook, plan: Plan, user: User) -> tuple[Tried | None, str]:
    """Without a line to try there is nothing to refuse: the page says so itself."""
    if not plan.lines:
        return None, ""
    try:
        return try_bringing_in(book=book, lines=plan.lines, by=user, day=today()), ""
    except Refused as refusal:
        return None, str(refusal)


def _bring_in(request: HttpRequest, book: OldBook, plan: Plan) -> HttpResponse:
    try:
        brought = bring_in(book=book, lines=plan.lines, by=me(request), day=today(), last=plan.last)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("old_book_preview", pk=book.pk)
    said = f"Đã đưa vào sổ {brought.counts['tasks']} nhiệm vụ. Không có thư nhắc nào về các thời hạn đã qua."
    messages.success(request, said)
    return redirect("old_book_detail", pk=book.pk)


def _context(request: HttpRequest, book: OldBook, plan: Plan, tried: Tried | None) -> dict[str, Any]:
    page = Paginator(plan.lines, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    there = [line.directive for line in page if isinstance(line.directive, int)]
    known = Directive.objects.defer("text", "segments").in_bulk(there)
    twins = sorted((*plan.twins, *plan.taken), key=lambda twin: twin.line.row)
    tasks = Task.objects.in_bulk([twin.task for twin in twins if twin.task])
    left, taken = by_row(plan.left), {twin.line.row for twin in plan.taken}
    return {
        "book": book,
        "plan": plan,
        "tried": tried,
        "figures": [(label, getattr(tried.before, name), getattr(tried.after, name)) for label, name in FIGURES]
        if tried
        else [],
        "page": page,
        "rows": [{"line": line, "paper": _paper(line, known), "is_known": _is_known(line)} for line in page],
        "twins": [
            {"twin": twin, "task": tasks.get(twin.task or 0), "is_taken": twin.line.row in taken} for twin in twins
        ],
        "problems": [
            {"row": row, "problems": found, "said": plan.said[row], "is_left": row in left}
            for row, found in by_row((*plan.problems, *plan.left)).items()
        ],
        "holding": len(by_row(plan.problems)),
        "left": len(left),
        "own": _own(plan, me(request)),
        "step": 4,
    }


def _own(plan: Plan, user: User) -> int:
    """How many lines say that the agency of this person has finished: nobody here confirms what is their own."""
    own = set(user.own_ids)
    return sum(line.life == Life.DONE and any(each.pk in own for each in line.agencies) for line in plan.lines)


def _is_known(line: Line) -> bool:
    return isinstance(line.directive, int)


def _paper(line: Line, known: dict[int, Directive]) -> str:
    row = known.get(line.directive) if isinstance(line.directive, int) else line.directive
    return f"{row.number}/{row.symbol} ngày {row.issued_on:%d/%m/%Y}" if row else ""


def _rows(values: Iterable[str]) -> Iterable[int]:
    return (int(each) for each in values if each.isascii() and each.isdigit() and len(each) < 7)

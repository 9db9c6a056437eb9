"""Old tracking workbooks: those that were brought in, a new one, one of them, the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import User
from directives.actions.old_books import drop_old_book
from directives.actions.undo_bring_in import undo_bring_in
from directives.forms.old_books import OldBookForm
from directives.models import OldBook, Task
from directives.views.finding import me

PER_PAGE = 20
ROWS_PER_PAGE = 50


@require_safe
@staff_only
def old_book_list(request: HttpRequest) -> HttpResponse:
    """What was uploaded, newest first, with what became of it."""
    found = OldBook.objects.visible_to(me(request)).defer("cells", "kept", "mapping")
    books = found.select_related("uploaded_by", "brought_by", "undone_by")
    page = Paginator(books, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/old_book_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def old_book_create(request: HttpRequest) -> HttpResponse:
    """The file; what was read goes on to its columns."""
    form = OldBookForm(request.POST, request.FILES) if request.method == "POST" else OldBookForm()
    if form.is_bound and form.is_valid() and (book := form.save(by=me(request), day=today())):
        if OldBook.objects.brought_in().filter(sha256=book.sha256).exists():
            messages.warning(request, "Tệp này đã được đưa vào trước đây; các dòng trùng sẽ không được đưa vào.")
        return redirect("old_book_columns", pk=book.pk)
    return render(request, "directives/old_book_create.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@staff_only
def old_book_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was brought in, row by row; a draft goes on to its columns."""
    book = old_book_or_404(me(request), pk)
    if book.is_draft:
        return redirect("old_book_columns", pk=pk)
    tasks = Task.objects.filter(book=book).select_related("directive", "addressee").order_by("book_row")
    tasks = tasks.defer("directive__text", "directive__segments")
    page = Paginator(tasks, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/old_book_detail.html", {"book": book, "page": page})


@require_POST
@staff_only
def old_book_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all of it out again; refused once somebody has written on it."""
    book = old_book_or_404(me(request), pk)
    try:
        undo_bring_in(book=book, by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã hoàn tác: các nhiệm vụ đưa vào không còn tính vào số liệu nào.")
    return redirect("old_book_detail", pk=pk)


@require_POST
@staff_only
def old_book_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was uploaded and not brought in."""
    try:
        drop_old_book(book=old_book_or_404(me(request), pk), by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã bỏ tệp vừa tải lên; sổ không thay đổi.")
    return redirect("old_book_list")


def old_book_or_404(user: User, pk: int) -> OldBook:
    """A book that the person may see."""
    named = OldBook.objects.visible_to(user).select_related("uploaded_by", "brought_by", "undone_by")
    return get_object_or_404(named, pk=pk)

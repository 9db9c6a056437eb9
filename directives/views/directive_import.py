"""Loading a notice: from a file or from pasted text to a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import staff_only
from agencies.clock import today
from directives.actions.import_notice import Imported
from directives.forms.directives import NoticeForm
from directives.models import Assignment, Directive
from directives.templatetags.kttt import day as day_words
from directives.views.directive_page import trail
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def directive_import(request: HttpRequest) -> HttpResponse:
    """The form; a notice that was read goes to its draft, one that is here already to what is here."""
    form = NoticeForm(request.POST, request.FILES) if request.method == "POST" else NoticeForm()
    if form.is_bound and form.is_valid() and (imported := form.save(by=me(request), day=today())):
        _tell(request, imported)
        return redirect("directive_tasks" if imported.is_filled else "directive_detail", pk=imported.directive.pk)
    context = {"form": form, "crumbs": trail()}
    return render(request, "directives/directive_import.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, imported: Imported) -> None:
    directive = imported.directive
    if imported.created:
        messages.success(request, f"Đã đọc {directive.code} thành bản nháp: {_size(directive)}. Xin đối chiếu.")
        return
    if imported.is_filled:
        kept = "Nhiệm vụ đưa từ sổ cũ giữ nguyên; văn bản vẫn được theo dõi như trước."
        messages.success(request, f"Đã nạp toàn văn của {directive.code}, trước đây chỉ biết qua sổ cũ. {kept}")
        return
    here = f"{directive.code} đã có trong sổ từ ngày {day_words(directive.created_on)}; không nạp lại, không đổi gì."
    if imported.differs:
        here += " Nội dung vừa nạp khác với bản đang lưu: xin đối chiếu; hệ thống giữ bản đang lưu."
    messages.warning(request, here)


def _size(directive: Directive) -> str:
    given = Assignment.objects.filter(task__directive=directive).count()
    return f"{directive.addressees.count()} mục đơn vị, {directive.tasks.count()} nhiệm vụ, {given} phân công"

"""What staff do to a draft: put right what was read of the document, or throw it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from directives.actions.drafts import discard_draft, require_draft
from directives.forms.directives import CorrectionForm
from directives.models import Directive
from directives.views.directive_page import trail
from directives.views.directives import directive_or_404
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def directive_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; a published directive says why it has none."""
    directive = directive_or_404(me(request), pk)
    try:
        require_draft(directive)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("directive_detail", pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, directive=directive, by=me(request))
    if form.is_valid() and form.save(today()):
        messages.success(request, "Đã lưu thông tin văn bản.")
        return redirect("directive_detail", pk=pk)
    context = {"directive": directive, "form": form, "crumbs": trail(directive)}
    return render(request, "directives/directive_edit.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def directive_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away. Twice is harmless."""
    if not Directive.objects.filter(pk=pk).exists():
        messages.info(request, "Bản nháp này không còn trong sổ.")
        return redirect("directive_list")
    directive = directive_or_404(me(request), pk)
    try:
        discard_draft(directive=directive, by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("directive_detail", pk=pk)
    messages.success(request, f"Đã bỏ bản nháp {directive.code} cùng các nhiệm vụ đọc từ văn bản ấy.")
    return redirect("directive_list")

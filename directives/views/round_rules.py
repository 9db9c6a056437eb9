"""Settings of the reporting rounds: the staff's page, each change kept with who made it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import staff_only
from agencies.clock import today
from directives.actions.round_rules import CHANGEABLE, DAYS
from directives.forms.round_rules import RoundRuleForm
from directives.models import RoundRule
from directives.rounds import Cadence
from directives.views.changes import Change, changes_of, say
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def round_rules(request: HttpRequest) -> HttpResponse:
    """Each cadence with its days, and who changed what. `ky` names the one that is sent."""
    there = {rule.cadence: rule for rule in RoundRule.objects.all()}
    rules = [there.get(cadence) or RoundRule(cadence=cadence) for cadence in Cadence]
    sent = request.POST.get("ky") if request.method == "POST" else None
    forms = {rule.cadence: _form(request, rule, sent) for rule in rules}
    form = forms.get(sent or "")
    if form and form.is_valid() and (changed := form.save(today())) is not None:
        name = form.cadence.label.lower()
        messages.success(request, f"Đã lưu kỳ báo cáo {name}." if changed else "Không có gì thay đổi.")
        return redirect("round_rules")
    refused = request.method == "POST"
    context = {
        "forms": [(rule, forms[rule.cadence]) for rule in rules],
        "refused": form if refused else None,
        "changes": changes_of_rules(),
    }
    return render(request, "directives/round_rules.html", context, status=422 if refused else 200)


def _form(request: HttpRequest, rule: RoundRule, sent: str | None) -> RoundRuleForm:
    return RoundRuleForm(request.POST if rule.cadence == sent else None, rule=rule, by=me(request))


def changes_of_rules() -> list[Change]:
    """The newest first; what was first chosen is held against the defaults. One query."""
    return changes_of(
        "RoundRuleEvent",
        lambda event: CHANGEABLE,
        start=lambda event: RoundRule(cadence=event.cadence),
        label=lambda event, name: f"{Cadence(event.cadence).label}: {RoundRuleForm.base_fields[name].label}",
        say=_say,
    )


def _say(name: str, value: Any) -> str:
    return f"ngày {value}" if name in DAYS else say(name, value)

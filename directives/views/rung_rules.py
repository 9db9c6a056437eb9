"""Settings of reminders: each reason with its days and its climb; the administrator's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import admins_only
from agencies.clock import today
from directives.actions.rungs import AFTER, CHANGEABLE, climbs
from directives.forms.rungs import INITIAL, RungsForm, label_of
from directives.models import Office, Reason, RungRule
from directives.views.changes import Change, changes_of, say
from directives.views.finding import me
from directives.views.rung_words import said, sentence

GROUPS = (
    ("Thời hạn", (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.RETURNED)),
    ("Kỳ báo cáo", (Reason.ROUND_OPEN, Reason.ROUND_SOON, Reason.ROUND_MISSED, Reason.DRAFTED)),
    ("Tin mới", (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED)),
    ("Người xét", (Reason.WAITING,)),
    ("Đôn đốc", (Reason.NUDGED,)),
)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def rung_rules(request: HttpRequest) -> HttpResponse:
    """Every reason in one form, and who changed what."""
    rules = RungRule.current()
    form = RungsForm(request.POST or None, rules=rules, by=me(request))
    if request.method == "POST" and form.is_valid() and (changed := form.save(today())) is not None:
        names = ", ".join(f"“{Reason(reason).label}”" for reason in changed)
        messages.success(request, f"Đã lưu: {names}." if changed else "Không có gì thay đổi.")
        return redirect("rung_rules")
    context = {
        "form": form,
        "groups": [(name, [_shown(form, rules[reason]) for reason in reasons]) for name, reasons in GROUPS],
        "mails_heads": Office.current().mails_heads,
        "changes": changes_of_rungs(),
    }
    return render(request, "directives/rung_rules.html", context, status=422 if form.errors else 200)


def _shown(form: RungsForm, rule: RungRule) -> dict[str, Any]:
    """One reason: what it does now, and its fields."""
    reason, initial = rule.reason, RungRule.initial(rule.reason)
    restore = form.fields_of(reason, INITIAL)[0]
    restore.help_text = f"Ban đầu: {sentence(initial)}"
    differs = any(getattr(rule, name) != getattr(initial, name) for name in CHANGEABLE[reason])
    return {
        "rule": rule,
        "sentence": sentence(rule),
        "switch": form.fields_of(reason, "is_on")[0],
        "days": form.fields_of(reason, "steps", "first", "every"),
        "people": form.fields_of(reason, "to_liaison", *AFTER),
        "climbs": climbs(reason),
        "restore": restore if differs else None,
        "is_refused": any(field.errors for field in form.fields_of(reason)),
    }


def changes_of_rungs() -> list[Change]:
    """The newest first; what was first chosen is held against what the office began with. One query."""
    return changes_of(
        "RungRuleEvent",
        lambda event: CHANGEABLE[event.reason],
        start=lambda event: RungRule.initial(event.reason),
        label=lambda event, name: label_of(event.reason, name),
        say=lambda name, value: said(name, value) or say(name, value),
    )

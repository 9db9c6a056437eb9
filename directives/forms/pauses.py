"""Who is not to be reminded for a while."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.forms_base import VerbForm
from agencies.models import Agency, User
from directives.actions.reminders import pause_reminders
from directives.forms.base import Day
from directives.forms.reports import DirectiveChoice
from directives.forms.tasks import AgencyByName
from directives.models import Directive, Pause


class PersonWithBody(forms.ModelChoiceField):
    """People by name, with where they work: two may have one name."""

    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        at = person.agency.short_name if person.agency else person.get_role_display()
        return f"{person.full_name} ({at}, {person.username})"


def _person() -> forms.ModelChoiceField:
    people = User.objects.filter(is_active=True).select_related("agency").order_by("full_name", "pk")
    return PersonWithBody(people, **_words("Người", "người"))


def _agency() -> forms.ModelChoiceField:
    return AgencyByName(Agency.objects.single().living().order_by("sort_key"), **_words("Cơ quan", "cơ quan"))


def _directive() -> forms.ModelChoiceField:
    followed = Directive.objects.published().filter(closed_on=None).defer("text", "segments")
    return DirectiveChoice(followed, **_words("Văn bản", "văn bản"))


def _words(label: str, what: str) -> dict[str, Any]:
    wrong = {"required": f"Xin chọn {what}.", "invalid_choice": f"Xin chọn lại {what}: không có trong danh sách."}
    return {"label": label, "empty_label": f"(chọn {what})", "error_messages": wrong}


# What may be paused, as the verb calls it.
KINDS = {"person": _person, "agency": _agency, "directive": _directive}


class PauseForm(VerbForm):
    """A pause of one thing of `kind`, one of KINDS. What the verb refuses stands at its field."""

    since = Day(label="Từ ngày")
    until = Day(label="Đến hết ngày", required=False, help_text="Bỏ trống: cho đến khi bấm “Cho nhắc lại”.")
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Ví dụ: đang chờ ý kiến của Bộ; nghỉ chế độ.",
        error_messages={"required": "Xin ghi lý do.", "max_length": "Lý do dài nhất 300 ký tự."},
    )

    def __init__(self, *args: Any, kind: str, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"since": day}, "label_suffix": "", **kwargs})
        self.kind, self.by = kind, by
        self.fields[kind] = KINDS[kind]()
        self.order_fields([kind, "since", "until", "reason"])

    def save(self, day: date) -> Pause | None:
        """The pause; None where it was refused."""
        return self.carry_out(pause_reminders, by=self.by, day=day, **self.cleaned_data)

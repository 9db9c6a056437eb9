"""Which mails a person wants."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.models import User
from directives.actions.reading_reminders import choose_mails
from directives.models import OPTIONAL, OptOut, Reason


class MailChoiceForm(forms.Form):
    """A box for each of OPTIONAL, all ticked until the person says otherwise."""

    wanted = forms.MultipleChoiceField(
        label="Gửi thư cho tôi khi",
        choices=[(reason.value, reason.label) for reason in OPTIONAL],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        without = set(OptOut.objects.filter(person=by).values_list("reason", flat=True))
        wanted = [reason.value for reason in OPTIONAL if reason not in without]
        super().__init__(*args, **{"initial": {"wanted": wanted}, "label_suffix": "", **kwargs})
        self.by = by

    def save(self, day: date) -> None:
        choose_mails(by=self.by, day=day, wanted=self.cleaned_data["wanted"])


def optional_words() -> list[str]:
    """What may be done without, in the words of the boxes."""
    return [str(Reason(reason).label) for reason in OPTIONAL]

"""Forms that one verb carries out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from agencies.errors import Refused
from agencies.forms_base import VerbForm
from directives.actions.locking import Stale

Done = TypeVar("Done")


class ActionForm(VerbForm):
    """What the verb refuses stands at its field, and everything typed is still there.

    `version` is what the person saw: when somebody else was faster they are told, and may send again.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def carry_out(self, verb: Callable[..., Done], **arguments: Any) -> Done | None:
        """What the verb gives; None where it refused, which then stands among the errors."""
        try:
            return verb(version=self.cleaned_data.get("version"), **arguments)
        except Stale as stale:
            self.renew("version", stale.version)
            self.add_error(None, str(stale))
        except Refused as refusal:
            self.refuse(refusal)
        return None


class Day(forms.DateField):
    """A day as people write it: 20/11/2023."""

    default_error_messages = {
        "invalid": "Không có ngày này. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 20/11/2023.",
        "required": "Xin ghi ngày.",
    }


class LongText(forms.CharField):
    """Several lines, with a limit that the browser counts as we do: it sends two characters for a line's end."""

    def __init__(self, *, rows: int = 4, max_length: int = 5000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""

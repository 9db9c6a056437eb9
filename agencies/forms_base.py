"""Forms that one verb of this package carries out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.datastructures import MultiValueDict

from agencies.errors import Refused

Done = TypeVar("Done")


class VerbForm(forms.Form):
    """What the verb refuses stands at its field, and everything typed is still there."""

    def carry_out(self, verb: Callable[..., Done], **arguments: Any) -> Done | None:
        """What the verb gives; None where it refused, which then stands among the errors."""
        try:
            return verb(**arguments)
        except Refused as refusal:
            self.refuse(refusal)
        return None

    def refuse(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    def renew(self, name: str, value: object) -> None:
        """Put a new value into a hidden field of the form that is shown again."""
        self.data = MultiValueDict(self.data)  # type: ignore[arg-type]
        self.data.setlist(self.add_prefix(name), [str(value)])

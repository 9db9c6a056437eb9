"""What the page of a directive shows about its closing."""

from __future__ import annotations

from typing import Any

from directives.forms.reviews import ReasonForm
from directives.models import Directive


def closing_of(directive: Directive) -> dict[str, Any]:
    """The form with which a closed directive is followed again; None where it is followed."""
    return {"reopen_form": ReasonForm(auto_id="mo-lai-%s") if directive.closed_on else None}

"""Statuses as a word and a mark. The words are those of `directives.deadlines`; here they only get a drawing."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directives.deadlines import Life, TimeState

LIFE_LOOKS = MappingProxyType(
    {
        "not_started": "circle-dashed",
        "in_progress": "circle-dot",
        "awaiting": "hourglass",
        "done": "circle-check",
        "suspended": "circle-pause",
        "cancelled": "circle-slash",
        "transferred": "forward",
    }
)
TIME_LOOKS = MappingProxyType(
    {
        "in_time": "clock",
        "soon": "clock-alert",
        "overdue": "triangle-alert",
        "no_deadline": "calendar-off",
        "period_over": "calendar-clock",
        "done_on_time": "circle-check",
        "done_late": "calendar-x",
    }
)


def _badges(words: type[TextChoices], looks: Mapping[str, str]) -> dict[str, SafeString]:
    return {each.value: _badge(each.value, looks[each.value], str(each.label)) for each in words}


def _badge(value: str, icon: str, word: str) -> SafeString:
    return format_html(
        '<span class="badge badge--{}"><svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="#i-{}" xlink:href="#i-{}"></use></svg>{}</span>',
        value,
        icon,
        icon,
        word,
    )


LIFE = _badges(Life, LIFE_LOOKS)
TIME = _badges(TimeState, TIME_LOOKS)


def icon_names() -> list[str]:
    """Every drawing that a badge uses, each once."""
    return sorted({*LIFE_LOOKS.values(), *TIME_LOOKS.values()})

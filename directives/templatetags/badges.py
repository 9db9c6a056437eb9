"""Statuses as a word and a mark. The words are those of `directives.deadlines`; here they only get a drawing."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString

LIFE_LOOKS = MappingProxyType(
    {
        "not_started": ("circle-dashed", "Chưa thực hiện"),
        "in_progress": ("circle-dot", "Đang thực hiện"),
        "awaiting": ("hourglass", "Chờ xác nhận"),
        "done": ("circle-check", "Hoàn thành"),
        "suspended": ("circle-pause", "Tạm dừng"),
        "cancelled": ("circle-slash", "Hủy"),
        "transferred": ("forward", "Đã chuyển"),
    }
)
TIME_LOOKS = MappingProxyType(
    {
        "in_time": ("clock", "Trong hạn"),
        "soon": ("clock-alert", "Sắp đến hạn"),
        "overdue": ("triangle-alert", "Quá hạn"),
        "no_deadline": ("calendar-off", "Không hạn"),
        "period_over": ("calendar-clock", "Hết kỳ, chờ đánh giá"),
        "done_on_time": ("circle-check", "Hoàn thành đúng hạn"),
        "done_late": ("calendar-x", "Hoàn thành quá hạn"),
    }
)


def _badges(looks: Mapping[str, tuple[str, str]]) -> dict[str, SafeString]:
    return {value: _badge(value, *look) for value, look in looks.items()}


def _badge(value: str, icon: str, word: str) -> SafeString:
    return format_html(
        '<span class="badge badge--{}"><svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="#i-{}" xlink:href="#i-{}"></use></svg>{}</span>',
        value,
        icon,
        icon,
        word,
    )


LIFE = _badges(LIFE_LOOKS)
TIME = _badges(TIME_LOOKS)


def icon_names() -> list[str]:
    """Every drawing that a badge uses, each once."""
    return sorted({icon for icon, _ in [*LIFE_LOOKS.values(), *TIME_LOOKS.values()]})

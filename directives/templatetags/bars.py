"""The four official numbers drawn as one line. It prints, and needs no style attribute."""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

# key of a figure, class of its colour, what it counts
PIECES = (
    ("done_on_time", "b-on-time", "hoàn thành đúng hạn"),
    ("done_late", "b-on-time", "hoàn thành quá hạn"),
    ("open_in_time", "b-open", "chưa hoàn thành trong hạn"),
    ("open_overdue", "b-overdue", "chưa hoàn thành quá hạn"),
    ("no_deadline", "b-none", "không có thời hạn"),
)
GAP = 0.4


def stacked_bar(figures: Mapping[str, int] | object) -> SafeString:
    """A line of 100 units. Work finished late is half blue (finished), half red (late)."""
    counts = [(_count(figures, key), look, words, key) for key, look, words in PIECES]
    whole = sum(count for count, *_ in counts) or 1
    said = ", ".join(f"{count} {words}" for count, _, words, _ in counts if count) or "chưa có gì"
    drawn, start = "", 0.0
    for count, look, _, key in counts:
        width = 100 * count / whole
        drawn += _piece(start, width, look, key == "done_late") if count else ""
        start += width
    return mark_safe(
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{said}">{drawn}</svg>'
    )


def _count(figures: Mapping[str, int] | object, key: str) -> int:
    found = figures.get(key) if isinstance(figures, Mapping) else getattr(figures, key, 0)
    return int(found or 0)


def _piece(start: float, width: float, look: str, late: bool) -> str:
    shown = max(width - GAP, GAP)
    place = f'x="{start:.2f}" width="{shown:.2f}"'
    if late:
        return f'<rect class="{look}" {place} height="5"/><rect class="b-late" {place} y="5" height="5"/>'
    return f'<rect class="{look}" {place} height="10"/>'

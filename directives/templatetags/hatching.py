"""Stacked bars whose parts differ by hatching, so that they can be printed in black and white or seen without colour.

Drawn in numbers only, and without a style attribute: the same drawing stands in a PDF and on a page.
"""

from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 300.0, 18.0
INK, RED, GREY, PAPER = "#1f3864", "#b3261e", "#595959", "#fff"
# tone: ground, colour of its lines, step between lines that rise, between lines that fall, between level ones
HATCHES = {
    "done": (INK, INK, 0.0, 0.0, 0.0),
    "done-late": (PAPER, INK, 7.0, 0.0, 0.0),
    "open": ("#e3eaf4", INK, 0.0, 0.0, 0.0),
    "overdue": (PAPER, RED, 5.0, 5.0, 0.0),
    "rest": (PAPER, GREY, 0.0, 0.0, 4.5),
}
# What each looks like, for who cannot see it.
LOOKS = {
    "done": "nền đậm",
    "done-late": "sọc chéo",
    "open": "nền nhạt",
    "overdue": "kẻ ô chéo",
    "rest": "sọc ngang",
}


def hatched_bar(values: Sequence[int], tones: Sequence[str], most: int, said: str) -> SafeString:
    """The values one beside the other; `most` fills the width. `said`: the same in words, not escaped."""
    drawn, start = "", 0.0
    for value, tone in zip(values, tones, strict=True):
        width = WIDTH * value / most if most and value > 0 else 0.0
        drawn += _part(start, width, tone) if width else ""
        start += width
    return _svg(WIDTH, f'{drawn}<path d="M.5 0V{HEIGHT:g}" stroke="#000" stroke-width="1"/>', said)


def swatch(tone: str) -> SafeString:
    """The sign of a tone, for a legend."""
    return _svg(2 * HEIGHT, _part(0.0, 2 * HEIGHT, tone), f"Ký hiệu: {LOOKS[tone]}")


def _svg(width: float, drawn: str, said: str) -> SafeString:
    return mark_safe(
        f'<svg viewBox="0 0 {width:g} {HEIGHT:g}" role="img"><title>{escape(said)}</title>{drawn}</svg>'  # numbers
    )


def _part(start: float, width: float, tone: str) -> str:
    ground, colour, *steps = HATCHES[tone]
    frame = f'x="{start + 0.5:.2f}" y=".5" width="{max(width - 1, 0.5):.2f}" height="{HEIGHT - 1:g}"'
    lines = "".join(_lines(start + 0.5, start + max(width - 0.5, 1), *steps))
    hatching = f'<path d="{lines}" stroke="{colour}" stroke-width="1.4" fill="none"/>' if lines else ""
    return f'<rect {frame} fill="{ground}"/>{hatching}<rect {frame} fill="none" stroke="{colour}" stroke-width="1"/>'


def _lines(left: float, right: float, rising: float, falling: float, level: float) -> Iterator[str]:
    """Strokes cut off at the edges of their part."""
    for step, upwards in ((rising, True), (falling, False)):
        foot = left - HEIGHT + step / 2
        while step and foot < right:
            begins, ends = max(left, foot), min(right, foot + HEIGHT)
            yield f"M{begins:.1f} {_height(begins - foot, upwards):.1f}L{ends:.1f} {_height(ends - foot, upwards):.1f}"
            foot += step
    height = level
    while level and height < HEIGHT:
        yield f"M{left:.1f} {height:g}H{right:.1f}"
        height += level


def _height(along: float, upwards: bool) -> float:
    return HEIGHT - along if upwards else along

"""What every template of this product may say without loading anything.

All of these return plain safe strings: a number or a date that a template prints by itself goes through
localisation, which is the dearest part of a long table.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from django import template
from django.template.context import Context
from django.template.defaulttags import querystring
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist

from directives.templatetags import badges, hatching
from directives.templatetags.bars import stacked_bar

register = template.Library()
SVG = "{http://www.w3.org/2000/svg}"
NOTHING = SafeString("")
HUNDREDTH = Decimal("0.01")
WITH_STROKES = re.compile(r"\b\d+[^\W\d_]?(?:/[\w-]+)+")


@register.filter(is_safe=True)
def day(value: date | None) -> str:
    """20/11/2023; nothing for None. A moment gives its day in the office's time zone."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        value = _local(value)
    return SafeString(f"{value.day:02}/{value.month:02}/{value.year}")


@register.filter(is_safe=True)
def moment(value: datetime | None) -> str:
    """08:05 20/11/2023, in the office's time zone; nothing for None."""
    if not value:
        return NOTHING
    local = _local(value)
    return SafeString(f"{local:%H:%M} {local.day:02}/{local.month:02}/{local.year}")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter(is_safe=True)
def number(value: int | None) -> str:
    """21.914; nothing for None."""
    return NOTHING if value is None else SafeString(f"{value:,}".replace(",", "."))


@register.filter
def unbroken(text: str) -> SafeString:
    """The text, escaped; numbers of documents and dates with strokes in it stay on one line."""
    return mark_safe(WITH_STROKES.sub(r'<span class="whole">\g<0></span>', escape(text)))


@register.filter(is_safe=True)
def percent(part: int | None, whole: int | None) -> str:
    """84,46%, rounded half up; a dash where there is no whole to speak of. Say beside it what the whole is."""
    if not whole or part is None:
        return SafeString("–")
    exact = Decimal(100 * part) / whole
    return SafeString(f"{exact.quantize(HUNDREDTH, ROUND_HALF_UP)}%".replace(".", ","))


@register.filter(is_safe=True)
def share(part: int | None, whole: int | None) -> str:
    """The same share for a width: 84.5%, nothing being 0%."""
    return SafeString(f"{min(100.0, 100 * (part or 0) / whole) if whole else 0:.1f}%")


@register.filter(is_safe=True)
def days_text(days: int | None) -> str:
    """Days that are left, in words; below zero they are days late. Nothing for None."""
    if days is None:
        return NOTHING
    if days == 0:
        return SafeString("hôm nay")
    return SafeString(f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide icon, hidden from screen readers: the word beside it says the same."""
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawing(name)}</svg>'
    )


@cache
def drawing(name: str) -> str:
    """The strokes of an icon without their frame. Raises IconDoesNotExist."""
    with (files("lucide") / "lucide.zip").open("rb") as packed, ZipFile(packed) as archive:
        try:
            svg = ElementTree.fromstring(archive.read(f"{name}.svg"))
        except KeyError:
            raise IconDoesNotExist(name) from None
    for stroke in svg:
        stroke.tag, stroke.tail = stroke.tag.removeprefix(SVG), None
    return "".join(ElementTree.tostring(stroke, encoding="unicode") for stroke in svg)


@register.simple_tag
@cache
def badge_icons() -> SafeString:
    """The drawings that badges point to, once a page: a list of a hundred rows repeats only their names."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{drawing(name)}</symbol>' for name in badges.icon_names()
    )
    return mark_safe(f'<svg width="0" height="0" class="sprite" aria-hidden="true" focusable="false">{symbols}</svg>')


@register.simple_tag
def life_badge(value: str) -> SafeString:
    """How far an assignment is: a value of Life."""
    return badges.LIFE.get(value, NOTHING)


@register.simple_tag
def time_badge(value: str) -> SafeString:
    """Where it stands in time: a value of TimeState."""
    return badges.TIME.get(value, NOTHING)


@register.simple_tag
def bar(figures: Mapping[str, int] | object) -> SafeString:
    """The four official numbers, and what has no deadline, as one line in proportion."""
    return stacked_bar(figures)


@register.simple_tag
def chart_bar(bar: Any, chart: Any) -> SafeString:
    """A bar of a paper's chart (`reports.paper`): the longest of the chart fills the width."""
    most = max(sum(each.values) for each in chart.bars)
    parts = zip(chart.series, bar.values, strict=True)
    said = "; ".join(f"{series.name}: {number(value)}" for series, value in parts)
    return hatching.hatched_bar(bar.values, [series.tone.value for series in chart.series], most, said)


@register.simple_tag
def swatch(tone: str) -> SafeString:
    """The sign of a tone of `reports.paper` in a legend."""
    return hatching.swatch(tone)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This address with some parameters changed (None drops one). A changed filter starts at its first page."""
    return escape(querystring(context, None, **{"trang": None, **changes}) or "?")

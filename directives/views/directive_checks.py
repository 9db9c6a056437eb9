"""What staff look at before they publish a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from agencies.models import Agency
from directives.actions.publish import is_ahead
from directives.models import Directive
from directives.reminders.audience import Audience
from directives.templatetags.kttt import day as day_words
from directives.templatetags.kttt import number
from directives.views.directive_page import DirectivePage
from directives.views.reading_page import stretches, suspect_characters

MOST_NAMES = 10


@dataclass(frozen=True)
class Check:
    """What to look at, and where it can be looked at or mended."""

    words: str
    url: str = ""
    link: str = ""


def checks(shown: DirectivePage, overdue: int, day: date) -> Iterator[Check]:
    """Everything about a draft that looks wrong. `overdue`: how many of its tasks are late on `day` already."""
    directive = shown.directive
    if is_ahead(directive, day):
        words = f"Ngày ban hành {day_words(directive.issued_on)} sau ngày hôm nay; xin kiểm tra lại."
        yield Check(words, reverse("directive_edit", args=[directive.pk]), "Sửa thông tin văn bản")
    if overdue:
        yield Check(f"{number(overdue)} nhiệm vụ sẽ quá hạn ngay khi công bố.")
    yield from _unreached(shown.receivers(), day)
    if unchecked := shown.unchecked():
        yield Check(f"{_names(unchecked)} chưa có trong danh mục cơ quan đã đối chiếu.")
    yield from _not_understood(directive)


def _unreached(receivers: Sequence[Agency], day: date) -> Iterator[Check]:
    """Those for which no active person may act; nobody ever may for a group, its members are to be named."""
    audience = Audience.current(day)
    found = [agency for agency in receivers if not audience.of_agency(agency.pk)]
    if single := [agency for agency in found if not agency.is_group]:
        words = f"{_names(single)} chưa có đầu mối nên chưa ai nhận được nhiệm vụ."
        yield Check(words, reverse("user_list"), "Mở danh sách người dùng")
    if groups := [agency for agency in found if agency.is_group]:
        yield Check(f"{_names(groups)} là nhóm cơ quan chưa nêu thành viên nên chưa ai nhận được nhiệm vụ.")


def _not_understood(directive: Directive) -> Iterator[Check]:
    if noise := suspect_characters(stretches(directive)):
        address = reverse("directive_text", args=[directive.pk])
        yield Check(f"{number(noise)} ký tự của văn bản chưa được nhận ra.", f"{address}#can-xem", "Xem từng đoạn")


def _names(agencies: Sequence[Agency]) -> str:
    """“A”, “B” và 3 đơn vị khác"""
    named = ", ".join(f"“{agency.name}”" for agency in agencies[:MOST_NAMES])
    more = len(agencies) - MOST_NAMES
    return f"{named} và {number(more)} đơn vị khác" if more > 0 else named

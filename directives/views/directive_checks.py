"""What staff look at before they publish a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from agencies.models import Agency, Membership
from agencies.succession import living
from directives.actions.groups import carriers
from directives.actions.publish import is_ahead
from directives.models import Assignment, Directive
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
    yield from _same_number(directive)
    yield from _unreached(shown.receivers(), day)
    if unchecked := shown.unchecked():
        yield Check(f"{_names(unchecked)} chưa có trong danh mục cơ quan đã đối chiếu.")
    yield from _regrouped(directive, day)
    yield from _not_understood(directive)


def _same_number(directive: Directive) -> Iterator[Check]:
    """What only an old tracking workbook knew under this number, of another day of the year: a number is given once."""
    year = {"issued_on__year": directive.issued_on.year, "book__isnull": False}
    known = Directive.objects.kept().filter(number=directive.number, symbol=directive.symbol, **year)
    for other in known.defer("text", "segments"):
        words = (
            f"Sổ đã có {other.code} ngày {day_words(other.issued_on)}, chỉ biết qua sổ theo dõi cũ. Nếu là một văn "
            "bản thì ngày ở sổ cũ có thể sai: xin hoàn tác lần đưa sổ cũ vào, sửa ngày rồi đưa lại, rồi mới công bố."
        )
        yield Check(words, reverse("directive_detail", args=[other.pk]), "Xem văn bản trong sổ")


def _unreached(receivers: Sequence[Agency], day: date) -> Iterator[Check]:
    """Those for which no active person may act; nobody ever may for a group, its members are to be named."""
    audience = Audience.current(day)
    found = [agency for agency in receivers if not audience.of_agency(agency.pk)]
    if single := [agency for agency in found if not agency.is_group]:
        words = f"{_names(single)} chưa có đầu mối nên chưa ai nhận được nhiệm vụ."
        yield Check(words, reverse("user_list"), "Mở danh sách người dùng")
    if groups := [agency for agency in found if agency.is_group]:
        yield Check(f"{_names(groups)} là nhóm cơ quan chưa nêu thành viên nên chưa ai nhận được nhiệm vụ.")


def _regrouped(directive: Directive, day: date) -> Iterator[Check]:
    """Groups whose members have changed since the text was read: what is shown here is not what will be given."""
    rows = Assignment.objects.filter(task__directive=directive, task__addressee__agency__is_group=True)
    given: dict[Agency, set[int]] = {}
    for row in rows.select_related("task__addressee__agency"):
        given.setdefault(row.task.addressee.agency, set()).add(row.agency_id)
    members = Membership.objects.filter(Q(until=None) | Q(until__gt=day), group__in=given, since__lte=day)
    now: dict[int, set[int]] = {group.pk: set() for group in given}
    for membership in members:
        now[membership.group_id].add(membership.member_id)
    for group, agencies in given.items():
        # One that named nobody carries its work itself; for one that has ended, asked by itself, its heirs do.
        carry = {each.pk for each in carriers(group, day)} if group.has_ended else now[group.pk] or {group.pk}
        if agencies != carry:
            yield Check(
                f"Thành viên của “{group.name}” đã thay đổi từ khi đọc văn bản; khi công bố, việc được giao cho các "
                "thành viên hiện nay.",
                reverse("agency_members", args=[living(group)[0].code]),
                "Xem thành viên",
            )


def _not_understood(directive: Directive) -> Iterator[Check]:
    if noise := suspect_characters(stretches(directive)):
        address = reverse("directive_text", args=[directive.pk])
        yield Check(f"{number(noise)} ký tự của văn bản chưa được nhận ra.", f"{address}#can-xem", "Xem từng đoạn")


def _names(agencies: Sequence[Agency]) -> str:
    """“A”, “B” và 3 đơn vị khác"""
    named = ", ".join(f"“{agency.name}”" for agency in agencies[:MOST_NAMES])
    more = len(agencies) - MOST_NAMES
    return f"{named} và {number(more)} đơn vị khác" if more > 0 else named

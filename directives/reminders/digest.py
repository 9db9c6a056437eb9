"""One person's mail of a morning: every reminder that leaves together, grouped by urgency, as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import formataddr, parseaddr
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Assignment, Office, Reason, Reminder
from directives.reminders.wording import GROUPS, Group, days_words, group_of, is_asked, term_of
from directives.templatetags.kttt import day as day_words

TEXT_LENGTH, REASON_LENGTH = 160, 300
# The reviewers' words by the key of the assignment that they sent back.
Reasons = Mapping[int, str]


@dataclass(frozen=True)
class Carrier:
    """An agency that carries the task: how far it is, where its page is, and why its claim was sent back, if it was."""

    name: str
    life: str
    url: str
    returned_because: str


@dataclass(frozen=True)
class Line:
    """One task in the mail, in words. What several agencies carry with one deadline is one line."""

    text: str
    place: str
    deadline: date
    term: str
    days: str
    carriers: Sequence[Carrier]


@dataclass(frozen=True)
class Section:
    """What is equally urgent."""

    group: Group
    lines: Sequence[Line]

    @property
    def agencies(self) -> int:
        return len({carrier.name for line in self.lines for carrier in line.carriers})


def message(recipient: User, digest: UUID, day: date) -> EmailMultiAlternatives:
    """The mail that `digest` names, with what is owed in it, as it stands on `day`."""
    rows = _rows(digest, day)
    sections = _sections(rows, _reasons(rows))
    bodies = {row.assignment.agency.name for row in rows}
    context = {
        "recipient": recipient,
        "sections": sections,
        "day": day,
        "agency": bodies.pop() if len(bodies) == 1 else "",
        "only_asked": all(is_asked(row) for row in rows),
        "base_url": settings.BASE_URL,
        "sender": _sender(),
        "illustrative": settings.DEMO or any(row.assignment.task.directive.is_illustrative for row in rows),
    }
    mail = EmailMultiAlternatives(
        subject(sections, day),
        render_to_string("emails/digest.txt", context),
        to=[formataddr((str(recipient), recipient.email))],
        headers={"Message-ID": message_id(digest), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    return mail


def message_id(digest: UUID) -> str:
    """The same for every sending of a digest, so that a repeat is recognised as the same mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname
    return f"<nhac-viec.{digest.hex}@{domain}>"


def subject(sections: Sequence[Section], day: date) -> str:
    """[KTTT] 2 nhiệm vụ quá hạn, 1 sắp đến hạn – ngày 20/11/2023"""
    return f"[KTTT] {', '.join(_counts(sections))} – ngày {day_words(day)}"


def _counts(sections: Sequence[Section]) -> Iterator[str]:
    for place, section in enumerate(sections):
        count, group = len(section.lines), section.group
        if group.subject and len(sections) == 1:
            yield group.subject.format(count)
        else:
            yield f"{count} {'' if place else 'nhiệm vụ '}{group.counted}"


def _rows(digest: UUID, day: date) -> list[Reminder]:
    left = ExpressionWrapper(F("deadline") - Value(day), output_field=DurationField())
    rows = Reminder.objects.owed().filter(digest=digest).annotate(left=left)
    named = rows.select_related(
        "recipient", "assignment__agency", "assignment__task__directive", "assignment__task__addressee"
    )
    task = "assignment__task"
    return list(named.order_by("deadline", f"{task}__directive", f"{task}__position", "assignment__agency__sort_key"))


def _reasons(rows: Iterable[Reminder]) -> Reasons:
    """Why each claim among these was sent back."""
    sent_back = [row.assignment_id for row in rows if row.reason == Reason.RETURNED]
    # (Any: the annotation `returned_because` is not a field.)
    found: Any = Assignment.objects.filter(pk__in=sent_back).returned()
    return {row.pk: shorten(row.returned_because or "", REASON_LENGTH, placeholder=" …") for row in found}


def _sender() -> str:
    """On whose behalf the mail speaks: the standing agency; where the register has none, the office as it is set."""
    standing = Agency.objects.standing()
    return f"{standing} – cơ quan thường trực Ban Chỉ đạo" if standing else Office.current().name


def _sections(rows: Iterable[Reminder], reasons: Reasons) -> list[Section]:
    found: dict[str, dict[tuple[object, ...], list[Reminder]]] = {}
    for row in rows:
        alike = found.setdefault(group_of(row), {})
        alike.setdefault((row.assignment.task_id, row.deadline, row.reason), []).append(row)
    return [
        Section(group, [_line(alike, reasons) for alike in found[key].values()])
        for key, group in GROUPS.items()
        if key in found
    ]


def _line(alike: Sequence[Reminder], reasons: Reasons) -> Line:
    row = alike[0]
    return Line(
        text=shorten(row.assignment.task.text, TEXT_LENGTH, placeholder=" …"),
        place=_place(row),
        deadline=row.deadline,
        term=term_of(row),
        days=days_words(row, row.left.days),  # type: ignore[attr-defined]
        carriers=[_carrier(each, reasons) for each in alike],
    )


def _carrier(row: Reminder, reasons: Reasons) -> Carrier:
    """For its liaison straight to the form; for staff to what the agency has said so far."""
    agency = row.assignment.agency
    page = "assignment_detail" if row.recipient.keeps_tasks else "note_create"
    url = settings.BASE_URL + reverse(page, args=[row.assignment.task_id, agency.code])
    return Carrier(agency.short_name, row.assignment.get_life_display(), url, reasons.get(row.assignment_id, ""))


def _place(row: Reminder) -> str:
    """Thông báo 86/TB-UBND, mục 12, nhiệm vụ 25"""
    task = row.assignment.task
    item = f", mục {task.addressee.number}" if task.addressee.number else ""
    return f"{task.directive.doc_type} {task.directive.code}{item}, {task.label.lower()}"

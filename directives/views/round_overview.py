"""Who has sent a round, who is preparing it, who is silent: an agency a line, exceptions first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q

from agencies.delegation import with_approver
from agencies.models import Agency, User
from directives.actions.round_entries import is_filled, says_anything
from directives.deadlines import TO_DO, Clock
from directives.models import Assignment, Entry, Office, ProgressNote, Round, Submission
from directives.models.round import only_asked


@dataclass(frozen=True)
class State:
    """How far an agency's report has come: its name in the address, its words, its drawing."""

    slug: str
    label: str
    icon: str


SILENT = State("im-lang", "Im lặng", "circle-dashed")
DRAFT = State("dang-soan", "Đang soạn", "pencil-line")
AWAITING = State("cho-thu-truong", "Chờ thủ trưởng duyệt", "hourglass")
SINGLE = State("bao-cao-le", "Chỉ báo cáo từng việc", "message-square-text")
LATE = State("gui-muon", "Đã gửi, muộn", "calendar-x")
SENT = State("da-gui", "Đã gửi", "circle-check")
STATES = (SILENT, DRAFT, AWAITING, SINGLE, LATE, SENT)  # exceptions first


@dataclass
class Preparing:
    """What is typed and may still go: how many lines are ready, whether any is begun, and who was at it last."""

    filled: int = 0
    is_begun: bool = False
    last_by: str = ""
    last_at: datetime | None = None


@dataclass
class Line:
    """An agency in a round. `owed`: tasks that its report is about; `reported`: those with a note that counts.

    `missing`: those that its report cannot do without and that have none; where none is, nobody is called late.
    """

    agency: Agency
    due: date
    owed: int
    reported: int
    missing: int
    standing: int
    standing_reported: int
    submission: Submission | None = None
    preparing: Preparing = field(default_factory=Preparing)
    is_asked: bool = False
    late_days: int = 0
    lacks_approver: bool = False  # it waits for a head that nobody is
    letter_late_on: date | None = None  # the day on which its last letter arrived, where that was too late

    @property
    def state(self) -> State:
        sent = self.submission
        if sent and sent.is_sent:
            return LATE if sent.is_late else SENT
        if sent and sent.waits_for_head:
            return AWAITING
        if self.preparing.is_begun:
            return DRAFT
        return SINGLE if self.reported else SILENT

    @property
    def filled(self) -> int:
        """Lines that are ready or were reported already."""
        return self.preparing.filled + self.reported


def lines_of(round: Round, user: User, day: date, office: Office) -> list[Line]:
    """Every agency that owes a report of the round, or has sent one; exceptions first. Eight queries at most."""
    mine = Assignment.objects.visible_to(user)
    counted = _counts(mine.in_round(round.judged, office.silent_after).filter(agency__is_group=False))
    named = Submission.objects.filter(round=round).select_related("agency", "prepared_by", "sent_by")
    submissions = {each.agency_id: each for each in named}
    preparing = _preparing([each for each in submissions.values() if not each.is_sent], round, office)
    wanted = {pk for pk, row in counted.items() if row["must"] or row["reported"]} | submissions.keys()
    asked = only_asked(wanted)
    letters = _last_letters(round)
    waiting = [pk for pk, each in submissions.items() if each.waits_for_head]
    approved = with_approver(waiting) if waiting else set()
    lines = []
    for agency in Agency.objects.filter(pk__in=wanted):
        due, row = round.due_of(agency), counted.get(agency.pk, {})
        if agency.has_ended and not row and not submissions[agency.pk].is_sent:
            continue  # its work and what it had begun are with its heirs
        line = Line(
            agency=agency,
            due=due,
            owed=row.get("owed", 0),
            reported=row.get("reported", 0),
            missing=row.get("missing", 0),
            standing=row.get("standing", 0),
            standing_reported=row.get("standing_reported", 0),
            submission=submissions.get(agency.pk),
            is_asked=agency.pk in asked,
            lacks_approver=agency.pk in waiting and agency.pk not in approved,
        )
        if line.submission:
            line.preparing = preparing.get(line.submission.pk, line.preparing)
        is_sent = line.submission is not None and line.submission.is_sent
        if line.missing and not is_sent and round.is_late(agency, day):
            line.late_days = (day - due).days
        arrived = letters.get(agency.pk)
        if arrived and not is_sent and not line.is_asked and round.is_late(agency, arrived):
            line.letter_late_on = arrived
        lines.append(line)
    return sorted(lines, key=lambda line: (STATES.index(line.state), line.agency.sort_key))


def _counts(rows: Any) -> dict[int, dict[str, int]]:
    reported = Q(own_note__isnull=False)
    to_do = Q(life__in=TO_DO, closed_on=None)
    standing = Q(task__clock=Clock.STANDING)
    counted = (
        rows.order_by()
        .values("agency")
        .annotate(
            owed=Count("pk", filter=to_do | reported),
            must=Count("pk", filter=to_do & Q(is_settled=True)),
            reported=Count("pk", filter=reported),
            missing=Count("pk", filter=to_do & Q(is_settled=True) & ~reported),
            standing=Count("pk", filter=standing & ((to_do & Q(is_settled=True)) | reported)),
            standing_reported=Count("pk", filter=standing & reported),
        )
    )
    return {row.pop("agency"): row for row in counted}


def _last_letters(round: Round) -> dict[int, date]:
    letters = ProgressNote.objects.filter(round=round, letter_arrived_on__isnull=False).order_by()
    return dict(letters.values_list("assignment__agency").annotate(Max("letter_arrived_on")))


def _preparing(submissions: list[Submission], round: Round, office: Office) -> dict[int, Preparing]:
    found: dict[int, Preparing] = {}
    typed_for = Assignment.objects.filter(entries__submission__in=submissions)
    may_go = typed_for.in_round(round.judged, office.silent_after).to_do().filter(Q(own_note=None))
    rows = Entry.objects.filter(submission__in=submissions, assignment__in=may_go.values("pk")).order_by("edited_at")
    for pk, typed, name, at in rows.values_list("submission", "typed", "edited_by__full_name", "edited_at"):
        state = found.setdefault(pk, Preparing())
        state.filled += is_filled(typed)
        state.is_begun = state.is_begun or says_anything(typed)
        state.last_by, state.last_at = name, at
    return found

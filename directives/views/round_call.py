"""The word on an agency's first page about its report of the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, User
from directives.actions.round_entries import approves, is_filled
from directives.models import Office, Round, Submission, SubmissionState
from directives.views.round_rows import listed


@dataclass
class Call:
    """One round of one agency: how much is missing, and by when."""

    round: Round
    agency: Agency
    submission: Submission | None
    missing: int
    total: int
    drafted: int
    approver: bool
    day: date

    @property
    def is_sent(self) -> bool:
        return self.submission is not None and self.submission.is_sent

    @property
    def is_waiting(self) -> bool:
        return self.submission is not None and self.submission.state == SubmissionState.AWAITING_HEAD

    @property
    def due(self) -> date:
        return self.round.due_of(self.agency)

    @property
    def is_late(self) -> bool:
        return self.round.is_late(self.agency, self.day)


def round_call(user: User, agency: Agency, day: date, office: Office) -> list[Call]:
    """The round to report on now, as long as tasks are missing in it. Nothing for whoever only looks on.

    Whoever has just sent one is not asked for the next before it closes.
    """
    if not user.represents(agency.pk) or (round := Round.objects.to_report(day)) is None:
        return []
    call = _call(user, round, agency, day, office)
    return [call] if call.missing and not call.is_sent else []


def _call(user: User, round: Round, agency: Agency, day: date, office: Office) -> Call:
    submission = Submission.objects.select_related("prepared_by").filter(round=round, agency=agency).first()
    rows = listed(round, agency, office)
    missing = set(rows.to_do().filter(Q(own_note=None)).values_list("pk", flat=True))
    entries = submission.entries.filter(assignment__in=missing) if submission else []
    drafted = sum(is_filled(each.typed) for each in entries)
    return Call(round, agency, submission, len(missing), rows.count(), drafted, approves(user, agency), day)

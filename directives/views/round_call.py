"""The word on an agency's first page about its report of the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, User
from directives.actions.round_entries import approves, is_filled
from directives.models import Office, Round, Submission
from directives.models.assignment import AssignmentQuerySet
from directives.views.round_rows import Account, listed


@dataclass
class Call(Account):
    """How much is missing, and how much of that is drafted."""

    missing: int
    total: int
    drafted: int


def round_call(user: User, agency: Agency, day: date, office: Office) -> list[Call]:
    """The round to report on now, as long as tasks are missing in it. Nothing for whoever only looks on.

    Whoever has sent it is called again for what it cannot do without: sent back since, or come in.
    """
    if not user.represents(agency.pk) or (round := Round.objects.to_report(day)) is None:
        return []
    call = _call(user, round, agency, day, office)
    return [call] if call.missing else []


def _call(user: User, round: Round, agency: Agency, day: date, office: Office) -> Call:
    submission = Submission.objects.select_related("agency", "prepared_by").filter(round=round, agency=agency).first()
    rows = _owed(round, agency, office, submission)
    missing = set(_missing(rows).values_list("pk", flat=True))
    entries = submission.entries.filter(assignment__in=missing) if submission else []
    drafted = sum(is_filled(each.typed) for each in entries)
    return Call(round, agency, submission, day, approves(user, agency), len(missing), rows.count(), drafted)


def missing_in(round: Round, agency: Agency, office: Office) -> set[int]:
    """The assignments (keys) that the agency's report of the round still takes words for. Two queries."""
    submission = Submission.objects.filter(round=round, agency=agency).first()
    return set(_missing(_owed(round, agency, office, submission)).values_list("pk", flat=True))


def _owed(round: Round, agency: Agency, office: Office, submission: Submission | None) -> AssignmentQuerySet:
    """What the report is about; once it is sent, only what it cannot do without."""
    rows = listed(round, agency, office)
    return rows.filter(Q(is_settled=True)) if submission and submission.is_sent else rows


def _missing(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    return rows.to_do().filter(Q(own_note=None))

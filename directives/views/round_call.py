"""The word on an agency's first page about its report of the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, User
from directives.actions.round_entries import approves, is_filled
from directives.models import Office, Round, Submission
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
    rows = listed(round, agency, office)
    if submission and submission.is_sent:
        rows = rows.filter(Q(is_settled=True))
    missing = set(rows.to_do().filter(Q(own_note=None)).values_list("pk", flat=True))
    entries = submission.entries.filter(assignment__in=missing) if submission else []
    drafted = sum(is_filled(each.typed) for each in entries)
    return Call(round, agency, submission, day, approves(user, agency), len(missing), rows.count(), drafted)

"""Tells the illustrative story through the same verbs that people use."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from agencies import demo as accounts
from agencies.errors import Refused
from agencies.models import User
from directives import notices
from directives.actions.import_notice import import_notice
from directives.actions.life import suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.office import change_office
from directives.actions.publish import publish
from directives.actions.reviews import ask_more, confirm
from directives.actions.tasks import change_task, set_deadline
from directives.demo import answers, lists, requests, rounds, story
from directives.models import Assignment, Directive

SOURCE = Path(__file__).with_name("86-TB-UBND.txt")
RECEIVED = date(2023, 4, 25)


def seed() -> bool:
    """Make accounts and story where they are missing; whether the story was told now. Demonstration only."""
    if not settings.DEMO:
        raise Refused("Dữ liệu minh hoạ chỉ nạp được ở chế độ minh hoạ (KTTT_DEMO=1).")
    with transaction.atomic():
        from agencies.registers import ensure_register

        ensure_register("Quảng Trị", day=RECEIVED)
        accounts.make_accounts()
        if Directive.objects.filter(is_illustrative=True).exists():
            return False
        _Telling().tell()
    return True


class _Telling:
    """The people and the assignments of the story, by their short names."""

    def __init__(self) -> None:
        self.people = {user.username: user for user in User.objects.select_related("agency")}
        text = notices.text_of(SOURCE, SOURCE.name)
        staff = self.people["thuongtruc"]
        made = import_notice(text=text, name=SOURCE.name, by=staff, day=RECEIVED, is_illustrative=True)
        self.directive = publish(directive=made.directive, by=staff, day=RECEIVED)

    def tell(self) -> None:
        change_office(by=self.people["quantri"], day=RECEIVED, **story.OFFICE)
        rounds.begin(by=self.people["thuongtruc"], day=RECEIVED)
        accounts.tell_delegation(self.people, self.people["thuongtruc"])
        self._fix_deadlines()
        happened: list[tuple[date, int, Callable[..., None], tuple[Any, ...]]] = [
            *((row[0], 0, self._say, row) for row in story.NOTES),
            *((row[0], 1, self._decide, row) for row in story.REVIEWS),
        ]
        for _, _, tell, row in sorted(happened, key=lambda each: each[:2]):
            tell(*row)
        day, agency, task, reason = story.SUSPENDED
        suspend(assignment=self._assignment(agency, task), reason=reason, by=self.people["thuongtruc"], day=day)
        rounds.tell(self.people)
        answers.tell(self.people, self.directive)
        requests.tell(self.people, self.directive)
        lists.tell(self.people)

    def _fix_deadlines(self) -> None:
        staff = self.people["thuongtruc"]
        for task in self.directive.tasks.all():
            if deadline := story.DEADLINES.get(task.position):
                set_deadline(task=task, deadline=deadline, instrument=story.PLAN, by=staff, day=story.PLAN_DAY)
            change_task(
                task=task,
                lead=task.lead,
                product=story.PRODUCTS.get(task.position, ""),
                follower=staff,
                by=staff,
                day=story.PLAN_DAY,
            )

    def _say(self, day: date, agency: str, task: int, result: str, more: dict[str, str]) -> None:
        assignment = self._assignment(agency, task)
        claim = more.get("claim", "")
        said = Said(
            result=result,
            obstacle=more.get("obstacle", ""),
            proposal=more.get("proposal", ""),
            raised_to=more.get("raised", ""),
            proposal_to=more.get("to", ""),
            percent=int(more["percent"]) if "percent" in more else None,
            claims_completion=bool(claim),
            documents=[Cited(claim, day, summary="Tài liệu minh hoạ")] if claim else [],
        )
        report_progress(assignment=assignment, said=said, by=self.people[agency], day=day)

    def _decide(self, day: date, agency: str, task: int, who: str, reason: str) -> None:
        assignment, by = self._assignment(agency, task), self.people[who]
        if reason:
            ask_more(assignment=assignment, reason=reason, by=by, day=day)
        else:
            confirm(assignment=assignment, by=by, day=day)

    def _assignment(self, agency: str, task: int) -> Assignment:
        return Assignment.objects.get(task__directive=self.directive, task__position=task, agency__code=agency)

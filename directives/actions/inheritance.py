"""What else passes to the successors of a body: drafts of an open round, parts, lead, coordination, draft documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef

from agencies.models import Agency, Shape
from agencies.succession import Recorded, living
from directives.actions.round_together import put_together
from directives.models import (
    Assignment,
    Coordinator,
    CoordinatorMember,
    Entry,
    Part,
    Submission,
    SubmissionState,
    Task,
)
from directives.models.task import TaskQuerySet

Moved = Iterable[tuple[Assignment, Assignment]]


def hold_drafts(agencies: Iterable[Agency]) -> None:
    """Nobody saves or sends their reports while the work moves; whoever tries waits, and is told afterwards."""
    held = Submission.objects.select_for_update().filter(agency__in=agencies)
    list(held.order_by("pk").values_list("pk"))


def hold_heirs(agency: Agency) -> None:
    """Before a row of this body is locked that may go to its heirs: who sends a round locks the report first."""
    if agency.has_ended:
        hold_drafts([agency, *living(agency)])


def carry_entries(moved: Moved) -> None:
    """What was typed for a round and not yet sent goes to the successor's report of the same round.

    What was begun to complete a report after its sending goes along. Where the successor has sent its own already, it
    lies beside it, unsent, with the name of whose draft it was.
    """
    heirs: dict[int, list[Assignment]] = defaultdict(list)
    for old, new in moved:
        heirs[old.pk].append(new)
    unsent = Entry.objects.filter(assignment__in=heirs)
    for entry in unsent.select_related("submission__round", "submission__agency").order_by("pk"):
        for heir in heirs[entry.assignment_id]:
            _copy(entry, entry.submission, heir)
        entry.delete()
        Submission.objects.filter(pk=entry.submission_id, state=SubmissionState.AWAITING_HEAD).update(
            state=SubmissionState.DRAFT, version=F("version") + 1
        )


def _copy(entry: Entry, old: Submission, heir: Assignment) -> None:
    held = Submission.objects.select_for_update(of=("self",))
    submission, _ = held.get_or_create(round=old.round, agency=heir.agency)
    typed = entry.typed
    if submission.is_sent or submission.prepared_by_id:
        # It was out of the liaisons' hands already: the page says whose words came in.
        typed = {"from": old.agency.short_name, **typed}
    if not submission.is_sent:
        # Whoever has the report open is told, and its head is handed the new words too, before it goes.
        submission.state, submission.version = SubmissionState.DRAFT, submission.version + 1
        submission.save()
    there = Entry.objects.filter(submission=submission, assignment=heir).first()
    if there is None:
        Entry.objects.create(submission=submission, assignment=heir, typed=typed, edited_by=entry.edited_by)
        return
    there.typed = put_together(there.typed, typed)
    there.version += 1
    there.save()


def pass_roles(recorded: Recorded, moved: Moved) -> None:
    """Parts that bind, the lead, and coordination of tasks that are still open."""
    pairs = list(moved)
    _pass_parts(pairs)
    if recorded.succession.shape == Shape.TRANSFER:
        given = Task.objects.filter(pk__in={old.task_id for old, _ in pairs})
        _pass_lead(given.filter(lead__in=recorded.old), recorded.new)
        return
    tasks = Task.objects.filter(Exists(Assignment.objects.unfinished().filter(task=OuterRef("pk"))))
    _pass_lead(tasks.filter(lead__in=recorded.old), recorded.new)
    _pass_coordination(tasks, recorded)


def _pass_parts(moved: list[tuple[Assignment, Assignment]]) -> None:
    """The old name stays beside the new one: closed work of the old is read with its own parts."""
    heirs: dict[tuple[int, int], set[int]] = defaultdict(set)
    for old, new in moved:
        heirs[old.task_id, old.agency_id].add(new.agency_id)
    parts = Part.objects.filter(task__in={task for task, _ in heirs}, binds__in={agency for _, agency in heirs})
    for part in parts.prefetch_related("binds").distinct():
        bound = {agency.pk for agency in part.binds.all()}
        part.binds.add(*(heir for agency in bound for heir in heirs.get((part.task_id, agency), ())))


def _pass_lead(tasks: TaskQuerySet, new: list[Agency]) -> None:
    """One lead only: where several took over, staff choose it anew."""
    tasks.update(lead=new[0] if len(new) == 1 else None, version=F("version") + 1)


def _pass_coordination(tasks: TaskQuerySet, recorded: Recorded) -> None:
    new = recorded.new
    for named in Coordinator.objects.filter(task__in=tasks, agency__in=recorded.old).order_by("pk"):
        named.agency = new[0] if len(new) == 1 else None
        named.save(update_fields=["agency"])
        if len(new) > 1:
            _name(named, new)
    members = CoordinatorMember.objects.filter(coordinator__task__in=tasks, agency__in=recorded.old)
    for member in members.select_related("coordinator").order_by("pk"):
        _name(member.coordinator, new)
        member.delete()


def _name(coordinator: Coordinator, agencies: list[Agency]) -> None:
    for agency in agencies:
        CoordinatorMember.objects.get_or_create(coordinator=coordinator, agency=agency)


def pass_drafts(recorded: Recorded) -> None:
    """A document in preparation: nobody has been given anything, so its work simply stands under the new names."""
    drafts = Assignment.objects.filter(task__directive__published_on=None, task__directive__withdrawn_on=None)
    for row in drafts.filter(agency__in=recorded.old).order_by("pk"):
        pairs = []
        for agency in recorded.new:
            new, _ = Assignment.objects.get_or_create(
                task_id=row.task_id, agency=agency, defaults={"deadline": row.deadline, "scope": row.scope}
            )
            pairs.append((row, new))
        _pass_parts(pairs)
        row.delete()

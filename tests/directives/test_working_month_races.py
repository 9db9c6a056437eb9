"""Two people at once where a month's work crosses: on committed rows, with threads. Nothing is lost, nothing doubled,
and whoever came second is told.

The like for one verb alone stands in `test_request_races` (extension, review), `test_round_races`, `test_bulk_races`,
`test_succession_races` and `test_round_saving`.
"""

import threading
import uuid
from contextlib import suppress
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Role, Shape, Succession, User
from agencies.succession import NewBody
from directives.actions import releases, succession, tasks
from directives.actions.bulk import Wish, change_in_bulk
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.releases import ask_release, decide_release
from directives.actions.reviews import confirm
from directives.actions.round_rules import open_rounds
from directives.actions.rounds import Line, send_round, submission_for
from directives.actions.succession import succeed
from directives.actions.tasks import set_deadline
from directives.models import (
    Answer,
    Assignment,
    BulkKind,
    Decision,
    Extension,
    ExtensionDecision,
    Ground,
    Instruction,
    Life,
    Move,
    ProgressNote,
    Release,
    ReleaseDecision,
    Review,
    Round,
    Task,
)
from tests.races import at_once, each_at_once

from .conftest import DAY, person

pytestmark = pytest.mark.django_db(transaction=True)
DUE, MOVED = date(2023, 11, 10), date(2023, 12, 29)


def together(*acts):
    """Start them at once; what each gave or raised. Only refusals are expected among what is raised."""
    results = each_at_once(*acts)
    assert [each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)] == []
    return results


def refusals(results):
    return [str(each) for each in results if isinstance(each, Refused)]


def claim(row, by, day=DAY):
    said = Said("Đã xong", claims_completion=True, documents=[Cited("12/BC")])
    return report_progress(assignment=row, said=said, by=by, day=day)


def test_a_deadline_moved_while_a_claim_waits_and_is_confirmed(make_assignment, liaison, staff, leader):
    """Both happen, in some order: the claim keeps its day, the row one deadline, and no version is lost."""
    row = make_assignment("dated", deadline=DUE)
    claim(row, liaison)
    before = Assignment.objects.get(pk=row.pk).version
    results = together(
        lambda: confirm(assignment=row, by=leader, day=DAY),
        lambda: set_deadline(task=row.task, deadline=MOVED, instrument="KH 9", by=staff, day=DAY),
    )
    assert refusals(results) == []
    row.refresh_from_db()
    assert (row.life, row.completed_on, Review.objects.count()) == (Life.DONE, DAY, 1)
    moved = Decision.objects.filter(assignment=row, verb="set_deadline").count()
    # Finished first, it keeps the deadline that it was judged by.
    assert (row.deadline, row.version) == ((MOVED, before + 2) if moved else (DUE, before + 1))


def test_a_deadline_moved_while_more_time_is_given(make_assignment, liaison, staff):
    """Whichever comes second sees the first: the request is answered once, and the row follows its last writer."""
    row = make_assignment("dated", deadline=DUE, task_fields={"deadline_by": staff})
    asked = ask_extension(assignment=row, asked_until=date(2023, 12, 15), reason="x", by=liaison, day=DAY)
    results = together(
        lambda: decide_extension(extension=asked, answer=Answer.APPROVED, by=staff, day=DAY),
        lambda: set_deadline(task=row.task, deadline=MOVED, instrument="KH 9", by=staff, day=DAY),
    )
    row.refresh_from_db()
    asked = Extension.objects.get()
    assert asked.decision.answer == (Answer.OBSOLETE if refusals(results) else Answer.APPROVED)
    assert (row.deadline, row.extended_until) == (MOVED, None)


def test_an_agency_merged_while_its_round_is_sent(month, make_assignment, agency, other_agency, liaison, staff):
    """Either the report was first, and its notes went along; or its sender is told, and what was typed is not lost."""
    open_rounds(DAY)
    november = Round.objects.get(end=date(2023, 11, 14))
    rows = [make_assignment(position=number) for number in (1, 2, 3)]
    make_assignment(position=4, agency=other_agency)
    report = submission_for(round=november, agency=agency, by=liaison, day=DAY)

    def send():
        by = User.objects.get(pk=liaison.pk)
        return send_round(submission=report, lines=[Line(row, Said(f"Dòng {row.pk}")) for row in rows], by=by, day=DAY)

    def merge():
        olds = list(Agency.objects.filter(pk__in=[agency.pk, other_agency.pk]))
        new = [NewBody("Sở Tài chính và Kế hoạch")]
        return succeed(shape=Shape.MERGE, on=date(2023, 11, 1), instrument="NQ 1", old=olds, new=new, by=staff, day=DAY)

    told = refusals(together(send, merge))
    assert ProgressNote.objects.count() == (0 if told else 3)
    moved = Assignment.objects.filter(agency__name="Sở Tài chính và Kế hoạch").unfinished()
    assert (moved.count(), Move.objects.count()) == (4, 4)
    assert Assignment.objects.unfinished().exclude(pk__in=moved).count() == 0
    assert moved.filter(life=Life.IN_PROGRESS).count() == (0 if told else 3)
    report.refresh_from_db()
    assert report.is_sent == (not told)


def test_a_release_decided_twice_moves_the_work_once(make_assignment, other_agency, liaison, leader, staff):
    row = make_assignment()
    asked = ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=DAY)

    def decide(by, **more):
        return lambda: decide_release(release=asked, answer=Answer.APPROVED, reason="Đúng", by=by, day=DAY, **more)

    told = refusals(together(decide(staff, to_agency=other_agency), decide(leader)))
    assert len(told) == 1 and "xử lý" in told[0]
    moved = ReleaseDecision.objects.get().moved_to_id is not None
    assert Move.objects.count() == moved and Assignment.objects.count() == 1 + moved
    assert Assignment.objects.get(pk=row.pk).life == (Life.TRANSFERRED if moved else Life.CANCELLED)


def test_a_claim_and_a_release_of_the_same_work(make_assignment, other_agency, liaison, staff):
    """Two liaisons' wishes cross the desk: never is finished work carried by two, nor a claim left on moved work."""
    row = make_assignment()
    asked = ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=DAY)
    results = together(
        lambda: claim(row, liaison),
        lambda: decide_release(
            release=asked, answer=Answer.APPROVED, reason="Đúng", to_agency=other_agency, by=staff, day=DAY
        ),
    )
    assert len(refusals(results)) == 1
    row.refresh_from_db()
    claimed = ProgressNote.objects.exists()
    assert row.life == (Life.AWAITING if claimed else Life.TRANSFERRED)
    assert Release.objects.waiting().exists() == claimed
    assert Assignment.objects.unfinished().count() == 1


def test_two_clerks_change_the_same_tasks_to_different_days(make_assignment, staff):
    """Each task takes one of the two days with its trace; the slower clerk is told at every line."""
    found = [make_assignment(position=number).task for number in (1, 2, 3)]
    seen = {task.pk: task.version for task in found}
    office = person("vanphong", Role.STAFF)

    def change(by, until, turn):
        wish = Wish(BulkKind.DEADLINE, deadline=until, instrument="KH 9")
        return lambda: change_in_bulk(seen=dict(list(seen.items())[::turn]), wish=wish, by=by, day=DAY)

    results = together(change(staff, DUE, 1), change(office, MOVED, -1))
    told = [row.refused for _, rows in results for row in rows if row.refused]
    assert len(told) == 3 and all("Trong lúc ông/bà đang mở trang" in each for each in told)
    assert Decision.objects.filter(verb="set_deadline").count() == 3
    assert set(Task.objects.values_list("version", flat=True)) == {2}
    assert len(set(Task.objects.values_list("deadline", flat=True))) == 1


def test_a_deadline_moved_while_the_work_goes_to_another_agency(
    monkeypatch, make_assignment, other_agency, liaison, staff
):
    """One has the task, the other the assignment, and each wants the other's: neither may end in an error."""
    row = make_assignment("dated", deadline=DUE)
    asked = ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=DAY)
    meet(monkeypatch, (tasks, "require_believable"), (releases, "_require_taker"))
    together(
        lambda: decide_release(
            release=asked, answer=Answer.APPROVED, reason="Đúng", to_agency=other_agency, by=staff, day=DAY
        ),
        lambda: set_deadline(task=row.task, deadline=MOVED, instrument="KH 9", by=staff, day=DAY),
    )
    carried = Assignment.objects.get(task=row.task, agency=other_agency)
    assert (carried.life, carried.deadline) == (Life.NOT_STARTED, MOVED)


def test_a_deadline_moved_while_the_agency_is_renamed(monkeypatch, make_assignment, agency, staff):
    """As above; a succession also changes the lead of the task."""
    row = make_assignment("dated", deadline=DUE)
    meet(monkeypatch, (tasks, "require_believable"), (succession, "move_work"))
    together(
        lambda: succeed(
            shape=Shape.RENAME,
            on=date(2023, 11, 1),
            instrument="NQ 1",
            old=[Agency.objects.get(pk=agency.pk)],
            new=[NewBody("Sở Kế hoạch")],
            by=staff,
            day=DAY,
        ),
        lambda: set_deadline(task=row.task, deadline=MOVED, instrument="KH 9", by=staff, day=DAY),
    )
    carried = Assignment.objects.unfinished().get(task=row.task)
    assert (carried.agency.name, carried.deadline) == ("Sở Kế hoạch", MOVED)


def meet(monkeypatch, *places):
    """Whoever comes to one of these functions waits there for the other, a second at most: both hold their locks."""
    gate = threading.Barrier(len(places), timeout=1)
    for module, name in places:

        def waiting(*args, act=getattr(module, name), **kwargs):
            with suppress(threading.BrokenBarrierError):
                gate.wait()
            return act(*args, **kwargs)

        monkeypatch.setattr(module, name, waiting)


@pytest.fixture
def press(settings):
    """The button of one page pressed twice in quick succession: two requests at once with the same fields."""
    settings.TODAY = DAY

    def press(user, name, args, data):
        clients = [Client(raise_request_exception=False) for _ in range(2)]
        for client in clients:
            client.force_login(user)
        left, url = iter(clients), reverse(name, args=args)
        statuses = sorted(answer.status_code for answer in at_once(2, lambda: next(left).post(url, data)))
        # One is through; the other is through to the same, or is told on the page.
        assert statuses[0] in (200, 302) and statuses[1] in (302, 422) or statuses == [200, 302], (name, statuses)
        return statuses

    return press


def test_a_double_click_on_each_form_of_an_agency_writes_once(press, month, make_assignment, liaison, agency):
    row, other = make_assignment("dated", deadline=DUE), make_assignment(position=2)
    at, version = [row.task_id, agency.code], row.version
    press(liaison, "extension_ask", at, {"asked_until": "29/12/2023", "reason": "Chờ", "version": version})
    assert Extension.objects.count() == 1
    press(liaison, "release_ask", at, {"ground": "not_ours", "reason": "Không phải việc của Sở", "version": version})
    assert Release.objects.count() == 1
    said = {"result": "Đã ban hành", "claims_completion": "on", "no_evidence_reason": "Bản giấy", "version": version}
    press(liaison, "note_create", at, said | {"submission": str(uuid.uuid4())})
    assert ProgressNote.objects.count() == 1

    open_rounds(DAY)
    november = Round.objects.get(end=date(2023, 11, 14))
    line = f"r{other.pk}-"
    sent = {"hang": other.pk, f"{line}result": "Đang làm", f"{line}version": 0, f"{line}seen": other.version}
    press(liaison, "round_page", [november.pk, agency.code], sent | {"viec": "gui"})
    assert ProgressNote.objects.filter(assignment=other).count() == 1
    assert november.submissions.get().is_sent

    press(liaison, "extension_withdraw", at, {})
    press(liaison, "release_withdraw", at, {})
    assert (ExtensionDecision.objects.count(), ReleaseDecision.objects.count()) == (1, 1)
    press(liaison, "saved_view_create", [], {"name": "Của tôi", "query": "co-quan=skhdt"})
    assert liaison.saved_views.count() == 1


def test_a_double_click_on_each_form_of_the_desk_writes_once(press, make_assignment, liaison, staff, leader, agency):
    row, other = make_assignment("dated", deadline=DUE), make_assignment(position=2)
    at, there = [row.task_id, agency.code], [other.task_id, agency.code]
    said = {"text": "Làm ngay trong tháng"}
    press(leader, "instruction_give", at, said)
    assert Instruction.objects.count() == 1
    new = {"agency": agency.pk, "text": "Báo cáo riêng", "directive": row.task.directive_id}
    press(staff, "instruction_task", [Instruction.objects.get().pk], new)
    assert Task.objects.filter(text="Báo cáo riêng").count() == 1

    letter = {"letter_number": "15/CV", "letter_on": "10/11/2023", "letter_arrived_on": "13/11/2023"}
    entered = {"result": "Xong", "claims_completion": "on", "no_evidence_reason": "Bản giấy", "version": other.version}
    press(staff, "note_enter", there, letter | entered | {"submission": str(uuid.uuid4())})
    assert ProgressNote.objects.filter(assignment=other).count() == 1

    asked = ask_extension(assignment=row, asked_until=MOVED, reason="x", by=liaison, day=DAY)
    press(leader, "extension_decide", [asked.pk], {"answer": "approved", "version": row.version})
    assert ExtensionDecision.objects.count() == 1
    claim(row, liaison)
    version = Assignment.objects.get(pk=row.pk).version
    press(staff, "assignment_verb", [*at, "de-nghi-bo-sung"], {"reason": "Thiếu", "days": 5, "version": version})
    assert Review.objects.count() == 1
    for verb in ("tam-dung", "mo-lai", "huy"):
        version = Assignment.objects.get(pk=row.pk).version
        press(staff, "assignment_verb", [*at, verb], {"reason": "Chờ", "version": version})
    assert Decision.objects.filter(verb__in=("suspend", "reopen", "cancel")).count() == 3

    body = {"shape": "rename", "on": "1/11/2023", "instrument": "NQ 1", "old": agency.pk, "new_lines": "Sở Kế hoạch"}
    press(staff, "agency_succession_create", [], body | {"buoc": "ghi"})
    assert Succession.objects.count() == 1

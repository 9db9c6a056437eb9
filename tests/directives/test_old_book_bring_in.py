"""An old workbook comes in as a whole or not at all, and goes out as a whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.errors import Refused
from agencies.models import Agency, Kind, Membership
from directives import figures, timeline
from directives.actions.bring_in import bring_in, try_bringing_in
from directives.actions.drafts import discard_draft
from directives.actions.notes import Said, report_progress
from directives.actions.old_lines import Line, Paper
from directives.actions.publish import publish
from directives.actions.undo_bring_in import undo_bring_in
from directives.deadlines import Clock, Life
from directives.models import Assignment, Decision, Directive, Evidence, OldBook, ProgressNote, Task
from directives.workbooks.legacy.plan import make_plan
from directives.workbooks.legacy.words import with_guesses

from .old_book_cast import REAL, upload, workbook

PAPER = Paper("90", "TB-UBND", date(2022, 3, 1), "Thông báo", "Kết luận về hợp tác xã")


@pytest.fixture
def bodies(agency, other_agency, district):
    other_agency.aliases = ["Sở TC"]
    other_agency.save()
    return agency, other_agency, district


@pytest.fixture
def book(staff, bodies, day):
    kept = with_guesses(upload(workbook(REAL), staff, day))
    kept.save()
    return kept


@pytest.fixture
def brought(book, staff, day):
    return bring_in(book=book, lines=make_plan(book, day).lines, by=staff, day=day)


@pytest.fixture
def draft(staff, day):
    return OldBook.objects.create(name="so.xlsx", sha256="a" * 64, uploaded_on=day, uploaded_by=staff)


@pytest.fixture
def line(agency):
    return Line(
        row=7, directive=PAPER, agencies=(agency,), name=agency.name, text="Rà soát chính sách", life=Life.NOT_STARTED
    )


def test_everything_comes_in(brought, bodies, day, staff):
    assert brought.counts == {"lines": 4, "directives": 2, "tasks": 4, "assignments": 5, "agencies": 3}
    assert brought.brought_on == day
    assert brought.cells == {}
    assert Directive.objects.filter(book=brought, published_on=day).count() == 2
    done = Assignment.objects.get(task__book_row=8)
    assert (done.life, done.completed_on, done.deadline) == (Life.DONE, date(2023, 9, 10), date(2023, 9, 15))
    assert (done.task.first_deadline, done.task.deadline) == (date(2023, 6, 30), date(2023, 9, 15))
    assert "dòng 8" in done.task.deadline_source
    standing = Task.objects.get(book_row=12)
    assert standing.clock == Clock.STANDING
    assert {row.agency for row in standing.assignments.all()} == {bodies[1], bodies[2]}


def test_tasks_stand_in_the_text_of_a_new_paper(brought):
    for task in Task.objects.filter(book=brought).select_related("directive", "addressee"):
        assert task.directive.text[task.start : task.end] == task.text
        assert task.directive.text[task.addressee.start : task.addressee.end] == task.addressee.name
    for directive in Directive.objects.filter(book=brought):
        ends = [0, *(segment[1] for segment in directive.segments)]
        assert [segment[0] for segment in directive.segments] == ends[:-1]
        assert ends[-1] == len(directive.text)


def test_the_timeline_names_the_row_and_the_change_of_deadline(brought):
    told = [(entry.title, entry.text) for entry in timeline.of_assignment(Assignment.objects.get(task__book_row=8))]
    titles = [title for title, _ in told]
    assert any("đưa vào từ sổ theo dõi cũ: dòng 8" in title.lower() for title in titles)
    assert "Ấn định thời hạn: 30/06/2023 → 15/09/2023" in titles
    assert all("Sổ theo dõi cũ (tệp so-theo-doi.xlsx), dòng 8" in text for title, text in told if "→" in title)


def test_the_result_document_is_evidence_entered_by_staff(brought, staff):
    note = ProgressNote.objects.get(assignment__task__book_row=8)
    assert note.author == staff
    assert not note.claims_completion
    assert (note.said_on, note.letter_on) == (date(2023, 9, 10), None)
    [evidence] = note.evidence.all()
    assert (evidence.document_number, evidence.document_on) == ("12/BC-SKHĐT", date(2023, 9, 10))


def test_every_row_has_its_actor_in_the_history(brought, staff):
    for model in (Directive, Task, Assignment):
        for event in model.pgh_event_model.objects.all():
            assert event.pgh_context["user"] == staff.pk
            assert event.pgh_context["verb"] == "bring_in"


def test_a_second_click_changes_nothing(brought, book, staff, day):
    lines = [replace(Line(1, PAPER, tuple(Agency.objects.all()[:1]), "x", "y", Life.NOT_STARTED))]
    again = bring_in(book=book, lines=lines, by=staff, day=day + timedelta(days=1))
    assert again.brought_on == day
    assert Task.objects.count() == 4


def test_trying_leaves_nothing(book, staff, day):
    plan = make_plan(book, day)
    tried = try_bringing_in(book=book, lines=plan.lines, by=staff, day=day)
    assert (tried.before.total, tried.after.total) == (0, 5)
    assert (tried.after.done_on_time, tried.after.done_late, tried.after.open_overdue) == (1, 1, 1)
    assert (Task.objects.count(), Directive.objects.count(), Decision.objects.count()) == (0, 0, 0)
    book.refresh_from_db()
    assert book.is_draft and book.cells


def test_one_failure_leaves_nothing(draft, line, staff, day, agency):
    lost = replace(line, row=8, life=Life.DONE)  # a day of completion is missing: the database refuses
    with pytest.raises(Exception, match="done_has_a_day"):
        bring_in(book=draft, lines=[line, lost], by=staff, day=day)


def test_only_staff_bring_in(draft, line, liaison, leader, day):
    for who in (liaison, leader):
        with pytest.raises(Refused):
            bring_in(book=draft, lines=[line], by=who, day=day)


def test_nothing_to_bring_in_is_refused(draft, staff, day):
    with pytest.raises(Refused, match="0 dòng"):
        bring_in(book=draft, lines=[], by=staff, day=day)


def test_a_directive_that_is_here_takes_the_task_in(draft, line, staff, day, make_assignment, agency):
    there = make_assignment()
    bring_in(book=draft, lines=[replace(line, directive=there.task.directive_id)], by=staff, day=day)
    task = Task.objects.get(book=draft)
    assert task.directive == there.task.directive
    assert task.addressee == there.task.addressee
    assert (task.position, task.start, task.end) == (2, None, None)


def test_a_body_that_a_directive_does_not_name_stands_at_its_end(
    draft, line, staff, day, make_assignment, other_agency
):
    there = make_assignment().task.directive_id
    wanted = replace(line, directive=there, agencies=(other_agency,), name="Sở TC")
    bring_in(book=draft, lines=[wanted], by=staff, day=day)
    assert Task.objects.get(book=draft).addressee.place == "theo sổ theo dõi cũ"


@pytest.mark.parametrize(("change", "words"), [("closed_on", "kết thúc"), ("published_on", "bản nháp")])
def test_a_closed_directive_or_a_draft_takes_nothing(draft, line, staff, day, directive, change, words):
    setattr(directive, change, None if change == "published_on" else day)
    directive.save()
    with pytest.raises(Refused, match=words):
        bring_in(book=draft, lines=[replace(line, directive=directive.pk)], by=staff, day=day)


def test_a_paper_that_came_in_meanwhile_is_looked_at_again(draft, line, staff, day, directive):
    same = replace(PAPER, number="86", issued_on=directive.issued_on)
    with pytest.raises(Refused, match="vừa được đưa vào sổ"):
        bring_in(book=draft, lines=[replace(line, directive=same)], by=staff, day=day)


def test_a_directive_that_took_a_task_meanwhile_is_looked_at_again(staff, bodies, day, make_assignment, make_task):
    """Somebody may have added what a line says again, after the line was compared with what was there."""
    number = make_assignment().task.directive
    row = (1, number.code, number.issued_on, "Bố trí kinh phí Quỹ hỗ trợ", "Sở Tài chính")
    book = with_guesses(upload(workbook([row]), staff, day))
    plan = make_plan(book, day)
    assert plan.last == {number.pk: 1}
    make_task(position=2)
    with pytest.raises(Refused, match="vừa nhận thêm nhiệm vụ"):
        bring_in(book=book, lines=plan.lines, by=staff, day=day, last=plan.last)
    again = make_plan(book, day)
    assert bring_in(book=book, lines=again.lines, by=staff, day=day, last=again.last).counts["tasks"] == 1


def test_a_group_falls_to_its_members_of_that_day(draft, line, staff, day, group, district, other_agency):
    Membership.objects.create(group=group, member=district, since=date(2020, 1, 1))
    Membership.objects.create(group=group, member=other_agency, since=date(2023, 1, 1))
    bring_in(book=draft, lines=[replace(line, agencies=(group,), name="Các huyện")], by=staff, day=day)
    assert [row.agency for row in Assignment.objects.all()] == [district]


def test_a_party_body_is_asked(draft, line, staff, day, agency):
    agency.kind = Kind.PARTY
    agency.save()
    bring_in(book=draft, lines=[line], by=staff, day=day)
    assert Task.objects.get().addressee.is_asked


def test_open_work_of_a_body_that_has_ended_goes_to_its_heir(draft, line, staff, day, agency, other_agency):
    from agencies.models import Shape
    from directives.actions.succession import succeed

    words = {"shape": Shape.MERGE, "on": date(2023, 5, 1), "instrument": "NQ 5", "by": staff, "day": day}
    succeed(old=[agency], new=[other_agency], **words)
    agency.refresh_from_db()
    done = replace(line, row=8, text="Đã xong từ lâu", life=Life.DONE, completed_on=date(2022, 6, 1))
    book = bring_in(book=draft, lines=[replace(line, agencies=(agency,)), done], by=staff, day=day)
    assert Assignment.objects.get(task__book_row=7, agency=other_agency).life == Life.NOT_STARTED
    assert Assignment.objects.get(task__book_row=8).agency == agency
    assert undo_bring_in(book=book, by=staff, day=day).undone_on == day


def test_nobody_was_silent_before_the_import(brought, day, november):
    from directives.models import Office
    from directives.rounds import Window

    window = Window(november.start, november.end)
    silent = Assignment.objects.unreported_in(window, Office.current().silent_after)
    assert not silent.exists()


def test_what_is_brought_in_is_no_report_of_a_round_to_come(draft, line, staff, day):
    """An agency does not report by our writing down what it did a year ago."""
    from directives.rounds import Window

    bring_in(book=draft, lines=[replace(line, life=Life.IN_PROGRESS, said="Đã họp")], by=staff, day=day)
    assert not ProgressNote.objects.exists()
    assert "Đã họp" in Decision.objects.get(verb="bring_in").reason
    ahead = Window(day - timedelta(days=6), day + timedelta(days=24))
    assert Assignment.objects.unreported_in(ahead, 10).exists()


@pytest.mark.parametrize(
    ("documents", "said_on"),
    [
        ([date(2022, 6, 1), date(2021, 12, 31)], date(2022, 6, 1)),
        ([date(2021, 12, 31)], None),  # an older document that the cell cites
        ([date(2032, 6, 1)], None),
        ([date(2032, 6, 1), date(2022, 5, 1)], date(2022, 5, 1)),
    ],
)
def test_a_report_is_of_a_day_between_the_document_and_today(draft, line, staff, day, documents, said_on):
    from directives.actions.notes import Cited

    cited = tuple(Cited(f"{place}/BC-SKHĐT", on, "", "Báo cáo") for place, on in enumerate(documents, 1))
    bring_in(book=draft, lines=[replace(line, said="Đã họp", documents=cited)], by=staff, day=day)
    assert list(ProgressNote.objects.values_list("said_on", flat=True)) == ([said_on] if said_on else [])
    assert ("Đã họp" in Decision.objects.get(verb="bring_in").reason) == (said_on is None)


def test_the_words_of_the_agency_stay_as_they_are(draft, line, staff, day):
    said = replace(line, life=Life.DONE, completed_on=date(2022, 6, 1), said="Đã họp, thống nhất... v.v.. xong.")
    bring_in(book=draft, lines=[said], by=staff, day=day)
    assert ProgressNote.objects.get().result.endswith("dòng 7: Đã họp, thống nhất... v.v.. xong.")


# The way back


def test_undoing_takes_all_of_it_out_of_the_numbers(brought, staff, day, liaison):
    undo_bring_in(book=brought, by=staff, day=day)
    now = figures.of_assignments(Assignment.objects.published(), day)
    assert (now.total, now.released) == (0, 0)
    assert not Directive.objects.visible_to(liaison).exists()
    assert set(Assignment.objects.values_list("life", flat=True)) == {Life.CANCELLED}
    assert ProgressNote.objects.exists() and Evidence.objects.exists()


def test_undoing_twice_is_refused(brought, staff, day):
    undo_bring_in(book=brought, by=staff, day=day)
    with pytest.raises(Refused, match="đã được hoàn tác"):
        undo_bring_in(book=brought, by=staff, day=day)


def test_undoing_is_refused_once_somebody_has_written(brought, staff, liaison, day):
    row = Assignment.objects.get(task__book_row=9)
    report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=day)
    with pytest.raises(Refused, match="dòng 9 đã được cập nhật"):
        undo_bring_in(book=brought, by=staff, day=day)
    assert Assignment.objects.get(pk=row.pk).life == Life.IN_PROGRESS


def test_an_instruction_is_something_written_too(brought, staff, leader, day):
    from directives.actions.instructions import give_instruction

    give_instruction(assignment=Assignment.objects.get(task__book_row=9), text="Làm ngay", by=leader, day=day)
    with pytest.raises(Refused, match="dòng 9 đã có ý kiến chỉ đạo"):
        undo_bring_in(book=brought, by=staff, day=day)


def test_a_closing_is_something_written_too(draft, line, staff, day, make_assignment):
    """Also of a directive that was here before, where nothing of the book was left to decide."""
    from directives.actions.closing import Decided, close_directive
    from directives.models import Verdict

    there = make_assignment()
    done = replace(line, directive=there.task.directive_id, life=Life.DONE, completed_on=day)
    book = bring_in(book=draft, lines=[done], by=staff, day=day)
    ended = {there.pk: Decided(Verdict.NOT_ACHIEVED, "Hết thời gian")}
    close_directive(directive=there.task.directive, decisions=ended, instrument="QĐ 1", by=staff, day=day)
    with pytest.raises(Refused, match="86/TB-UBND đã kết thúc theo dõi"):
        undo_bring_in(book=book, by=staff, day=day)


def test_a_report_that_names_its_paper_is_something_written_too(brought, staff, day):
    from directives.actions.reports import Wanted, request_report
    from directives.models import Scope

    papers = list(Directive.objects.filter(book=brought, number="90"))
    request_report(wanted=Wanted(Scope.DIRECTIVES, day, papers), by=staff, day=day)
    with pytest.raises(Refused, match="90/TB-UBND đã được nêu trong báo cáo"):
        undo_bring_in(book=brought, by=staff, day=day)
    assert not Assignment.objects.filter(life=Life.CANCELLED).exists()


def test_work_in_a_directive_that_was_here_is_cancelled_and_the_directive_stays(
    draft, line, staff, day, make_assignment
):
    there = make_assignment()
    book = bring_in(book=draft, lines=[replace(line, directive=there.task.directive_id)], by=staff, day=day)
    undo_bring_in(book=book, by=staff, day=day)
    there.task.directive.refresh_from_db()
    assert there.task.directive.is_published
    assert Assignment.objects.published().get(task__book=book).life == Life.CANCELLED


def test_after_an_undoing_the_same_book_comes_in_again(brought, staff, day):
    undo_bring_in(book=brought, by=staff, day=day)
    before = Task.objects.count()
    again = with_guesses(upload(workbook(REAL), staff, day))
    again.save()
    plan = make_plan(again, day)
    assert (plan.twins, plan.problems, len(plan.lines)) == ([], [], 4)
    bring_in(book=again, lines=plan.lines, by=staff, day=day)
    assert figures.of_assignments(Assignment.objects.published(), day).total == 5
    assert Directive.objects.visible_to(staff).filter(book=again).count() == 2
    assert Directive.objects.visible_to(staff).count() == 2
    assert Assignment.objects.visible_to(staff).count() == 5
    assert Task.objects.visible_to(staff).count() == Task.objects.count() - before == 4


def test_a_body_of_an_undone_book_may_be_succeeded(brought, staff, day, agency, other_agency):
    """Withdrawn work is no draft: it keeps its notes and the name under which it came in."""
    from agencies.models import Shape
    from directives.actions.succession import succeed

    undo_bring_in(book=brought, by=staff, day=day)
    words = {"shape": Shape.MERGE, "on": day, "instrument": "NQ 5", "by": staff, "day": day}
    succeed(old=[agency], new=[other_agency], **words)
    assert Assignment.objects.get(task__book_row=8).agency == agency


def test_what_was_undone_is_neither_published_nor_thrown_away(brought, staff, day):
    undo_bring_in(book=brought, by=staff, day=day)
    directive = Directive.objects.filter(book=brought).first()
    with pytest.raises(Refused, match="sổ theo dõi cũ"):
        publish(directive=directive, by=staff, day=day)
    with pytest.raises(Refused, match="sổ theo dõi cũ"):
        discard_draft(directive=directive, by=staff, day=day)


def test_the_same_book_twice_is_full_of_twins(brought, staff, day):
    again = with_guesses(upload(workbook(REAL), staff, day))
    plan = make_plan(again, day)
    assert plan.lines == []
    assert len(plan.twins) == 4
    again.mapping["taken"] = [8]
    assert [line.row for line in make_plan(again, day).lines] == [8]


def test_two_thousand_rows_are_read_and_understood_quickly(staff, bodies, day):
    import time

    names = ("Sở Kế hoạch và Đầu tư", "Sở TC, UBND huyện Cam Lộ")
    rows = [
        (each, f"{each % 200 + 1}/TB-UBND", date(2022, 3, 1), f"Nhiệm vụ {each}: hỗ trợ hợp tác xã {each * 7} của tỉnh",
         names[each % 2], "Sở Nội vụ; các sở, ban, ngành", "30/6/2022", "30.9.2022", "Đã hoàn thành", "01/8/2022",
         f"Báo cáo {each}/BC-SKHĐT ngày 01/8/2022")
        for each in range(1, 2001)
    ]  # fmt: skip
    started = time.monotonic()
    plan = make_plan(with_guesses(upload(workbook(rows), staff, day)), day)
    took = time.monotonic() - started
    assert len(plan.lines) == 2000, plan.problems[:3]
    assert took < 20, f"{took:.1f} s"


def test_two_thousand_rows_come_in_with_few_statements(draft, agency, staff, day):
    import time

    lines = [
        Line(
            row=number,
            directive=replace(PAPER, number=str(number % 150)),
            agencies=(agency,),
            name=agency.name,
            text=f"Nhiệm vụ số {number} về phát triển hợp tác xã",
            life=Life.DONE if number % 3 else Life.IN_PROGRESS,
            clock=Clock.DATED,
            first_deadline=date(2022, 6, 30),
            deadline=date(2022, 9, 30),
            completed_on=date(2022, 8, 1) if number % 3 else None,
            said="Báo cáo",
        )
        for number in range(1, 2001)
    ]
    started = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        bring_in(book=draft, lines=lines, by=staff, day=day)
    took = time.monotonic() - started
    assert len(queries) < 100
    assert took < 30, f"{took:.1f} s"

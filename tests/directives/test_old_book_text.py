"""A directive that only an old tracking workbook knew gets its real notice: nothing is lost, nothing doubled."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import registers
from agencies.errors import Refused
from agencies.models import Agency
from directives import notices
from directives.actions.bring_in import bring_in
from directives.actions.import_notice import import_notice
from directives.actions.notes import Said, report_progress
from directives.actions.old_lines import Line, Paper
from directives.actions.text_tasks import Placed, place_tasks, unmatched, unplaced
from directives.actions.undo_bring_in import undo_bring_in
from directives.deadlines import Clock, Life
from directives.models import Assignment, CitedDocument, Directive, OldBook, ProgressNote, Task

from .conftest import person

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt"
TEXT = FILE.read_text()
PAPER = Paper("86", "TB-UBND", date(2023, 4, 24), "Thông báo")


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def register(db):
    registers.load_register("quang-tri-2023")
    return registers.directory(date(2023, 4, 24))


@pytest.fixture
def keeper(register):
    return person("canbo", "staff", Agency.objects.standing())


@pytest.fixture
def lines(register):
    first = task_of_the_notice(register)
    finance = registers.find("Sở Tài chính", known=register)
    return [
        Line(7, PAPER, (first[1],), first[1].name, first[0], Life.IN_PROGRESS, Clock.DATED,
             date(2023, 6, 30), date(2023, 9, 30)),
        Line(8, PAPER, (finance,), finance.name, "Việc chỉ sổ cũ ghi, văn bản không nêu", Life.DONE,
             completed_on=date(2023, 8, 1), said="Đã xong"),
    ]  # fmt: skip


def task_of_the_notice(register):
    """The words of a task of the notice, a little changed, and the body that it is given to."""
    part = notices.read(TEXT).addressees[0]
    return part.tasks[0].text.rstrip(".;") + " theo quy định", registers.find(part.name, known=register)


@pytest.fixture
def book(lines, keeper, day):
    draft = OldBook.objects.create(name="so.xlsx", sha256="a" * 64, uploaded_on=day, uploaded_by=keeper)
    return bring_in(book=draft, lines=lines, by=keeper, day=day)


@pytest.fixture
def loaded(book, keeper, day):
    return import_notice(text=TEXT, name=FILE.name, by=keeper, day=day)


def test_the_real_text_replaces_the_words_of_the_book(book, loaded):
    directive = Directive.objects.get()
    assert (loaded.created, loaded.is_filled, loaded.directive) == (False, True, directive)
    assert directive.text == TEXT
    assert (directive.book, directive.is_published, directive.source_name) == (None, True, FILE.name)
    assert directive.source_sha256
    assert directive.title.startswith("Kết luận")
    ends = [0, *(segment[1] for segment in directive.segments)]
    assert ([segment[0] for segment in directive.segments], ends[-1]) == (ends[:-1], len(TEXT))
    assert CitedDocument.objects.filter(directive=directive).count() == 7


def test_the_work_of_the_book_stays_as_it_was(book, lines, loaded):
    tasks = Task.objects.order_by("book_row")
    assert [(task.text, task.start, task.end, task.book) for task in tasks] == [
        (line.text, None, None, book) for line in lines
    ]
    assert [row.life for row in Assignment.objects.order_by("task__book_row")] == [Life.IN_PROGRESS, Life.DONE]
    assert ProgressNote.objects.filter(assignment__task__book_row=8).exists()
    assert {task.addressee.place for task in tasks} == {"theo sổ theo dõi cũ"}


def test_a_second_load_changes_nothing_and_says_so(book, loaded, keeper, day):
    other = import_notice(text=TEXT.replace("hợp tác xã", "HTX"), by=keeper, day=day)
    assert (other.created, other.is_filled, other.differs) == (False, False, True)
    assert Directive.objects.get().text == TEXT


def test_a_closed_directive_is_opened_again_first(book, keeper, day):
    Directive.objects.update(closed_on=day)
    with pytest.raises(Refused, match="đã kết thúc theo dõi"):
        import_notice(text=TEXT, by=keeper, day=day)
    assert Directive.objects.get().book == book


def test_the_tasks_of_the_text_are_proposed_and_given_to_nobody(loaded):
    assert len(unmatched(loaded.directive)) == 26
    assert Task.objects.count() == 2


def test_a_task_is_matched_and_keeps_its_words_and_its_history(book, loaded, lines, keeper, day):
    ours, found = unplaced(loaded.directive).first(), unmatched(loaded.directive)[0]
    done = place_tasks(directive=loaded.directive, chosen={found.read.start: ours}, by=keeper, day=day)
    assert done == Placed(matched=1)
    ours.refresh_from_db()
    assert (ours.start, ours.end, ours.text, ours.version) == (found.read.start, found.read.end, lines[0].text, 2)
    assert Task.objects.count() == 2
    assert len(unmatched(loaded.directive)) == 25


def test_a_new_task_is_given_out_today_once(loaded, keeper, day):
    wanted = [each for each in unmatched(loaded.directive) if each.part.number == "12"]
    chosen = {each.read.start: None for each in wanted}
    assert place_tasks(directive=loaded.directive, chosen=chosen, by=keeper, day=day) == Placed(given=6)
    assert place_tasks(directive=loaded.directive, chosen=chosen, by=keeper, day=day) == Placed()
    given = Task.objects.filter(book=None)
    assert [task.position for task in given] == [3, 4, 5, 6, 7, 8]
    assert [task.assignments.count() for task in given] == [10] * 6
    assert set(Assignment.objects.filter(task__in=given).values_list("received_on", flat=True)) == {day}
    assert {task.addressee.place for task in given} == {"mục 12"}
    assert all(TEXT[task.start : task.end] == task.text for task in given)


def test_work_of_a_body_that_has_ended_goes_to_whoever_took_over(loaded, keeper, day):
    from agencies.models import Shape
    from directives.actions.succession import succeed

    found = unmatched(loaded.directive)[-1 - 6]  # before item 12, of a single body
    heir = Agency.objects.create(code="moi", name="Sở mới", short_name="Sở mới", sort_key="1")
    words = {"shape": Shape.MERGE, "on": day, "instrument": "NQ 5", "by": keeper, "day": day}
    succeed(old=[found.agency], new=[heir], **words)
    place_tasks(directive=loaded.directive, chosen={found.read.start: None}, by=keeper, day=day)
    open_rows = Assignment.objects.open().filter(task__start=found.read.start)
    assert [row.agency for row in open_rows] == [heir]


def test_one_task_of_ours_is_not_chosen_twice(loaded, keeper, day):
    ours, (one, other) = unplaced(loaded.directive).first(), unmatched(loaded.directive)[:2]
    chosen = {one.read.start: ours, other.read.start: ours}
    with pytest.raises(Refused, match="được chọn cho hai đoạn"):
        place_tasks(directive=loaded.directive, chosen=chosen, by=keeper, day=day)
    assert unplaced(loaded.directive).count() == 2


def test_a_body_that_nobody_knows_is_given_nothing(loaded, keeper, day):
    found = next(each for each in unmatched(loaded.directive) if not each.agency.is_group)
    Agency.objects.filter(pk=found.agency.pk).update(name="Đã đổi tên", short_name="Khác", aliases=[])
    assert next(each for each in unmatched(loaded.directive) if each.read == found.read).agency is None
    with pytest.raises(Refused, match="Chưa nhận ra cơ quan"):
        place_tasks(directive=loaded.directive, chosen={found.read.start: None}, by=keeper, day=day)


def test_only_staff_place_tasks(loaded, leader, day):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        place_tasks(directive=loaded.directive, chosen={}, by=leader, day=day)


def test_undoing_the_book_leaves_the_text(book, loaded, keeper, day):
    undo_bring_in(book=book, by=keeper, day=day)
    directive = Directive.objects.visible_to(keeper).get()
    assert (directive.text, directive.is_published) == (TEXT, True)
    assert set(Assignment.objects.values_list("life", flat=True)) == {Life.CANCELLED}
    assert not unplaced(directive).exists()
    assert len(unmatched(directive)) == 26


def test_matching_is_something_written(book, loaded, keeper, day):
    found = unmatched(loaded.directive)[0]
    chosen = {found.read.start: unplaced(loaded.directive).first()}
    place_tasks(directive=loaded.directive, chosen=chosen, by=keeper, day=day)
    with pytest.raises(Refused, match="dòng 7 đã được cập nhật"):
        undo_bring_in(book=book, by=keeper, day=day)


def test_reporting_goes_on(book, loaded, keeper, day):
    row = Assignment.objects.get(task__book_row=7)
    liaison = person("daumoi", "liaison", row.agency, [row.agency])
    report_progress(assignment=row, said=Said(result="Đã họp"), by=liaison, day=day)
    assert ProgressNote.objects.filter(assignment=row).exists()


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


def test_the_clerk_loads_matches_and_gives_out(desk, book):
    sent = desk.post(reverse("directive_import"), {"text": TEXT})
    address = reverse("directive_tasks", args=[Directive.objects.get().pk])
    assert sent.url == address
    page = desk.get(address)
    shown = page.content.decode()
    assert "Đã nạp toàn văn của 86/TB-UBND" in shown
    assert "26 nhiệm vụ" in shown
    form = page.context["form"]
    first, second = list(form.fields)[:2]
    ours = Task.objects.get(book_row=7)
    assert form[first].value() == str(ours.pk)  # says nearly the same, for the same body
    assert form[second].value() in ("", None)
    done = desk.post(address, {first: str(ours.pk), second: "new"}, follow=True).content.decode()
    assert "Đã ghép 1 nhiệm vụ và giao 1 nhiệm vụ mới" in done
    assert Task.objects.count() == 3
    again = desk.post(address, {first: str(ours.pk), second: "new"}, follow=True).content.decode()
    assert "không có gì thay đổi" in again
    assert Task.objects.count() == 3


def test_what_is_refused_stays_chosen(desk, loaded):
    address = reverse("directive_tasks", args=[loaded.directive.pk])
    first, second = list(desk.get(address).context["form"].fields)[:2]
    ours = str(Task.objects.get(book_row=8).pk)
    refused = desk.post(address, {first: ours, second: ours})
    assert refused.status_code == 422
    assert "được chọn cho hai đoạn" in refused.content.decode()
    assert refused.context["form"][first].value() == ours


def test_the_page_of_the_directive_leads_there(desk, loaded):
    address = reverse("directive_detail", args=[loaded.directive.pk])
    shown = desk.get(address).content.decode()
    assert reverse("directive_tasks", args=[loaded.directive.pk]) in shown
    assert "toàn văn chưa được nạp" not in shown
    assert "Từ sổ theo dõi cũ" in shown
    assert 'href="#doan-1"' not in shown


def test_before_the_text_is_loaded_the_page_says_how_to(desk, book):
    shown = desk.get(reverse("directive_detail", args=[Directive.objects.get().pk])).content.decode()
    assert "toàn văn chưa được nạp" in shown
    assert reverse("directive_import") in shown


def test_the_page_asks_as_much_for_few_tasks_as_for_many(desk, loaded, keeper, day):
    address = reverse("directive_tasks", args=[loaded.directive.pk])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    many = asked()
    left = unmatched(loaded.directive)[3:]
    place_tasks(directive=loaded.directive, chosen={each.read.start: None for each in left}, by=keeper, day=day)
    assert asked() == many


def test_a_draft_of_another_date_points_at_what_the_book_knew(desk, book):
    """The old book was wrong about the day, so this is another directive: nobody should find that out later."""
    Directive.objects.update(issued_on=date(2023, 4, 25))
    desk.post(reverse("directive_import"), {"text": TEXT})
    draft = Directive.objects.get(published_on=None)
    shown = desk.get(reverse("directive_detail", args=[draft.pk])).content.decode()
    assert "Sổ đã có 86/TB-UBND ngày 25/04/2023, chỉ biết qua sổ theo dõi cũ" in shown
    Directive.objects.exclude(pk=draft.pk).update(issued_on=date(2022, 4, 25))  # of another year it is another one
    assert "chỉ biết qua sổ theo dõi cũ" not in desk.get(reverse("directive_detail", args=[draft.pk])).content.decode()

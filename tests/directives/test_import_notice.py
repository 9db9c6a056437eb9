"""Notice 86/TB-UBND becomes a directive with 26 tasks and 80 assignments; a second time nothing doubles."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.errors import Refused
from agencies.models import Agency
from directives import notices
from directives.actions.import_notice import import_notice
from directives.actions.publish import publish
from directives.models import Assignment, Directive, Task

FILE = Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt"
DAY = date(2023, 4, 25)


@pytest.fixture
def imported(db):
    return import_notice(text=FILE.read_text(), name=FILE.name, by=None, day=DAY).directive


def test_twelve_addressees_26_tasks_seven_cited_documents(imported):
    assert imported.addressees.count() == 12
    assert imported.tasks.count() == 26
    assert imported.cited_documents.count() == 7
    assert imported.code == "86/TB-UBND"
    assert imported.issued_on == date(2023, 4, 24)


def test_item_12_becomes_ten_assignments_each(imported):
    assert Assignment.objects.filter(task__directive=imported).count() == 80
    district = imported.tasks.filter(addressee__number="12")
    assert [task.assignments.count() for task in district] == [10] * 6


def test_item_9_stays_one_addressee_and_item_11_is_asked(imported):
    assert Assignment.objects.filter(task__addressee__number="9").count() == 1
    assert [a.number for a in imported.addressees.filter(is_asked=True)] == ["11"]


def test_every_body_is_known_by_the_register(imported):
    assert not imported.addressees.filter(agency__is_verified=False, agency__code__startswith="900").exists()
    assert Agency.objects.filter(sort_key__startswith="900-").count() == 0


def test_no_date_is_invented(imported):
    assert not imported.tasks.exclude(first_deadline=None).exists()
    assert set(imported.tasks.values_list("clock", flat=True)) == {"period", "standing"}
    assert set(imported.tasks.filter(clock="period").values_list("period_end", flat=True)) == {date(2023, 12, 31)}


def test_every_span_is_the_text_of_the_task(imported):
    for task in imported.tasks.all():
        assert imported.text[task.start : task.end] == task.text


def test_huong_hoa_and_dakrong_are_bound_by_their_part_alone(imported):
    bound = [part for task in imported.tasks.all() for part in task.parts.all() if part.binds.exists()]
    assert [sorted(part.binds.values_list("code", flat=True)) for part in bound] == [["dakrong", "huonghoa"]]


def test_tasks_know_what_they_cite(imported):
    assert imported.tasks.filter(cites__number="3159/QĐ-UBND").count() == 1


def test_the_second_time_nothing_is_doubled(imported):
    again = import_notice(text=FILE.read_text(), name="khác.txt", by=None, day=date(2023, 5, 1))
    assert (again.directive, again.created) == (imported, False)
    assert Task.objects.count() == 26


def test_publishing_gives_the_work_out_once(imported):
    publish(directive=imported, by=None, day=DAY)
    publish(directive=imported, by=None, day=date(2023, 5, 9))
    assert set(Assignment.objects.values_list("received_on", flat=True)) == {DAY}


def test_a_liaison_may_not_import(liaison):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        import_notice(text=FILE.read_text(), by=liaison, day=DAY)


@pytest.mark.parametrize("text", ["", "   \n", "Đây là một bức thư thăm hỏi bạn bè.", "x" * 50_000])
def test_what_is_no_notice_leaves_nothing(db, text):
    with pytest.raises((notices.NotANotice, Refused)):
        import_notice(text=text, by=None, day=DAY)
    assert not Directive.objects.exists() and not Agency.objects.exists()


def test_the_command_says_what_it_did(db, capsys):
    call_command("import_notice", str(FILE), "--publish")
    call_command("import_notice", str(FILE))
    out = capsys.readouterr().out
    assert "Đã nạp 86/TB-UBND (đã công bố): 26 nhiệm vụ, 80 phân công." in out
    assert "Đã có sẵn, không nạp lại 86/TB-UBND" in out


def test_the_command_explains_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("import_notice", str(tmp_path / "không-có.txt"))


def test_read_notice_prints_json_with_no_date(capsys):
    import json

    call_command("read_notice", str(FILE))
    read = json.loads(capsys.readouterr().out)
    tasks = [task for addressee in read["assignments"] for task in addressee["tasks"]]
    assert (len(read["assignments"]), len(tasks), len(read["cited_documents"])) == (12, 26, 7)
    assert {task["deadline"] for task in tasks} == {None}

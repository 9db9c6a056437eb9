"""Notice 86/TB-UBND becomes a directive with 26 tasks and 80 assignments; a second time nothing doubles."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.errors import Refused
from agencies.models import Agency
from directives import notices
from directives.actions.import_notice import Incomplete, import_notice
from directives.actions.publish import publish
from directives.models import Assignment, Directive, Task

FILE = Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt"
SAMPLES = Path(__file__).resolve().parents[1] / "notices/samples"
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


LACKING = {
    "012-tb-vpcp-son-la.txt": ({}, ["number", "symbol", "issued_on"], "số, ký hiệu, ngày ban hành"),
    "014-tb-vp-lao-cai-cum-cong-nghiep.txt": ({"symbol": "TB-VP"}, ["number", "issued_on"], "số, ngày ban hành"),
    "037-cv-ubnd-lao-cai-di-doi-ccn.txt": ({"symbol": "UBND-KT"}, ["number", "issued_on"], "số, ngày ban hành"),
}
PAPER = {"number": "645", "symbol": "TB-VPCP", "issued_on": date(2025, 11, 26)}


@pytest.mark.parametrize("name", LACKING)
def test_a_text_without_its_number_is_refused_and_says_what_it_lacks(db, name):
    read, missing, words = LACKING[name]
    with pytest.raises(Incomplete, match=f"Chưa đọc được {words} trong văn bản, nên chưa lưu gì") as refusal:
        import_notice(text=(SAMPLES / name).read_text(), by=None, day=DAY)
    assert (refusal.value.read, refusal.value.missing) == (read, missing)
    assert not Directive.objects.exists() and not Agency.objects.exists()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_every_sample_is_loaded_with_what_its_paper_says(db, name):
    text = (SAMPLES / name).read_text()
    made = import_notice(text=text, by=None, day=DAY, **PAPER).directive
    read = notices.read(text)
    assert made.number == (read.number or "645")
    assert made.symbol == (read.symbol or "TB-VPCP")
    assert made.issued_on == (read.issued_on or date(2025, 11, 26))
    assert (made.text, made.tasks.count()) == (read.text, len(list(read.tasks)))


def test_what_was_read_is_not_overridden(db):
    assert import_notice(text=FILE.read_text(), by=None, day=DAY, **PAPER).directive.code == "86/TB-UBND"


def test_what_is_still_missing_is_named_and_what_was_typed_is_no_reading(db):
    text = (SAMPLES / "012-tb-vpcp-son-la.txt").read_text()
    with pytest.raises(Incomplete, match="Chưa đọc được ngày ban hành trong") as refusal:
        import_notice(text=text, by=None, day=DAY, number="645", symbol="TB-VPCP")
    assert (refusal.value.read, refusal.value.missing) == ({}, ["issued_on"])


def test_a_text_without_number_is_known_the_second_time(db):
    text = (SAMPLES / "012-tb-vpcp-son-la.txt").read_text()
    made = import_notice(text=text, by=None, day=DAY, **PAPER).directive
    again = import_notice(text=text, by=None, day=DAY)
    assert (again.directive, again.created, again.differs) == (made, False, False)

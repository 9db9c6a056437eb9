"""The same number is the same everywhere (design, 3.6): screen, PDF, Word, Excel, summary and mail of one report."""

import io
import re
from contextlib import nullcontext
from datetime import date

import docx
import openpyxl
import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from agencies.models import User
from directives.actions.reports import Wanted, request_report
from directives.deadlines import Figure
from directives.figures import of_assignments, of_tasks
from directives.models import Assignment, Directive, FileKind, Scope, Task
from directives.reminders.lines import _counted
from directives.reports import content, files, render
from directives.templatetags.kttt import number, percent

DAY = date(2023, 11, 20)
FOUR = ("done_on_time", "done_late", "open_in_time", "open_overdue")
ROWS = [*((each.label, each) for each in Figure), ("Tổng số", "total")]
SHARES = (("tất cả", "total"), ("số đã hoàn thành và quá hạn", "already_due"))


@pytest.fixture
def report(db, settings, kept_files, monkeypatch):
    """The demonstration's, made as staff ask for it."""
    settings.TODAY = DAY
    monkeypatch.setattr(content, "snapshot", nullcontext)  # within the transaction of the test
    call_command("seed_demo", stdout=io.StringIO())
    wanted = Wanted(Scope.DIRECTIVES, DAY, [Directive.objects.get()])
    made = request_report(wanted=wanted, by=User.objects.get(username="thuongtruc"), day=DAY)
    render.render_report(made.pk)
    made.refresh_from_db()
    assert made.is_ready, made.error
    return made


def opened(report, kind):
    return io.BytesIO(default_storage.open(files.current(report)[kind].path).read())


def flat(text):
    return " ".join(str(text).replace("\xa0", " ").split())


def expected(report):
    """By the words of the row: the numbers of tasks and of assignments, as people write them."""
    tasks, given = report.figures["tasks"], report.figures["assignments"]
    found = {words: [number(tasks[key]), number(given[key])] for words, key in ROWS}
    for words, base in SHARES:
        named = f"Tỷ lệ hoàn thành trên {words} ({number(tasks[base])} nhiệm vụ; {number(given[base])} lượt giao)"
        found[named] = [percent(tasks["done"], tasks[base]), percent(given["done"], given[base])]
    return found


def in_pdf(report):
    with pdfplumber.open(opened(report, FileKind.PDF)) as document:
        page = next(page for page in document.pages if "Bảng 1. Kết quả chung" in page.extract_text())
        return page.extract_tables()[0][1:]


def in_word(report):
    document = docx.Document(opened(report, FileKind.WORD))
    table = next(each for each in document.tables if flat(each.cell(0, 0).text) == "Chỉ tiêu")
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def in_excel(report):
    sheet = openpyxl.load_workbook(opened(report, FileKind.EXCEL))["Kết quả chung"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    begin = next(place for place, row in enumerate(rows) if row[0] == "Chỉ tiêu")
    return [[row[0], *map(written, row[1:3])] for row in rows[begin + 1 :] if row[0] and row[1] is not None]


def written(value):
    return f"{round(100 * value + 1e-9, 2):.2f}%".replace(".", ",") if isinstance(value, float) else number(value)


@pytest.mark.parametrize("read", [in_pdf, in_word, in_excel])
def test_the_files_show_the_frozen_figures(report, read):
    shown = {flat(row[0]): [flat(cell) for cell in row[1:]] for row in read(report)}
    for words, numbers in expected(report).items():
        assert shown[words] == numbers


def test_what_was_frozen_is_what_the_screens_count(report, client):
    assert report.figures["tasks"] == content.numbers(of_tasks(Task.objects.all(), DAY))
    assert report.figures["assignments"] == content.numbers(of_assignments(Assignment.objects.all(), DAY))
    client.force_login(User.objects.get(username="lanhdao"))
    tasks, given = ([report.figures[name][key] for key in FOUR] for name in ("tasks", "assignments"))
    assert on_page(client, "report_detail", report.pk) == [*tasks, *given]
    assert on_page(client, "summary") == tasks


def on_page(client, name, *arguments):
    page = client.get(reverse(name, args=arguments)).text
    return [int(count) for count in re.findall(r'figure__count">(\d+)<', page)]


def test_the_summary_and_the_mail_say_them_too(report):
    tasks, given = report.figures["tasks"], report.figures["assignments"]
    with pdfplumber.open(opened(report, FileKind.SUMMARY)) as document:
        (page,) = document.pages
        rows = [[flat(cell or "") for cell in row] for row in page.extract_tables()[0]]
    for name, counted in (("Nhiệm vụ", tasks), ("Lượt giao", given)):
        (row,) = [row for row in rows if row[0] == name]
        assert row[1:6] == [number(counted[key]) for key in (*FOUR, "total")]
        assert row[6].startswith(percent(counted["done"], counted["total"]))
        assert row[7].startswith(percent(counted["done"], counted["already_due"]))
    mail = _counted(report.figures)
    assert f"Đã hoàn thành {number(tasks['done'])}/{number(tasks['total'])} nhiệm vụ" in mail
    assert f"quá hạn {number(tasks['open_overdue'])} nhiệm vụ, {number(given['open_overdue'])} lượt giao" in mail


def test_ten_years_later_the_same_content_gives_the_same_files(report, client):
    """The data have changed and the files are gone: they are made again from what was frozen."""
    before = {kind: files.current(report)[kind] for kind in FileKind}
    figures, shown = report.figures_sha256, report.content_sha256
    first = [[flat(cell) for cell in row] for row in in_pdf(report)]
    Assignment.objects.update(life="done", completed_on=date(2023, 11, 1))
    default_storage.delete(before[FileKind.PDF].path)
    files.give_up_if_lost(report, DAY)
    client.force_login(User.objects.get(username="thuongtruc"))
    client.post(reverse("report_retry", args=[report.pk]))
    render.render_report(report.pk)
    report.refresh_from_db()
    assert (report.is_ready, report.figures_sha256, report.content_sha256) == (True, figures, shown)
    assert [[flat(cell) for cell in row] for row in in_pdf(report)] == first

"""A report with a period says what was done within it, beside all that was done since the beginning."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from directives.models import (
    Assignment,
    Directive,
    FileKind,
    ProgressNote,
    Publication,
    Report,
    Review,
    Round,
    Scope,
)
from directives.models.move import Move, Why
from directives.reports import content, excel, files, render
from directives.reports.drafts import drafted
from directives.reports.paper import Heading, Paragraph, tables
from directives.reports.report_paper import content as content_of
from directives.reports.report_paper import paper_of
from directives.reports.summary import one_page

START, END = date(2023, 10, 15), date(2023, 11, 14)
BEFORE, AFTER = START - timedelta(days=1), END + timedelta(days=1)
LONG_AGO = date(2023, 4, 25)
OLD = json.loads((Path(__file__).parent / "records" / "version-2.json").read_text(encoding="utf-8"))


def report_of(directive=None, as_of=END, start=START, **more):
    """About the one directive, else about all that are followed; `start` None: without a period."""
    scope = Scope.DIRECTIVES if directive else Scope.ALL
    key = str(directive.pk) if directive else ""
    made = Report.objects.create(
        scope=scope, directives_key=key, as_of=as_of, made_on=as_of + timedelta(days=1), period_start=start, **more
    )
    made.directives.set([directive] if directive else [])
    return made


def within(directive, **more):
    """The counts that are not zero, of tasks and of assignments."""
    record = content.compose(report_of(directive, **more))
    return [
        {name: count for name, count in record["within"][what].items() if count} for what in ("tasks", "assignments")
    ]


def published(report, staff, **figures):
    report.figures = content.compose(report) | figures
    report.state = "ready"
    report.save()
    Publication.objects.create(
        report=report, record={"x": 1}, sha256="a" * 64, published_by=staff, published_on=report.as_of
    )
    return report


def shown_of(record):
    words = {place.value: text for place, text in drafted(record).items()}
    return content_of(record, words, is_draft=False)


@pytest.mark.parametrize("day", [START, END])
@pytest.mark.parametrize(
    ("due", "cell"), [(END, "done_on_time"), (BEFORE - timedelta(days=9), "done_late"), (None, "done_no_deadline")]
)
def test_what_was_finished_on_a_day_of_the_period_counts_in_its_cell(directive, make_assignment, day, due, cell):
    clock = "dated" if due else "undated"
    make_assignment(clock, deadline=due, life="done", submitted_on=day, completed_on=day)
    both = within(directive)
    assert both[0] == both[1]
    assert {name: both[0][name] for name in both[0] if "done" in name} == {cell: 1, "done": 1}


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_what_was_finished_before_or_after_it_does_not(directive, make_assignment, day):
    make_assignment(life="done", submitted_on=day, completed_on=day)
    assert within(directive, as_of=END) == [{}, {}]


def decided(row, liaison, staff, claimed, confirmed):
    note = ProgressNote.objects.create(
        assignment=row, said_on=claimed, author=liaison, result="x", claims_completion=True
    )
    return Review.objects.create(
        note=note, outcome="confirmed", decided_on=confirmed, decided_by=staff, completed_on=claimed
    )


def test_what_was_claimed_in_one_period_and_confirmed_in_the_next_counts_there_once(
    directive, make_assignment, liaison, staff
):
    row = make_assignment("dated", deadline=END, life="awaiting", submitted_on=END)
    assert within(directive) == [{"due": 1}, {"due": 1}]
    Assignment.objects.filter(pk=row.pk).update(life="done", completed_on=END)
    decided(row, liaison, staff, END, AFTER)
    later = {"as_of": AFTER + timedelta(days=30), "start": AFTER}
    assert within(directive) == [{"due": 1}, {"due": 1}]
    assert within(directive, **later) == [{"done_on_time": 1, "done": 1}] * 2


def test_a_task_whose_last_member_was_confirmed_in_the_next_period_counts_there_once(
    directive, make_assignment, other_agency, liaison, staff
):
    done = {"life": "done", "submitted_on": END, "completed_on": END}
    first = make_assignment(received_on=BEFORE, **done)
    last = Assignment.objects.create(task=first.task, agency=other_agency, received_on=BEFORE, **done)
    decided(first, liaison, staff, END, END)
    decided(last, liaison, staff, END, AFTER)
    done = {"done_no_deadline": 1, "done": 1}
    assert within(directive) == [{}, done]
    assert within(directive, as_of=AFTER + timedelta(days=30), start=AFTER) == [done, done]


@pytest.mark.parametrize(("made_on", "words"), [(END, "đến ngày 14/11/2023"), (AFTER, "đến hết ngày 14/11/2023")])
def test_a_period_whose_last_day_was_not_over_does_not_say_so(directive, make_assignment, made_on, words):
    make_assignment()
    report = report_of(directive)
    Report.objects.filter(pk=report.pk).update(made_on=made_on)
    report.refresh_from_db()
    assert f"từ ngày 15/10/2023 {words}" in drafted(content.compose(report))["within"]


@pytest.mark.parametrize(("day", "counted"), [(BEFORE, {}), (START, {"given": 1}), (END, {"given": 1}), (AFTER, {})])
def test_what_was_given_in_it(directive, make_assignment, day, counted):
    make_assignment(received_on=day)
    assert within(directive) == [counted, counted]


@pytest.mark.parametrize(("day", "counted"), [(BEFORE, {}), (START, {"due": 1}), (END, {"due": 1}), (AFTER, {})])
@pytest.mark.parametrize("life", ["in_progress", "awaiting", "done"])
def test_what_fell_due_in_it_whatever_became_of_it(directive, make_assignment, day, counted, life):
    done = {"submitted_on": LONG_AGO, "completed_on": LONG_AGO} if life != "in_progress" else {}
    make_assignment("dated", deadline=day, life=life, **done)
    assert within(directive) == [counted, counted]


@pytest.mark.parametrize(
    "state", [{"life": "suspended"}, {"life": "cancelled"}, {"closed_on": END - timedelta(days=1)}]
)
def test_what_was_put_aside_or_closed_before_did_not_fall_due(directive, make_assignment, state):
    make_assignment("dated", deadline=END, **state)
    assert within(directive) == [{}, {}]


def test_a_task_of_several_is_given_with_the_first_and_done_with_the_last(directive, make_assignment, other_agency):
    first = make_assignment(received_on=BEFORE, life="done", submitted_on=BEFORE, completed_on=BEFORE)
    last = Assignment.objects.create(
        task=first.task, agency=other_agency, received_on=START, life="done", submitted_on=START, completed_on=START
    )
    assert within(directive) == [{"done_no_deadline": 1, "done": 1}, {"given": 1, "done_no_deadline": 1, "done": 1}]
    Assignment.objects.filter(pk=last.pk).update(life="in_progress", completed_on=None)
    assert within(directive) == [{}, {"given": 1}]


def test_work_that_passed_to_a_successor_is_not_newly_given(directive, make_assignment, other_agency):
    old = make_assignment(received_on=LONG_AGO, life="transferred")
    new = Assignment.objects.create(task=old.task, agency=other_agency, received_on=START)
    Move.objects.create(old=old, new=new, why=Why.SUCCESSION, moved_on=START)
    assert within(directive) == [{}, {}]


def test_work_that_another_agency_took_over_is_new_to_it_and_no_new_task(directive, make_assignment, other_agency):
    old = make_assignment(received_on=LONG_AGO, life="transferred")
    new = Assignment.objects.create(task=old.task, agency=other_agency, received_on=START)
    Move.objects.create(old=old, new=new, why=Why.RELEASE, moved_on=START)
    assert within(directive) == [{}, {"given": 1}]


def test_the_period_of_a_round_ends_with_the_round_not_on_the_day_of_the_figures(november, directive, make_assignment):
    make_assignment(life="done", submitted_on=AFTER, completed_on=AFTER)
    report = report_of(directive, as_of=date(2023, 11, 23), round=november)
    record = content.compose(report)
    assert record["period"] == {"start": "2023-10-15", "end": "2023-11-14", "is_over": True, "name": ""}
    assert (record["assignments"]["done"], record["within"]["assignments"]["done"]) == (1, 0)
    assert "kỳ báo cáo từ ngày 15/10/2023 đến hết ngày 14/11/2023; số liệu lũy kế" in str(drafted(record))


@pytest.fixture
def record(directive, make_assignment):
    make_assignment("dated", 1, deadline=START, life="done", submitted_on=END, completed_on=END)
    make_assignment("undated", 2, life="done", submitted_on=BEFORE, completed_on=BEFORE)
    make_assignment("undated", 3, received_on=END)
    return content.compose(report_of(directive, period_name="tháng 11/2023"))


class TestWords:
    def test_the_draft_says_what_was_done_in_the_period_and_what_in_all(self, record):
        text = drafted(record)
        assert text["within"] == (
            "Trong kỳ, từ ngày 15/10/2023 đến hết ngày 14/11/2023: hoàn thành 1 nhiệm vụ (1 quá hạn), 1 lượt giao (1 "
            "quá hạn); mới giao 1 nhiệm vụ, 1 lượt giao; đến hạn 1 nhiệm vụ, 1 lượt giao."
        )
        assert "Lũy kế đến nay, đã hoàn thành 2 nhiệm vụ" in text["general"]
        assert text["subject"].endswith(", tháng 11/2023")

    def test_where_nothing_happened_it_says_so(self, directive, make_assignment):
        make_assignment()
        text = drafted(content.compose(report_of(directive)))
        assert text["within"].endswith(
            ": không có nhiệm vụ hoàn thành; không có nhiệm vụ mới giao; không có nhiệm vụ đến hạn."
        )
        assert text["subject"] == "Tiến độ thực hiện Thông báo số 86/TB-UBND ngày 24/4/2023"

    def test_table_workbook_and_summary_show_the_numbers_of_the_record(self, record):
        paper = paper_of(shown_of(record))
        named = {table.sheet: table for table in tables(paper)}
        rows = {row.cells[0]: row.cells[1:] for row in named["Trong kỳ"].rows}
        assert rows == {
            "Mới giao": (1, 1),
            "Đến hạn": (1, 1),
            "Hoàn thành đúng hạn": (0, 0),
            "Hoàn thành quá hạn": (1, 1),
            "Hoàn thành, không hạn": (0, 0),
            "Cộng hoàn thành": (1, 1),
        }
        assert named["Trong kỳ"].caption == "Bảng 3. Kết quả trong kỳ (từ ngày 15/10/2023 đến hết ngày 14/11/2023)"
        assert named["Kết quả chung"].caption == "Bảng 1. Kết quả chung (lũy kế)"
        sheet = openpyxl.load_workbook(io.BytesIO(excel.write(paper)))["Trong kỳ"]
        assert ("Hoàn thành quá hạn", 1, 1) in [tuple(cell.value for cell in row[:3]) for row in sheet.iter_rows()]
        summary = one_page(record)
        assert (summary.within, summary.of_what) == (drafted(record)["within"], "Số liệu lũy kế")

    def test_a_report_without_a_period_says_nothing_of_one(self, directive, make_assignment):
        make_assignment()
        record = content.compose(report_of(directive, start=None))
        paper, summary = paper_of(shown_of(record)), one_page(record)
        assert (record["period"], record["within"]) == (None, None)
        assert "within" not in drafted(record)
        assert "Trong kỳ" not in [table.sheet for table in tables(paper)]
        assert not [each for each in [*tables(paper)] if "lũy kế" in each.caption]
        assert (summary.within, summary.of_what) == ("", "Số liệu")


class TestComparison:
    def test_a_period_is_compared_with_the_one_before_it_not_with_what_lies_between(
        self, directive, make_assignment, staff
    ):
        make_assignment()
        last = {"as_of": BEFORE, "start": date(2023, 9, 15), "period_name": "tháng 10/2023"}
        published(report_of(directive, **last), staff)
        published(report_of(directive, as_of=date(2023, 11, 1), start=None), staff)
        record = content.compose(report_of(directive))
        assert record["change"]["as_of"] == "2023-10-14"
        assert "So với báo cáo tháng 10/2023, số liệu đến ngày 14/10/2023" in drafted(record)["change"]
        without = content.compose(report_of(directive, start=None))
        assert without["change"]["as_of"] == "2023-11-01"

    def test_what_was_done_in_the_period_stands_beside_what_was_done_in_the_one_before(
        self, directive, make_assignment, staff
    ):
        for number, day in enumerate((BEFORE, BEFORE, END), 1):
            make_assignment("undated", number, life="done", submitted_on=day, completed_on=day)
        last = {"as_of": BEFORE, "start": date(2023, 9, 15), "period_name": "tháng 10/2023"}
        published(report_of(directive, **last), staff)
        record = content.compose(report_of(directive))
        assert drafted(record)["within"].splitlines()[1] == (
            "So với kỳ trước (tháng 10/2023): số nhiệm vụ hoàn thành trong kỳ giảm 1 (từ 2 thành 1); số lượt giao hoàn "
            "thành giảm 1 (từ 2 thành 1)."
        )
        paper = paper_of(shown_of(record))
        table = next(each for each in tables(paper) if each.sheet == "Trong kỳ")
        assert [(each.over, each.title) for each in table.columns[1:]] == [
            ("Nhiệm vụ", "Kỳ này"), ("Nhiệm vụ", "Kỳ trước"), ("Lượt giao", "Kỳ này"), ("Lượt giao", "Kỳ trước"),
        ]  # fmt: skip
        assert table.rows[-1].cells == ("Cộng hoàn thành", 1, 2, 1, 2)

    @pytest.mark.parametrize(
        "last",
        [
            {"as_of": date(2023, 9, 14), "start": date(2023, 6, 15)},  # a quarter
            {"as_of": START, "start": date(2023, 9, 15)},  # its last day is this one's first
            {"as_of": date(2023, 9, 14), "start": date(2023, 8, 15)},  # a month lies between
            {"as_of": BEFORE, "start": None},
        ],
    )
    def test_what_is_no_period_before_or_of_another_length_is_not_put_beside_it(
        self, directive, make_assignment, staff, last
    ):
        make_assignment("undated", life="done", submitted_on=BEFORE, completed_on=BEFORE)
        published(report_of(directive, **last), staff)
        record = content.compose(report_of(directive))
        assert record["change"]["as_of"] == last["as_of"].isoformat()
        assert record["change"]["within"] is None
        assert "kỳ trước" not in drafted(record)["within"]

    def test_of_periods_that_ended_together_the_one_that_is_as_long(self, directive, make_assignment, staff):
        make_assignment()
        lengths = {"quý III/2023": date(2023, 6, 15), "tháng 9/2023": date(2023, 8, 15), "9 tháng": date(2022, 12, 15)}
        for name, start in lengths.items():
            published(report_of(directive, as_of=date(2023, 9, 14), start=start, period_name=name), staff)
        quarter = report_of(directive, as_of=date(2023, 12, 14), start=date(2023, 9, 15))
        month = report_of(directive, as_of=date(2023, 10, 14), start=date(2023, 9, 15))
        assert content.compose(quarter)["change"]["name"] == "quý III/2023"
        assert content.compose(month)["change"]["name"] == "tháng 9/2023"

    def test_the_report_of_a_round_finds_that_of_the_round_before_whose_figures_came_later(
        self, november, directive, make_assignment, staff
    ):
        make_assignment()
        published(report_of(directive, as_of=date(2023, 11, 23), round=november, period_name="tháng 11/2023"), staff)
        december = Round.objects.create(
            cadence="month",
            start=AFTER,
            end=date(2023, 12, 14),
            due_local=date(2023, 12, 15),
            due_agency=date(2023, 12, 18),
            due_standing=date(2023, 12, 25),
        )
        later = report_of(directive, as_of=date(2023, 12, 19), start=AFTER, round=december)
        assert content.compose(later)["change"]["name"] == "tháng 11/2023"

    def test_directives_that_left_and_came_are_named_where_sums_are_compared(self, directive, make_assignment, staff):
        make_assignment()
        published(report_of(as_of=BEFORE, start=None), staff)
        Directive.objects.filter(pk=directive.pk).update(closed_on=START, closed_by_instrument="BC 1")
        Directive.objects.create(
            number="12",
            symbol="KH-UBND",
            doc_type="Kế hoạch",
            issued_on=date(2023, 10, 20),
            title="về hợp tác xã",
            text="x",
            created_on=END,
            published_on=END,
        )
        record = content.compose(report_of(start=None))
        assert (record["change"]["left"], record["change"]["came"]) == (["86/TB-UBND"], ["12/KH-UBND"])
        assert drafted(record)["change"].endswith(
            "Số liệu hai thời điểm khác nhau về phạm vi: 1 văn bản không còn theo dõi (86/TB-UBND); 1 văn bản mới theo "
            "dõi (12/KH-UBND)."
        )
        assert "Đã thôi theo dõi 1, thêm mới 1 văn bản." in one_page(record).change
        said = [block.text for block in paper_of(shown_of(record)).blocks if isinstance(block, Paragraph)]
        assert any("không chỉ do kết quả thực hiện" in text for text in said)

    def test_where_the_directives_are_the_same_nothing_is_said_of_them(self, directive, make_assignment, staff):
        make_assignment()
        published(report_of(as_of=BEFORE, start=None), staff)
        record = content.compose(report_of(start=None))
        assert (record["change"]["left"], record["change"]["came"]) == ([], [])
        assert "phạm vi" not in drafted(record)["change"]


class TestEarlierVersion:
    def test_a_record_that_knew_of_no_period_gives_the_figures_that_it_froze(self):
        figures = OLD["figures"]
        assert figures["version"] == 2
        paper = paper_of(OLD)
        named = {table.sheet: table for table in tables(paper)}
        assert [row.cells[1:] for row in named["Kết quả chung"].rows][7] == (
            figures["tasks"]["total"],
            figures["assignments"]["total"],
        )
        assert named["So với báo cáo trước"].caption == "Bảng 3. So với báo cáo trước"
        assert "Trong kỳ" not in named
        assert "3. So với báo cáo trước" in [block.text for block in paper.blocks if isinstance(block, Heading)]
        assert one_page(figures).counted[0].total == figures["tasks"]["total"]
        assert one_page(figures).within == ""

    @pytest.mark.django_db(transaction=True)
    def test_its_files_are_made_again_when_they_are_lost(self, directive, staff):
        report = report_of(directive, figures=OLD["figures"])
        Publication.objects.create(
            report=report, record=OLD, sha256="a" * 64, published_by=staff, published_on=report.as_of
        )
        render.render_report(report.pk)
        report.refresh_from_db()
        assert report.is_ready, report.error
        assert report.content_sha256 == content.checksum(OLD)
        assert set(files.current(report)) == set(FileKind)

"""Asking for a report, and the worker that renders it: one at a time, never the wrong figures, never for ever."""

import io
import json
import tempfile
import threading
import uuid
from datetime import date, timedelta
from pathlib import Path

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from weasyprint.urls import FatalURLFetchingError

from agencies.errors import Refused
from directives.actions.notes import Said, report_progress
from directives.actions.reports import Wanted, request_report, retry_report
from directives.models import Assignment, FileKind, Report, ReportState, Scope
from directives.reports import content, files, lease, making, render
from directives.reports.child import CannotRender, Limits
from directives.reports.drafts import drafted
from directives.reports.report_paper import content as content_of
from directives.reports.typeset import NoFetching

DAY = date(2023, 11, 20)
DUE = date(2023, 10, 31)


def ask(directive, by, as_of=DAY, **more):
    return request_report(wanted=Wanted(Scope.DIRECTIVES, as_of, [directive]), by=by, day=DAY, **more)


@pytest.fixture
def asked(directive, staff, make_assignment):
    make_assignment("dated", deadline=DUE)
    return ask(directive, staff)


def made_pdf(record, **more):
    """The PDF of a gathered record, with the text that is drafted from it."""
    words = {place.value: text for place, text in drafted(record).items()}
    with tempfile.TemporaryDirectory() as folder:
        shown = content_of(record, words, is_draft=False)
        return making.make(shown, Path(folder), [FileKind.PDF], **more)[FileKind.PDF].read_bytes()


def run_out(report):
    Report.objects.filter(pk=report.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def words_of(report):
    with (
        default_storage.open(files.current(report)["pdf"].path) as file,
        pdfplumber.open(io.BytesIO(file.read())) as document,
    ):
        return " ".join("\n".join(page.extract_text() for page in document.pages).split())


def rendered(report):
    render.render_report(report.pk)
    report.refresh_from_db()
    return report


class TestAsking:
    def test_the_same_submission_gives_the_same_report(self, directive, leader):
        submission = uuid.uuid4()
        first, second, earlier = (
            ask(directive, leader, as_of, submission=submission) for as_of in (DAY, DAY, DAY - timedelta(days=1))
        )
        assert first == second
        assert (earlier.as_of, earlier.pk == first.pk) == (DAY - timedelta(days=1), False)

    def test_one_under_way_is_shared(self, asked, directive, leader):
        assert ask(directive, leader) == asked

    def test_another_day_or_a_finished_one_is_another_report(self, asked, directive, leader):
        other = ask(directive, leader, DAY - timedelta(days=1))
        Report.objects.filter(pk=asked.pk).update(state=ReportState.READY)
        again = ask(directive, leader)
        assert len({asked.pk, other.pk, again.pk}) == 3

    def test_a_liaison_may_not_ask(self, directive, liaison, make_assignment):
        make_assignment()
        with pytest.raises(Refused, match="Chỉ lãnh đạo"):
            ask(directive, liaison)

    @pytest.mark.parametrize("as_of", [DAY + timedelta(days=1), date(2023, 4, 23)])
    def test_the_day_lies_between_the_directive_and_today(self, directive, staff, as_of):
        with pytest.raises(Refused, match="Ngày chốt số liệu"):
            ask(directive, staff, as_of)

    def test_a_draft_has_nothing_to_report(self, directive, staff):
        directive.published_on = None
        directive.save()
        with pytest.raises(Refused, match="chưa công bố"):
            ask(directive, staff)

    def test_only_a_failed_report_is_tried_again(self, asked, staff):
        Report.objects.filter(pk=asked.pk).update(state=ReportState.READY)
        with pytest.raises(Refused, match="đã lập xong"):
            retry_report(report=asked, by=staff, day=DAY)


class TestLease:
    def test_two_workers_never_have_the_same(self, asked):
        assert lease.claim(asked.pk) == asked
        assert lease.claim(asked.pk) is None
        assert render.waiting_reports() == []

    def test_one_whose_worker_died_is_taken_over(self, asked):
        lease.claim(asked.pk)
        run_out(asked)
        assert render.waiting_reports() == [asked.pk]
        assert lease.claim(asked.pk).attempts == 2

    def test_the_one_who_comes_back_late_changes_nothing(self, asked):
        slow = lease.claim(asked.pk)
        run_out(asked)
        lease.claim(asked.pk)
        with pytest.raises(lease.Lost):
            lease.finish(slow, "a" * 64)
        asked.refresh_from_db()
        assert (asked.state, asked.content_sha256) == (ReportState.RENDERING, "")

    def test_telling_a_step_prolongs_the_lease(self, asked):
        mine = lease.claim(asked.pk)
        run_out(asked)
        lease.advance(mine, 40, "Đang dàn trang")
        assert render.waiting_reports() == []

    def test_after_three_dead_workers_it_is_parked_with_a_reason(self, asked, staff):
        for _ in range(3):
            assert lease.claim(asked.pk)
            run_out(asked)
        assert lease.claim(asked.pk) is None
        asked.refresh_from_db()
        assert asked.is_failed
        assert "3 lần" in asked.error
        assert retry_report(report=asked, by=staff, day=DAY).state == ReportState.WAITING
        assert lease.claim(asked.pk).attempts == 1


class TestRights:
    def test_somebody_who_was_closed_out_gets_no_report(self, asked, staff):
        staff.is_active = False
        staff.save()
        assert rendered(asked).is_failed
        assert "không còn được xem" in asked.error
        assert asked.figures is None

    def test_somebody_who_became_a_liaison_gets_no_report(self, asked, staff):
        staff.role = "liaison"
        staff.save()
        assert rendered(asked).is_failed


@pytest.mark.django_db(transaction=True)
class TestRendering:
    def test_a_report_is_rendered_and_the_connection_of_the_worker_lives_on(self, asked):
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            before = cursor.fetchone()
        assert rendered(asked).is_ready, asked.error
        assert (asked.progress, asked.error, asked.leased_until) == (100, "", None)
        assert asked.figures_sha256 == content.checksum(asked.figures)
        assert "Chưa hoàn thành, quá hạn 1 1" in words_of(asked)
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            assert cursor.fetchone() == before

    def test_figures_that_were_frozen_stay_whatever_happens_to_the_data(self, asked, staff, settings, tmp_path):
        good = settings.STORAGES
        (tmp_path / "file").touch()
        nowhere = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "file"}}
        settings.STORAGES = good | {"default": nowhere}
        assert rendered(asked).is_failed
        assert "ngoài dự kiến" in asked.error
        frozen = asked.figures_sha256
        Assignment.objects.update(life="done", completed_on=DUE)
        settings.STORAGES = good
        retry_report(report=asked, by=staff, day=DAY)
        assert rendered(asked).is_ready, asked.error
        assert asked.figures_sha256 == frozen
        assert "Chưa hoàn thành, quá hạn 1 1" in words_of(asked)

    def test_a_file_that_is_lost_is_made_again_from_the_frozen_figures(self, asked, staff):
        assert rendered(asked).is_ready, asked.error
        frozen = asked.figures_sha256
        default_storage.delete(files.current(asked)["pdf"].path)
        Assignment.objects.update(life="done", completed_on=DUE)
        files.give_up_if_lost(asked, DAY)
        retry_report(report=asked, by=staff, day=DAY)
        assert rendered(asked).is_ready, asked.error
        assert (asked.figures_sha256, content.checksum(asked.figures)) == (frozen, frozen)
        assert "Chưa hoàn thành, quá hạn 1 1" in words_of(asked)

    def test_while_one_worker_is_claiming_another_goes_away(self, asked):
        found = []

        def other_worker():
            found.append(lease.claim(asked.pk))
            connection.close()

        with transaction.atomic():
            assert lease.claim(asked.pk)
            thread = threading.Thread(target=other_worker)
            thread.start()
            thread.join(10)
        assert found == [None]

    def test_all_queries_of_one_report_see_one_moment(self, asked):
        with content.snapshot(), connection.cursor() as cursor:
            cursor.execute("show transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
            cursor.execute("show transaction_read_only")
            assert cursor.fetchone() == ("on",)

    def test_the_command_writes_the_file_and_the_figures(self, asked, tmp_path, settings, capsys):
        settings.TODAY = DAY
        call_command("make_report", directive=["86/TB-UBND"], as_of=DAY, out=tmp_path / "new")
        assert (tmp_path / "new" / "report.pdf").read_bytes().startswith(b"%PDF-")
        assert (tmp_path / "new" / "summary.pdf").read_bytes().startswith(b"%PDF-")
        assert all((tmp_path / "new" / name).read_bytes().startswith(b"PK") for name in ("report.docx", "report.xlsx"))
        figures = json.loads((tmp_path / "new" / "figures.json").read_text())
        assert content.checksum(figures) == Report.objects.get().figures_sha256

    def test_the_command_names_an_unknown_directive(self, tmp_path):
        with pytest.raises(CommandError, match="99/TB-UBND"):
            call_command("make_report", directive=["99/TB-UBND"], out=tmp_path)


EVIL = (
    '<script>x</script><link rel="attachment" href="file:///etc/passwd"><img src="file:///etc/passwd">'
    '<style>@page{size:20px}</style><table><td colspan="65534">'
)


def record_with(asked, liaison, said):
    report_progress(assignment=Assignment.objects.get(), said=Said(result=said, obstacle=said), by=liaison, day=DAY)
    return content.compose(asked)


class TestHostileNotes:
    def test_markup_is_printed_as_it_stands_and_nothing_is_fetched(self, asked, liaison):
        made = made_pdf(record_with(asked, liaison, EVIL))
        with pdfplumber.open(io.BytesIO(made)) as document:
            text = "".join("".join(page.extract_text().split()) for page in document.pages)
            assert "EmbeddedFiles" not in str(document.doc.catalog.get("Names"))
            assert {round(page.width) for page in document.pages} == {595, 842}
        assert '<imgsrc="file:///etc/passwd">' in text
        assert "root:" not in text

    def test_a_hundred_thousand_characters_are_cut_and_the_report_says_so(self, asked, liaison):
        record = record_with(asked, liaison, "dài " * 25_000)
        assert len(record["obstacles"][0]["obstacle"]) <= 601
        with pdfplumber.open(io.BytesIO(made_pdf(record))) as document:
            assert len(document.pages) < 6
            assert "toàn văn lưu trong Sổ theo dõi" in document.pages[-1].extract_text()

    def test_one_word_without_end_stays_inside_its_cell(self, asked, liaison):
        with pdfplumber.open(io.BytesIO(made_pdf(record_with(asked, liaison, "W" * 5_000)))) as document:
            assert all(char["x1"] <= page.width for page in document.pages for char in page.chars)

    def test_a_resource_that_is_asked_for_stops_the_report(self):
        for url in ("file:///etc/passwd", "https://127.0.0.1/", "data:text/plain,x"):
            with pytest.raises(FatalURLFetchingError):
                NoFetching().fetch(url)


def test_each_step_is_told(asked):
    told = []
    made_pdf(content.compose(asked), tell=lambda *step: told.append(step))
    steps = [step for _, step in told]
    assert (steps[0], "Đang dàn trang" in steps, steps[-1]) == ("Đang soạn văn bản", True, "Đang ghi tệp PDF")
    assert [percent for percent, _ in told] == sorted(percent for percent, _ in told)


class TestLimits:
    @pytest.fixture
    def long(self, asked, liaison):
        record = record_with(asked, liaison, "Đã làm. " * 60)
        return record | {"annex": record["annex"] * 1500}

    def test_the_clock_on_the_wall(self, long):
        with pytest.raises(CannotRender, match="quá thời gian"):
            made_pdf(long, limits=Limits(wall=1))

    def test_processor_time(self, long):
        with pytest.raises(CannotRender, match="quá thời gian"):
            made_pdf(long, limits=Limits(cpu=1))

    def test_memory(self, long):
        with pytest.raises(CannotRender, match="bộ nhớ|Không dàn"):
            made_pdf(long, limits=Limits(memory=200 * 1024**2))


def test_a_body_that_is_asked_is_never_among_the_late(month, asked, make_assignment, other_agency):
    courteous = make_assignment("dated", 2, agency=other_agency, deadline=DUE)
    courteous.task.addressee.is_asked = True
    courteous.task.addressee.save()
    record = content.compose(asked)
    assert [agency["name"] for agency in record["late"]] == ["Sở Kế hoạch và Đầu tư"]
    assert [agency["name"] for agency in record["unreported"]["asked"]] == ["Sở Tài chính"]
    assert record["agencies"][-1]["asked"]
    lines = [line for part in record["annex"] for task in part["tasks"] for line in task["assignments"]]
    assert [line["status"] for line in lines] == ["Chưa hoàn thành, quá hạn 20 ngày", "Đề nghị quan tâm thực hiện"]


def test_a_slow_reviewer_makes_nobody_later(asked):
    Assignment.objects.update(life="awaiting", submitted_on=date(2023, 11, 2))
    assert content.compose(asked)["late"][0]["rows"][0]["days"] == 2


def test_gathering_takes_as_many_queries_for_many_rows_as_for_one(
    asked, make_assignment, liaison, django_assert_num_queries
):
    asked = Report.objects.select_related("agency", "made_by").get(pk=asked.pk)

    def hinder(row):
        report_progress(assignment=row, said=Said(result="Đang làm", obstacle="Thiếu vốn"), by=liaison, day=DAY)

    hinder(Assignment.objects.get())
    with CaptureQueriesContext(connection) as few:
        content.compose(asked)
    for position in range(2, 20):
        hinder(make_assignment("dated", position, deadline=DAY + timedelta(days=5)))
    with django_assert_num_queries(len(few)):
        content.compose(asked)

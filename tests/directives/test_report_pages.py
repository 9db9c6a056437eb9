"""Pages of reports: for overseers only, without JavaScript too, at a constant number of queries."""

import uuid
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.actions import shelf
from directives.actions.reports import Wanted, request_report
from directives.figures import Figures
from directives.models import (
    Directive,
    Download,
    FileKind,
    Report,
    ReportFile,
    ReportState,
    Scope,
    SignedCopy,
    Upload,
)
from directives.reports.content import numbers
from tests.directives.published import ready_report
from tests.directives.test_shelf import pdf

DAY = date(2023, 11, 20)
SHA = "a" * 64
FROZEN = {"tasks": numbers(Figures(open_in_time=3)), "assignments": numbers(Figures(open_in_time=5))}


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture
def report(directive, staff, make_assignment):
    make_assignment()
    return request_report(wanted=Wanted(Scope.DIRECTIVES, DAY, [directive]), by=staff, day=DAY)


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def address(name, report):
    return reverse(name, args=[report.pk, "pdf"] if name == "report_file" else [report.pk])


def become(report, **values):
    Report.objects.filter(pk=report.pk).update(**values)


@pytest.fixture
def ready(report):
    name = default_storage.save("reports/test.pdf", ContentFile(b"%PDF-1.7 test"))
    become(report, state=ReportState.READY, content_sha256=SHA, figures=FROZEN, figures_sha256=SHA)
    ReportFile.objects.create(report=report, kind=FileKind.PDF, path=name, size=13, sha256=SHA, content_sha256=SHA)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize("name", ["report_detail", "report_progress", "report_file"])
def test_a_liaison_finds_no_report(client, liaison, ready, name):
    client.force_login(liaison)
    assert client.get(address(name, ready)).status_code == 404


@pytest.mark.parametrize("name", ["report_list", "report_create"])
def test_a_liaison_finds_no_page_of_reports(client, liaison, name):
    client.force_login(liaison)
    assert client.get(reverse(name)).status_code == 404


def test_a_liaison_cannot_try_again(client, liaison, report):
    become(report, state=ReportState.FAILED)
    client.force_login(liaison)
    assert client.post(address("report_retry", report)).status_code == 404
    report.refresh_from_db()
    assert report.is_failed


@pytest.mark.parametrize("name", ["report_detail", "report_progress", "report_file"])
def test_a_leader_sees_them(client, leader, ready, name):
    client.force_login(leader)
    assert client.get(address(name, ready)).status_code in (200, 286)


def test_asking_leads_to_the_page_that_waits(as_staff, directive, make_assignment, django_capture_on_commit_callbacks):
    make_assignment()
    form = {"scope": "directives", "directives": [directive.pk], "as_of": "20/11/2023", "submission": str(uuid.uuid4())}
    with django_capture_on_commit_callbacks() as rung:
        answer = as_staff.post(reverse("report_create"), form)
    report = Report.objects.get()
    assert (answer.status_code, answer.url) == (302, address("report_detail", report))
    assert (report.as_of, report.state) == (DAY, ReportState.WAITING)
    assert len(rung) == 1


def test_a_day_after_today_is_refused_and_stays_typed(as_staff, directive, make_assignment):
    make_assignment()
    form = {"scope": "directives", "directives": [directive.pk], "as_of": "21/11/2023", "submission": str(uuid.uuid4())}
    answer = as_staff.post(reverse("report_create"), form)
    assert answer.status_code == 422
    assert "Ngày chốt số liệu không thể sau hôm nay" in answer.text
    assert 'value="21/11/2023"' in answer.text


def test_the_form_begins_with_today(as_staff, directive):
    assert 'value="20/11/2023"' in as_staff.get(reverse("report_create")).text


def test_while_it_waits_the_page_asks_every_second_and_has_a_link(as_staff, report):
    page = as_staff.get(address("report_detail", report)).text
    assert 'hx-trigger="every 1s"' in page
    assert f'href="{address("report_detail", report)}"' in page


def test_once_done_it_stops_asking_and_the_page_with_the_files_comes(as_staff, ready):
    answer = as_staff.get(address("report_progress", ready))
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (286, "true")
    page = as_staff.get(address("report_detail", ready)).text
    assert "hx-trigger" not in page
    assert address("report_file", ready) in page


def test_who_fetched_a_file_is_kept(as_staff, staff, ready):
    as_staff.get(address("report_file", ready))
    assert [(each.by, each.on, each.file.kind) for each in Download.objects.all()] == [(staff, DAY, "pdf")]
    assert "Đã tải 1 lần" in as_staff.get(address("report_detail", ready)).text
    assert 'data-label="Lượt tải" class="number">1<' in as_staff.get(reverse("report_list")).text


def test_the_file_has_a_vietnamese_name_and_opens_in_the_browser(as_staff, ready):
    answer = as_staff.get(address("report_file", ready))
    named = answer["Content-Disposition"]
    assert named.startswith("inline")
    assert "Báo cáo 86-TB-UBND đến 20-11-2023.pdf" in unquote(named)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert "no-store" in answer["Cache-Control"]


def test_there_is_no_file_before_it_is_done(as_staff, report):
    assert as_staff.get(address("report_file", report)).status_code == 404


def test_a_failed_one_says_why_and_can_be_tried_again(as_staff, report):
    become(report, state=ReportState.FAILED, error="Dàn trang báo cáo quá thời gian cho phép nên đã dừng.")
    assert "quá thời gian cho phép" in as_staff.get(address("report_detail", report)).text
    as_staff.post(address("report_retry", report))
    report.refresh_from_db()
    assert report.state == ReportState.WAITING


def test_a_lost_file_is_told_and_can_be_made_again(as_staff, ready, django_capture_on_commit_callbacks):
    default_storage.delete(ReportFile.objects.get().path)
    assert as_staff.get(address("report_file", ready)).url == address("report_detail", ready)
    page = as_staff.get(address("report_detail", ready)).text
    assert "Tệp của báo cáo không còn trên máy chủ" in page
    assert "Lập lại tệp" in page
    with django_capture_on_commit_callbacks() as rung:
        as_staff.post(address("report_retry", ready))
    ready.refresh_from_db()
    assert (ready.state, ready.figures, len(rung)) == (ReportState.WAITING, FROZEN, 1)


def test_a_report_with_its_file_is_not_made_again(as_staff, ready):
    answer = as_staff.post(address("report_retry", ready), follow=True)
    assert "Báo cáo đã lập xong nên không lập lại" in answer.text
    ready.refresh_from_db()
    assert ready.is_ready


def test_what_only_a_technician_reads_is_folded_away(as_staff, ready):
    page = as_staff.get(address("report_detail", ready)).text
    folded = page[page.index('<details class="disclosure">') :]
    assert "Chi tiết kỹ thuật" in folded
    assert "a" * 64 in folded
    assert "Tình trạng</dt>" not in page


def test_one_that_is_not_done_says_how_it_stands(as_staff, report):
    assert "Tình trạng</dt>" in as_staff.get(address("report_detail", report)).text


def test_an_empty_list_says_what_to_do(as_staff):
    page = as_staff.get(reverse("report_list")).text
    assert "Chưa có báo cáo nào" in page
    assert reverse("report_create") in page


def test_the_list_takes_as_many_queries_at_three_hundred_rows_as_at_three(as_staff, directive, staff):
    def fill(count):
        Report.objects.bulk_create(
            Report(as_of=DAY, made_on=DAY, made_by=staff, figures={"x": "y" * 1000}) for _ in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            assert as_staff.get(reverse("report_list")).status_code == 200
        return len(queries), " ".join(query["sql"] for query in queries)

    few, _ = fill(3)
    many, sql = fill(297)
    assert few == many
    assert '"figures"' not in sql


class TestWhatAnotherReportHas:
    """Words, files, downloads and signed copies are reached through a report that one sees, and through no other."""

    @pytest.fixture
    def hidden(self, staff):
        """About a directive that is not published, which leaders do not see; of it there is one of everything."""
        old = {"created_on": DAY, "issued_on": DAY, "title": "x", "text": "x", "doc_type": "Thông báo"}
        report = ready_report(Directive.objects.create(number="99", symbol="TB", **old), staff, DAY, figures=FROZEN)
        Download.objects.create(file=report.files.get(), by=staff, on=DAY)
        upload = Upload.objects.create(
            name="ky.pdf", sha256=shelf.keep(pdf()), size=1, content_type="application/pdf", uploaded_by=staff
        )
        given = {"number": "05", "symbol": "BC", "signed_on": DAY, "kept_on": DAY, "kept_by": staff}
        SignedCopy.objects.create(report=report, upload=upload, **given)
        return report

    @pytest.fixture
    def shown(self, directive, staff):
        return ready_report(directive, staff, DAY, is_published=False, figures=FROZEN)

    def addresses(self, report, copy):
        one = [("report_file", "pdf"), ("signed_copy", copy.pk)]
        several = ("report_detail", "report_progress", "report_text", "report_publish", "report_retry")
        return [reverse(name, args=[report.pk, key]) for name, key in one] + [
            reverse(name, args=[report.pk]) for name in (*several, "signed_copy_create")
        ]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_behind_a_report_that_one_does_not_see_there_is_nothing(self, client, leader, hidden, method):
        client.force_login(leader)
        addresses = self.addresses(hidden, hidden.signed_copies.get())
        statuses = {getattr(client, method)(each).status_code for each in addresses}
        assert statuses <= {404, 405} and 404 in statuses
        assert Download.objects.count() == 1

    def test_who_sees_it_finds_all_of_it(self, as_staff, hidden):
        """So the nothing above is not for want of anything."""
        addresses = self.addresses(hidden, hidden.signed_copies.get())[:3]
        assert [as_staff.get(each).status_code for each in addresses] == [200, 200, 200]

    def test_a_page_shows_files_words_and_downloads_of_its_own_only(self, as_staff, hidden, shown):
        default_storage.delete(shown.files.get().path)
        assert as_staff.get(address("report_file", shown)).url == address("report_detail", shown)
        become(shown, state=ReportState.FAILED, content_sha256="")
        assert as_staff.get(address("report_file", shown)).status_code == 404
        page = as_staff.get(address("report_detail", shown)).text
        assert "Đã tải" not in page
        assert address("report_file", hidden) not in page

    def test_words_sent_to_one_report_change_no_other(self, as_staff, hidden, shown, directive, staff):
        other = ready_report(directive, staff, DAY, is_published=False)
        as_staff.post(address("report_text", shown), {"opening": "Mới.", "v-opening": 0})
        assert [each.passages.get().words for each in (shown, other, hidden)] == ["Mới.", "Mở đầu.", "Mở đầu."]

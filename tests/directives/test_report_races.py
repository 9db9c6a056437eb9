"""A report is edited while it goes out, and its files fail after it went out: nothing is lost, nothing is silent."""

import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse

from agencies.errors import Refused
from directives.actions.report_text import Edit, publish_report, save_text
from directives.figures import Figures
from directives.models import Download, Passage, Publication, Report, ReportFile, ReportState
from directives.reports import content, files, making, render
from directives.reports.child import CannotRender
from directives.reports.content import numbers
from tests.directives.published import SUM, ready_report
from tests.races import each_at_once, kinds

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "Chữ của người sửa."
COUNTED = {kind: numbers(Figures(open_in_time=3)) for kind in ("tasks", "assignments")}
FIGURES = COUNTED | {"version": content.VERSION}


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def draft(directive, staff, day):
    return ready_report(directive, staff, day, is_published=False, figures=FIGURES)


def write(row, number, issued_on, day):
    record = {"words": row.passages.get().words}
    return record, content.checksum(record)


def publish(report, by, day, write=write):
    given = {"number": "", "issued_on": None, "seen": SUM}
    return publish_report(report=report, by=by, day=day, write=write, **given)


def save(report, by, day):
    return save_text(report=report, edits={"opening": Edit(NEW, 0)}, by=by, day=day)


def meanwhile(act):
    """Begins `act` in a thread and comes back once it waits for a lock; gives how to have what it gave or raised."""
    found = []

    def run():
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    for _ in range(200):
        if found or somebody_waits():
            break
        time.sleep(0.02)
    assert not found, "it did not wait"
    return lambda: (thread.join(), found[0])[1]


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


class TestEditedWhileItGoesOut:
    def test_whoever_saves_a_moment_later_is_told_that_it_went_out(self, draft, staff, leader, day):
        later = []

        def slowly(row, *given):
            later.append(meanwhile(lambda: save(draft, staff, day)))
            return write(row, *given)

        made = publish(draft, staff, day, slowly)
        refused = later[0]()
        assert isinstance(refused, Refused), refused
        assert "đã phát hành nên không sửa được nữa" in str(refused)
        assert made.record == {"words": "Mở đầu."} == {"words": Passage.objects.get().words}

    def test_whoever_publishes_a_moment_later_has_to_look_at_the_new_words(self, draft, staff, day):
        with transaction.atomic():
            save(draft, staff, day)
            later = meanwhile(lambda: publish(draft, staff, day))
        refused = later()
        assert isinstance(refused, Refused), refused
        assert "xem lại rồi phát hành" in str(refused)
        assert (Passage.objects.get().words, Publication.objects.count()) == (NEW, 0)

    def test_at_once_one_of_both_is_done_and_the_other_is_told(self, directive, staff, day):
        for _ in range(5):
            report = ready_report(directive, staff, day, is_published=False)
            done = each_at_once(lambda: publish(report, staff, day), lambda: save(report, staff, day))  # noqa: B023
            words = report.passages.get().words
            published = Publication.objects.filter(report=report).first()
            assert kinds(done) == ["Publication", "Refused"] if published else ["Refused", "list"], done
            assert words == (published.record["words"] if published else NEW)


class TestItsFilesFailAfterItWentOut:
    """Published with a PDF and a Word file, of which the PDF is lost and cannot be made."""

    @pytest.fixture
    def report(self, draft, staff, day):
        made = publish(draft, staff, day)
        for kind in ("pdf", "docx"):
            self.draw(draft, kind, made.sha256)
        Report.objects.filter(pk=draft.pk).update(state=ReportState.READY)
        return Report.objects.get(pk=draft.pk)

    @pytest.fixture
    def failed(self, report, signed_in, monkeypatch):
        default_storage.delete(files.current(report)["pdf"].path)
        monkeypatch.setattr(making, "make", self.cannot)
        signed_in("staff").post(reverse("report_retry", args=[report.pk]))
        render.render_report(report.pk)
        return Report.objects.get(pk=report.pk)

    def draw(self, report, kind, sha256):
        name = default_storage.save(f"reports/x.{kind}", ContentFile(kind.encode()))
        return ReportFile.objects.create(report=report, kind=kind, path=name, size=4, sha256=SUM, content_sha256=sha256)

    def cannot(self, *_, **__):
        raise CannotRender("Dàn trang quá thời gian.")

    def test_it_says_why_and_what_went_out_is_as_it_was(self, failed, report, signed_in):
        page = signed_in("staff").get(reverse("report_detail", args=[failed.pk])).text
        assert failed.is_failed
        assert "Dàn trang quá thời gian." in page
        assert (failed.publication.record, failed.content_sha256) == (
            report.publication.record,
            report.publication.sha256,
        )

    def test_the_other_file_of_the_same_content_can_still_be_had(self, failed, signed_in):
        client = signed_in("staff")
        page = client.get(reverse("report_detail", args=[failed.pk])).text
        assert reverse("report_file", args=[failed.pk, "docx"]) in page
        assert reverse("report_file", args=[failed.pk, "pdf"]) not in page
        answer = client.get(reverse("report_file", args=[failed.pk, "docx"]))
        assert b"".join(answer.streaming_content) == b"docx"
        assert [each.file.kind for each in Download.objects.all()] == ["docx"]
        assert client.get(reverse("report_file", args=[failed.pk, "pdf"])).url == reverse(
            "report_detail", args=[failed.pk]
        )

    def test_tried_again_it_has_all_its_files_of_that_content(self, failed, signed_in, monkeypatch):
        def make(shown, folder, wanted, **_):
            assert shown == failed.publication.record
            made = {kind: folder / kind.value for kind in wanted}
            for kind, path in made.items():
                path.write_bytes(kind.value.encode())
            return made

        monkeypatch.setattr(making, "make", make)
        signed_in("staff").post(reverse("report_retry", args=[failed.pk]))
        render.render_report(failed.pk)
        again = Report.objects.get(pk=failed.pk)
        assert (again.is_ready, again.error) == (True, "")
        assert len(files.current(again)) == len(render.KINDS)

    def test_files_of_other_words_cannot_be_had(self, directive, staff, day, signed_in, monkeypatch):
        """A draft that was edited, and whose new files could not be made."""
        draft = ready_report(directive, staff, day, is_published=False, figures=FIGURES)
        save(draft, staff, day)
        monkeypatch.setattr(making, "make", self.cannot)
        monkeypatch.setattr(render, "content_of", lambda *_, **__: {"x": 1})
        render.render_report(draft.pk)
        client = signed_in("staff")
        assert Report.objects.get(pk=draft.pk).is_failed
        assert client.get(reverse("report_file", args=[draft.pk, "pdf"])).status_code == 404
        assert (
            reverse("report_file", args=[draft.pk, "pdf"])
            not in client.get(reverse("report_detail", args=[draft.pk])).text
        )

"""What lies on the disk and nobody needs goes at night; what is shown, went out or was fetched stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directives import jobs
from directives.actions import shelf, tidying
from directives.actions.archives import request_archive
from directives.actions.uploads import store
from directives.archive import make
from directives.models import (
    Archive,
    ArchiveDownload,
    ArchiveState,
    Directive,
    Download,
    Publication,
    Report,
    ReportFile,
    ReportState,
    SignedCopy,
)
from directives.reports import files
from tests.directives.published import SUM, ready_report
from tests.directives.test_shelf import pdf

OLD = "o" * 64


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def night(monkeypatch):
    """Runs the job; `days` from now."""

    def night(days=2):
        at = timezone.now() + timedelta(days=days)
        with monkeypatch.context() as patched:
            patched.setattr("django.utils.timezone.now", lambda: at)
            jobs.sweep_files()

    return night


def on_disk(folder):
    root = Path(default_storage.path(""))
    return {each.relative_to(root).as_posix() for each in Path(default_storage.path(folder)).rglob("*")}


class TestFilesOfReports:
    @pytest.fixture
    def report(self, directive, staff, day):
        return ready_report(directive, staff, day, is_published=False)

    @pytest.fixture
    def earlier(self, directive, staff, day):
        """A draft of other words, then the one that took its place; gives the file of the first."""

        def earlier(kind="pdf", **more):
            report = ready_report(directive, staff, day, **({"is_published": False} | more))
            first = report.files.get()
            Report.objects.filter(pk=report.pk).update(content_sha256=OLD)
            self.draw(report, kind, OLD)
            return first

        return earlier

    def draw(self, report, kind="pdf", content=SUM):
        name = default_storage.save(f"reports/2023/{report.pk}.{kind}", ContentFile(b"%PDF"))
        return ReportFile.objects.create(
            report=report, kind=kind, path=name, size=4, sha256=SUM, content_sha256=content
        )

    def test_a_drawing_of_earlier_words_goes_and_its_row_stays(self, earlier, night):
        first = earlier()
        night()
        assert on_disk("reports") == {"reports/2023", ReportFile.objects.get(content_sha256=OLD).path}
        assert ReportFile.objects.filter(pk=first.pk).exists()

    def test_of_two_drawings_of_the_same_words_the_newer_stays(self, report, night):
        first, second = report.files.get(), self.draw(report)
        night()
        assert (default_storage.exists(first.path), default_storage.exists(second.path)) == (False, True)

    def test_twice_is_harmless(self, earlier, night):
        earlier()
        night()
        before = on_disk("reports")
        night()
        assert on_disk("reports") == before

    def test_whatever_was_drawn_today_stays_until_tomorrow(self, earlier, night):
        """Who looks at the page of a moment ago still finds its file."""
        first = earlier()
        night(days=0.9)
        assert default_storage.exists(first.path)

    def test_a_kind_that_has_no_new_drawing_yet_keeps_the_old(self, earlier, night):
        first = earlier(kind="docx")
        night()
        assert default_storage.exists(first.path)

    @pytest.mark.parametrize("state", sorted(set(ReportState.values) - {"ready"}))
    def test_while_a_report_is_not_ready_nothing_of_it_goes(self, earlier, night, state):
        first = earlier()
        Report.objects.update(state=state)
        night()
        assert default_storage.exists(first.path)

    def test_what_somebody_fetched_stays_so_that_it_can_be_shown_what_it_was(self, earlier, staff, day, night):
        first = earlier()
        Download.objects.create(file=first, by=staff, on=day)
        night()
        assert default_storage.exists(first.path)

    def test_no_drawing_of_what_went_out_goes(self, report, staff, day, night):
        draft = report.files.get()
        Publication.objects.create(report=report, record={"x": 1}, sha256=OLD, published_by=staff, published_on=day)
        Report.objects.update(content_sha256=OLD)
        official = [self.draw(report, content=OLD), self.draw(report, content=OLD)]
        night()
        assert [default_storage.exists(each.path) for each in (draft, *official)] == [False, True, True]

    def test_a_signed_copy_stays(self, directive, staff, day, night):
        report = ready_report(directive, staff, day)
        upload = store(SimpleUploadedFile("ky.pdf", pdf(3)), by=staff, day=day)
        given = {"number": "05", "symbol": "BC", "signed_on": day, "kept_on": day, "kept_by": staff}
        SignedCopy.objects.create(report=report, upload=upload, **given)
        night()
        assert default_storage.exists(shelf.path_of(upload.sha256))
        assert default_storage.exists(report.files.get().path)

    def test_what_a_crash_left_without_a_row_goes_a_day_later(self, report, night):
        """Not before: a worker writes the file first and its row a moment later."""
        left = default_storage.save(f"reports/2023/{report.pk}-x.pdf", ContentFile(b"%PDF"))
        night(days=0.9)
        assert default_storage.exists(left)
        night(days=1.1)
        assert not default_storage.exists(left)
        assert default_storage.exists(report.files.get().path)

    def test_one_night_takes_only_so_many_and_the_next_goes_on(self, report, night, monkeypatch):
        monkeypatch.setattr(tidying, "CHUNK", 1)
        monkeypatch.setattr(tidying, "MOST", 3)
        for number in range(7):
            default_storage.save(f"reports/2023/{report.pk}-{number}.pdf", ContentFile(b"%PDF"))
        left = []
        for _ in range(3):
            night()
            left.append(len(on_disk("reports/2023")))
        assert left == [4, 1, 0]
        assert default_storage.exists(report.files.get().path)

    def test_many_files_are_asked_for_together(self, report, night, django_assert_num_queries):
        for _ in range(20):
            self.draw(report)
        with django_assert_num_queries(2):
            files.sweep(timezone.now() + timedelta(days=2))
        assert len(on_disk("reports/2023")) == 1

    def test_beside_an_older_database_what_is_newer_than_it_stays(self, report, night):
        """Last week's was restored, and the right one comes tomorrow; names that are not ours are nobody's to delete."""
        newer = default_storage.save(f"reports/2023/{report.pk + 1}-x.pdf", ContentFile(b"%PDF"))
        other = default_storage.save("reports/2023/ghi-chu.txt", ContentFile(b"x"))
        night()
        assert default_storage.exists(newer) and default_storage.exists(other)

    def test_one_that_cannot_be_deleted_does_not_keep_the_others(self, report, night, monkeypatch):
        names = [default_storage.save(f"reports/2023/{report.pk}-{n}.pdf", ContentFile(b"x")) for n in range(3)]
        delete = FileSystemStorage.delete

        def refuse_one(storage, name):
            if name == names[1]:
                raise PermissionError(name)
            delete(storage, name)

        monkeypatch.setattr(FileSystemStorage, "delete", refuse_one)
        night()
        assert [default_storage.exists(name) for name in names] == [False, True, False]

    def test_beside_an_empty_database_nothing_goes(self, db, night):
        """Somebody named the wrong one, or has not restored it yet."""
        kept = [default_storage.save(name, ContentFile(b"x")) for name in ("reports/2023/1-x.pdf", "archives/1-1.zip")]
        night()
        assert all(map(default_storage.exists, kept))

    def test_without_a_folder_there_is_nothing_to_do(self, report, night):
        default_storage.delete(report.files.get().path)
        default_storage.delete("reports")
        night()


@pytest.mark.django_db(transaction=True)
class TestExports:
    @pytest.fixture
    def archive(self, directive, leader, make_assignment, day):
        make_assignment("dated", deadline=day)
        Directive.objects.filter(pk=directive.pk).update(closed_on=day, closed_by_instrument="BC 12")
        directive.refresh_from_db()
        archive = request_archive(directive=directive, by=leader, day=day)
        make.make_archive(archive.pk)
        return Archive.objects.get()

    def pages(self, archive):
        listed, file = [archive.directive_id], [archive.directive_id, archive.pk]
        return reverse("archive_list", args=listed), reverse("archive_file", args=file)

    def test_an_old_one_is_tidied_away_and_the_page_says_so_and_offers_another(
        self, archive, signed_in, night, leader, day
    ):
        client, (listed, file) = signed_in("staff"), self.pages(archive)
        ArchiveDownload.objects.create(archive=archive, by=leader, on=day)
        assert "đã được dọn" not in client.get(listed).text
        night(days=31)
        now = Archive.objects.get()
        assert (now.state, now.sha256, on_disk("archives")) == (ArchiveState.TIDIED, archive.sha256, set())
        page = client.get(listed).text
        for words in ("đã được dọn khỏi máy chủ", "Đã tải 1 lần", archive.sha256, "Xuất hồ sơ</button>"):
            assert words in page
        assert file not in page
        assert "Xin xuất lại hồ sơ" in client.get(file, follow=True).text
        again = request_archive(directive=archive.directive, by=leader, day=day)
        assert again != archive and again.is_unfinished

    def test_a_newer_one_stays(self, archive, night):
        night(days=29)
        assert Archive.objects.get().is_ready
        assert on_disk("archives") == {archive.file}

    @pytest.mark.parametrize(("kept", "is_there"), [(3, False), (0, True)])
    def test_the_office_says_for_how_long(self, archive, night, settings, kept, is_there):
        settings.ARCHIVES_KEPT_DAYS = kept
        night(days=4)
        assert default_storage.exists(archive.file) is is_there

    def test_one_that_could_not_be_made_again_stays(self, archive, night):
        """Its directive is followed again."""
        Directive.objects.update(closed_on=None)
        night(days=31)
        assert default_storage.exists(archive.file)

    def test_nor_does_one_of_an_earlier_closing_go(self, archive, night, day):
        """What is made now shows the directive as it was closed the second time."""
        Directive.objects.update(closed_on=day + timedelta(days=1))
        night(days=31)
        assert default_storage.exists(archive.file)

    def test_twice_is_harmless_and_a_tidying_that_was_cut_short_is_finished(self, archive, night):
        Archive.objects.update(state=ArchiveState.TIDIED)
        night()
        night()
        assert on_disk("archives") == set()

    def test_what_dead_workers_left_goes_a_day_later(self, archive, night):
        """A ZIP that nobody names, a half one, and the folder of a workbook."""
        places = {f"archives/{archive.pk}-{name}" for name in ("9.zip", "9.part", "x.part/so.xlsx")}
        for each in places:
            default_storage.save(each, ContentFile(b"half"))
        folder = {f"archives/{archive.pk}-x.part"}
        night(days=0.9)
        assert on_disk("archives") == {archive.file} | places | folder
        night(days=1.1)
        assert on_disk("archives") == {archive.file}

    def test_whoever_is_just_writing_is_left_alone(self, archive, directive, leader, day, night, monkeypatch):
        """The sweep runs in the middle of an export, once before its ZIP has its row."""
        finish = make.LEASE.finish
        swept = []

        def sweep_first(row, **made):
            jobs.sweep_files()
            swept.append(on_disk("archives"))
            finish(row, **made)

        monkeypatch.setattr(make, "LEASE", _Watched(sweep_first))
        again = request_archive(directive=directive, by=leader, day=day)
        make.make_archive(again.pk)
        again.refresh_from_db()
        assert again.is_ready
        assert swept == [{archive.file, again.file}] and default_storage.exists(again.file)


class _Watched:
    """A lease whose end is watched."""

    def __init__(self, finish):
        self.lease, self.finish = make.LEASE, finish

    def __getattr__(self, name):
        return getattr(self.lease, name)

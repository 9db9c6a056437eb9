"""The whole file of a closed directive as one ZIP: what is in it, for whom, and what happens when things go wrong."""

import hashlib
import io
import json
import os
import re
import threading
import time
import tracemalloc
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agencies.errors import Refused
from agencies.people import deactivate
from directives import jobs
from directives.actions import shelf
from directives.actions.archives import request_archive
from directives.actions.instructions import give_instruction
from directives.actions.leases import MAX_ATTEMPTS, Lost
from directives.actions.life import suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.uploads import store
from directives.archive import make, names, papers
from directives.archive.package import Package
from directives.archive.tables import TABLES
from directives.models import (
    Archive,
    ArchiveDownload,
    Assignment,
    CitedDocument,
    Closing,
    Coordinator,
    CoordinatorMember,
    Directive,
    Download,
    Evidence,
    Extension,
    ExtensionDecision,
    LetterTask,
    Move,
    Part,
    ProgressNote,
    Publication,
    Release,
    ReleaseDecision,
    Reminder,
    Review,
    SignedCopy,
    Upload,
    UrgingLetter,
)
from tests.directives.published import ready_report
from tests.directives.test_shelf import pdf
from tests.directives.urging_cast import call

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Báo cáo kết quả rà soát chính sách HTX: lần 2?.pdf"


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def carried(make_assignment, day):
    return make_assignment("dated", deadline=day + timedelta(days=9))


@pytest.fixture
def told(carried, liaison, staff, leader, agency, day):
    """Work on which something was said, shown, answered and decided."""
    upload = store(SimpleUploadedFile(NAME, pdf()), by=liaison, agency=agency, day=day)
    said = Said(result="=Đã rà soát", obstacle="thiếu vốn", documents=[Cited("9/BC-SKHĐT", day)], uploads=[upload])
    note = report_progress(assignment=carried, said=said, by=liaison, day=day)
    give_instruction(assignment=carried, text="Làm nhanh hơn", by=leader, day=day, note=note)
    call(agency, staff, day, assignments=[carried.pk], said="Nhắc qua điện thoại")
    suspend(assignment=carried, reason="chờ kinh phí", by=staff, day=day)
    return upload


@pytest.fixture
def reported(directive, staff, day):
    report = ready_report(directive, staff, day)
    upload = store(SimpleUploadedFile("ky.pdf", pdf(3)), by=staff, day=day)
    number = {"number": "05", "symbol": "BC-LMHTX", "signed_on": day, "kept_on": day, "kept_by": staff}
    return SignedCopy.objects.create(report=report, upload=upload, **number)


@pytest.fixture
def closed(directive, day):
    source = shelf.keep(b"thong bao goc")
    Directive.objects.filter(pk=directive.pk).update(
        closed_on=day, closed_by_instrument="BC 12", source_name="86-TB-UBND.docx", source_sha256=source
    )
    directive.refresh_from_db()
    return directive


@pytest.fixture
def asked(closed, carried, leader, day):
    return request_archive(directive=closed, by=leader, day=day)


def made(archive):
    make.make_archive(archive.pk)
    archive.refresh_from_db()
    return archive


def opened(archive):
    return ZipFile(default_storage.path(made(archive).file))


def rows(package, name):
    return json.loads(package.read(f"{names.DATA}/{name}.json"))["rows"]


def path_of(archive):
    return default_storage.path(archive.file)


def checked(path):
    out = io.StringIO()
    call_command("check_archive", path, stdout=out)
    return out.getvalue()


class TestWhatIsInIt:
    def test_everything_has_its_place(self, told, reported, asked):
        with opened(asked) as package:
            inside = set(package.namelist())
        report = f"{names.REPORTS}/{reported.report_id:04}"
        assert {
            "01-van-ban/goc 86-TB-UBND.docx",
            "01-van-ban/toan-van.txt",
            f"{report} Báo cáo 86-TB-UBND đến 20-11-2023.pdf",
            f"{report} so-lieu.json",
            f"{report} noi-dung-phat-hanh.json",
            f"{names.REPORTS}/Báo cáo số 05-BC-LMHTX ngày 20-11-2023 (bản ký {reported.pk}).pdf",
            "03-du-lieu/bang-du-lieu.xlsx",
            "03-du-lieu/lich-su.json",
            "04-minh-chung/0001 Báo cáo kết quả rà soát chính sách HTX- lần 2-.pdf",
            "MUC-LUC.html",
            "MANIFEST.txt",
            "manifest.json",
        } <= inside
        assert {f"03-du-lieu/{table.name}.json" for table in TABLES} <= inside

    def test_data_explain_themselves_and_name_people_by_name_only(self, told, reported, asked, liaison):
        with opened(asked) as package:
            whole = json.loads(package.read("03-du-lieu/phan-cong.json"))
            everything = b"".join(package.read(each) for each in package.namelist() if each.endswith(".json"))
            note, review, call = (rows(package, name)[0] for name in ("bao-cao-tien-do", "quyet-dinh", "lan-don-doc"))
        assert whole["fields"]["life"] == "tình trạng"
        assert whole["choices"]["life"]["done"] == "Hoàn thành"
        assert whole["rows"][0]["agency"] == {"code": "skhdt", "words": "Sở Kế hoạch và Đầu tư"}
        assert (note["result"], note["author"]) == ("=Đã rà soát", str(liaison))
        assert (review["reason"], call["said"]) == ("chờ kinh phí", "Nhắc qua điện thoại")
        for secret in (liaison.email, "password", "pbkdf2", "@kttt.example"):
            assert secret.encode() not in everything

    def test_tables_and_history_are_one_workbook_without_formulas(self, told, asked):
        with opened(asked) as package:
            book = load_workbook(io.BytesIO(package.read("03-du-lieu/bang-du-lieu.xlsx")))
        assert book.sheetnames == [*(table.title for table in TABLES), "Lịch sử"]
        sheet = book["Báo cáo tiến độ"]
        heads = [cell.value for cell in sheet[1]]
        result = sheet.cell(2, heads.index("kết quả") + 1)
        assert (result.value, result.data_type) == ("=Đã rà soát", "s")
        assert sheet.cell(2, heads.index("phân công") + 1).value == "Nhiệm vụ 1 – Sở KH&ĐT"
        assert sheet.cell(2, heads.index("ngày báo cáo") + 1).number_format == "dd/mm/yyyy"
        history = " ".join(str(cell.value) for row in book["Lịch sử"].rows for cell in row)
        assert "Tạm dừng" in history
        assert "chờ kinh phí" in history

    def test_the_index_is_in_the_order_of_time_and_leads_to_the_files(self, told, reported, asked):
        with opened(asked) as package:
            page = package.read("MUC-LUC.html").decode()
            inside = set(package.namelist())
        days = [tuple(reversed(each.split("/"))) for each in re.findall(r'<td class="day">([\d/]+)</td>', page)]
        assert days == sorted(days)
        assert len(days) >= 6
        links = [unquote(each) for each in re.findall(r'href="([^"]+)"', page)]
        assert set(links) <= inside
        assert any("0001" in each for each in links)

    def test_the_manifest_is_true_and_the_command_says_so(self, told, reported, asked):
        with opened(asked) as package:
            manifest = json.loads(package.read("manifest.json"))
            for each in manifest["files"]:
                assert hashlib.sha256(package.read(each["path"])).hexdigest() == each["sha256"]
            lines = [line for line in package.read("MANIFEST.txt").decode().splitlines() if not line.startswith("#")]
            assert len(lines) == len(package.namelist()) - 1  # all but itself
        assert "Nguyên vẹn" in checked(path_of(asked))
        whole = hashlib.sha256(Path(path_of(asked)).read_bytes()).hexdigest()
        assert (asked.sha256, asked.counts["missing"]) == (whole, [])

    def test_names_are_marked_as_utf_8_and_what_is_packed_already_is_stored(self, told, asked):
        with opened(asked) as package:
            kinds = {info.filename.rpartition(".")[2]: info.compress_type for info in package.infolist()}
            for info in package.infolist():
                assert info.filename.isascii() or info.flag_bits & 0x800
        assert (kinds["pdf"], kinds["json"]) == (ZIP_STORED, ZIP_DEFLATED)

    def test_the_same_file_shown_twice_is_packed_once(self, told, asked, carried, liaison, day):
        again = Said(result="lần nữa", uploads=[told])
        Evidence.objects.create(note=report_note(carried, again, liaison, day), upload=told)
        with opened(asked) as package:
            assert len([each for each in package.namelist() if each.startswith(names.EVIDENCE)]) == 1

    def test_another_directive_stays_out(self, told, asked, directive):
        Directive.objects.create(
            number="99",
            symbol="TB-UBND",
            doc_type="Thông báo",
            issued_on=directive.issued_on,
            title="khác",
            text="x",
            created_on=directive.created_on,
            published_on=directive.published_on,
        )
        with opened(asked) as package:
            assert [each["number"] for each in rows(package, "van-ban")] == ["86"]

    def test_a_report_about_more_is_in_it_where_it_names_the_directive(self, asked, directive, staff, day):
        """As it went out; not as a draft, and not one that names another directive of the same number."""
        ours = {"code": directive.code, "issued_on": directive.issued_on.isoformat()}
        other = ours | {"issued_on": "2001-01-01"}
        named, *left_out = [
            about_everything(directives, staff, day, is_published)
            for directives, is_published in (([other, ours], True), ([ours], False), ([other], True))
        ]
        upload = store(SimpleUploadedFile("ky.pdf", pdf(3)), by=staff, day=day)
        SignedCopy.objects.create(report=named, upload=upload, number="1", symbol="B", **kept(day, staff))
        with opened(asked) as package:
            inside = package.namelist()
            assert [each["id"] for each in rows(package, "bao-cao")] == [named.pk]
            counted = [len(rows(package, name)) for name in ("bao-cao-phat-hanh", "bao-cao-tep", "ban-ky")]
            frozen = json.loads(package.read(f"{names.REPORTS}/{named.pk:04} so-lieu.json"))
        assert (counted, frozen) == ([1, 1, 1], {"directives": [other, ours]})
        assert any("bản ký" in each for each in inside)
        assert not [each for each in inside for report in left_out if f"{names.REPORTS}/{report.pk:04}" in each]

    def test_a_source_that_is_called_as_our_own_text_lies_beside_it(self, closed, asked):
        Directive.objects.update(source_name="Toan-Van.txt")
        with opened(asked) as package:
            assert {"01-van-ban/goc Toan-Van.txt", "01-van-ban/toan-van.txt"} <= set(package.namelist())

    def test_letters_are_made_one_by_one_as_they_are_packed(self, one_more, request, monkeypatch):
        """None is in memory before the first is packed."""
        one_more(2), one_more(3)
        packed = []
        monkeypatch.setattr(papers, "_letter", lambda pk: f"{pk} sau {len(packed)}".encode())
        add = Package.add_bytes
        monkeypatch.setattr(Package, "add_bytes", lambda *given: (packed.append(given[1]), add(*given)))
        with opened(request.getfixturevalue("asked")) as package:
            letters = [each for each in package.namelist() if each.startswith(names.LETTERS)]
            said = [package.read(each).decode() for each in letters]
        assert [each.rpartition(" ")[2] for each in said] == [str(packed.index(each)) for each in letters]

    def test_tables_ask_as_much_for_three_rows_as_for_one(self, directive, one_more):
        one_more(1)
        few, seen = read_all(directive)
        assert seen == {table.name for table in TABLES}  # each has a row to be read
        one_more(2), one_more(3)
        many, _ = read_all(directive)
        assert unnamed() == []
        assert len(many) == len(few), "\n".join(each for each in many if many.count(each) > few.count(each))


def about_everything(directives, by, day, is_published):
    report = ready_report(None, by, day, is_published=False, figures={"directives": directives})
    if is_published:
        Publication.objects.create(report=report, record={"x": 1}, sha256="a" * 64, published_by=by, published_on=day)
    return report


def unnamed():
    """Columns whose words would be asked for row by row: an empty one is not asked for, and none may be forgotten."""
    found = []
    for table in TABLES:
        named = {path.partition("__")[0] for path in (*table.named, *table.prefetched)} | table.leave_out
        fields = [field for field in table.model._meta.concrete_fields if field.is_relation]
        found += [(table.name, field.name) for field in fields if field.name not in named]
    return found


def kept(day, by):
    return {"signed_on": day, "kept_on": day, "kept_by": by}


def read_all(directive):
    """What is asked of the database for all tables, and which of them have rows."""
    seen = set()
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        for table in TABLES:
            for row in table.rows(directive):
                seen |= {table.name} if [(column.raw(row), column.shown(row)) for column in table.columns] else set()
    return [each["sql"] for each in queries], seen


@pytest.fixture
def one_more(directive, make_assignment, agency, other_agency, liaison, staff, leader, day):
    """One more of everything that has a table."""

    def add(number):
        row = make_assignment("dated", deadline=day, position=number)
        other = Assignment.objects.create(task=row.task, agency=other_agency)
        upload = store(SimpleUploadedFile("a.pdf", pdf(number)), by=liaison, agency=agency, day=day)
        said = Said(result="x", obstacle="x", documents=[Cited("9", day)], uploads=[upload])
        note = report_progress(assignment=row, said=said, by=liaison, day=day)
        give_instruction(assignment=row, text="x", by=leader, day=day, note=note)
        call(agency, staff, day, assignments=[row.pk], said="x")
        suspend(assignment=row, reason="x", by=staff, day=day)
        part = Part.objects.create(task=row.task, position=1, text="x", start=24, end=30)
        part.binds.add(agency)
        note.parts.add(part)
        body = Coordinator.objects.create(task=row.task, position=1, name="các sở", agency=other_agency)
        CoordinatorMember.objects.create(coordinator=body, agency=other_agency)
        cited = CitedDocument.objects.create(directive=directive, number=f"{number}/QĐ", start=0, end=1)
        row.task.cites.add(cited)
        decided = {"decided_on": day, "decided_by": staff, "reason": "x"}
        asked = {"assignment": row, "reason": "x", "upload": upload, "asked_on": day, "asked_by": liaison}
        extension = Extension.objects.create(asked_until=day, old_deadline=day, **asked)
        ExtensionDecision.objects.create(extension=extension, answer="refused", **decided)
        release = Release.objects.create(ground="not_ours", to_agency=other_agency, **asked)
        ReleaseDecision.objects.create(release=release, answer="approved", moved_to=other, **decided)
        Review.objects.create(note=note, outcome="asked_more", **decided)
        Closing.objects.create(assignment=row, verdict="ended", **decided)
        Move.objects.create(old=row, new=other, why="release", moved_on=day, moved_by=staff)
        told = {"reason": "before", "deadline": day, "rung": day, "planned_on": day, "state": "sent"}
        Reminder.objects.create(recipient=liaison, assignment=row, sent_at=timezone.now(), sent_on=day, **told)
        written = {"agency": agency, "issuer": "own", "drafted_on": day, "report_by": day, "content": {}}
        issued = {"state": "issued", "number": str(number), "symbol": "L", "issued_on": day, "ended_on": day}
        ended = {"made_by": staff, "ended_by": staff, "ended_at": timezone.now()}
        report = ready_report(directive, staff, day)
        Download.objects.create(file=report.files.get(), by=staff, on=day)
        SignedCopy.objects.create(report=report, upload=upload, number="1", symbol="B", **kept(day, staff))
        letter = UrgingLetter.objects.create(**written, **issued, **ended)
        LetterTask.objects.create(letter=letter, assignment=row)

    return add


def report_note(assignment, said, by, day):
    return ProgressNote.objects.create(assignment=assignment, said_on=day, author=by, result=said.result)


class TestWhatIsLost:
    def test_missing_evidence_is_named_instead_of_failing(self, told, asked):
        default_storage.delete(shelf.path_of(told.sha256))
        with opened(asked) as package:
            manifest = json.loads(package.read("manifest.json"))
        (missing,) = manifest["missing"]
        assert missing["path"].startswith("04-minh-chung/0001")
        assert missing["why"] == "không còn trên máy chủ"
        assert asked.is_ready
        assert "không còn trên máy chủ" in checked(path_of(asked))

    def test_evidence_that_is_not_what_it_was_is_named(self, told, asked):
        Path(default_storage.path(shelf.path_of(told.sha256))).write_bytes(b"%PDF-khac")
        assert "nội dung không còn đúng" in json.loads(opened(asked).read("manifest.json"))["missing"][0]["why"]

    def test_a_change_afterwards_is_found(self, told, asked, tmp_path):
        good = path_of(made(asked))
        spoilt = tmp_path / "hong.zip"
        with ZipFile(good) as package, ZipFile(spoilt, "w") as out:
            for each in package.namelist()[1:]:
                out.writestr(each, b"khac" if each == "01-van-ban/toan-van.txt" else package.read(each))
            out.writestr("la.txt", b"x")
        said = io.StringIO()
        with pytest.raises(CommandError, match="3 điểm không khớp"):
            call_command("check_archive", str(spoilt), stdout=said)
        assert "toan-van.txt: " in said.getvalue()
        assert "thiếu trong gói" in said.getvalue()
        assert "la.txt: không có trong bảng kê" in said.getvalue()

    @pytest.mark.parametrize("content", [b"", b"PK", b"khong phai zip" * 100])
    def test_what_is_no_archive(self, tmp_path, content):
        (tmp_path / "a.zip").write_bytes(content)
        with pytest.raises(CommandError, match="không phải tệp ZIP"):
            checked(str(tmp_path / "a.zip"))

    def test_a_foreign_zip(self, tmp_path):
        with ZipFile(tmp_path / "a.zip", "w") as out:
            out.writestr("manifest.json", "{}")
        with pytest.raises(CommandError, match="không phải hồ sơ"):
            checked(str(tmp_path / "a.zip"))


class TestAsking:
    def test_two_at_once_make_one(self, closed, staff, leader, day):
        found = []

        def ask(who):
            try:
                found.append(request_archive(directive=closed, by=who, day=day).pk)
            finally:
                connection.close()

        askers = [threading.Thread(target=ask, args=[who]) for who in (staff, leader)]
        for each in askers:
            each.start()
        for each in askers:
            each.join()
        assert len(found) == 2
        assert len(set(found)) == 1

    def test_the_same_submission_is_the_same_and_a_finished_one_another(self, closed, staff, day):
        key = uuid.uuid4()
        first = request_archive(directive=closed, by=staff, day=day, submission=key)
        made(first)
        assert request_archive(directive=closed, by=staff, day=day, submission=key) == first
        assert request_archive(directive=closed, by=staff, day=day) != first

    def test_only_of_a_closed_directive_and_only_overseers(self, directive, closed, staff, liaison, carried, day):
        with pytest.raises(Refused, match="Chỉ lãnh đạo"):
            request_archive(directive=closed, by=liaison, day=day)
        Directive.objects.update(closed_on=None)
        with pytest.raises(Refused, match="đã kết thúc theo dõi"):
            request_archive(directive=directive, by=staff, day=day)


class TestTheWorker:
    def test_a_leavers_job_is_refused(self, asked, leader):
        deactivate(user=leader, by=None)
        assert made(asked).is_failed
        assert "không còn được xem" in asked.error
        assert not default_storage.exists(f"archives/{asked.pk}-1.zip")

    def test_a_directive_that_is_followed_again_is_refused(self, asked):
        Directive.objects.update(closed_on=None)
        assert "đã kết thúc theo dõi" in made(asked).error

    def test_a_lost_worker_is_taken_over_and_changes_nothing_any_more(self, asked):
        lost = make.claim(asked.pk)
        assert make.waiting_archives() == []
        assert make.claim(asked.pk) is None
        Archive.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        assert make.waiting_archives() == [asked.pk]
        assert made(asked).is_ready
        with pytest.raises(Lost):
            make._try(lost)
        assert default_storage.listdir("archives")[1] == [f"{asked.pk}-2.zip"]
        with pytest.raises(Lost):
            make.LEASE.finish(lost, file="x", size=1, sha256="x", counts={})
        asked.refresh_from_db()
        assert (asked.is_ready, asked.file) == (True, f"archives/{asked.pk}-2.zip")

    def test_after_three_deaths_it_is_given_up(self, asked):
        for _ in range(MAX_ATTEMPTS):
            assert make.claim(asked.pk)
            Archive.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        default_storage.save(f"archives/{asked.pk}-3.part", ContentFile(b"half"))
        default_storage.save(f"archives/{asked.pk}-x.part/bang.xlsx", ContentFile(b"half"))
        assert made(asked).is_failed
        assert "3 lần" in asked.error
        assert default_storage.listdir("archives") == ([], [])

    def test_all_that_is_written_meanwhile_lies_in_its_own_folder(self, asked, monkeypatch, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))
        written, gather = [], papers.gather
        monkeypatch.setattr(
            papers, "gather", lambda _: (written.extend((tmp_path / "elsewhere").iterdir()), gather(_))[1]
        )
        assert made(asked).is_ready
        assert written == []
        assert default_storage.listdir("archives") == ([], [f"{asked.pk}-1.zip"])

    def test_what_a_dead_worker_left_is_swept_away(self, asked):
        default_storage.save(f"archives/{asked.pk}-9.part", ContentFile(b"half"))
        assert made(asked).is_ready
        assert not default_storage.exists(f"archives/{asked.pk}-9.part")

    @pytest.mark.parametrize(
        ("error", "words"), [(OSError(28, "No space left"), "hết chỗ"), (KeyError("x"), "ngoài dự kiến")]
    )
    def test_a_failure_says_why_and_leaves_nothing(self, asked, monkeypatch, error, words):
        def fail(*_):
            raise error

        monkeypatch.setattr(make, "write_manifest", fail)
        assert made(asked).is_failed
        assert words in asked.error
        assert default_storage.listdir("archives")[1] == []

    def test_all_data_are_of_one_moment(self, asked, monkeypatch, carried):
        """Somebody writes while the rows are read: a later table does not know of it either."""
        write = make.write_tables

        def meanwhile(*arguments):
            list(arguments[1].tasks.all())
            other = threading.Thread(target=change)
            other.start()
            other.join()
            return write(*arguments)

        def change():
            Directive.objects.filter(pk=asked.directive_id).update(title="đã đổi")
            carried.task.addressee.__class__.objects.update(name="đã đổi")
            connection.close()

        monkeypatch.setattr(make, "write_tables", meanwhile)
        with opened(asked) as package:
            assert "đã đổi" not in package.read("03-du-lieu/don-vi-duoc-giao.json").decode()
            assert rows(package, "van-ban")[0]["title"] == "Kết luận về kinh tế tập thể"

    def test_the_sweep_rings_for_what_waits(self, asked, monkeypatch):
        rung = []
        monkeypatch.setattr(jobs, "ring", lambda job, *args: rung.append((job.name, *args)))
        jobs.sweep_reports()
        assert rung == [("directives.jobs.make_archive", asked.pk)]

    def test_two_thousand_files_are_packed_quickly(self, asked, carried, liaison, agency, day):
        note = report_note(carried, Said(result="x"), liaison, day)
        contents = [b"%PDF-" + str(number).encode() * 50 for number in range(2000)]
        kept = {"size": 1, "content_type": "application/pdf", "uploaded_by": liaison, "agency": agency}
        uploads = Upload.objects.bulk_create(
            Upload(name=f"Tệp {number}.pdf", sha256=shelf.keep(each), **kept) for number, each in enumerate(contents)
        )
        Evidence.objects.bulk_create(Evidence(note=note, upload=each) for each in uploads)
        begun = time.process_time()
        assert made(asked).is_ready
        assert time.process_time() - begun < 20
        assert len(ZipFile(path_of(asked)).namelist()) > 2000


class TestThePage:
    def test_asked_awaited_and_downloaded(self, signed_in, closed, carried, monkeypatch):
        rung = []
        monkeypatch.setattr(jobs, "ring", lambda job, *args: rung.append(args))
        client = signed_in("staff")
        assert (
            reverse("archive_list", args=[closed.pk])
            in client.get(reverse("directive_detail", args=[closed.pk])).content.decode()
        )
        page = client.post(reverse("archive_list", args=[closed.pk]), {"submission": uuid.uuid4()}, follow=True)
        archive = Archive.objects.get()
        assert rung == [(archive.pk,)]
        assert "Đang chờ đến lượt" in page.content.decode()
        address = reverse("archive_progress", args=[closed.pk, archive.pk])
        assert client.get(address).status_code == 200
        made(archive)
        done = client.get(address)
        assert (done.status_code, "Tải hồ sơ" in done.content.decode()) == (286, True)
        answer = client.get(reverse("archive_file", args=[closed.pk, archive.pk]))
        assert b"".join(answer.streaming_content) == Path(path_of(archive)).read_bytes()
        assert "H%E1%BB%93%20s%C6%A1%2086-TB-UBND" in answer["Content-Disposition"]

    def test_who_fetched_it_is_kept_and_shown(self, signed_in, asked, staff, day):
        made(asked)
        client = signed_in("staff")
        listed, file = reverse("archive_list", args=[asked.directive_id]), [asked.directive_id, asked.pk]
        assert "Đã tải" not in client.get(listed).content.decode()
        client.head(reverse("archive_file", args=file))
        client.get(reverse("archive_file", args=file))
        assert [(each.archive, each.by, each.on) for each in ArchiveDownload.objects.all()] == [(asked, staff, day)]
        page = client.get(listed).content.decode()
        assert "Đã tải 1 lần" in page and f"<li>{staff}, " in page
        for spoil in (lambda: ArchiveDownload.objects.update(on=day), ArchiveDownload.objects.get().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                spoil()

    def test_an_unfinished_or_lost_one_gives_no_file(self, signed_in, asked):
        client, address = signed_in("staff"), reverse("archive_file", args=[asked.directive_id, asked.pk])
        assert client.get(address).status_code == 404
        made(asked)
        default_storage.delete(asked.file)
        answer = client.get(address, follow=True).content.decode()
        assert "Tệp không còn trên máy chủ" in answer

    def test_one_that_is_followed_has_none_to_export(self, signed_in, directive):
        page = signed_in("staff").get(reverse("archive_list", args=[directive.pk])).content.decode()
        assert "chưa xuất hồ sơ" in page
        assert "Xuất hồ sơ</button>" not in page

    def test_an_export_belongs_to_its_directive(self, signed_in, asked, directive):
        other = Directive.objects.create(
            number="99",
            symbol="TB",
            doc_type="Thông báo",
            issued_on=directive.issued_on,
            title="x",
            text="x",
            created_on=directive.created_on,
            published_on=directive.published_on,
        )
        assert signed_in("staff").get(reverse("archive_progress", args=[other.pk, asked.pk])).status_code == 404


def test_a_large_file_passes_through_in_pieces(tmp_path):
    (tmp_path / "lon.pdf").touch()
    os.truncate(tmp_path / "lon.pdf", 200 * 1024**2)
    tracemalloc.start()
    large = (tmp_path / "lon.pdf").open("rb")
    with large, (tmp_path / "a.zip").open("wb") as target, Package(target, timezone.localtime()) as package:
        packed = package.add("lon.pdf", "x", large, 200 * 1024**2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert packed.size == 200 * 1024**2
    assert peak < 20 * 1024**2


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("a/../../b:c?.docx", "a-..-..-b-c-.docx"),
        ("con.txt", "_con.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("\U00020000" * 80 + ".pdf", "\U00020000" * 50 + ".pdf"),
        ("ữ" * 80 + ".pdf", "ữ" * 66 + ".pdf"),
        ("  . ", "tep"),
        ("Ba\u0301o.pdf", "Báo.pdf"),
    ],
)
def test_names_that_open_everywhere(name, safe):
    assert names.safe_name(name) == safe
    assert names.safe_name(name, 7).startswith("0007 ")
    assert len(names.safe_name(name, 7).encode()) < 255

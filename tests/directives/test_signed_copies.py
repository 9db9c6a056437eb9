"""The signed copy of a report comes back and is the official file from then on."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.errors import Refused
from directives.actions.signed_copies import keep_signed_copy
from directives.models import Directive, SignedCopy, Upload
from tests.directives.published import ready_report
from tests.directives.signing import AGENCY, authority, sign, stamped
from tests.directives.test_shelf import pdf
from tests.directives.test_signatures import turned, written
from tests.races import each_at_once, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files, tmp_path):
    settings.TODAY = day
    (tmp_path / "goc").mkdir()
    (tmp_path / "goc" / "goc.pem").write_bytes(authority().pem)
    settings.SIGNATURE_ROOTS = str(tmp_path / "goc")


@pytest.fixture
def report(directive, staff, day):
    content = written("Số: /BC-LMHTX. Hoàn thành 84,46%")
    return ready_report(directive, staff, day, day - timedelta(days=3), content)


@pytest.fixture
def keep(report, staff, day):
    def keep(content=None, **more):
        file = SimpleUploadedFile("ban ky.pdf", content or sign(pdf()))
        read = {"signatures": [], "comparison": {}}
        given = {"number": "05", "symbol": "BC-LMHTX", "signed_on": day, "by": staff, "day": day}
        return keep_signed_copy(**({"report": report, "file": file} | read | given | more))

    return keep


def good(signer=None):
    """Signed today, by a certificate that is good today: the worker's clock is the real one."""
    now = timezone.now()
    signer = signer or authority().signer(since=now - timedelta(days=1), until=now + timedelta(days=300))
    return sign(written("Số: 05/BC-LMHTX. Hoàn thành 84,46%"), signer)


def send(client, report, content, **more):
    file = SimpleUploadedFile("Bản ký.pdf", content, "application/pdf")
    given = {"file": file, "number": "05", "symbol": "BC-LMHTX", "signed_on": "20/11/2023"}
    submission = "7b4f1c62-0f6d-4b3e-9a80-0b1f7c3f5a10"
    return client.post(
        reverse("signed_copy_create", args=[report.pk]), given | {"submission": submission} | more, follow=True
    )


def shown(answer):
    return " ".join(answer.content.decode().split())


class TestTheVerb:
    def test_the_newest_is_the_official_one_and_the_earlier_stays(self, keep, report):
        first, second = keep(), keep(sign(pdf(3)), number="06")
        assert list(report.signed_copies.all()) == [second, first]

    def test_the_same_again_is_the_same(self, keep):
        content = sign(pdf())
        assert keep(content) == keep(content)
        assert keep(content) != keep(content, number="06")

    def test_only_staff(self, keep, leader, liaison):
        for who in (leader, liaison):
            with pytest.raises(Refused, match="Chỉ cán bộ thường trực"):
                keep(by=who)

    def test_only_of_a_report_that_was_published(self, signed_in, keep, directive, staff, day):
        draft = ready_report(directive, staff, day, is_published=False)
        with pytest.raises(Refused, match="chưa phát hành"):
            keep(report=draft)
        page = shown(signed_in("staff").get(reverse("signed_copy_create", args=[draft.pk]), follow=True))
        assert "chưa có bản ký để nộp" in page
        assert "Bản chính thức đã ký" not in page

    @pytest.mark.parametrize(("days", "words"), [(1, "sau hôm nay"), (-4, "trước ngày chốt số liệu")])
    def test_the_day_lies_between_the_figures_and_today(self, keep, day, days, words):
        with pytest.raises(Refused, match=words):
            keep(signed_on=day + timedelta(days=days))

    def test_a_number_belongs_to_one_report(self, keep, report, directive, staff, day):
        keep()
        other = ready_report(directive, staff, day)
        with pytest.raises(Refused, match="báo cáo khác") as refused:
            keep(report=other)
        assert refused.value.field == "number"

    def test_five_and_nought_five_are_one_number(self, keep, directive, staff, day):
        assert keep(number="5").number == "05"
        with pytest.raises(Refused, match="báo cáo khác"):
            keep(report=ready_report(directive, staff, day), number="5")

    def test_a_number_of_a_published_report_is_taken_until_its_signed_copy_says_otherwise(
        self, keep, directive, staff, day
    ):
        other = ready_report(directive, staff, day, number="5")
        with pytest.raises(Refused, match="báo cáo khác"):
            keep()
        assert keep(symbol="BC-UBND")
        keep(report=other, number="07")
        assert keep()

    @pytest.mark.parametrize("number", ["0", "00", "05/BC", "BC5", "1234567"])
    def test_what_is_no_number(self, keep, number):
        with pytest.raises(Refused, match="số mà văn thư") as refused:
            keep(number=number)
        assert refused.value.field == "number"

    def test_a_secret_paper_leaves_nothing(self, keep):
        with pytest.raises(Refused, match="chỉ độ mật"):
            keep(written("TỐI MẬT", "UBND TỈNH"))
        assert not SignedCopy.objects.exists()
        assert not default_storage.exists("shelf")

    def test_the_database_itself_keeps_it(self, keep):
        copy = keep()
        for spoil in (lambda: SignedCopy.objects.update(number="9"), copy.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                spoil()


class TestThePage:
    def test_a_signed_copy_is_kept_read_and_shown(self, signed_in, report):
        page = shown(send(signed_in("staff"), report, good()))
        assert "Đã lưu bản ký, nay là bản chính thức: Báo cáo số 05/BC-LMHTX ngày 20/11/2023." in page
        assert "Nguyễn Văn Đức</strong>, Liên minh Hợp tác xã tỉnh Quảng Trị" in page
        assert "Chữ ký đúng, chứng thư tin cậy" in page
        assert "Cần đối chiếu lại" not in page
        copy = SignedCopy.objects.get()
        answer = signed_in("leader").get(reverse("signed_copy", args=[report.pk, copy.pk]))
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        assert "05-BC-LMHTX" in answer["Content-Disposition"]

    def test_two_signatures_and_an_earlier_copy(self, signed_in, report):
        client = signed_in("staff")
        send(client, report, written("Bản quét"))
        both = sign(good(), authority().signer(AGENCY), "CoQuan")
        page = shown(send(client, report, both, submission="7b4f1c62-0f6d-4b3e-9a80-0b1f7c3f5a11"))
        assert "2 chữ ký số: Nguyễn Văn Đức; Liên minh Hợp tác xã tỉnh Quảng Trị" in page
        assert "Các bản đã nộp trước (1)" in page
        assert "Không có chữ ký số trong tệp" in page

    def test_what_was_changed_after_signing_is_kept_with_a_warning(self, signed_in, report):
        page = shown(send(signed_in("staff"), report, turned(good())))
        assert "Tệp bị sửa hoặc chữ ký hỏng" in page
        assert "message--warning" in page

    def test_another_paper_is_warned_of_not_refused(self, signed_in, report):
        page = shown(send(signed_in("staff"), report, written("Số: 05/BC-LMHTX. Hoàn thành 84,64%")))
        assert "Trang 1 của báo cáo có chữ mà bản ký không có: “84,46”." in page
        assert SignedCopy.objects.count() == 1

    def test_a_scan_is_kept_and_said_to_be_one(self, signed_in, report):
        page = shown(send(signed_in("staff"), report, pdf(1)))
        assert "Tệp không có chữ ký số" in page
        assert "bản quét, không có chữ để đối chiếu" in page

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"%PDF-1.7 nothing", "Tệp PDF đã hỏng"),
            (b"hello", "không đúng là tệp PDF"),
            (b"", "rỗng"),
            (b"%PDF-1.7" + b"x" * 30 * 1024**2, "lớn hơn 20 MB"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_in_words_and_the_rest_stays_typed(self, signed_in, report, content, words):
        answer = send(signed_in("staff"), report, content)
        assert (answer.status_code, Upload.objects.count()) == (422, 0)
        assert words in shown(answer)
        assert 'value="05"' in shown(answer)

    @pytest.mark.parametrize(
        ("name", "value", "words"), [("number", "05/BC", "trước dấu gạch"), ("signed_on", "", "Xin ghi ngày")]
    )
    def test_what_was_typed_wrong(self, signed_in, report, name, value, words):
        answer = send(signed_in("staff"), report, pdf(), **{name: value})
        assert answer.status_code == 422
        assert words in shown(answer)

    def test_a_timestamp_alone_is_shown_and_the_paper_said_to_be_unsigned(self, signed_in, report):
        page = shown(send(signed_in("staff"), report, stamped(written("Số: 05/BC-LMHTX"))))
        assert "Tệp không có chữ ký số." in page
        assert "Dấu thời gian: Dịch vụ cấp dấu thời gian" in page and "Ghi lúc" in page and "Ký lúc" not in page

    def test_a_leader_reads_and_does_not_bring(self, signed_in, report, keep):
        keep()
        page = shown(signed_in("leader").get(reverse("report_detail", args=[report.pk])))
        assert "Bản chính thức đã ký" in page
        assert "Nộp bản ký" not in page

    def test_a_copy_belongs_to_its_report(self, signed_in, report, keep, directive, staff, day):
        copy = keep()
        other = ready_report(directive, staff, day)
        assert signed_in("staff").get(reverse("signed_copy", args=[other.pk, copy.pk])).status_code == 404
        Directive.objects.update(published_on=None)
        assert signed_in("leader").get(reverse("signed_copy", args=[report.pk, copy.pk])).status_code == 404

    def test_its_file_is_on_nobodys_shelf(self, signed_in, keep):
        uuid = keep().upload.uuid
        assert signed_in("liaison").get(reverse("evidence", args=[uuid])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_twice_at_once_keeps_one(keep):
    submission = "7b4f1c62-0f6d-4b3e-9a80-0b1f7c3f5a12"

    def press():
        try:
            keep(submission=submission)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert SignedCopy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reports_that_take_one_number_at_once_find_each_other(keep, report, directive, staff, day):
    reports = [report, ready_report(directive, staff, day)]
    kept = each_at_once(*(lambda report=each: keep(report=report) for each in reports))
    assert kinds(kept) == ["Refused", "SignedCopy"]

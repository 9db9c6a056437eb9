"""A line saves itself: what the browser is answered, two colleagues on one line, and files that go up by themselves."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Role
from directives.actions.notes import Said, report_progress
from directives.actions.round_entries import LONGEST, Overtaken, save_entry
from directives.actions.rounds import submission_for
from directives.models import Entry, Round, Submission, Upload
from tests.directives.conftest import DAY, person
from tests.races import each_at_once, kinds

from .test_round_page import PDF, colleague, line, pinned, rows  # noqa: F401


@pytest.fixture
def as_liaison(client, liaison):
    client.force_login(liaison)
    return client


@pytest.fixture
def save(november, agency):  # noqa: F811
    return reverse("round_save", args=[november.pk, agency.code])


@pytest.fixture
def upload(november, agency):  # noqa: F811
    return reverse("round_upload", args=[november.pk, agency.code])


def test_a_line_is_kept_and_counted(as_liaison, save, rows):  # noqa: F811
    said = as_liaison.post(save, line(rows[0], result="Đã làm.")).json()
    assert (said["version"], said["filled"], said["total"]) == (1, 1, 2)
    again = as_liaison.post(save, line(rows[0], 1, unchanged="on")).json()
    assert (again["version"], again["filled"]) == (2, 0)  # unchanged, and why is not said yet


def test_the_same_words_again_change_nothing(as_liaison, save, rows):  # noqa: F811
    for _ in range(2):
        assert as_liaison.post(save, line(rows[0], result="Đã làm.")).json()["version"] == 1


def test_whoever_goes_on_typing_after_a_lost_answer_is_nobodys_rival(as_liaison, save, rows):  # noqa: F811
    as_liaison.post(save, line(rows[0], result="Đã", tab="t1"))
    said = as_liaison.post(save, line(rows[0], result="Đã làm.", tab="t1"))
    assert said.status_code == 200 and said.json()["version"] == 2
    assert as_liaison.post(save, line(rows[0], result="Khác", tab="t2")).status_code == 409


def test_a_faster_colleague_is_named_and_their_words_come_along(client, save, upload, rows, liaison, colleague):  # noqa: F811
    client.force_login(colleague)
    file = client.post(upload, {"tep": SimpleUploadedFile("kq.pdf", PDF)}).json()["uuid"]
    client.post(save, line(rows[0], result="Của đồng nghiệp", kept=[file]))
    client.force_login(liaison)
    answer = client.post(save, line(rows[0], result="Của tôi"))
    said = answer.json()
    assert answer.status_code == 409 and said["typed"]["result"] == "Của đồng nghiệp" and said["version"] == 1
    assert "Người dongnghiep" in said["html"] and said["files"][0]["name"] == "kq.pdf"
    assert client.post(save, line(rows[0], 1, result="Của tôi", kept=[file])).json()["version"] == 2
    assert Entry.objects.get().typed["kept"] == [file]  # a colleague's file stays with the line


def test_nobody_keeps_a_file_of_somebody_else(as_liaison, save, rows, stranger):  # noqa: F811
    foreign = Upload.objects.create(
        name="x.pdf", sha256="0" * 64, size=1, content_type="application/pdf", uploaded_by=stranger
    )
    as_liaison.post(save, line(rows[0], result="x", kept=[str(foreign.uuid), "no-uuid"]))
    assert Entry.objects.get().typed["kept"] == []


@pytest.mark.parametrize("left", ["reported", "too long", "foreign", "nothing"])
def test_what_cannot_be_kept_says_why(as_liaison, save, rows, liaison, left, make_assignment, other_agency):  # noqa: F811
    data = line(rows[0], result="x")
    if left == "reported":
        report_progress(assignment=rows[0], said=Said(result="Đã."), by=liaison, day=date(2023, 11, 1))
    if left == "too long":
        data = line(rows[0], result="x" * (LONGEST + 1))
    if left == "foreign":
        data = line(make_assignment(position=7, agency=other_agency), result="x")
    answer = as_liaison.post(save, {} if left == "nothing" else data)
    assert answer.status_code == 422 and answer.json()["error"]
    assert not Entry.objects.exists()


def test_once_it_is_sent_only_what_is_missing_in_it_is_kept(liaison, rows, november, agency, day):  # noqa: F811
    submission = submission_for(round=november, agency=agency, by=liaison, day=day)
    report_progress(assignment=rows[0], said=Said(result="Đã."), by=liaison, day=date(2023, 11, 1))
    Submission.objects.update(state="sent", sent_on=day, sent_by=liaison)

    def keep(row):
        save_entry(submission=submission, assignment=row, typed={"result": "x"}, by=liaison, day=day, version=0)

    with pytest.raises(Refused, match="đã gửi"):
        keep(rows[0])
    keep(rows[1])
    assert Entry.objects.get().assignment == rows[1]


@pytest.mark.parametrize(
    ("file", "words"),
    [(SimpleUploadedFile("a.exe", b"MZ"), "không thuộc loại"), (None, "Chưa có tệp")],
)
def test_a_file_that_is_refused_says_why(as_liaison, upload, file, words):
    answer = as_liaison.post(upload, {"tep": file} if file else {})
    assert answer.status_code == 422 and words in answer.json()["error"]


def test_a_file_goes_up_by_itself(as_liaison, upload):
    said = as_liaison.post(upload, {"tep": SimpleUploadedFile("ảnh chụp.pdf", PDF)}).json()
    assert (said["name"], said["size"]) == ("ảnh chụp.pdf", len(PDF)) and Upload.objects.get(uuid=said["uuid"])


def test_the_first_page_calls_for_the_report(as_liaison, save, rows, november):  # noqa: F811
    html = as_liaison.get(reverse("home")).content.decode()
    assert "Kỳ tháng 11/2023: còn 2/2 nhiệm vụ chưa báo cáo" in html
    assert 'gửi chậm nhất ngày <strong class="nowrap">22/11/2023' in html
    as_liaison.post(save, line(rows[0], result="Đã làm."))
    assert "Đã soạn 1." in as_liaison.get(reverse("home")).content.decode()
    Round.objects.update(due_agency=date(2023, 11, 19))
    assert "đã qua ngày gửi" in as_liaison.get(reverse("home")).content.decode()


def test_nobody_else_is_called(client, staff, save, rows, agency):  # noqa: F811
    client.force_login(staff)
    assert client.get(reverse("agency_detail", args=[agency.code])).context["round_calls"] == []


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_on_one_line_lose_nothing(rows, november, agency):  # noqa: F811
    people = [person(f"nguoi{number}", Role.LIAISON, agency, [agency]) for number in (1, 2)]
    submission = submission_for(round=november, agency=agency, by=people[0], day=DAY)

    def save(by):
        typed = {"result": f"Của {by.username}"}
        return lambda: save_entry(submission=submission, assignment=rows[0], typed=typed, by=by, day=DAY, version=0)

    told = each_at_once(*map(save, people))
    assert kinds(told) == ["Entry", "Overtaken"]
    kept = Entry.objects.get()
    assert next(each for each in told if isinstance(each, Overtaken)).entry == kept

"""A workbook as the draft of a round: nothing is sent, nobody's words are written over."""

import pytest

from agencies.models import Role
from directives.actions.notes import Said, report_progress
from directives.actions.round_entries import save_entry
from directives.actions.rounds import submission_for
from directives.models import Entry, Part, ProgressNote, WorkbookUpload
from tests.directives.conftest import person

from .cast import download, fill, looked_through, only_upload


@pytest.fixture
def filled(signed_in, agency, tasks, november):
    book = fill(download(signed_in, agency), 1, result="Đã trình", document_number="5/BC", document_on="5/4/2023")
    return fill(book, 2, unchanged_more="Đang chờ bố trí kinh phí", obstacle="Thiếu vốn")


def into_round(client, address, **more):
    return client.post(address, {"viec": "ky", **more}, follow=True)


def drafts():
    return {entry.assignment_id: entry.typed for entry in Entry.objects.all()}


def test_rows_become_drafts_that_the_round_can_send(signed_in, agency, tasks, filled, november, liaison):
    page, address = looked_through(signed_in, agency, filled)
    assert "Đưa vào báo cáo kỳ" in page
    answer = into_round(signed_in, address)
    assert answer.redirect_chain[-1][0] == f"/ky-bao-cao/{november.pk}/{agency.code}/"
    assert "Đã đưa 2 dòng vào bản nháp" in answer.content.decode()
    first, second = drafts()[tasks[0].pk], drafts()[tasks[1].pk]
    assert (first["result"], first["document_number"], first["document_on"]) == ("Đã trình", "5/BC", "05/04/2023")
    assert (second["unchanged"], second["unchanged_why"], second["unchanged_more"]) == (
        True,
        "Đang chờ bố trí kinh phí",
        "",
    )
    assert not ProgressNote.objects.exists() and only_upload().written_count == 2


def test_a_reason_of_their_own_stands_beside_the_usual_ones(signed_in, agency, tasks, filled):
    _, address = looked_through(signed_in, agency, fill(filled, 2, unchanged_more="Chờ HĐND họp"))
    into_round(signed_in, address)
    typed = drafts()[tasks[1].pk]
    assert (typed.get("unchanged_why"), typed["unchanged_more"]) == ("", "Chờ HĐND họp")


def test_what_was_ticked_last_stays_ticked(signed_in, agency, tasks, filled, liaison, day):
    part = Part.objects.create(task=tasks[0].task, position=1, text="phần một", start=24, end=30)
    from datetime import date

    report_progress(assignment=tasks[0], said=Said(result="x", parts=[part]), by=liaison, day=date(2023, 10, 1))
    book = fill(download(signed_in, agency), 1, result="Đã trình")
    _, address = looked_through(signed_in, agency, book)
    into_round(signed_in, address)
    assert drafts()[tasks[0].pk]["parts"] == [str(part.pk)]


def test_the_draft_of_a_colleague_is_never_written_over(signed_in, agency, tasks, filled, november, day):
    colleague = person("dongnghiep", Role.LIAISON, agency, [agency])
    submission = submission_for(round=november, agency=agency, by=colleague, day=day)
    save_entry(submission=submission, assignment=tasks[0], typed={"result": "Của tôi"}, by=colleague, day=day)
    _, address = looked_through(signed_in, agency, filled)
    answer = into_round(signed_in, address)
    assert answer.status_code == 422
    assert "Dòng 5: báo cáo kỳ đang có nội dung khác do Người dongnghiep soạn" in answer.content.decode()
    assert {key: typed["result"] for key, typed in drafts().items()} == {tasks[0].pk: "Của tôi"}
    assert only_upload().written_on is None


def test_a_line_in_which_nothing_is_typed_stands_in_nobodys_way(signed_in, agency, tasks, filled, november, day):
    """A colleague opened it, or chose whom an obstacle would go to, and left."""
    colleague = person("dongnghiep", Role.LIAISON, agency, [agency])
    submission = submission_for(round=november, agency=agency, by=colleague, day=day)
    typed = {"result": " ", "tab": "x", "raised_to": "office"}
    save_entry(submission=submission, assignment=tasks[0], typed=typed, by=colleague, day=day)
    _, address = looked_through(signed_in, agency, filled)
    assert "Đã đưa 2 dòng vào bản nháp" in into_round(signed_in, address).content.decode()
    assert drafts()[tasks[0].pk]["result"] == "Đã trình"


def test_a_task_that_was_reported_in_the_round_is_refused_and_nothing_is_drafted(
    signed_in, agency, tasks, filled, november, liaison
):
    _, address = looked_through(signed_in, agency, filled)
    report_progress(assignment=tasks[2], said=Said(result="x"), by=liaison, day=november.end)
    report_progress(assignment=tasks[0], said=Said(result="x"), by=liaison, day=november.end)
    tasks[0].refresh_from_db()
    chosen = {"ghi": [str(tasks[0].pk)], f"v{tasks[0].pk}": str(tasks[0].version)}
    answer = into_round(signed_in, address, **chosen)
    assert answer.status_code == 422
    assert "Dòng 5: báo cáo kỳ không nhận thêm về nhiệm vụ này" in answer.content.decode()
    assert not drafts()


def test_twice_is_once(signed_in, agency, filled):
    _, address = looked_through(signed_in, agency, filled)
    into_round(signed_in, address)
    assert "đã được ghi trước đó: 2 dòng" in into_round(signed_in, address).content.decode()
    assert Entry.objects.count() == 2


def test_without_a_round_there_is_no_such_button(signed_in, agency, tasks):
    page, address = looked_through(signed_in, agency, fill(download(signed_in, agency), 1, result="được"))
    assert "Đưa vào báo cáo kỳ" not in page
    assert into_round(signed_in, address).status_code == 422
    assert not drafts() and WorkbookUpload.objects.get().written_on is None

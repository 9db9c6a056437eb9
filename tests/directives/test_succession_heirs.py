"""What the heirs of a body find: time enough, the word of the reviewer, and the drafts of the round."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Role, Shape, User
from agencies.succession_rules import NewBody
from directives.actions.extensions import ask_extension, decide_extension, extensions_for
from directives.actions.locking import Stale
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.releases import ask_release, releases_for
from directives.actions.reviews import ask_more, confirm, waiting_for
from directives.actions.round_entries import save_entry
from directives.actions.rounds import Line, send_round, submission_for
from directives.actions.succession import succeed
from directives.models import Assignment, Entry, Office, Part, ProgressNote, Reminder, Submission
from directives.reminders.plan import plan_reminders
from directives.views.round_overview import lines_of

from .conftest import person

pytestmark = pytest.mark.django_db
ON = date(2023, 11, 17)
CLAIM = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def act(staff, day, agency):
    def act(old=None, new="Sở Tài chính mới", shape=Shape.RENAME, **more):
        body = NewBody(new) if isinstance(new, str) else new
        given = {"on": ON, "instrument": "NQ 1/NQ-HĐND", "by": staff, "day": day} | more
        return succeed(shape=shape, old=[old or agency], new=[body], **given)

    return act


def carried(task, day):
    return Assignment.objects.unfinished().with_status(day).get(task=task)


def named(body):
    return Agency.objects.get(name=body)


# Time


def returned_late(make_assignment, liaison, staff, act, claimed_on, day):
    """Due in October, claimed on a day, succeeded while it waited, sent back today."""
    row = make_assignment("dated", deadline=date(2023, 10, 31))
    report_progress(assignment=row, said=CLAIM, by=liaison, day=claimed_on)
    act()
    ask_more(assignment=Assignment.objects.get(pk=row.pk), reason="Thiếu phụ lục", days=5, by=staff, day=day)
    return row


def test_the_heir_of_a_claim_in_time_is_not_late_by_the_reviewers_slowness(make_assignment, liaison, staff, act, day):
    row = returned_late(make_assignment, liaison, staff, act, date(2023, 10, 30), day)
    until = date(2023, 11, 27)
    new = carried(row.task, day)
    assert (new.agency.name, new.due, new.supplement_due_on) == ("Sở Tài chính mới", until, until)
    assert new.time_state == "soon"
    assert carried(row.task, until).time_state != "overdue"
    assert carried(row.task, until + timedelta(1)).time_state == "overdue"


def test_the_heir_of_a_late_claim_is_as_late_as_it_was(make_assignment, liaison, staff, act, day):
    row = returned_late(make_assignment, liaison, staff, act, date(2023, 11, 2), day)
    assert carried(row.task, day).time_state == "overdue"


def test_an_heir_that_carried_the_task_already_gets_the_days_too(
    make_assignment, other_agency, liaison, staff, act, day
):
    row = make_assignment("dated", deadline=date(2023, 10, 31))
    Assignment.objects.create(task=row.task, agency=other_agency, received_on=ON, deadline=row.deadline)
    report_progress(assignment=row, said=CLAIM, by=liaison, day=date(2023, 10, 30))
    act(new=other_agency, shape=Shape.MERGE)
    ask_more(assignment=Assignment.objects.get(pk=row.pk), reason="Thiếu phụ lục", days=5, by=staff, day=day)
    new = carried(row.task, day)
    assert (new.agency, new.due, new.time_state) == (other_agency, date(2023, 11, 27), "soon")


# The word of the reviewer


def test_nobody_confirms_the_claim_of_the_body_that_their_own_took_over_from(
    make_assignment, agency, liaison, staff, act, day
):
    row = make_assignment()
    report_progress(assignment=row, said=CLAIM, by=liaison, day=ON)
    act()
    act(old=named("Sở Tài chính mới"), new="Sở Tài chính nữa", on=day)
    insider = person("noibo", Role.STAFF, named("Sở Tài chính nữa"))
    for who, may in ((insider, False), (staff, True)):
        who = User.objects.get(pk=who.pk)
        waiting = waiting_for(who, Assignment.objects.all())
        assert list(waiting) == ([row] if may else [])
    insider = User.objects.get(pk=insider.pk)
    for verb in (confirm, ask_more):
        with pytest.raises(Refused):
            verb(assignment=Assignment.objects.get(pk=row.pk), reason="x", by=insider, day=day)
    confirm(assignment=Assignment.objects.get(pk=row.pk), by=staff, day=day)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_why_it_was_sent_back_is_told_and_reminded_of_after_any_number_of_successions(
    make_assignment, liaison, staff, act, day, steps
):
    row = make_assignment()
    report_progress(assignment=row, said=CLAIM, by=liaison, day=date(2023, 10, 30))
    ask_more(assignment=Assignment.objects.get(pk=row.pk), reason="Thiếu phụ lục", days=5, by=staff, day=day)
    body = None
    for number in range(steps):
        act(old=body, new=f"Sở {number}", on=ON + timedelta(number))
        body = named(f"Sở {number}")
    back = Assignment.objects.returned().get()
    assert (back.agency, back.returned_because) == (body, "Thiếu phụ lục")
    until = back.supplement_due_on
    plan_reminders(until)
    told = Reminder.objects.outgoing().filter(assignment=back, recipient=liaison).exclude(reason="received")
    assert list(told.values_list("reason", "deadline")) == [("returned", until)]


# The drafts of the round


def draft(home, row, by, day, words, november):
    report = submission_for(round=november, agency=home, by=by, day=day)
    save_entry(submission=report, assignment=row, typed={"result": words}, by=by, day=day)
    return report


def sheet(client, who, home, november):
    client.force_login(who)
    answer = client.get(reverse("round_page", args=[november.pk, home.code]))
    return answer.context["sheet"], answer.content.decode()


def test_the_round_goes_on_for_the_heir_though_it_began_after_the_cut_off(
    client, make_assignment, agency, liaison, act, day, november
):
    row = make_assignment()
    draft(agency, row, liaison, day, "Đã họp", november)
    other = make_assignment(position=2)  # nothing was typed for it
    act()
    page, text = sheet(client, liaison, named("Sở Tài chính mới"), november)
    typed = [(each.assignment.task, each.typed.get("result"), each.must) for each in page.rows]
    assert typed == [(row.task, "Đã họp", True), (other.task, None, True)]
    assert page.is_open and ">Đã họp</textarea>" in text
    assert Assignment.objects.unreported_in(november.judged, 5).count() == 2
    (line,) = lines_of(november, User.objects.get(pk=liaison.pk), day, Office.current())
    assert (line.agency.name, line.missing) == ("Sở Tài chính mới", 2)


def test_what_the_old_body_reported_in_the_round_is_not_asked_of_the_heir(
    client, make_assignment, agency, liaison, act, day, november
):
    row = make_assignment()
    report_progress(assignment=row, said=Said(result="Đã họp ba xã"), by=liaison, day=date(2023, 11, 10))
    act()
    page, text = sheet(client, liaison, named("Sở Tài chính mới"), november)
    assert not page.to_fill and "Đã họp ba xã" in text
    assert not Assignment.objects.unreported_in(november.judged, 5)


def test_the_heir_begins_with_what_was_said_last(client, make_assignment, agency, liaison, act, day, november):
    row = make_assignment()
    part = Part.objects.create(task=row.task, position=1, text="Lập kế hoạch", start=24, end=30)
    said = Said(result="Đã lập", parts=[part], documents=[Cited("7/KH", date(2023, 9, 1))])
    report_progress(assignment=row, said=said, by=liaison, day=date(2023, 9, 9))
    act()
    heir = named("Sở Tài chính mới")
    page, _ = sheet(client, liaison, heir, november)
    assert (page.rows[0].note.result, page.rows[0].typed["parts"]) == ("Đã lập", [str(part.pk)])
    form = client.get(reverse("note_create", args=[row.task_id, heir.code])).context["form"]
    assert form["parts"].value() == [part.pk] and form.fields["shelf_documents"].queryset.exists()


def test_a_report_that_waits_for_its_head_is_handed_in_anew(
    client, make_assignment, agency, other_agency, liaison, stranger, act, day, november
):
    row, own = make_assignment(), make_assignment(position=2, agency=other_agency)
    draft(agency, row, liaison, day, "Của Sở KH&ĐT", november)
    theirs = draft(other_agency, own, stranger, day, "Của Sở Tài chính", november)
    Submission.objects.filter(pk=theirs.pk).update(state="awaiting", prepared_by=stranger)
    act(new=other_agency, shape=Shape.MERGE)
    after = Submission.objects.get(pk=theirs.pk)
    assert after.state == "draft"
    _, text = sheet(client, stranger, other_agency, november)
    assert "nhận thêm nội dung đang soạn của Sở KH&amp;ĐT" in text and "trở lại bản nháp" in text
    # Whoever had the page open before the new words came does not send them unseen.
    stranger = User.objects.get(pk=stranger.pk)
    with pytest.raises(Stale):
        send_round(submission=after, lines=[Line(own, Said("x"))], by=stranger, day=day, version=theirs.version)


@pytest.fixture
def sent(make_assignment, other_agency, stranger, day, november):
    """The heir has reported on its own task, and on one that it shares with the other body."""
    row, own = make_assignment(), make_assignment(position=2, agency=other_agency)
    shared = Assignment.objects.create(task=row.task, agency=other_agency, received_on=date(2023, 4, 25))
    report = submission_for(round=november, agency=other_agency, by=stranger, day=day)
    lines = [Line(each, Said("Sở Tài chính đã làm")) for each in (own, shared)]
    send_round(submission=report, lines=lines, by=stranger, day=day)
    return row, Submission.objects.get(pk=report.pk)


def test_a_report_that_was_sent_stays_as_it_was_sent(
    client, make_assignment, agency, other_agency, liaison, stranger, act, day, november, sent
):
    shared, report = sent
    alone = make_assignment(position=3)
    for row, words in ((shared, "Kế hoạch đã họp ba lần"), (alone, "Kế hoạch đang khảo sát")):
        draft(agency, row, liaison, day, words, november)
    before = list(report.notes().order_by("pk"))
    act(new=other_agency, shape=Shape.MERGE)
    after = Submission.objects.get(pk=report.pk)
    assert (after.state, after.sent_on, after.sent_by, after.version) == ("sent", day, stranger, report.version)
    assert list(after.notes().order_by("pk")) == before and ProgressNote.objects.count() == 2
    assert not Entry.objects.filter(submission__agency=agency).exists()
    _, text = sheet(client, stranger, other_agency, november)
    # What both had is beside what was sent; what came along is owed in the round, and is sent later.
    assert text.count("Sở KH&amp;ĐT đang soạn, chưa gửi") == 1 and "Sở KH&amp;ĐT soạn, chưa gửi" in text
    for words in ("Kế hoạch đã họp ba lần", "Kế hoạch đang khảo sát"):
        assert text.count(words) == 1
    assert "Nội dung trình" not in text  # nobody takes it for a part of what was sent
    assert reverse("note_create", args=[shared.task_id, other_agency.code]) in text


def test_nobody_else_reads_what_was_not_sent(client, agency, other_agency, leader, liaison, act, day, november, sent):
    draft(agency, sent[0], liaison, day, "Bản nháp riêng", november)
    act(new=other_agency, shape=Shape.MERGE)
    client.force_login(leader)
    for address in (
        reverse("round_detail", args=[november.pk]),
        reverse("assignment_detail", args=[sent[0].task_id, other_agency.code]),
    ):
        assert "Bản nháp riêng" not in client.get(address).content.decode()


def test_drafts_of_two_bodies_stand_side_by_side(
    make_assignment, agency, other_agency, standing, liaison, act, day, november
):
    """In the draft of the heir both texts, each once, without a name: it is the heir's own now."""
    row = make_assignment()
    second = Assignment.objects.create(task=row.task, agency=standing, received_on=ON)
    clerk = person("lm", Role.LIAISON, standing, [standing])
    draft(agency, row, liaison, day, "một", november)
    draft(standing, second, clerk, day, "hai", november)
    for body in (agency, standing):
        act(old=body, new=other_agency, shape=Shape.MERGE)
    entry = Entry.objects.get(submission__agency=other_agency)
    assert (entry.typed["result"], entry.typed.get("from")) == ("một\nhai", None)


def test_two_drafts_put_together_claim_nothing_that_only_one_claims_and_name_no_new_document(
    make_assignment, agency, other_agency, liaison, stranger, act, day, november
):
    row = make_assignment()
    second = Assignment.objects.create(task=row.task, agency=other_agency, received_on=ON)
    mine = {"result": "Đã ban hành", "claims_completion": True, "document_number": "1/BC-SKHDT", "parts": ["1"]}
    theirs = {
        "unchanged": True,
        "unchanged_why": "Đang chờ bố trí kinh phí",
        "document_number": "2/BC-STC",
        "document_signer": "Lê B",
        "obstacle": "Thiếu vốn",
        "raised_to": "leaders",
    }
    for body, each, who, typed in ((other_agency, second, stranger, theirs), (agency, row, liaison, mine)):
        report = submission_for(round=november, agency=body, by=who, day=day)
        save_entry(submission=report, assignment=each, typed=typed, by=who, day=day)
    act(new=other_agency, shape=Shape.MERGE)
    typed = Entry.objects.get().typed
    assert typed["result"] == "Không thay đổi: Đang chờ bố trí kinh phí\nĐã ban hành\nVăn bản kết quả: 1/BC-SKHDT"
    assert not (typed["claims_completion"] or typed["unchanged"] or typed["unchanged_why"])
    assert (typed["document_number"], typed["document_signer"]) == ("2/BC-STC", "Lê B")
    assert (typed["obstacle"], typed["raised_to"], typed["parts"]) == ("Thiếu vốn", "leaders", ["1"])


def test_the_report_of_a_body_that_has_ended_says_where_its_work_is(
    client, make_assignment, agency, liaison, staff, day, november
):
    draft(agency, make_assignment(), liaison, day, "Đã họp", november)
    new = [NewBody("Xã Một"), NewBody("Xã Hai")]
    succeed(shape=Shape.SPLIT, on=ON, instrument="NQ 1/NQ-HĐND", old=[agency], new=new, by=staff, day=day)
    client.force_login(User.objects.get(pk=liaison.pk))
    text = client.get(reverse("round_page", args=[november.pk, agency.code])).text
    told = re.search(r"đã kết thúc từ ngày 1\d/11/2023.*báo cáo kỳ của (.*)\.</p>", text)
    assert told and sorted(told[1].split(", ")) == ["Xã Hai", "Xã Một"]
    assert "không có nhiệm vụ nào phải báo cáo" not in text


def test_what_was_begun_to_complete_a_sent_report_passes_on(make_assignment, agency, liaison, act, day, november):
    row, late = make_assignment(), make_assignment(position=2)
    report = submission_for(round=november, agency=agency, by=liaison, day=day)
    send_round(submission=report, lines=[Line(row, Said("Đã làm"))], by=liaison, day=day)
    draft(agency, late, liaison, day, "đang bổ sung", november)
    act()
    entry = Entry.objects.get()
    assert (entry.submission.agency.name, entry.typed["result"]) == ("Sở Tài chính mới", "đang bổ sung")


def test_what_was_typed_beside_a_claim_goes_along_when_it_is_sent_back(
    make_assignment, agency, liaison, staff, act, day, november
):
    row = make_assignment()
    report_progress(assignment=row, said=CLAIM, by=liaison, day=day)
    report = Submission.objects.create(round=november, agency=agency)
    Entry.objects.create(submission=report, assignment=row, typed={"result": "Chữ đã gõ"}, edited_by=liaison)
    act()
    ask_more(assignment=Assignment.objects.get(pk=row.pk), reason="Thiếu phụ lục", by=staff, day=day)
    assert Entry.objects.get().assignment == carried(row.task, day)


def test_a_claim_is_not_sent_back_into_the_claim_of_its_heir(
    make_assignment, other_agency, liaison, stranger, staff, act, day
):
    row = make_assignment()
    theirs = Assignment.objects.create(task=row.task, agency=other_agency, received_on=ON)
    for each, who in ((row, liaison), (theirs, stranger)):
        said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
        report_progress(assignment=each, said=said, by=who, day=day)
    act(new=other_agency, shape=Shape.MERGE)
    row.refresh_from_db()
    with pytest.raises(Refused, match="Đề nghị hoàn thành của Sở Tài chính .* xin xét trước"):
        ask_more(assignment=row, reason="Thiếu phụ lục", by=staff, day=day)
    confirm(assignment=Assignment.objects.get(pk=theirs.pk), by=staff, day=day)
    ask_more(assignment=Assignment.objects.get(pk=row.pk), reason="Thiếu phụ lục", by=staff, day=day)
    assert carried(row.task, day).agency == other_agency


def test_what_an_agency_asked_waits_for_each_heir_as_it_was_asked(make_assignment, agency, liaison, leader, staff, day):
    row = make_assignment("dated", deadline=day + timedelta(days=1))
    until = day + timedelta(days=30)
    ask_extension(assignment=row, asked_until=until, reason="chờ góp ý", by=liaison, day=day - timedelta(days=2))
    ask_release(assignment=row, ground="not_ours", reason="không thuộc", by=liaison, day=day)
    halves = [NewBody("Sở Một"), NewBody("Sở Hai")]
    succeed(shape=Shape.SPLIT, old=[agency], new=halves, on=day, instrument="NQ 1", by=staff, day=day)
    waiting = extensions_for(leader)
    asked = {(each.assignment.agency.name, each.asked_until, each.asked_by, each.asked_on) for each in waiting}
    assert asked == {(body.name, until, liaison, day - timedelta(days=2)) for body in halves}
    assert {each.assignment.agency.name for each in releases_for(leader)} == {"Sở Một", "Sở Hai"}
    decided = decide_extension(extension=waiting[0], answer="approved", by=leader, day=day)
    assert Assignment.objects.get(pk=decided.extension.assignment_id).deadline == until

"""Closing a directive: everything open is decided, and it may be followed again."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Shape
from agencies.succession_rules import NewBody
from directives import figures, timeline
from directives.actions.closing import Decided, close_directive, reopen_directive
from directives.actions.life import reopen, suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.succession import succeed
from directives.models import (
    Addressee,
    Assignment,
    Closing,
    Directive,
    Entry,
    Life,
    ProgressNote,
    Reminder,
    Submission,
    Task,
    Verdict,
)
from directives.reminders.plan import plan_reminders

pytestmark = pytest.mark.django_db
PAPER = "Báo cáo 12/BC-UBND ngày 15/11/2023"


@pytest.fixture
def close(directive, staff, day):
    def close(decisions, **more):
        given = {"directive": directive, "instrument": PAPER, "by": staff, "day": day} | more
        return close_directive(decisions=decisions, **given)

    return close


@pytest.fixture
def following(agency):
    """The directive of the next year, with one task."""
    made = Directive.objects.create(
        number="9",
        symbol="KH-UBND",
        doc_type="Kế hoạch",
        issued_on=date(2023, 11, 10),
        title="Năm 2024",
        text="x",
        created_on=date(2023, 11, 11),
        published_on=date(2023, 11, 11),
    )
    part = Addressee.objects.create(directive=made, position=1, name=agency.name, agency=agency, start=0, end=1)
    return Task.objects.create(directive=made, addressee=part, position=1, text="tiếp tục", start=0, end=1)


def test_each_verdict_does_what_it_says(close, make_assignment, following, day):
    carried, ended, achieved, missed = (make_assignment(position=number) for number in (1, 2, 3, 4))
    close(
        {
            carried.pk: Decided(Verdict.CARRIED, task=following),
            ended.pk: Decided(Verdict.ENDED, "không còn phù hợp"),
            achieved.pk: Decided(Verdict.ACHIEVED, "đạt", completed_on=date(2023, 10, 31)),
            missed.pk: Decided(Verdict.NOT_ACHIEVED, "chưa có kinh phí"),
        }
    )
    for row in (carried, ended, achieved, missed):
        row.refresh_from_db()
    assert (carried.life, carried.moved_to.get().new.task) == (Life.TRANSFERRED, following)
    assert ended.life == Life.CANCELLED
    assert (achieved.life, achieved.completed_on) == (Life.DONE, date(2023, 10, 31))
    assert (missed.life, missed.closed_on) == (Life.NOT_STARTED, day)
    assert Closing.objects.count() == 4
    assert Directive.objects.get(number="86").closed_on == day
    said = [entry.title for entry in timeline.of_assignment(missed)]
    assert "Kết thúc theo dõi văn bản: Chưa thực hiện → Đánh giá: không hoàn thành" in said


def test_what_was_missed_keeps_its_figure_and_owes_nothing(close, make_assignment, day, liaison, staff):
    row = make_assignment("dated", deadline=date(2023, 11, 1))
    close({row.pk: Decided(Verdict.NOT_ACHIEVED, "chưa xong")})
    assert figures.of_assignments(Assignment.objects.all(), day).open_overdue == 1
    assert not Assignment.objects.open().exists()
    assert not Assignment.objects.overdue(day).exists()
    row.refresh_from_db()
    with pytest.raises(Refused):
        report_progress(assignment=row, said=Said("muộn"), by=liaison, day=day)
    with pytest.raises(Refused, match="mở lại theo dõi"):
        suspend(assignment=row, reason="x", by=staff, day=day)


def test_a_period_is_over_by_its_last_day(close, make_assignment):
    row = make_assignment("period", task_fields={"period_end": date(2023, 6, 30)})
    close({row.pk: Decided(Verdict.ACHIEVED, "đạt")})
    row.refresh_from_db()
    assert row.completed_on == date(2023, 6, 30)


def test_whoever_is_missing_is_named(close, make_assignment):
    row = make_assignment()
    make_assignment(position=2)
    with pytest.raises(Refused, match=r"Chưa quyết định: nhiệm vụ 2 \(Sở KH&ĐT\)"):
        close({row.pk: Decided(Verdict.ENDED, "x")})
    row.refresh_from_db()
    assert row.life == Life.NOT_STARTED


def test_a_waiting_claim_is_decided_first(close, make_assignment, liaison, day):
    row = make_assignment(life=Life.AWAITING, submitted_on=day)
    ProgressNote.objects.create(assignment=row, said_on=day, author=liaison, result="x", claims_completion=True)
    with pytest.raises(Refused, match="chờ xác nhận"):
        close({row.pk: Decided(Verdict.ENDED, "x")})


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        (Decided(Verdict.ENDED), "nhận xét, lý do"),
        (Decided(Verdict.CARRIED), "chọn nhiệm vụ"),
        (Decided(Verdict.ACHIEVED, "đạt", completed_on=date(2024, 1, 1)), "Ngày hoàn thành"),
    ],
)
def test_what_a_verdict_needs(close, make_assignment, decided, words):
    row = make_assignment()
    with pytest.raises(Refused, match=words):
        close({row.pk: decided})
    assert not Closing.objects.exists()


def test_nobody_frees_their_own_agency_by_closing(close, make_assignment, standing, following, day, staff):
    row = make_assignment(agency=standing)
    for verdict in (Verdict.ENDED, Verdict.ACHIEVED):
        with pytest.raises(Refused, match="chính cơ quan"):
            close({row.pk: Decided(verdict, "Đã xong")})
    close({row.pk: Decided(Verdict.NOT_ACHIEVED, "Chưa làm")})
    assert Closing.objects.get().verdict == Verdict.NOT_ACHIEVED


def test_nothing_is_carried_to_itself_or_to_a_draft(close, make_assignment, following):
    row = make_assignment()
    Directive.objects.filter(pk=following.directive_id).update(published_on=None)
    following.directive.refresh_from_db()
    for task in (row.task, following):
        with pytest.raises(Refused, match="chỉ chuyển tiếp"):
            close({row.pk: Decided(Verdict.CARRIED, task=task)})


def test_an_instrument_is_needed_and_twice_is_refused(close, directive):
    with pytest.raises(Refused, match="căn cứ"):
        close({}, instrument=" ")
    close({})
    with pytest.raises(Refused, match="đã kết thúc theo dõi từ ngày 20/11/2023"):
        close({})


def test_only_staff_close(close, leader, liaison):
    for who in (leader, liaison):
        with pytest.raises(Refused):
            close({}, by=who)


def test_it_may_be_followed_again(close, make_assignment, directive, staff, day):
    missed, ended = make_assignment(), make_assignment(position=2)
    close({missed.pk: Decided(Verdict.NOT_ACHIEVED, "x"), ended.pk: Decided(Verdict.ENDED, "x")})
    with pytest.raises(Refused, match="mở lại theo dõi"):
        reopen(assignment=ended, reason="x", by=staff, day=day)
    with pytest.raises(Refused):
        reopen_directive(directive=directive, reason=" ", by=staff, day=day)
    reopen_directive(directive=directive, reason="đóng nhầm", by=staff, day=day)
    directive.refresh_from_db()
    assert directive.closed_on is None
    assert list(Assignment.objects.open()) == [missed]
    assert Assignment.objects.get(pk=ended.pk).life == Life.CANCELLED
    assert missed.decisions.filter(verb="reopen_directive", reason="đóng nhầm").exists()
    with pytest.raises(Refused, match="đang được theo dõi"):
        reopen_directive(directive=directive, reason="x", by=staff, day=day)


def test_followed_again_whoever_took_over_owes_what_was_judged_unfinished(
    close, make_assignment, agency, directive, staff, day
):
    missed, ended = make_assignment(), make_assignment(position=2)
    close({missed.pk: Decided(Verdict.NOT_ACHIEVED, "x"), ended.pk: Decided(Verdict.ENDED, "x")})
    new = NewBody("Sở Tài chính mới")
    succeed(shape=Shape.RENAME, on=day, instrument="NQ 1", old=[agency], new=[new], by=staff, day=day)
    assert not Assignment.objects.filter(agency__name=new.name).exists()  # closed: nothing was owed
    reopen_directive(directive=directive, reason="đóng nhầm", by=staff, day=day)
    lives = {row.pk: (row.life, row.closed_on) for row in Assignment.objects.filter(agency=agency)}
    assert lives == {missed.pk: (Life.TRANSFERRED, None), ended.pk: (Life.CANCELLED, None)}
    owed = Assignment.objects.to_do().get()
    assert (owed.task, owed.agency.name) == (missed.task, "Sở Tài chính mới")


def test_what_was_carried_on_is_not_owed_twice(close, make_assignment, directive, following, staff, day):
    """It goes on in the new directive, whether the old one is followed again or not."""
    carried = make_assignment()
    close({carried.pk: Decided(Verdict.CARRIED, task=following)})
    reopen_directive(directive=directive, reason="đóng nhầm", by=staff, day=day)
    assert [row.task for row in Assignment.objects.to_do()] == [following]


def test_nothing_is_carried_onto_finished_work(close, make_assignment, agency, other_agency, following, day):
    """It would open again what somebody has confirmed; another agency's being done is no reason."""
    row = make_assignment()
    done = Assignment.objects.create(task=following, agency=agency, life=Life.DONE, completed_on=day, received_on=day)
    with pytest.raises(Refused, match="đã hoàn thành nhiệm vụ được chọn"):
        close({row.pk: Decided(Verdict.CARRIED, task=following)})
    row.refresh_from_db()
    assert (row.life, row.task.directive.closed_on) == (Life.NOT_STARTED, None)
    Assignment.objects.filter(pk=done.pk).update(agency=other_agency)
    close({row.pk: Decided(Verdict.CARRIED, task=following)})
    done.refresh_from_db()
    assert done.life == Life.DONE


def test_nothing_is_carried_into_a_claim_that_waits(close, make_assignment, following, agency, liaison, day):
    row = make_assignment()
    there = Assignment.objects.create(task=following, agency=agency, received_on=day)
    said = Said("Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=there, said=said, by=liaison, day=day)
    with pytest.raises(Refused, match="nhiệm vụ 1, 9/KH-UBND đang chờ xác nhận; xin xét trước"):
        close({row.pk: Decided(Verdict.CARRIED, task=following)})
    row.refresh_from_db()
    assert (row.life, row.task.directive.closed_on) == (Life.NOT_STARTED, None)


def test_words_of_an_open_round_are_carried_on_with_the_work(
    close, make_assignment, following, agency, liaison, november
):
    row = make_assignment()
    report = Submission.objects.create(round=november, agency=agency)
    Entry.objects.create(submission=report, assignment=row, typed={"result": "Chữ đã gõ"}, edited_by=liaison)
    close({row.pk: Decided(Verdict.CARRIED, task=following)})
    there = Entry.objects.get()
    assert (there.assignment.task, there.submission, there.typed) == (following, report, {"result": "Chữ đã gõ"})


def test_nobody_is_reminded_of_closed_work(close, make_assignment, liaison, day):
    row = make_assignment("dated", deadline=date(2023, 11, 1))
    close({row.pk: Decided(Verdict.NOT_ACHIEVED, "x")})
    plan_reminders(day)
    assert not Reminder.objects.exists()


def test_closings_are_append_only(close, make_assignment):
    close({make_assignment().pk: Decided(Verdict.ENDED, "x")})
    for sql in ("UPDATE directives_closing SET reason = ''", "DELETE FROM directives_closing"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


class TestPages:
    @pytest.fixture(autouse=True)
    def pinned(self, settings, day):
        settings.TODAY = day

    @pytest.fixture
    def url(self, directive):
        return reverse("directive_close", args=[directive.pk])

    def test_defaults_follow_the_clock(self, signed_in, url, make_assignment):
        over = make_assignment("period", task_fields={"period_end": date(2023, 6, 30)})
        ahead = make_assignment("dated", position=2, deadline=date(2023, 12, 30))
        form = signed_in("staff").get(url).context["form"]
        assert form[f"pc-{over.pk}-verdict"].value() == Verdict.NOT_ACHIEVED
        assert not form[f"pc-{ahead.pk}-verdict"].value()

    def test_a_whole_addressee_is_filled_at_once(self, signed_in, url, make_assignment):
        row = make_assignment()
        part = row.task.addressee_id
        data = {"dien": part, f"muc-{part}-verdict": "ended", f"muc-{part}-reason": "thay thế"}
        form = signed_in("staff").post(url, data | {"instrument": PAPER}).context["form"]
        assert form[f"pc-{row.pk}-verdict"].value() == "ended"
        assert form[f"pc-{row.pk}-reason"].value() == "thay thế"
        assert form["instrument"].value() == PAPER

    def test_preview_first_then_the_deed(self, signed_in, url, make_assignment, directive, following):
        row, other = make_assignment(), make_assignment(position=2)
        data = {
            "instrument": PAPER,
            "following": following.directive_id,
            f"pc-{row.pk}-verdict": "carried",
            f"nv-{row.task_id}-next": following.pk,
            f"pc-{other.pk}-verdict": "ended",
            f"pc-{other.pk}-reason": "thay thế",
        }
        client = signed_in("staff")
        shown = client.post(url, data | {"buoc": "xem"})
        assert shown.status_code == 200
        assert shown.context["counted"] == [
            ("Chuyển tiếp sang văn bản mới", 1),
            ("Kết thúc theo dõi", 1),
        ]
        assert not Closing.objects.exists()
        assert client.post(url, data | {"buoc": "ghi"}).status_code == 302
        page = client.get(reverse("directive_detail", args=[directive.pk])).content.decode()
        assert "Đã kết thúc theo dõi từ ngày 20/11/2023" in page
        assert "Đã kết thúc theo dõi" in client.get(reverse("directive_list")).content.decode()

    def test_what_is_missing_stands_at_its_line(self, signed_in, url, make_assignment):
        row = make_assignment()
        answer = signed_in("staff").post(url, {"buoc": "xem", "instrument": PAPER})
        assert answer.status_code == 422
        assert answer.context["form"].errors[f"pc-{row.pk}-verdict"]

    def test_the_same_number_of_queries_for_one_and_three(
        self, signed_in, url, make_assignment, django_assert_num_queries
    ):
        from django.test.utils import CaptureQueriesContext

        client, counts = signed_in("staff"), []
        for position in (1, 2, 3):
            make_assignment(position=position)
            client.get(url)
            with CaptureQueriesContext(connection) as seen:
                client.get(url)
            counts.append(len(seen))
        assert counts[0] == counts[2]

    def test_followed_again_from_the_page(self, signed_in, directive):
        Directive.objects.update(closed_on=date(2023, 11, 1), closed_by_instrument=PAPER)
        client = signed_in("staff")
        client.post(reverse("directive_reopen", args=[directive.pk]), {"reason": "đóng nhầm"})
        directive.refresh_from_db()
        assert directive.closed_on is None


@pytest.mark.parametrize("step", ["ghi", "chon"])
def test_a_reason_typed_for_what_has_gone_to_an_heir_is_shown_again(
    client, make_assignment, directive, agency, staff, day, step
):
    row = make_assignment()
    given = {"on": day, "instrument": "NQ 1", "by": staff, "day": day}
    succeed(shape=Shape.RENAME, old=[agency], new=[NewBody("Sở Mới")], **given)
    client.force_login(staff)
    typed = {"instrument": PAPER, f"pc-{row.pk}-verdict": "missed", f"pc-{row.pk}-reason": "Lý do đã gõ"}
    page = client.post(reverse("directive_close", args=[directive.pk]), typed | {"buoc": step}).content.decode()
    assert "nay do Sở Mới thực hiện, nên nội dung sau chưa được ghi: “Lý do đã gõ”" in page
    directive.refresh_from_db()
    assert directive.closed_on is None


def test_a_reason_typed_for_what_was_finished_meanwhile_is_shown_again(client, make_assignment, directive, staff, day):
    row, other = make_assignment(life=Life.DONE, completed_on=day), make_assignment(position=2)
    client.force_login(staff)
    typed = {
        f"pc-{each.pk}-{name}": text for each in (row, other) for name, text in (("verdict", "missed"), ("reason", "x"))
    }
    page = client.post(reverse("directive_close", args=[directive.pk]), typed | {"instrument": PAPER, "buoc": "ghi"})
    assert page.status_code == 422
    assert "đã ở tình trạng “Hoàn thành”" in page.content.decode()

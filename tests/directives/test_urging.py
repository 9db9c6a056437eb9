"""Who is urged, in which words; a draft gets its number once, and nothing of it changes any more."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agencies.errors import Refused
from agencies.models import Role
from directives import figures, history, timeline
from directives.actions.numbers import clerks_number
from directives.actions.urging import issue_letter, withdraw_letter
from directives.models import Assignment, Office, Reminder, Urging, UrgingLetter
from directives.models.round import last_closed_window
from directives.views.urging_rows import rows_to_urge

from .conftest import person
from .urging_cast import DAY, call, draft, party, urged, words

YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def pinned(settings, month, standing):
    settings.TODAY = DAY
    standing.kind = "standing"
    standing.save()


@pytest.fixture
def late(make_assignment):
    return make_assignment("dated", deadline=date(2023, 10, 31), position=1)


@pytest.fixture
def silent(make_assignment):
    return make_assignment(position=2)


@pytest.fixture
def asked(make_assignment):
    row = make_assignment("dated", deadline=date(2023, 10, 31), position=3, agency=party())
    row.task.addressee.is_asked = True
    row.task.addressee.save()
    return row


def listed():
    return {row["agency"].code: row for row in rows_to_urge(Assignment.objects.published(), DAY, Office.current())}


def issued(letter, by, number="15", **changes):
    given = {"number": number, "symbol": "LMHTX-VP", "issued_on": DAY, "by": by, "day": DAY}
    return issue_letter(letter=letter, **given | changes)


def reminded(row, to, on, **changes):
    """A mail that left on that day, by the product's clock."""
    given = {"reason": "after", "deadline": row.deadline or on, "rung": on, "planned_on": on, "state": "sent"}
    left = {"sent_at": timezone.now(), "sent_on": on}
    return Reminder.objects.create(recipient=to, assignment=row, **left, **given | changes)


# Which agencies


def test_late_work_and_silence_are_counted_as_on_every_other_page(late, silent, agency):
    row = listed()[agency.code]
    counted = figures.by_agency(Assignment.objects.all(), DAY)[agency.pk]
    unreported = Assignment.objects.unreported_in(last_closed_window(DAY), Office.current().silent_after)
    assert row["late"] + row["due_asked"] + row["waiting"] == counted.open_overdue == 1
    assert row["unreported"] == unreported.filter(agency=agency).count() == 2
    assert row["longest"].days == 20
    assert urged(agency) == [late.pk, silent.pk]


def test_what_was_handed_in_late_and_waits_is_nobodys_to_urge(late, agency):
    Assignment.objects.filter(pk=late.pk).update(life="awaiting", submitted_on=date(2023, 11, 15))
    assert figures.by_agency(Assignment.objects.all(), DAY)[agency.pk].open_overdue == 1
    assert agency.code not in listed()
    assert urged(agency) == []


def test_a_body_that_is_asked_is_called_late_in_no_number(asked):
    row = listed()["btg"]
    assert (row["asked"], row["late"], row["due_asked"], row["longest"]) == (True, 0, 1, None)


def test_groups_and_bodies_that_have_ended_are_not_listed(late, agency, group, make_assignment):
    make_assignment("dated", deadline=date(2023, 10, 31), position=5, agency=group)
    assert set(listed()) == {agency.code}
    agency.ended_on = DAY
    agency.save()
    assert listed() == {}
    assert urged(agency) == []


def test_the_standing_agency_does_not_write_to_itself(make_assignment, standing, staff):
    make_assignment("dated", deadline=date(2023, 10, 31), agency=standing)
    assert listed()[standing.code]["is_own"]
    for urge in (draft, call):
        with pytest.raises(Refused, match="trình lãnh đạo"):
            urge(standing, staff)


def test_without_a_round_nobody_is_silent(late, silent, agency, month):
    month.delete()
    assert urged(agency) == [late.pk]


# Words


def test_a_late_and_silent_body_is_asked_courteously_with_days_and_round(late, silent, agency, staff):
    said = words(draft(agency, staff))
    assert "đề nghị báo cáo kết quả thực hiện nhiệm vụ tại Thông báo số 86/TB-UBND" in said
    assert (
        "Quý Sở còn 1 nhiệm vụ đã quá thời hạn mà chưa hoàn thành và 2 nhiệm vụ chưa có báo cáo kỳ tháng 11/2023"
        in said
    )
    assert "trong đó 1 nhiệm vụ thuộc cả hai trường hợp" in said
    assert "Quá hạn 20 ngày" in said
    assert "đề nghị Quý Sở quan tâm, chỉ đạo thực hiện và sớm báo cáo" in said
    assert "chậm nhất ngày 27/11/2023" in said
    assert said.endswith("./.")


def test_a_silent_body_is_not_called_late(silent, agency, staff):
    said = words(draft(agency, staff))
    assert "1 nhiệm vụ chưa có báo cáo kỳ tháng 11/2023 (từ ngày 15/10/2023 đến hết ngày 14/11/2023)" in said
    assert "quá" not in said.lower().replace("kết quả", "")


def test_a_body_that_is_asked_gets_a_request_and_no_lateness(asked, staff):
    said = words(draft(asked.agency, staff))
    assert "Kính đề nghị quý cơ quan quan tâm, cho biết kết quả" in said
    assert "Thời hạn đề nghị" in said
    for reproach in ("quá hạn", "quá thời hạn", "chậm", "nhiệm vụ được giao", "đôn đốc"):
        assert reproach not in said.lower()


def test_the_partys_bodies_are_asked_whatever_the_notice_says(asked, staff):
    asked.task.addressee.is_asked = False
    asked.task.addressee.save()
    assert listed()["btg"]["asked"]
    assert "Kính đề nghị quý cơ quan" in words(draft(asked.agency, staff))


def test_what_is_ordered_and_what_is_asked_stand_apart(late, agency, staff, make_assignment):
    other = make_assignment("dated", deadline=date(2023, 10, 31), position=4)
    other.task.addressee.is_asked = True
    other.task.addressee.save()
    letter = draft(agency, staff)
    titles = [(group["title"], len(group["rows"])) for group in letter.content["groups"]]
    assert titles == [("Nhiệm vụ được giao", 1), ("Nội dung được đề nghị thực hiện", 1)]
    assert "Quá hạn" not in str(letter.content["groups"][1])


def test_earlier_reminders_letters_and_calls_are_listed(late, agency, staff, liaison):
    reminded(late, liaison, date(2023, 11, 1))
    reminded(late, liaison, date(2023, 11, 8))
    reminded(late, staff, date(2023, 11, 15), step="standing")  # climbed to the staff: the agency heard nothing of it
    reminded(late, liaison, date(2023, 11, 16), state="owed")
    earlier = draft(agency, staff, day=YESTERDAY)
    issued(earlier, staff, issued_on=YESTERDAY, day=YESTERDAY)
    call(agency, staff, on=date(2023, 11, 17))
    said = words(draft(agency, staff))
    assert "Thư điện tử: ngày 01/11/2023, 08/11/2023 " in said
    assert "Công văn số 15/LMHTX-VP ngày 19/11/2023" in said
    assert "Điện thoại: ngày 17/11/2023" in said


def test_many_reminders_are_told_by_their_number(late, agency, staff, liaison):
    for on in range(1, 6):
        reminded(late, liaison, date(2023, 11, on))
    assert "Thư điện tử: 5 lần, từ ngày 01/11/2023 đến ngày 05/11/2023" in words(draft(agency, staff))


def test_what_the_predecessor_was_told_counts_for_its_heir(late, agency, staff, liaison, other_agency):
    from directives.actions.moves import move_work
    from directives.models import Why

    reminded(late, liaison, date(2023, 11, 1))
    new = move_work(old=late, agency=other_agency, why=Why.SUCCESSION, instrument="NQ 1", by=staff, day=DAY)
    assert urged(other_agency) == [new.pk]
    assert "Thư điện tử: ngày 01/11/2023" in words(draft(other_agency, staff))


def test_a_draft_is_no_urging_yet(late, agency, staff):
    withdraw_letter(letter=draft(agency, staff), by=staff, day=DAY)
    assert "Chưa có" in draft(agency, staff).content["groups"][0]["rows"][0][4]


@pytest.mark.parametrize(
    ("issuer", "name", "signs", "number"),
    [
        ("own", "LIÊN MINH HỢP TÁC XÃ TỈNH", [], "Số:      /LMHTX-      "),
        (
            "committee",
            "Ban Chỉ đạo đổi mới và phát triển kinh tế tập thể tỉnh",
            ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"],
            "/BCĐ-",
        ),
        ("office", "Văn phòng", ["CHÁNH VĂN PHÒNG"], "/VP-"),
    ],
)
def test_each_issuer_has_its_head_and_its_signer(late, agency, staff, issuer, name, signs, number):
    from directives.reports.urging_content import printed

    said = printed(draft(agency, staff, issuer=issuer))
    assert (said["office"]["name"], said["office"]["signs_as"]) == (name, signs)
    assert number in said["number"].replace("\xa0", " ")
    sums_up = "Liên minh HTX tỉnh (tổng hợp)" in said["office"]["recipients"]
    assert sums_up == (issuer != "own")


# The life of a letter


def test_a_second_press_gives_the_same_letter(late, agency, staff):
    key = uuid.uuid4()
    assert draft(agency, staff, submission=key) == draft(agency, staff, submission=key)
    assert UrgingLetter.objects.count() == 1


def test_an_agency_has_one_draft_at_a_time(late, agency, staff):
    draft(agency, staff)
    with pytest.raises(Refused, match="Đã có một dự thảo"):
        draft(agency, staff)


@pytest.mark.parametrize("days", [0, 93])
def test_the_day_of_the_answer_lies_ahead(late, agency, staff, days):
    with pytest.raises(Refused, match="sau hôm nay"):
        draft(agency, staff, report_by=DAY + timedelta(days=days))


def test_only_what_is_late_or_silent_can_be_listed(late, agency, staff, make_assignment):
    fresh = make_assignment("dated", deadline=date(2023, 12, 30), position=6, received_on=DAY)
    with pytest.raises(Refused, match="vừa được báo cáo"):
        draft(agency, staff, assignments=[late.pk, fresh.pk])


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_only_the_staff_urge(late, agency, staff, who, request):
    by, letter = request.getfixturevalue(who), draft(agency, staff)
    for act in (
        lambda: draft(agency, by),
        lambda: call(agency, by),
        lambda: issued(letter, by),
        lambda: withdraw_letter(letter=letter, by=by, day=DAY),
    ):
        with pytest.raises(Refused, match="thường trực"):
            act()


def test_the_clerks_number_is_written_once(late, agency, staff):
    letter = issued(draft(agency, staff), staff, number="5")
    assert (letter.code, str(letter)) == ("05/LMHTX-VP", "Công văn số 05/LMHTX-VP ngày 20/11/2023")
    assert issued(letter, staff, number="05") == letter  # a second press
    with pytest.raises(Refused, match="đã phát hành nên không thay đổi"):
        issued(letter, staff, number="6")
    with pytest.raises(Refused, match="không thay đổi"):
        withdraw_letter(letter=letter, by=staff, day=DAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("5", "05"), ("05", "05"), (" 005 ", "05"), ("5a", "05a"), ("10", "10"), ("125Đ", "125đ"), ("100000", "100000")],
)
def test_a_number_is_written_one_way(typed, kept):
    assert clerks_number(typed) == kept


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": "CV5"}, "số mà văn thư"),
        ({"number": "0"}, "số mà văn thư"),
        ({"symbol": "CV-LMHTX"}, "không có chữ CV"),
        ({"symbol": "LMHTX-CV"}, "không có chữ CV"),
        ({"symbol": "lmhtx"}, "viết hoa"),
        ({"issued_on": YESTERDAY}, "từ ngày soạn"),
        ({"issued_on": DAY + timedelta(days=1)}, "đến hôm nay"),
    ],
)
def test_a_number_that_cannot_be_is_refused(late, agency, staff, wrong, words):
    with pytest.raises(Refused, match=words):
        issued(draft(agency, staff), staff, **wrong)
    assert UrgingLetter.objects.get().is_draft


def test_one_number_is_not_given_twice_in_a_year(late, agency, asked, staff):
    issued(draft(agency, staff), staff)
    with pytest.raises(Refused, match="đã được ghi cho công văn gửi Sở Kế hoạch"):
        issued(draft(asked.agency, staff), staff)


@pytest.mark.parametrize(
    ("end", "change"),
    [
        (None, {"content": {}}),
        (None, {"report_by": DAY}),
        ("issue", {"number": "99"}),
        ("issue", {"state": "draft", "number": "", "symbol": "", "issued_on": None}),
        ("withdraw", {"state": "draft"}),
    ],
)
def test_the_database_itself_keeps_what_was_said(late, agency, staff, end, change):
    letter = draft(agency, staff)
    if end == "issue":
        issued(letter, staff)
    elif end:
        withdraw_letter(letter=letter, by=staff, day=DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        UrgingLetter.objects.update(**change)


def test_letters_calls_and_their_tasks_are_never_deleted(late, agency, staff):
    letter, made = draft(agency, staff), call(agency, staff)
    for rows in (letter.tasks, made.tasks, UrgingLetter.objects, Urging.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        Urging.objects.update(said="x")


# Calls


def test_a_call_is_logged_once_and_kept(late, agency, staff):
    key = uuid.uuid4()
    first = call(agency, staff, submission=key)
    assert call(agency, staff, submission=key) == first
    assert [each.assignment for each in first.tasks.all()] == [late]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": DAY + timedelta(days=1)}, "không thể sau hôm nay"),
        ({"spoken_to": " "}, "với ai"),
        ({"said": ""}, "nội dung"),
        ({"assignments": []}, "ít nhất một"),
    ],
)
def test_a_call_says_with_whom_and_about_what(late, agency, staff, wrong, words):
    with pytest.raises(Refused, match=words):
        call(agency, staff, **wrong)


# Who sees it


def test_the_timeline_of_each_task_tells_of_issued_letters_and_calls(late, silent, agency, staff):
    letter = draft(agency, staff)
    assert not any("Công văn" in entry.title for entry in timeline.of_assignment(late))
    issued(letter, staff)
    call(agency, staff, assignments=[silent.pk])
    title = "Công văn số 15/LMHTX-VP ngày 20/11/2023 gửi Sở KH&ĐT"
    assert title in [entry.title for entry in timeline.of_assignment(late)]
    told = {entry.title: entry.text for entry in timeline.of_assignment(silent)}
    assert title in told
    assert told["Đã trao đổi: điện thoại"] == "Với Ông A.\nĐề nghị gửi báo cáo."
    assert "Đã trao đổi: điện thoại" not in [entry.title for entry in timeline.of_assignment(late)]


def test_the_history_of_an_agency_tells_of_each_once(late, silent, agency, staff):
    issued(draft(agency, staff), staff)
    call(agency, staff)
    lines = history.of_agency(agency, Assignment.objects.filter(agency=agency), date(2023, 1, 1), DAY)
    told = [line.what for line in lines]
    assert sum("Công văn số 15/LMHTX-VP" in what for what in told) == 1
    assert told.count("Đã trao đổi: điện thoại") == 1


def test_an_agency_sees_what_was_issued_to_it_and_no_draft(late, agency, staff, liaison, stranger, leader):
    letter = draft(agency, staff)
    seen = UrgingLetter.objects.visible_to
    assert (seen(liaison).count(), seen(stranger).count(), seen(leader).count()) == (0, 0, 1)
    issued(letter, staff)
    assert (seen(liaison).count(), seen(stranger).count()) == (1, 0)
    closed = person("khoa", Role.LIAISON, agency, [agency])
    closed.is_active = False
    assert seen(closed).count() == 0

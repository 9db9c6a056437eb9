"""Paper reports of agencies that never sign in: they enter a round, late or in time, by the day the letter arrived."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from directives import timeline
from directives.actions.notes import Letter, Said, enter_for_agency
from directives.models import Assignment, ProgressNote, Round


@pytest.fixture(autouse=True)
def pinned(settings, day, month):
    settings.TODAY = day


@pytest.fixture
def november(db):
    return make_round(date(2023, 10, 15), date(2023, 11, 14))


@pytest.fixture
def december(db):
    return make_round(date(2023, 11, 15), date(2023, 12, 14))


def make_round(start, end):
    due = {"due_local": end.replace(day=17), "due_agency": end.replace(day=22), "due_standing": end.replace(day=25)}
    return Round.objects.create(cadence="month", start=start, end=end, **due)


@pytest.fixture
def row(make_assignment):
    return make_assignment()


def enter(row, staff, day, *, on=16, arrived=17, **more):
    said = Said(result="Đã làm", no_evidence_reason="Bản giấy lưu tại văn thư")
    letter = Letter("15/CV", date(2023, 11, on), date(2023, 11, arrived))
    return enter_for_agency(assignment=row, said=said, letter=letter, by=staff, day=day, **more)


def reported(round_):
    return Assignment.objects.in_round(round_.judged, 5).filter(own_note__isnull=False).exists()


def test_a_letter_between_cut_off_and_due_day_counts_in_the_round_it_reports_on(row, staff, day, november, december):
    note = enter(row, staff, day, round=november)
    assert (reported(november), reported(december)) == (True, False)
    assert "trong báo cáo kỳ tháng 11/2023 (nhập hộ" in timeline.note_title(note)


def test_it_is_late_by_the_day_on_which_it_arrived(row, staff, november):
    note = enter(row, staff, date(2023, 11, 24), arrived=22, round=november)
    assert "gửi muộn" not in timeline.note_title(note)
    late = enter(row, staff, date(2023, 11, 24), arrived=23, round=november)
    assert "kỳ tháng 11/2023, gửi muộn" in timeline.note_title(late)


def test_staff_see_which_agencies_letter_came_too_late(client, row, staff, november):
    client.force_login(staff)
    enter(row, staff, date(2023, 11, 24), arrived=22, round=november)
    assert "công văn đến" not in client.get(reverse("round_detail", args=[november.pk])).text
    enter(row, staff, date(2023, 11, 24), on=18, arrived=23, round=november)
    assert "công văn đến ngày 23/11/2023, muộn" in client.get(reverse("round_detail", args=[november.pk])).text


@pytest.mark.parametrize(("on", "counts"), [(14, (True, False)), (16, (False, True))])
def test_without_a_round_it_counts_once_by_the_date_of_the_letter(row, staff, day, november, december, on, counts):
    enter(row, staff, day, on=on)
    assert (reported(november), reported(december)) == counts


def test_no_letter_reports_on_a_round_that_begins_after_it_came(row, staff, day, december):
    with pytest.raises(Refused, match="chưa bắt đầu"):
        enter(row, staff, day, on=10, arrived=14, round=december)


def test_staff_find_the_round_of_these_days_chosen(client, row, staff, november, december):
    client.force_login(staff)
    address = reverse("note_enter", args=[row.task_id, "skhdt"])
    form = client.get(address).context["form"]
    assert form["round"].value() == november.pk
    assert [each.pk for each in form.fields["round"].queryset] == [november.pk]
    sent = {
        "result": "Đã làm",
        "letter_number": "15/CV",
        "letter_on": "16/11/2023",
        "letter_arrived_on": "17/11/2023",
        "no_evidence_reason": "Bản giấy",
        "submission": str(uuid.uuid4()),
        "version": row.version,
        "round": november.pk,
    }
    assert client.post(address, sent).status_code == 302
    assert ProgressNote.objects.get().round == november
    client.post(address, {**sent, "round": "", "submission": str(uuid.uuid4()), "version": row.version + 1})
    assert ProgressNote.objects.order_by("pk").last().round is None


def test_an_office_without_rounds_is_asked_for_none(client, row, staff):
    client.force_login(staff)
    assert "round" not in client.get(reverse("note_enter", args=[row.task_id, "skhdt"])).context["form"].fields

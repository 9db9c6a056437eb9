"""Away for some days: who may record it, what is refused, whose rights hold on which day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import absences, grants
from agencies.delegation import give_right
from agencies.errors import Refused
from agencies.models import LEAD, Absence, Agency, User
from agencies.people import deactivate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def granted(liaison, agency):
    grants.grant(agency=agency, user=liaison, by=None)
    return liaison


@pytest.fixture
def colleague(make_user, agency):
    return make_user("dongnghiep", full_name="Cao Thị Đồng", agency=agency)


@pytest.fixture
def away(granted, colleague, day):
    return record(granted, colleague, day, 3)


def record(user, deputy, since, days, by=None, day=None):
    until = since + timedelta(days)
    return absences.record_absence(user=user, deputy=deputy, since=since, until=until, by=by or user, day=day or since)


def acts(user, agency):
    return User.objects.get(pk=user.pk).represents(agency.pk)


def test_rights_follow_the_calendar(granted, colleague, agency, day, settings):
    record(granted, colleague, day + timedelta(1), 2, day=day)
    held = []
    for offset in range(5):
        settings.TODAY = day + timedelta(offset)
        held.append(acts(colleague, agency))
    assert held == [False, True, True, True, False]


def test_the_absent_keep_their_own_rights(away, granted, agency):
    assert acts(granted, agency)


@pytest.mark.parametrize("closed", ["closed", "promoted"])
def test_a_deputy_who_is_no_liaison_any_more_holds_nothing(away, colleague, agency, closed, admin, day):
    if closed == "closed":
        deactivate(user=colleague, by=admin, day=day)
    else:
        User.objects.filter(pk=colleague.pk).update(role="leader")
    assert not acts(colleague, agency)


def test_a_deputy_of_a_deputy_holds_nothing(granted, colleague, agency, make_user, day):
    third = make_user("thuba", agency=agency)
    record(granted, colleague, day, 3)
    row = Absence.objects.create(
        user=colleague, deputy=third, since=day, until=day + timedelta(3), recorded_by=colleague
    )
    assert [each.user for each in absences.left_behind(row)] == [granted]
    assert not acts(third, agency)


@pytest.mark.parametrize(
    ("who", "may"), [("admin", True), ("staff", True), ("leader", False), ("head", True), ("x", False)]
)
def test_who_records_somebody_elses_absence(
    request, who, may, granted, colleague, agency, other_agency, make_user, day
):
    if who == "head":
        by = make_user("thutruong")
        grants.grant(agency=agency, user=by, by=None, right=LEAD)
    elif who == "x":
        by = make_user("dongcap")
        grants.grant(agency=other_agency, user=by, by=None, right=LEAD)
        grants.grant(agency=agency, user=by, by=None)
    else:
        by = request.getfixturevalue(who)
    if may:
        assert record(granted, colleague, day, 1, by=by).recorded_by == by
    else:
        with pytest.raises(Refused, match="thủ trưởng"):
            record(granted, colleague, day, 1, by=by)


def test_an_outsider_stands_in_only_at_the_staffs_word(granted, make_user, other_agency, staff, day):
    outsider = make_user("ngoai", agency=other_agency)
    with pytest.raises(Refused, match="cùng đơn vị"):
        record(granted, outsider, day, 1)
    row = record(granted, outsider, day, 1, by=staff)
    longer = day + timedelta(2)
    absences.change_absence(absence=row, deputy=outsider, since=day, until=longer, by=granted, day=day)
    assert Absence.objects.get().until == longer


@pytest.mark.parametrize(
    ("since", "days", "words"),
    [(-1, 3, "trước hôm nay"), (0, -1, "ngày đầu"), (0, 400, "một năm")],
)
def test_impossible_days_are_refused(granted, colleague, day, since, days, words):
    with pytest.raises(Refused, match=words):
        record(granted, colleague, day + timedelta(since), days, day=day)


def test_two_do_not_stand_in_for_each_other(granted, colleague, agency, day):
    grants.grant(agency=agency, user=colleague, by=None)
    record(granted, colleague, day, 3)
    with pytest.raises(Refused, match="cũng vắng"):
        record(colleague, granted, day + timedelta(2), 3, day=day)
    record(colleague, granted, day + timedelta(4), 3, day=day)


def test_one_is_not_away_twice_at_once(away, granted, colleague, day):
    with pytest.raises(Refused, match="Trùng"):
        record(granted, colleague, day + timedelta(3), 1, day=day)


@pytest.mark.parametrize("deputy", ["granted", "closed", "staff"])
def test_who_cannot_stand_in(request, granted, make_user, agency, deputy, day):
    who = make_user("cu", agency=agency, is_active=False) if deputy == "closed" else request.getfixturevalue(deputy)
    with pytest.raises(Refused):
        record(granted, who, day, 1)


def test_staff_and_leaders_have_nothing_to_hand_over(staff, leader, colleague, client, day):
    for who in (staff, leader):
        with pytest.raises(Refused, match="vai trò khác"):
            record(who, colleague, day, 1, by=staff)
        client.force_login(who)
        page = client.get(reverse("absence_list")).content.decode()
        assert "không bàn giao được" in page
        assert 'name="deputy"' not in page


def test_ending_takes_the_rights_back_at_once(away, granted, colleague, agency, day, settings):
    settings.TODAY = day + timedelta(1)
    absences.end_absence(absence=away, by=granted, day=day + timedelta(1))
    assert Absence.objects.get().until == day
    assert not acts(colleague, agency)
    with pytest.raises(Refused, match="đã kết thúc"):
        absences.end_absence(absence=away, by=granted, day=day + timedelta(1))


def test_what_begins_today_is_taken_back_as_if_it_had_not_been(away, granted, colleague, agency, day):
    absences.end_absence(absence=away, by=granted, day=day)
    assert not Absence.objects.exists()
    assert not acts(colleague, agency)


def test_what_has_begun_keeps_its_first_day(away, granted, colleague, day):
    change = {"absence": away, "deputy": colleague, "by": granted, "day": day + timedelta(1)}
    with pytest.raises(Refused, match="ngày đầu"):
        absences.change_absence(since=day + timedelta(1), until=day + timedelta(2), **change)
    with pytest.raises(Refused, match="Kết thúc ngay"):
        absences.change_absence(since=day, until=day, **change)
    absences.change_absence(since=day, until=day + timedelta(1), **change)
    assert Absence.objects.get().until == day + timedelta(1)


def test_recording_on_ones_own_page(client, granted, colleague):
    client.force_login(granted)
    address = reverse("absence_list")
    refused = client.post(
        address, {"since": "20/11/2023", "until": "19/11/2023", "deputy": colleague.pk, "reason": "Đi học"}
    )
    assert refused.status_code == 422
    assert 'value="Đi học"' in refused.content.decode()
    done = client.post(address, {"since": "20/11/2023", "until": "22/11/2023", "deputy": colleague.pk}, follow=True)
    assert "Cao Thị Đồng thay Võ Quốc Bảo từ 20/11/2023 đến hết 22/11/2023" in done.content.decode()
    row = Absence.objects.get()
    client.post(
        reverse("absence_edit", args=[row.pk]), {"since": "20/11/2023", "until": "21/11/2023", "deputy": colleague.pk}
    )
    row.refresh_from_db()
    assert row.until.day == 21
    client.post(reverse("absence_end", args=[row.pk]))
    assert not Absence.objects.exists()


def test_the_deputy_reads_for_whom_they_stand_in(client, away, colleague):
    client.force_login(colleague)
    page = client.get(reverse("absence_list")).content.decode()
    assert "Đang thay" in page
    assert "Võ Quốc Bảo" in page
    assert "Sở Tài chính" in page


def test_whoever_goes_away_is_told_whom_they_leave_behind(client, away, colleague, agency, make_user):
    third = make_user("thuba", agency=agency)
    grants.grant(agency=agency, user=colleague, by=None)
    client.force_login(colleague)
    typed = {"since": "21/11/2023", "until": "22/11/2023", "deputy": third.pk}
    assert "đang nhận thay Võ Quốc Bảo" in client.post(reverse("absence_list"), typed, follow=True).content.decode()


@pytest.mark.parametrize("name", ["absence_edit", "absence_end"])
def test_strangers_touch_no_absence(client, away, make_user, name):
    client.force_login(make_user("la"))
    assert client.post(reverse(name, args=[away.pk])).status_code == 404
    assert Absence.objects.get() == away


def test_ones_page_asks_as_much_for_three_as_for_one(client, colleague, agency, make_user, day):
    grants.grant(agency=agency, user=colleague, by=None)
    client.force_login(colleague)

    def more(number):
        user = make_user(f"nguoi{number}")
        grants.grant(agency=agency, user=user, by=None)
        record(user, colleague, day, 3)

    more(0)
    client.get(reverse("absence_list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("absence_list"))
    more(1), more(2)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("absence_list"))
    assert len(many) == len(few)


def test_who_stands_in_for_a_head_does_not_prolong_it(granted, colleague, agency, day):
    grants.grant(agency=agency, user=granted, by=None, right=LEAD)
    absence = record(granted, colleague, day, 1)
    stand_in = type(colleague).objects.get(pk=colleague.pk)
    assert Agency.objects.led_by(stand_in, LEAD).filter(pk=agency.pk).exists()
    with pytest.raises(Refused, match="thủ trưởng"):
        absences.change_absence(
            absence=absence, deputy=stand_in, since=day, until=day + timedelta(days=300), by=stand_in, day=day
        )


def test_a_head_of_one_agency_does_not_hand_over_the_other(granted, make_user, agency, day):
    other = Agency.objects.create(code="khac", name="Cơ quan khác", short_name="Khác", sort_key="9")
    head = make_user("thutruong", agency=agency)
    grants.grant(agency=agency, user=head, by=None, right=LEAD)
    grants.grant(agency=other, user=granted, by=None)
    with pytest.raises(Refused, match="thủ trưởng"):
        record(granted, head, day, 1, by=head)
    assert not Agency.objects.represented_by(head).filter(pk=other.pk).exists()


def test_who_stands_in_for_a_head_does_not_name_themselves(granted, colleague, agency, day):
    grants.grant(agency=agency, user=granted, by=None, right=LEAD)
    record(granted, colleague, day, 1)
    with pytest.raises(Refused, match="không tự cử"):
        give_right(agency=agency, user=colleague, right="approve", by=colleague, day=day)

"""Somebody is not reminded for a while: what stops, what goes on, what comes afterwards, and the page of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.absences import record_absence
from agencies.errors import Refused
from agencies.grants import grant
from agencies.models import LEAD, Role
from agencies.people import deactivate
from directives.actions.reminders import lift_pause, pause_reminders
from directives.models import Directive, Pause, Reminder, ReminderState
from directives.reminders.deliver import Counts, send_all
from directives.reminders.plan import Planned, plan_reminders
from tests.directives.conftest import person
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
# A Wednesday, with nothing but working days around it: rungs on the 15th, 17th, 21st, 22nd and 29th.
DUE = date(2023, 11, 22)
DAY = date(2023, 11, 20)
URL = "/nhac-viec/tam-ngung/"


@pytest.fixture
def due(make_assignment, liaison):
    return make_assignment(clock="dated", deadline=DUE)


@pytest.fixture
def server(settings):
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def pause(staff):
    def pause(day=DAY, since=None, until=None, reason="chờ ý kiến", **about):
        return pause_reminders(by=staff, day=day, since=since or day, until=until, reason=reason, **about)

    return pause


@pytest.fixture(params=["person", "agency", "directive"])
def about(request, due, liaison, agency):
    """Each kind of thing that may be paused, and reminds the same liaison."""
    return {request.param: {"person": liaison, "agency": agency, "directive": due.task.directive}[request.param]}


def owed():
    return sorted((row.channel, row.rung) for row in Reminder.objects.owed())


def test_nothing_is_planned_by_any_way(pause, about):
    pause(**about)
    assert plan_reminders(DUE) == Planned()
    assert not Reminder.objects.exists()


def test_what_waits_is_cancelled_at_the_next_planning(pause, about):
    plan_reminders(DUE)
    assert {way for way, _ in owed()} == {"mail", "bell"}
    pause(day=DUE, **about)
    assert plan_reminders(DUE) == Planned(cancelled=1)
    assert owed() == []


def test_what_waits_is_not_sent_even_before_the_next_planning(pause, about, server):
    plan_reminders(DUE)
    pause(day=DUE, **about)
    assert send_all(DUE) == Counts(cancelled=1)
    assert server.taken == []


def test_once_it_is_lifted_only_the_latest_reminder_is_due(pause, about, staff, server):
    row = pause(day=date(2023, 11, 14), **about)
    for number in range(16):
        plan_reminders(date(2023, 11, 14) + timedelta(days=number))
    lift_pause(pause=row.pk, by=staff, day=date(2023, 11, 30))
    assert plan_reminders(date(2023, 11, 30)) == Planned(written=1)
    assert owed() == [("bell", date(2023, 11, 29)), ("mail", date(2023, 11, 29))]
    assert send_all(date(2023, 11, 30)) == Counts(sent=1)


def test_what_was_told_before_is_not_told_again_afterwards(pause, about, staff):
    plan_reminders(DUE)
    Reminder.objects.owed().update(state=ReminderState.SENT)
    row = pause(day=DUE, **about)
    lift_pause(pause=row.pk, by=staff, day=DUE + timedelta(days=1))
    assert plan_reminders(DUE + timedelta(days=1)) == Planned()


def test_it_begins_and_ends_by_the_calendar(pause, about):
    pause(since=date(2023, 11, 21), until=date(2023, 11, 21), **about)
    assert plan_reminders(DAY) == Planned(written=1)  # the rung of the 17th
    assert plan_reminders(date(2023, 11, 21)) == Planned(cancelled=1)
    assert plan_reminders(DUE) == Planned(written=1)


def test_the_deadline_goes_on(pause, about, due):
    pause(**about)
    due.refresh_from_db()
    assert (due.deadline, due.life) == (DUE, "not_started")


def test_other_people_other_agencies_and_other_documents_are_reminded(pause, due, make_assignment, agency, stranger):
    colleague = person("pho", Role.LIAISON, agency, [agency])
    make_assignment(clock="dated", deadline=DUE, agency=stranger.agency, position=2)
    first = pause(person=colleague)
    plan_reminders(DUE)
    assert {row.recipient.username for row in Reminder.objects.outgoing().owed()} == {"skhdt", "stc"}
    Pause.objects.filter(pk=first.pk).update(lifted_on=DAY)
    pause(agency=agency)
    plan_reminders(DUE)
    assert {row.recipient.username for row in Reminder.objects.outgoing().owed()} == {"stc"}


def test_an_agencys_pause_spares_its_head_and_the_standing_staff_too(pause, due, agency, staff):
    head = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=head, by=None, right=LEAD)
    pause(agency=agency)
    assert plan_reminders(DUE + timedelta(days=14)) == Planned()
    assert not Reminder.objects.exists()


def test_the_report_of_a_round_rests_with_its_agency_and_with_the_document_that_all_of_it_is_about(
    pause, due, agency, november
):
    other = Directive.objects.create(
        number="9", symbol="KH-UBND", issued_on=DAY, created_on=DAY, published_on=date(2023, 4, 25), text="x"
    )
    pause(directive=other)
    plan_reminders(date(2023, 11, 21))
    assert "round_soon" in {row.reason for row in Reminder.objects.outgoing().owed()}
    pause(directive=due.task.directive)
    plan_reminders(date(2023, 11, 21))
    assert owed() == []


def test_whoever_stands_in_for_somebody_who_is_spared_still_hears(pause, due, liaison, agency):
    deputy = person("thay", Role.LIAISON, agency)
    record_absence(user=liaison, deputy=deputy, since=DAY, until=DUE, by=liaison, day=DAY)
    pause(person=liaison)
    plan_reminders(DUE)
    assert {row.recipient.username for row in Reminder.objects.outgoing().owed()} == {"thay"}


def test_a_second_press_is_the_same_pause(pause, about):
    assert pause(**about) == pause(**about)
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((20, None), (25, 27)),
        ((20, 24), (24, None)),
        ((27, 30), (20, None)),  # one to come
        ((27, 30), (21, 27)),
        ((27, None), (20, 28)),
    ],
)
def test_two_pauses_of_one_thing_do_not_overlap(pause, about, first, second):
    def november(day):
        return day and date(2023, 11, day)

    pause(since=november(first[0]), until=november(first[1]), **about)
    with pytest.raises(Refused, match="Đã ghi tạm ngừng từ ngày") as refused:
        pause(since=november(second[0]), until=november(second[1]), **about)
    assert refused.value.field == next(iter(about))


def test_before_and_after_one_another_they_stand(pause, about):
    pause(since=date(2023, 11, 27), until=date(2023, 11, 30), **about)
    pause(since=DAY, until=date(2023, 11, 26), **about)
    pause(since=date(2023, 12, 1), **about)


def test_after_a_lifted_one_there_may_be_another(pause, about, staff):
    lift_pause(pause=pause(**about).pk, by=staff, day=DAY)
    pause(reason="lại chờ", **about)
    assert Pause.objects.not_over(DAY).count() == 1


def test_what_nobody_is_reminded_of_is_not_paused(pause, due, agency, liaison, group, staff):
    directive = due.task.directive
    agency.ended_on = DAY
    agency.save()
    deactivate(user=liaison, by=None, day=DAY)
    directive.closed_on = DAY
    directive.save()
    draft = Directive.objects.create(
        number="1", symbol="TB", doc_type="Thông báo", issued_on=DAY, title="x", text="x", created_on=DAY
    )
    for words, about in {
        "không còn hoạt động": {"agency": agency},
        "xin chọn từng cơ quan": {"agency": group},
        "bị khóa": {"person": liaison},
        "đã kết thúc theo dõi": {"directive": directive},
        "chưa công bố": {"directive": draft},
    }.items():
        with pytest.raises(Refused, match=words) as refused:
            pause(**about)
        assert refused.value.field == next(iter(about))


def test_what_makes_no_sense_is_refused_at_its_field(pause, agency, liaison):
    for field, values in {
        "since": {"since": DAY - timedelta(days=1)},
        "until": {"until": DAY - timedelta(days=1)},
        "reason": {"reason": "  "},
        "person": {"person": liaison},
    }.items():
        with pytest.raises(Refused) as refused:
            pause(agency=agency, **values)
        assert refused.value.field == field


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_nobody_but_staff_pauses_or_lifts(request, pause, agency, who):
    row, by = pause(agency=agency), request.getfixturevalue(who)
    with pytest.raises(Refused, match="cán bộ thường trực"):
        pause_reminders(by=by, day=DAY, since=DAY, until=None, reason="x", agency=agency)
    with pytest.raises(Refused, match="cán bộ thường trực"):
        lift_pause(pause=row.pk, by=by, day=DAY)


@pytest.fixture
def as_staff(client, staff, settings):
    settings.TODAY = DAY
    client.force_login(staff)
    return client


def test_staff_pause_and_lift_on_the_page(as_staff, due, agency, liaison):
    assert "Không tạm ngừng nhắc ai" in as_staff.get(URL).text
    for kind, field, value, named in (
        ("nguoi", "person", liaison, "Người skhdt"),
        ("co-quan", "agency", agency, "Sở Kế hoạch và Đầu tư"),
        ("van-ban", "directive", due.task.directive, "86/TB-UBND"),
    ):
        data = {field: value.pk, "since": "20/11/2023", "until": "", "reason": f"chờ {kind}"}
        page = as_staff.post(f"{URL}?cho={kind}", data, follow=True).text
        assert f"tạm ngừng nhắc {value}" in page
        assert f"chờ {kind}" in page and named in page
    assert [str(each) for each in Pause.objects.order_by("pk")] == [str(liaison), str(agency), "86/TB-UBND"]
    for row in Pause.objects.all():
        page = as_staff.post(reverse("pause_lift", args=[row.pk]), follow=True).text
        assert "Đã cho nhắc lại" in page and "lời nhắc gần nhất" in page
    assert as_staff.post(reverse("pause_lift", args=[row.pk])).status_code == 302  # a second press
    assert "cho nhắc lại từ 20/11/2023" in as_staff.get(URL).text


def test_the_page_says_what_stops_and_what_goes_on(as_staff):
    page = as_staff.get(URL).text
    for words in ("không gửi thư và không hiện lời nhắc trong phần mềm", "Thời hạn vẫn tính", "lời nhắc gần nhất"):
        assert words in page
    assert "báo cáo kỳ" in as_staff.get(f"{URL}?cho=co-quan").text
    assert as_staff.get(f"{URL}?cho=vo-nghia").status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"person": ""}, "person", "Xin chọn người."),
        ({"person": "999999"}, "person", "không có trong danh sách"),
        ({"reason": ""}, "reason", "Xin ghi lý do."),
        ({"since": "19/11/2023"}, "since", "không được trước hôm nay"),
        ({"until": "31/11/2023"}, "until", "Không có ngày này"),
        ({"until": "19/11/2023"}, "until", "không được trước ngày bắt đầu"),
    ],
)
def test_a_refusal_stands_at_its_field_and_everything_typed_is_still_there(as_staff, liaison, typed, field, words):
    data = {"person": liaison.pk, "since": "20/11/2023", "until": "30/11/2023", "reason": "nghỉ phép"} | typed
    answer = as_staff.post(f"{URL}?cho=nguoi", data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert words in str(form.errors[field])
    assert {name: form[name].value() for name in data} == {name: str(value) for name, value in data.items()}
    assert not Pause.objects.exists()


def test_only_what_is_reminded_of_can_be_chosen(as_staff, due, agency, other_agency, group, liaison, stranger):
    deactivate(user=stranger, by=None, day=DAY)
    other_agency.ended_on = DAY
    other_agency.save()
    people = as_staff.get(URL).context["form"].fields["person"].queryset
    assert liaison in people and stranger not in people
    agencies = as_staff.get(f"{URL}?cho=co-quan").context["form"].fields["agency"].queryset
    assert agency in agencies and other_agency not in agencies and group not in agencies
    Directive.objects.update(closed_on=DAY)
    assert not as_staff.get(f"{URL}?cho=van-ban").context["form"].fields["directive"].queryset


def test_staff_see_a_pause_where_it_matters_and_nobody_else_does(as_staff, pause, due, agency, liaison, leader, client):
    pages = {
        "agency": (agency, reverse("agency_detail", args=[agency.code])),
        "directive": (due.task.directive, reverse("directive_detail", args=[due.task.directive_id])),
        "person": (liaison, reverse("user_edit", args=[liaison.pk])),
    }
    for kind, (what, address) in pages.items():
        assert "tạm ngừng nhắc từ ngày" not in as_staff.get(address).text
        row = pause(until=date(2023, 11, 30), reason=f"chờ {kind}", **{kind: what})
        page = as_staff.get(address).text
        assert "Đang tạm ngừng nhắc từ ngày 20/11/2023 đến hết ngày 30/11/2023" in page
        assert f"chờ {kind}" in page and str(row.recorded_by) in page
    for user in (leader, liaison):
        client.force_login(user)
        for kind in ("agency", "directive"):
            assert "tạm ngừng nhắc" not in client.get(pages[kind][1]).text


def test_past_pauses_are_kept_page_by_page(as_staff, pause, agency, staff):
    for number in range(27):
        lift_pause(pause=pause(agency=agency, reason=f"lần {number}").pk, by=staff, day=DAY)
    first, second = as_staff.get(URL), as_staff.get(URL, {"trang": 2})
    assert (len(first.context["page"]), len(second.context["page"])) == (25, 2)
    assert "lần 26" in first.text and "lần 0" in second.text

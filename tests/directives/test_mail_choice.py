"""Which mails somebody gets: chosen on a page, or stopped with the word that stands in each mail."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, Role, User
from agencies.models.agency import Kind
from agencies.people import deactivate
from directives.actions.reading_reminders import choose_mails
from directives.models import OPTIONAL, ChannelName, OptOut, Reason, Reminder
from directives.reminders.plan import plan_reminders
from directives.reminders.preferences import stop_token

from .conftest import person

pytestmark = pytest.mark.django_db
ADDRESS = reverse("mail_preferences")
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def on_a_working_day(settings, day):
    settings.TODAY = day


def stop_page(who):
    return reverse("reminder_stop", args=[stop_token(who)])


def without(who):
    return set(OptOut.objects.filter(person=who).values_list("reason", flat=True))


def planned(who, day):
    plan_reminders(day)
    rows = Reminder.objects.filter(recipient=who)
    return {
        channel: set(rows.by(channel).values_list("reason", flat=True))
        for channel in (ChannelName.MAIL, ChannelName.BELL)
    }


def test_at_first_everything_is_wanted(client, liaison):
    client.force_login(liaison)
    page = client.get(ADDRESS).content.decode()
    assert page.count(" checked") == len(OPTIONAL)
    assert "không tắt được" in page and liaison.email in page


def test_what_is_unticked_is_done_without_and_may_be_wanted_again(client, liaison):
    client.force_login(liaison)
    assert client.post(ADDRESS, {"wanted": ["received", "answered"]}).status_code == 302
    assert without(liaison) == set(OPTIONAL) - {"received", "answered"}
    assert client.get(ADDRESS).content.decode().count(" checked") == 2
    client.post(ADDRESS, {"wanted": list(OPTIONAL)})
    assert without(liaison) == set()


def test_nothing_ticked_stops_all_of_them(client, liaison):
    client.force_login(liaison)
    client.post(ADDRESS, {})
    assert without(liaison) == set(OPTIONAL)


def test_what_is_not_on_offer_is_refused(client, liaison):
    client.force_login(liaison)
    assert client.post(ADDRESS, {"wanted": ["after"]}).status_code == 422
    assert without(liaison) == set()


def test_deadlines_cannot_be_done_without(liaison, day):
    choose_mails(by=liaison, day=day, wanted=())
    assert without(liaison) == set(OPTIONAL)
    assert not without(liaison) & {Reason.BEFORE, Reason.ON_DAY, Reason.AFTER, Reason.RETURNED, Reason.ROUND_SOON}


def test_who_opted_out_gets_no_mail_of_it_but_hears_in_the_application(liaison, make_assignment, day):
    received = date(2023, 11, 17)
    make_assignment("dated", position=1, deadline=date(2024, 6, 3), received_on=received)
    make_assignment("dated", position=2, deadline=date(2023, 11, 22))
    choose_mails(by=liaison, day=day, wanted=[each for each in OPTIONAL if each != Reason.RECEIVED])
    assert planned(liaison, day) == {
        ChannelName.MAIL: {Reason.BEFORE},
        ChannelName.BELL: {Reason.BEFORE, Reason.RECEIVED},
    }


def test_a_refused_address_is_said_with_whom_to_ask(client, liaison, standing):
    User.objects.filter(pk=liaison.pk).update(refused_address=liaison.email)
    Agency.objects.filter(pk=standing.pk).update(kind=Kind.STANDING)
    client.force_login(liaison)
    page = client.get(ADDRESS).content.decode()
    assert f"Máy chủ thư đã từ chối địa chỉ {liaison.email}" in page
    assert "xin báo cán bộ thường trực (Liên minh HTX tỉnh)" in page


def test_an_address_that_was_changed_since_is_not_blamed(client, liaison):
    User.objects.filter(pk=liaison.pk).update(refused_address="cu@kttt.example")
    client.force_login(liaison)
    assert "từ chối" not in client.get(ADDRESS).content.decode()


def test_without_an_address_the_page_says_so(client, liaison):
    User.objects.filter(pk=liaison.pk).update(email="")
    client.force_login(liaison)
    assert "Tài khoản chưa có địa chỉ thư" in client.get(ADDRESS).content.decode()


def test_an_administrator_is_led_to_their_account(client, standing):
    admin = person("quantri", Role.ADMIN, standing)
    client.force_login(admin)
    assert reverse("user_edit", args=[admin.pk]) in client.get(ADDRESS).content.decode()


def test_the_word_in_the_mail_opens_a_page_without_signing_in_and_changes_nothing(client, liaison):
    answer = client.get(stop_page(liaison))
    page = answer.content.decode()
    assert answer.status_code == 200 and answer["Referrer-Policy"] == "no-referrer"
    assert str(liaison) in page and "Không nhận thư về những việc này nữa" in page and ADDRESS in page
    assert liaison.email not in page and liaison.username not in page.replace(str(liaison), "")
    assert not OptOut.objects.exists()
    assert client.head(stop_page(liaison)).status_code == 200 and not OptOut.objects.exists()


@pytest.mark.parametrize("body", ["", ONE_CLICK])
def test_one_press_stops_what_is_optional_without_a_cookie_or_a_form(liaison, stranger, body):
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(stop_page(liaison), body, content_type=FORM)
        assert answer.status_code == 200 and "Đã ghi nhận" in answer.content.decode()
    assert without(liaison) == set(OPTIONAL) and without(stranger) == set()


def test_whoever_is_signed_in_stops_the_mail_of_the_word_and_not_their_own(client, liaison, stranger):
    client.force_login(stranger)
    client.post(stop_page(liaison))
    assert without(liaison) == set(OPTIONAL) and without(stranger) == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "MQ", "MQ:x", "MQ:" + "A" * 43])
def test_a_word_that_is_not_ours_opens_nothing(client, liaison, method, token):
    assert getattr(client, method)(reverse("reminder_stop", args=[token])).status_code == 404
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_account_has_no_page(client, liaison, staff, day, method):
    deactivate(user=liaison, by=staff, day=day)
    assert getattr(client, method)(stop_page(liaison)).status_code == 404
    assert not OptOut.objects.exists()

"""Xem như: looking through another person's eyes, reading only, logged."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies import grants, support
from agencies.models import SupportPage, SupportView, User
from agencies.people import deactivate

pytestmark = pytest.mark.django_db
BANNER = "Đang xem như"


@pytest.fixture
def granted(liaison, agency):
    grants.grant(agency=agency, user=liaison, by=None)
    return liaison


def begin(client, viewer, person):
    client.force_login(viewer)
    return client.post(reverse("user_look", args=[person.pk]), {"reason": "Không thấy nhiệm vụ"})


@pytest.fixture
def looking(client, staff, granted):
    begin(client, staff, granted)
    return client


def paths():
    return list(SupportPage.objects.values_list("path", flat=True))


def test_every_page_is_the_persons_and_says_so(looking, granted, staff):
    page = looking.get(reverse("absence_list"))
    assert page.wsgi_request.user == granted
    assert support.real_user(page.wsgi_request) == staff
    assert support.seen_through(page.wsgi_request) == granted
    assert f"{BANNER} Võ Quốc Bảo" in page.content.decode()
    assert looking.get(reverse("user_list")).status_code == 404  # the staff's pages are not the person's


def test_without_a_look_one_sees_with_ones_own_eyes(client, staff):
    client.force_login(staff)
    page = client.get(reverse("user_list"))
    assert support.real_user(page.wsgi_request) == staff
    assert support.seen_through(page.wsgi_request) is None
    assert BANNER not in page.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_through_borrowed_eyes(looking, granted, agency, method):
    answer = getattr(looking, method)(reverse("agency_leave", args=[agency.code]))
    assert answer.status_code == 403
    assert "chỉ đọc" in answer.content.decode()
    assert granted.represented().exists()


@pytest.mark.parametrize("name", ["account_change_password", "account_reauthenticate", "invitation_answer"])
def test_passwords_and_secret_links_stay_the_persons_own(looking, name):
    answer = looking.get(reverse(name))
    assert answer.status_code == 403
    assert "của riêng người được xem" in answer.content.decode()


def test_each_page_stands_in_the_log_that_nobody_can_change(looking):
    looking.get("/vang-mat/?a=1")
    looking.get(f"/loi-moi/{'t' * 43}/")
    looking.post(reverse("look_end"))
    assert paths() == ["/vang-mat/?a=1", "/loi-moi/…/", ""]
    view = SupportView.objects.get()
    assert (view.reason, str(view)) == ("Không thấy nhiệm vụ", "Lê Thị Thanh Hà → Võ Quốc Bảo")
    for change in (SupportView.objects.all().delete, lambda: SupportPage.objects.update(path="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_way_back(looking, staff):
    looking.post(reverse("look_end"))
    page = looking.get(reverse("user_list"))
    assert (page.status_code, page.wsgi_request.user) == (200, staff)


def test_signing_out_ends_it_for_both(looking):
    assert looking.post(reverse("account_logout")).status_code == 302
    assert looking.get(reverse("home"))["Location"].startswith("/dang-nhap/")
    assert paths() == [""]


def test_it_ends_after_half_an_hour_and_what_is_pressed_then_is_not_done(looking, staff, granted, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=31))
    answer = looking.post(reverse("user_deactivate", args=[granted.pk]))
    assert answer.status_code == 403
    assert "Đã hết 30 phút" in answer.content.decode()
    assert User.objects.get(pk=granted.pk).is_active
    assert looking.get(reverse("user_list")).wsgi_request.user == staff


real = timezone.now


def test_it_ends_when_the_viewer_loses_the_role(looking, staff):
    User.objects.filter(pk=staff.pk).update(role="liaison")
    page = looking.get(reverse("absence_list"))
    assert page.wsgi_request.user == staff
    assert BANNER not in page.content.decode().split("<main")[0]


def test_it_ends_when_either_account_is_closed(looking, staff, granted, admin):
    deactivate(user=granted, by=admin)
    assert looking.get(reverse("user_list")).wsgi_request.user == staff
    begin(looking, staff, User.objects.create(username="khac", full_name="Khác"))
    deactivate(user=staff, by=admin)
    assert looking.get(reverse("home"))["Location"].startswith("/dang-nhap/")


def test_a_form_opened_before_is_not_sent_with_the_other_eyes(staff, granted):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    address = reverse("user_look", args=[granted.pk])
    client.get(address)
    before = client.cookies["csrftoken"].value
    client.post(address, {"reason": "x", "csrfmiddlewaretoken": before})
    assert client.cookies["csrftoken"].value != before
    client.get("/vang-mat/")
    client.post(reverse("look_end"), {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert (
        client.post(reverse("user_deactivate", args=[granted.pk]), {"csrfmiddlewaretoken": before}).status_code == 403
    )


@pytest.mark.parametrize(
    ("viewer", "person", "status"),
    [("admin", "liaison", 302), ("staff", "leader", 302), ("admin", "staff", 404), ("staff", "admin", 404),
     ("leader", "liaison", 404), ("liaison", "leader", 404), ("staff", "staff", 404)],
)  # fmt: skip
def test_who_looks_as_whom(client, request, viewer, person, status):
    assert begin(client, request.getfixturevalue(viewer), request.getfixturevalue(person)).status_code == status


def test_a_reason_is_wanted(client, staff, granted):
    client.force_login(staff)
    answer = client.post(reverse("user_look", args=[granted.pk]), {"reason": "  "})
    assert answer.status_code == 422
    assert "Xin ghi lý do" in answer.content.decode()
    assert not SupportView.objects.exists()


@pytest.mark.parametrize(("who", "sees"), [("admin", True), ("granted", True), ("staff", True), ("leader", False)])
def test_who_reads_the_log(looking, request, who, sees):
    looking.get("/vang-mat/")
    looking.force_login(request.getfixturevalue(who))
    page = looking.get(reverse("look_log")).content.decode()
    assert ("Không thấy nhiệm vụ" in page) is sees
    assert ("/vang-mat/</li>" in page) is sees


def test_the_log_asks_as_much_for_three_as_for_one(client, admin, staff, granted, django_assert_num_queries, day):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more():
        view = SupportView.objects.create(viewer=staff, person=granted, reason="x", started_on=day)
        SupportPage.objects.create(view=view, path="/")

    more()
    client.force_login(admin)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("look_log"))
    more(), more()
    with django_assert_num_queries(len(few)):
        client.get(reverse("look_log"))

"""Kênh nhận nhắc việc: who may manage it, what it keeps to itself, and what a test message tells."""

import logging
import re
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import grants
from agencies.errors import Refused
from agencies.models import APPROVE, LEAD, REPRESENT, Absence, Role
from agencies.people import deactivate
from directives.actions import endpoints
from directives.actions.endpoints import add_endpoint, change_url, remove_endpoint, rotate_secret, switch_endpoint
from directives.models import Endpoint
from directives.reminders import webhook
from tests.gateway import gateway

from .conftest import DAY, person

URL = "https://sms.vidu.vn/nhan"
OTHER = "https://chat.vidu.vn:8443/nhan?kenh=1"


@pytest.fixture(autouse=True)
def pinned(settings):
    settings.TODAY = DAY
    settings.DEMO = False
    settings.WEBHOOK_HOSTS = ["sms.vidu.vn", "chat.vidu.vn:8443"]


@pytest.fixture
def head(agency):
    user = person("thutruong", Role.LIAISON, agency)
    grants.grant(agency=agency, user=user, by=None, right=LEAD)
    return user


def add(owner, by, url=URL, submission=None):
    return add_endpoint(owner=owner, url=url, submission=submission or uuid.uuid4(), by=by, day=DAY)


@pytest.fixture
def endpoint(agency, head):
    return add(agency, head)


def press(client, verb, agency=None, **data):
    name, args = ("agency_endpoint_act", [agency.code, verb]) if agency else ("own_endpoint_act", [verb])
    return client.post(reverse(name, args=args), data, follow=True)


def key_on(answer):
    """The key that a page shows, if it does."""
    found = re.findall(r"whsec_[\w+/=]+", answer.content.decode())
    return found[0] if found else None


# --- who may ---------------------------------------------------------------------------------------------------------

RIGHTS = {
    "represent": 404,
    "approve": 404,
    "head": 200,
    "stand_in": 200,
    "stood_in": 404,
    "head_elsewhere": 404,
    "leader": 404,
    "staff": 200,
    "admin": 200,
}


@pytest.fixture
def people(agency, other_agency, head, standing):
    made = {
        "head": head,
        "leader": person("lanhdao", Role.LEADER),
        "staff": person("thuongtruc", Role.STAFF, standing),
        "admin": person("quantri", Role.ADMIN, standing),
    }
    for who, body, right in (
        ("represent", agency, REPRESENT),
        ("approve", agency, APPROVE),
        ("head_elsewhere", other_agency, LEAD),
    ):
        made[who] = person(who.replace("_", ""), Role.LIAISON, body)
        grants.grant(agency=body, user=made[who], by=None, right=right)
    for who, day in (("stand_in", DAY), ("stood_in", DAY - timedelta(days=1))):
        made[who] = person(who.replace("_", ""), Role.LIAISON, agency)
        Absence.objects.create(user=head, deputy=made[who], since=day, until=day, recorded_by=head)
    return made


@pytest.mark.parametrize("who", RIGHTS)
def test_an_agencys_is_managed_by_its_head_and_the_staff(people, agency, endpoint, who):
    client = Client()
    client.force_login(people[who])
    assert client.get(reverse("agency_endpoint", args=[agency.code])).status_code == RIGHTS[who]
    submission = uuid.uuid4()
    for verb in ("tat", "bat", "doi-dia-chi", "doi-khoa", "go", "them"):
        data = {"url": OTHER, "submission": str(submission)}
        assert press(client, verb, agency, **data).status_code == RIGHTS[who], verb
    kept = Endpoint.objects.living().of(agency).get()
    assert (kept.pk == endpoint.pk and kept.secret == endpoint.secret) is (RIGHTS[who] == 404)


@pytest.mark.parametrize("who", RIGHTS)
def test_the_verbs_themselves_refuse_others(people, agency, endpoint, who):
    by, refused = people[who], RIGHTS[who] == 404
    for act in (
        lambda: switch_endpoint(endpoint=endpoint, on=False, by=by, day=DAY),
        lambda: change_url(endpoint=endpoint, url=OTHER, by=by, day=DAY),
        lambda: rotate_secret(endpoint=endpoint, submission=uuid.uuid4(), by=by, day=DAY),
        lambda: endpoints.claim_test(endpoint=endpoint, by=by),
        lambda: remove_endpoint(endpoint=endpoint, by=by, day=DAY),
        lambda: add(agency, by),
    ):
        if refused:
            with pytest.raises(Refused, match="Chỉ thủ trưởng"):
                act()
        else:
            act()


def test_a_persons_is_their_own_and_nobody_elses(client, liaison, staff):
    mine = add(liaison, liaison)
    client.force_login(staff)
    assert URL not in client.get(reverse("own_endpoint")).content.decode()
    press(client, "tat")
    mine.refresh_from_db()
    assert mine.is_on
    with pytest.raises(Refused):
        add(liaison, staff)
    with pytest.raises(Refused):
        remove_endpoint(endpoint=mine, by=staff, day=DAY)


def test_whoever_looks_through_a_persons_eyes_does_not_see_their_address(client, liaison, staff, agency):
    add(liaison, liaison)
    client.force_login(staff)
    client.post(reverse("user_look", args=[liaison.pk]), {"reason": "x"})
    answer = client.get(reverse("own_endpoint"))
    assert answer.status_code == 403
    assert URL not in answer.content.decode()


def test_a_button_that_there_is_not_is_no_page(client, head, agency):
    client.force_login(head)
    assert press(client, "xoa-het", agency).status_code == 404


def test_the_pages_of_the_agency_and_the_person_lead_there(client, head, agency):
    client.force_login(head)
    page = client.get(reverse("agency_detail", args=[agency.code])).content.decode()
    assert reverse("agency_endpoint", args=[agency.code]) in page
    assert reverse("own_endpoint") in page


# --- the key ---------------------------------------------------------------------------------------------------------


def test_the_key_is_shown_once_when_it_is_made_and_once_when_it_is_changed(client, head, agency):
    client.force_login(head)
    first = key_on(press(client, "them", agency, url=URL, submission=str(uuid.uuid4())))
    assert first == Endpoint.objects.get().secret
    assert len(Endpoint.objects.get().key) == 32
    assert key_on(client.get(reverse("agency_endpoint", args=[agency.code]))) is None
    for verb in ("tat", "bat", "doi-dia-chi"):
        assert key_on(press(client, verb, agency, url=OTHER)) is None
    second = key_on(press(client, "doi-khoa", agency, submission=str(uuid.uuid4())))
    assert second and second != first
    assert key_on(client.get(reverse("agency_endpoint", args=[agency.code]))) is None
    assert second == Endpoint.objects.get().secret


def test_the_page_with_the_key_is_kept_by_nobody(client, head, agency):
    client.force_login(head)
    answer = client.post(
        reverse("agency_endpoint_act", args=[agency.code, "them"]), {"url": URL, "submission": str(uuid.uuid4())}
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_second_press_shows_the_same_key_and_makes_nothing(client, head, agency):
    client.force_login(head)
    for verb, data in (("them", {"url": URL}), ("doi-khoa", {})):
        submission = str(uuid.uuid4())
        keys = [key_on(press(client, verb, agency, submission=submission, **data)) for _ in range(2)]
        assert keys[0] and keys[0] == keys[1]
    assert Endpoint.objects.count() == 1


def test_an_old_form_that_is_sent_again_brings_no_old_key_back(endpoint, head):
    old, submissions = endpoint.secret, [uuid.uuid4(), uuid.uuid4()]
    seen = {old}
    for submission in (*submissions, submissions[0], endpoint.submission):
        seen.add(rotate_secret(endpoint=endpoint, submission=submission, by=head, day=DAY).secret)
    assert len(seen) == 5


def test_no_event_row_holds_the_key_and_each_change_has_one(endpoint, head):
    keys = [endpoint.secret]
    keys.append(rotate_secret(endpoint=endpoint, submission=uuid.uuid4(), by=head, day=DAY).secret)
    change_url(endpoint=endpoint, url=OTHER, by=head, day=DAY)
    switch_endpoint(endpoint=endpoint, on=False, by=head, day=DAY)
    switch_endpoint(endpoint=endpoint, on=True, by=head, day=DAY)
    remove_endpoint(endpoint=endpoint, by=head, day=DAY)
    events = apps.get_model("directives", "EndpointEvent").objects.order_by("pgh_id")
    assert [event.pgh_context["verb"] for event in events] == [
        "add_endpoint",
        "rotate_endpoint_secret",
        "change_endpoint_url",
        "switch_endpoint_off",
        "switch_endpoint_on",
        "remove_endpoint",
    ]
    assert {event.pgh_context["user"] for event in events} == {head.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM directives_endpointevent t")
        assert not any(key.removeprefix("whsec_") in row for (row,) in cursor.fetchall() for key in keys)


def test_who_did_what_is_told_on_the_page(client, endpoint, head, agency):
    switch_endpoint(endpoint=endpoint, on=False, by=head, day=DAY)
    client.force_login(head)
    page = client.get(reverse("agency_endpoint", args=[agency.code])).content.decode()
    assert f"20/11/2023: {head} tắt kênh nhận" in page
    assert f"20/11/2023: {head} thêm kênh nhận" in page


def test_once_removed_the_key_is_gone_and_another_may_be_added(endpoint, head, agency):
    remove_endpoint(endpoint=endpoint, by=head, day=DAY)
    endpoint.refresh_from_db()
    assert (endpoint.secret, endpoint.is_on, endpoint.removed_on) == ("", False, DAY)
    with pytest.raises(Refused, match="đã được gỡ"):
        remove_endpoint(endpoint=endpoint, by=head, day=DAY)
    assert add(agency, head).pk != endpoint.pk


def test_a_second_press_of_the_last_button_is_told_so(client, endpoint, head, agency):
    client.force_login(head)
    assert "Đã gỡ kênh nhận" in press(client, "go", agency).content.decode()
    answer = press(client, "go", agency)
    assert answer.status_code == 200
    assert "vừa được gỡ" in answer.content.decode()


# --- what may be kept ------------------------------------------------------------------------------------------------


def test_each_owner_has_one_at_most(endpoint, agency, head, liaison):
    with pytest.raises(Refused, match="Đã có một kênh nhận"):
        add(agency, head)
    add(liaison, liaison)
    with pytest.raises(Refused, match="Đã có một kênh nhận"):
        add(liaison, liaison)


def row(**fields):
    words = {"url": URL, "secret": "whsec_eA==", "made_on": DAY, "keyed_at": timezone.now()}
    return Endpoint.objects.create(**words | fields)


def test_the_database_keeps_an_endpoint_one_owners(agency, liaison, endpoint):
    for wrong in (
        {},
        {"agency": agency, "user": liaison},
        {"agency": agency},
        {"user": liaison, "secret": ""},
        {"user": liaison, "removed_on": DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row(recorded_by=liaison, **wrong)


@pytest.mark.parametrize("url", ["https://evil.example/", "http://sms.vidu.vn/", "https://127.0.0.1/", "sms", ""])
def test_an_address_that_is_not_allowed_is_refused_at_its_field(client, endpoint, head, agency, liaison, url):
    client.force_login(head)
    answer = press(client, "doi-dia-chi", agency, url=url)
    assert answer.status_code == 422
    assert "Chưa lưu được" in answer.content.decode()
    client.force_login(liaison)
    answer = press(client, "them", url=url, submission=str(uuid.uuid4()))
    assert answer.status_code == 422
    assert list(Endpoint.objects.values_list("url", flat=True)) == [URL]


def test_what_was_typed_is_still_there_and_the_form_is_the_same_press(client, liaison):
    client.force_login(liaison)
    submission = str(uuid.uuid4())
    page = press(client, "them", url="https://evil.example/a", submission=submission).content.decode()
    assert 'value="https://evil.example/a"' in page
    assert submission in page


def test_without_gateways_the_page_says_who_may_change_that(client, endpoint, head, agency, settings):
    settings.WEBHOOK_HOSTS = []
    client.force_login(head)
    page = client.get(reverse("agency_endpoint", args=[agency.code])).content.decode()
    assert "KTTT_WEBHOOK_HOSTS" in page and "quản trị viên máy chủ" in page
    page = client.get(reverse("own_endpoint")).content.decode()
    assert "Thêm và tạo khóa" not in page


def test_a_gateway_that_has_left_the_list_is_told_and_not_switched_on(client, endpoint, head, agency, settings):
    switch_endpoint(endpoint=endpoint, on=False, by=head, day=DAY)
    settings.WEBHOOK_HOSTS = ["chat.vidu.vn:8443"]
    with pytest.raises(Refused, match="không có trong danh sách"):
        switch_endpoint(endpoint=endpoint, on=True, by=head, day=DAY)
    client.force_login(head)
    page = client.get(reverse("agency_endpoint", args=[agency.code])).content.decode()
    assert "Hiện không gửi được đến địa chỉ này" in page
    switch_endpoint(endpoint=endpoint, on=False, by=head, day=DAY)  # off, and gone, it may always be
    remove_endpoint(endpoint=endpoint, by=head, day=DAY)


def test_a_body_that_has_ended_takes_no_new_endpoint(agency, staff):
    agency.ended_on = DAY
    agency.save()
    with pytest.raises(Refused, match="đã kết thúc hoạt động"):
        add(agency, staff)


def test_in_use_is_what_lives_is_on_and_has_somebody_behind_it(agency, other_agency, head, liaison, stranger, staff):
    kept = [add(agency, head), add(liaison, liaison)]
    off, ended, closed = add(staff, staff), add(other_agency, staff), add(stranger, stranger)
    switch_endpoint(endpoint=off, on=False, by=staff, day=DAY)
    other_agency.ended_on = DAY
    other_agency.save()
    deactivate(user=stranger, by=None)
    removed = add(head, head)
    remove_endpoint(endpoint=removed, by=head, day=DAY)
    assert set(Endpoint.objects.in_use()) == set(kept)
    assert {ended.pk, closed.pk, off.pk} < set(Endpoint.objects.living().values_list("pk", flat=True))


# --- gửi thử ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def there(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(webhook, "READ", 0.3)
    with gateway() as made:
        settings.WEBHOOK_HOSTS = [made.origin]
        yield made


@pytest.fixture
def tried(client, agency, head, there):
    """Presses the button, as often as it is called; gives the page."""
    add(agency, head, there.url)
    client.force_login(head)

    def go():
        return press(client, "gui-thu", agency).content.decode()

    return go


def test_a_test_message_is_signed_says_what_it_is_and_holds_no_work(tried, there, agency):
    assert "đã nhận tin thử (trả lời mã 204)" in tried()
    (taken,) = there.taken
    assert taken.is_signed_with(Endpoint.objects.get().secret)
    assert taken.json["id"] == taken.headers["webhook-id"]
    assert (taken.json["type"], taken.json["day"], taken.json["lines"]) == ("reminders.test", "2023-11-20", [])
    assert taken.json["to"] == {"agency": {"code": "skhdt", "name": agency.name}}


def test_ones_own_names_the_person_and_nothing_else_of_them(client, liaison, there):
    add(liaison, liaison, there.url)
    client.force_login(liaison)
    press(client, "gui-thu")
    assert there.taken[0].json["to"] == {"person": {"name": str(liaison)}}
    assert liaison.email.encode() not in there.taken[0].body


def test_two_presses_send_one_message(tried, there):
    tried()
    assert "Xin chờ khoảng 10 giây" in tried()
    assert len(there.taken) == 1


def test_after_the_pause_it_may_be_sent_again(tried, there):
    tried()
    cache.clear()
    assert "đã nhận tin thử" in tried()


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ({"status": 401}, "trả lời mã 401 – không chấp nhận chữ ký"),
        ({"status": 500, "text": b"<b>hong</b>"}, "trả lời mã 500 – đang gặp sự cố – hong"),
        ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "chương trình không đi theo"),
        ({"hang": 3}, "quá thời gian chờ"),
        ({"closes": True}, "có thể đã nhận hoặc chưa"),
    ],
)
def test_what_went_wrong_is_said_in_words(tried, there, behaviour, words):
    for name, value in behaviour.items():
        setattr(there, name, value)
    page = tried()
    assert "Gửi thử chưa được." in page
    assert words in page


def test_it_is_tried_while_the_channel_is_off_too(tried, there, head):
    switch_endpoint(endpoint=Endpoint.objects.get(), on=False, by=head, day=DAY)
    assert "đã nhận tin thử" in tried()


def test_whatever_happens_the_key_is_in_no_log_and_on_no_page(tried, there, caplog, capfd):
    key = Endpoint.objects.get().secret.removeprefix("whsec_")
    pages = []
    with caplog.at_level(logging.DEBUG):
        for status in (204, 401, 500):
            there.status, there.text = status, b"" if status == 204 else key.encode()
            cache.clear()
            pages.append(tried())
    out, err = capfd.readouterr()
    assert not any(key in text for text in (*pages, caplog.text, out, err))
    assert key not in repr(Endpoint.objects.get())

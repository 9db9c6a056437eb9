"""A secret link lets one person join one agency, once."""

import logging
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import grants, invitations
from agencies.errors import Refused
from agencies.masking import without_secrets
from agencies.models import APPROVE, LEAD, REPRESENT, Agency, Invitation, User
from agencies.people import change_user, deactivate

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
GONE = "Lời mời này không dùng được"
NEW = {
    "full_name": "Lê Văn Mới",
    "username": "moi",
    "email": "moi@kttt.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture
def head(make_user, agency):
    user = make_user("thutruong", full_name="Bùi Văn Trưởng", agency=agency)
    grants.grant(agency=agency, user=user, by=None, right=LEAD)
    return user


@pytest.fixture
def invited(head, agency, day):
    """An invitation and its link."""
    made, token = invitations.invite(agency=agency, right=APPROVE, by=head, day=day, full_name="Lê Văn Mới")
    return made, reverse("invitation", args=[token])


def follow(client, link):
    return client.get(link, follow=True)


def test_the_link_is_shown_once_and_mailed(client, head, agency, mailoutbox):
    client.force_login(head)
    typed = {"moi-full_name": "Lê Mới", "moi-email": "moi@kttt.example", "moi-right": REPRESENT}
    page = client.post(reverse("people_invite", args=[agency.code]), typed).content.decode()
    link = re.search(r"http://testserver/loi-moi/[\w-]{43}/", page).group()
    assert link in mailoutbox[0].body
    assert mailoutbox[0].to == ["moi@kttt.example"]
    assert "/loi-moi/" not in client.get(reverse("agency_people", args=[agency.code])).content.decode()
    assert GONE not in follow(Client(), link).content.decode()


def test_a_mail_that_fails_does_not_lose_the_invitation(client, head, agency, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    client.force_login(head)
    typed = {"moi-email": "moi@kttt.example", "moi-right": REPRESENT}
    page = client.post(reverse("people_invite", args=[agency.code]), typed).content.decode()
    assert "chưa gửi được thư" in page
    assert invitations.find(Invitation.objects.get().token_sha256)
    token = re.search(r"/loi-moi/([\w-]{43})/", page).group(1)
    assert token not in caplog.text


def test_only_the_checksum_is_kept(invited):
    token = invited[1].split("/")[2]
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(list(apps.get_model("agencies", "InvitationEvent").objects.values()))


def test_a_new_person_makes_an_account_and_is_signed_in(client, invited, agency, head):
    page = follow(client, invited[1]).content.decode()
    for words in ("Bùi Văn Trưởng", "Sở Tài chính", "cấp phó được uỷ quyền"):
        assert words in page
    assert client.post(reverse("invitation_answer"), NEW).url == "/"
    user = User.objects.get(username="moi")
    assert (user.role, user.agency, user.full_name) == ("liaison", agency, "Lê Văn Mới")
    assert Agency.objects.led_by(user, APPROVE).get() == agency
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Client().login(username="moi", password=PASSWORD)
    made = Invitation.objects.get()
    assert (made.accepted_by, made.accepted_at is not None) == (user, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"username": "thutruong"}, "đã có người dùng"),
        ({"username": "Có Dấu"}, "Tên đăng nhập gồm"),
        ({"password1": "1234567890", "password2": "1234567890"}, "không được chỉ gồm chữ số"),
        ({"password1": "levanmoi-2023", "password2": "levanmoi-2023"}, "quá giống"),
        ({"password2": "khac"}, "không giống nhau"),
        ({"email": "taichinh@kttt.example"}, "đã thuộc về"),
    ],
)
def test_what_is_refused_is_said_and_the_link_lives_on(client, invited, liaison, typed, words):
    follow(client, invited[1])
    answer = client.post(reverse("invitation_answer"), NEW | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.filter(full_name="Lê Văn Mới").exists()
    assert client.post(reverse("invitation_answer"), NEW).status_code == 302


def test_a_liaison_accepts_with_one_press(client, invited, liaison, agency):
    client.force_login(liaison)
    assert "Nhận lời mời</button>" in follow(client, invited[1]).content.decode()
    client.post(reverse("invitation_answer"))
    assert Agency.objects.led_by(liaison, APPROVE).get() == agency


def test_signing_in_on_the_way_keeps_the_invitation(client, invited, liaison):
    follow(client, invited[1])
    answer = client.post("/dang-nhap/", {"login": "taichinh", "password": PASSWORD, "next": "/loi-moi/"}, follow=True)
    assert "Nhận lời mời</button>" in answer.content.decode()


def test_nobody_takes_up_an_invitation_of_their_own(client, head, agency, day):
    """A head could keep a second way to a right that is taken away later."""
    _, token = invitations.invite(agency=agency, right=APPROVE, by=head, day=day, full_name="Tôi")
    client.force_login(head)
    follow(client, reverse("invitation", args=[token]))
    answer = client.post(reverse("invitation_answer"))
    assert "Không ai nhận lời mời do chính mình lập" in answer.content.decode()
    assert not Agency.objects.led_by(head, APPROVE).exists()
    assert Invitation.objects.get().accepted_at is None


def test_whoever_has_the_right_leaves_the_invitation_to_another(client, invited, liaison, agency):
    grants.grant(agency=agency, user=liaison, by=None, right=APPROVE)
    client.force_login(liaison)
    follow(client, invited[1])
    assert "đã có quyền này" in client.post(reverse("invitation_answer")).content.decode()
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize("who", ["admin", "staff", "leader"])
def test_an_officer_is_told_why_not(client, invited, who, request):
    client.force_login(request.getfixturevalue(who))
    assert "chỉ tài khoản đầu mối" in follow(client, invited[1]).content.decode()
    assert client.post(reverse("invitation_answer")).status_code == 422
    assert Invitation.objects.get().accepted_at is None


def test_reading_consumes_nothing(client, invited):
    for _ in range(3):
        assert GONE not in follow(Client(), invited[1]).content.decode()


ENDS = {
    "used": lambda made: made.update(accepted_at=timezone.now(), accepted_by=made.get().made_by),
    "withdrawn": lambda made: made.update(withdrawn_at=timezone.now()),
    "old": lambda made: made.update(expires_at=timezone.now() - timedelta(seconds=1)),
    "maker closed": lambda made: deactivate(user=made.get().made_by, by=None),
    "maker lost the right": lambda made: grants.revoke(agency=made.get().agency, user=made.get().made_by, by=None),
    "maker became a leader": lambda made: change_user(user=made.get().made_by, by=None, role="leader"),
    "agency ended": lambda made: Agency.objects.update(ended_on="2023-11-20"),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_link_that_does_not_work_gets_one_and_the_same_page(client, invited, how):
    follow(client, invited[1])  # opened while it still worked
    ENDS[how](Invitation.objects.all())
    before = User.objects.count()
    late, fresh = client.post(reverse("invitation_answer"), NEW), follow(Client(), invited[1])
    never = follow(Client(), "/loi-moi/khong-co-duong-dan-nao/")
    assert {late.status_code, fresh.status_code, never.status_code} == {410}
    strip = re.compile(r"<main.*</main>", re.DOTALL)
    assert len({strip.search(page.content.decode()).group() for page in (late, fresh, never)}) == 1
    assert User.objects.count() == before


def test_the_secret_leaves_the_address_at_once_and_no_log_has_it(client, invited, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = client.get(invited[1])
        follow(client, invited[1])
        client.post(reverse("invitation_answer"), NEW | {"username": ""})
        client.get("/loi-moi/sai-duong-dan/", follow=True)
    assert answer.url == reverse("invitation_answer")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert invited[1].split("/")[2] not in caplog.text
    assert invited[1].split("/")[2] not in str(dict(client.session))


def test_the_log_of_the_web_server_masks_secrets(invited):
    assert without_secrets(f"GET {invited[1]} HTTP/1.1") == "GET /loi-moi/…/ HTTP/1.1"
    assert without_secrets("GET /minh-chung/0b0d3f5c-7d1c-4d55-9b8e-6e2d86c7a111/").endswith("a111/")


def test_an_error_of_the_server_is_logged_without_the_secret(invited, caplog, monkeypatch):
    def broken(*args):
        raise OSError("no database")

    monkeypatch.setattr("agencies.views.invitations.checksum", broken)
    assert Client(raise_request_exception=False).get(invited[1]).status_code == 500
    assert "/loi-moi/…/" in caplog.text
    assert invited[1].split("/")[2] not in caplog.text


def test_tries_are_counted(client, invited):
    follow(client, invited[1])
    statuses = [client.post(reverse("invitation_answer"), NEW | {"username": ""}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_an_invitation_replaces_the_earlier_one_to_the_same_person(invited, head, agency, day):
    invitations.invite(agency=agency, right=APPROVE, by=head, day=day, full_name="Lê Văn Mới")
    assert Invitation.objects.waiting(timezone.now()).count() == 1


@pytest.mark.parametrize(("right", "words"), [(LEAD, "cán bộ thường trực"), ("gi-do", "cán bộ thường trực")])
def test_a_head_invites_no_other_head(head, agency, day, right, words):
    with pytest.raises(Refused, match=words):
        invitations.invite(agency=agency, right=right, by=head, day=day, full_name="A")


def test_plain_liaisons_invite_nobody(liaison, agency, day):
    grants.grant(agency=agency, user=liaison, by=None)
    with pytest.raises(Refused):
        invitations.invite(agency=agency, right=REPRESENT, by=liaison, day=day, full_name="A")


def test_there_is_a_limit(head, agency, day, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_WAITING", 1)
    invitations.invite(agency=agency, right=REPRESENT, by=head, day=day, full_name="A")
    with pytest.raises(Refused, match="thu hồi bớt"):
        invitations.invite(agency=agency, right=REPRESENT, by=head, day=day, full_name="B")


def test_withdrawing_on_the_page(client, invited, head, agency):
    client.force_login(head)
    client.post(reverse("invitation_withdraw", args=[agency.code, invited[0].pk]))
    assert GONE in follow(Client(), invited[1]).content.decode()

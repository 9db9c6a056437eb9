"""Signing in and out, and passwords."""

import re

import pytest
from django.urls import reverse

from agencies import people
from agencies.accounts import TOO_MANY, WRONG
from agencies.models import User

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "song-thach-han-1972"


@pytest.fixture(autouse=True)
def home(settings):
    settings.LOGIN_REDIRECT_URL = "/nguoi-dung/"


def sign_in(client, login, password=PASSWORD, **data):
    return client.post("/dang-nhap/", {"login": login, "password": password, **data})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["taichinh", "TaiChinh", "taichinh@kttt.example"])
def test_by_username_or_address(client, liaison, login):
    answer = sign_in(client, login)
    assert (answer.status_code, answer.url) == (302, "/nguoi-dung/")
    assert is_signed_in(client)


def test_back_to_where_one_wanted_to_go(client, liaison):
    assert sign_in(client, "taichinh", next="/doi-mat-khau/").url == "/doi-mat-khau/"


def test_never_to_another_site(client, liaison):
    assert sign_in(client, "taichinh", next="https://example.com/").url == "/nguoi-dung/"


@pytest.mark.parametrize(("login", "password"), [("taichinh", "sai-mat-khau"), ("ai-do", PASSWORD), ("x@y.vn", "sai")])
def test_one_sentence_for_every_mistake(client, liaison, login, password):
    answer = sign_in(client, login, password)
    assert WRONG in answer.content.decode()
    assert not is_signed_in(client)


def test_a_closed_account_is_not_told_apart(client, liaison, staff):
    people.deactivate(user=liaison, by=staff)
    assert WRONG in sign_in(client, "taichinh").content.decode()
    assert not is_signed_in(client)


def test_an_illustrative_account_does_not_exist_in_real_use(client, make_user, settings):
    make_user("stc", is_illustrative=True)
    settings.DEMO = False
    assert WRONG in sign_in(client, "stc").content.decode()


def test_after_five_mistakes_one_waits(client, liaison):
    for _ in range(5):
        sign_in(client, "taichinh", "sai-mat-khau")
    assert TOO_MANY in sign_in(client, "taichinh").content.decode().replace("&quot;", '"')
    assert not is_signed_in(client)


def test_the_wait_of_one_name_is_not_the_wait_of_another(client, liaison, staff):
    for _ in range(6):
        sign_in(client, "taichinh", "sai-mat-khau")
    sign_in(client, "thuongtruc")
    assert is_signed_in(client)


def test_signing_out_takes_a_post(client, liaison):
    client.force_login(liaison)
    client.get("/dang-xuat/")
    assert is_signed_in(client)
    assert client.post("/dang-xuat/").status_code == 302
    assert not is_signed_in(client)


def test_a_stranger_is_sent_to_sign_in(client):
    for address in ("/nguoi-dung/", "/doi-mat-khau/"):
        assert client.get(address).url == f"/dang-nhap/?next={address}"


def test_a_closed_account_is_signed_out_at_once(client, staff):
    client.force_login(staff)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    assert client.get("/nguoi-dung/").url.startswith("/dang-nhap/")


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_pages_before_signing_in_are_public(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_nobody_signs_up(client, liaison, name):
    assert client.get(reverse(name)).status_code == 404
    client.force_login(liaison)
    assert client.get(reverse(name)).status_code == 404


def test_changing_the_password(client, liaison):
    client.force_login(liaison)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/doi-mat-khau/", data).url == "/nguoi-dung/"
    assert is_signed_in(client)
    assert User.objects.get(pk=liaison.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"oldpassword": "sai"}, "Mật khẩu hiện tại không đúng."),
        ({"password2": "khac"}, "Hai lần nhập mật khẩu mới không giống nhau."),
    ],
)
def test_a_refused_change_says_why(client, liaison, data, said):
    client.force_login(liaison)
    answer = client.post("/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | data)
    assert said in answer.content.decode()
    assert User.objects.get(pk=liaison.pk).check_password(PASSWORD)


def follow_link(client, link):
    """The first answer hides the key from the address."""
    hidden = client.get(link).url
    return client.post(hidden, {"password1": NEW, "password2": NEW})


def test_a_forgotten_password_by_mail(client, liaison, mailoutbox):
    assert client.post("/quen-mat-khau/", {"email": "taichinh@kttt.example"}).url == "/quen-mat-khau/da-gui/"
    letter = mailoutbox[0]
    assert letter.subject == "Đặt lại mật khẩu Sổ theo dõi nhiệm vụ KTTT"
    assert "taichinh" in letter.body
    assert follow_link(client, re.search(r"http\S+", letter.body).group()).url == "/dat-lai-mat-khau/xong/"
    assert User.objects.get(pk=liaison.pk).check_password(NEW)


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, mailoutbox):
    assert client.post("/quen-mat-khau/", {"email": "ai-do@kttt.example"}).url == "/quen-mat-khau/da-gui/"
    assert not mailoutbox


def test_a_link_from_staff_works_once(client, liaison, staff):
    link = people.password_path(user=liaison, by=staff)
    follow_link(client, link)
    sign_in(client, "taichinh", NEW)
    assert is_signed_in(client)
    assert client.get(link).status_code == 200  # no form: the page says that the link is spent
    assert "password1" not in client.get(link).content.decode()


def test_too_many_letters_asked_for_show_our_page(client):
    for _ in range(5):
        client.post("/quen-mat-khau/", {"email": "ai-do@kttt.example"})
    answer = client.post("/quen-mat-khau/", {"email": "ai-do@kttt.example"})
    assert answer.status_code == 429
    assert "Xin chờ một phút rồi thử lại" in answer.content.decode()
    assert "Sổ theo dõi nhiệm vụ KTTT" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/dang-nhap/", ["Xin nhập tên đăng nhập hoặc thư điện tử.", "Xin nhập mật khẩu."]),
        ("/quen-mat-khau/", ["Xin nhập địa chỉ thư điện tử."]),
    ],
)
def test_an_empty_field_is_named_at_the_field_and_in_the_summary(client, db, address, said):
    page = client.post(address, {}).content.decode()
    assert [page.count(words) for words in said] == [2] * len(said)
    assert "data-focus" in page


def test_an_empty_new_password_is_named(client, liaison):
    client.force_login(liaison)
    page = client.post("/doi-mat-khau/", {}).content.decode()
    for words in ("Xin nhập mật khẩu hiện tại.", "Xin nhập mật khẩu mới.", "Xin nhập lại mật khẩu mới."):
        assert words in page


def test_a_wrong_address_is_refused_in_our_words(client):
    assert "ví dụ đúng" in client.post("/quen-mat-khau/", {"email": "khong-phai"}).content.decode()


def test_a_refused_password_is_not_said_to_be_kept(client, liaison):
    client.force_login(liaison)
    page = client.post("/doi-mat-khau/", {"oldpassword": "sai", "password1": NEW, "password2": NEW}).content.decode()
    assert "Chưa đổi được mật khẩu" in page
    assert "vẫn còn nguyên" not in page


def test_the_browser_never_speaks_for_us(client, liaison, staff):
    """Its bubbles would be English: each form of an account leaves the checking to the server."""
    hidden = client.get(people.password_path(user=liaison, by=staff)).url
    pages = [client.get(address).content.decode() for address in ("/dang-nhap/", "/quen-mat-khau/", hidden)]
    client.force_login(liaison)
    pages += [client.get(f"/{name}/").content.decode() for name in ("doi-mat-khau", "dang-xuat", "xac-nhan-mat-khau")]
    for page in pages:
        form = re.search(r"<main.*?(<form[^>]*>)", page, re.DOTALL).group(1)
        assert "novalidate" in form


def test_asking_for_the_password_again_is_in_vietnamese(client, liaison):
    client.force_login(liaison)
    page = client.get("/xac-nhan-mat-khau/").content.decode()
    assert "Forgot" not in page
    assert '<a href="/quen-mat-khau/">Quên mật khẩu</a>' in page

"""What the commands say and do."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency, Role, User

pytestmark = pytest.mark.django_db


def run(*words, **options):
    said = io.StringIO()
    call_command(*words, stdout=said, **options)
    return said.getvalue()


def admin_of(monkeypatch, password="cay-tre-xanh-86", **options):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    given = {"username": "quantri", "email": "quantri@quangtri.example", "full_name": "Trần Minh Quang"} | options
    return run("create_admin", password_stdin=True, **given)


def test_load_register_says_what_it_did():
    assert "thêm 10 thành viên nhóm" in run("load_register", "quang-tri-2023")
    assert "thêm 0 cơ quan" in run("load_register", "quang-tri-2023")


def test_load_register_names_those_it_has():
    with pytest.raises(CommandError, match="quang-tri-2023"):
        run("load_register", "ha-noi")


def test_the_first_administrator(monkeypatch):
    assert "Đã tạo tài khoản quản trị quantri" in admin_of(monkeypatch)
    user = User.objects.get()
    assert (user.role, user.check_password("cay-tre-xanh-86"), user.is_illustrative) == (Role.ADMIN, True, False)


def test_no_administrator_on_a_demonstration_database(monkeypatch, make_user):
    make_user("stc", is_illustrative=True)
    with pytest.raises(CommandError, match="tài khoản minh hoạ"):
        admin_of(monkeypatch)


@pytest.mark.parametrize("password", ["ngan", "1234567890123"])
def test_a_weak_password_makes_no_administrator(monkeypatch, password):
    with pytest.raises(CommandError):
        admin_of(monkeypatch, password=password)
    assert not User.objects.exists()


def test_what_is_not_given_is_asked(monkeypatch):
    answers = iter(["quantri", "Trần Minh Quang", ""])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("agencies.management.ask.getpass", lambda question: "cay-tre-xanh-86")
    run("create_admin")
    assert User.objects.get().check_password("cay-tre-xanh-86")


def test_without_anybody_to_answer_it_says_so(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="Không có ai trả lời"):
        run("create_admin")


def test_create_user_gives_the_grants_and_a_first_password(agency, other_agency):
    said = run("create_user", "taichinh", "--role", "liaison", "--agency", "stc", "sct", "--full-name", "Võ Quốc Bảo")
    user = User.objects.get(username="taichinh")
    assert user.agency == agency
    assert set(user.represented()) == {agency, other_agency}
    assert user.check_password(re.search(r": (\S{14})$", said, re.MULTILINE).group(1))


def test_create_user_with_an_unknown_agency_makes_nobody():
    with pytest.raises(CommandError, match="khong-co"):
        run("create_user", "taichinh", "--agency", "khong-co", "--full-name", "Võ Quốc Bảo")
    assert not User.objects.exists()


def test_create_user_refuses_a_name_twice(liaison):
    with pytest.raises(CommandError, match="đã có người dùng"):
        run("create_user", "taichinh", "--full-name", "Võ Quốc Bảo")


def test_grant_and_revoke(liaison, other_agency):
    assert "Đã cấp quyền" in run("grant", "taichinh", "sct")
    assert "Đã có quyền từ trước" in run("grant", "taichinh", "sct")
    assert "Đã thu hồi quyền" in run("grant", "taichinh", "sct", "--revoke")
    assert "Không có quyền nào" in run("grant", "taichinh", "sct", "--revoke")


@pytest.mark.parametrize(("username", "code"), [("ai-do", "stc"), ("taichinh", "khong-co"), ("taichinh", "nhom")])
def test_grant_says_what_is_wrong(liaison, group, username, code):
    with pytest.raises(CommandError, match=r"Không có|nhóm cơ quan"):
        run("grant", username, code)
    assert Agency.objects.get(code="stc").user_grants.count() == 0

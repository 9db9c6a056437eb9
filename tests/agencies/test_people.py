"""Who makes and changes whom."""

import pytest
from django.contrib.sessions.models import Session

from agencies import grants, people
from agencies.changes import changes_of
from agencies.errors import Refused
from agencies.models import Role, User

pytestmark = pytest.mark.django_db
ROLES = list(Role.values)


@pytest.mark.parametrize(("who", "makes"), [("admin", ROLES), ("staff", ["liaison"]), ("leader", []), ("liaison", [])])
def test_who_makes_whom(request, who, makes):
    by = request.getfixturevalue(who)
    made = []
    for number, role in enumerate(ROLES):
        try:
            made.append(people.create_user(by=by, username=f"moi{number}", full_name="A", role=role).role)
        except Refused as refusal:
            assert "quản trị" in str(refusal)
    assert made == makes


@pytest.mark.parametrize("whom", ["admin", "leader"])
def test_staff_change_liaisons_only(request, whom, staff, liaison):
    people.change_user(user=liaison, by=staff, title="Chuyên viên")
    assert User.objects.get(pk=liaison.pk).title == "Chuyên viên"
    other = request.getfixturevalue(whom)
    for verb in (people.deactivate, people.reactivate, people.set_first_password, people.password_path):
        with pytest.raises(Refused):
            verb(user=other, by=staff)
    with pytest.raises(Refused):
        people.change_user(user=other, by=staff, title="Khác")


def test_staff_do_not_promote(staff, liaison):
    with pytest.raises(Refused):
        people.change_user(user=liaison, by=staff, role="staff")
    assert User.objects.get(pk=liaison.pk).role == "liaison"


def test_nobody_changes_their_own_role(admin, make_user):
    make_user("quantri2", Role.ADMIN)
    with pytest.raises(Refused, match="chính mình"):
        people.change_user(user=admin, by=admin, role="staff")


def test_nobody_closes_their_own_account(admin, make_user):
    make_user("quantri2", Role.ADMIN)
    with pytest.raises(Refused, match="chính mình"):
        people.deactivate(user=admin, by=admin)


def test_the_last_administrator_stays(admin, make_user):
    make_user("quantri2", Role.ADMIN, is_active=False)
    for change in (
        lambda: people.deactivate(user=admin, by=None),
        lambda: people.change_user(user=admin, by=None, role="staff"),
    ):
        with pytest.raises(Refused, match="cuối cùng"):
            change()
    assert User.objects.get(pk=admin.pk).is_admin


def test_an_administrator_may_go_when_another_stays(admin, make_user):
    second = make_user("quantri2", Role.ADMIN)
    people.deactivate(user=second, by=admin)
    assert not User.objects.get(pk=second.pk).is_active


def test_a_closed_account_keeps_its_grants_without_effect(liaison, agency, staff):
    grants.grant(agency=agency, user=liaison, by=staff)
    people.deactivate(user=liaison, by=staff)
    assert not liaison.represents(agency.pk)
    people.reactivate(user=liaison, by=staff)
    assert liaison.represents(agency.pk)


def test_closing_signs_out_everywhere(liaison, staff, client):
    client.force_login(liaison)
    people.deactivate(user=liaison, by=staff)
    assert not Session.objects.exists()


def test_closing_leaves_others_signed_in(liaison, staff, client):
    client.force_login(staff)
    people.deactivate(user=liaison, by=staff)
    assert Session.objects.count() == 1


def test_who_is_no_longer_a_liaison_loses_the_grants(liaison, agency, admin):
    grants.grant(agency=agency, user=liaison, by=admin)
    people.change_user(user=liaison, by=admin, role="leader")
    assert not grants.granted_to(liaison).exists()


@pytest.mark.parametrize("username", ["", "a", "Nguyễn", "hai chu", "-x", "x" * 31])
def test_a_bad_username_is_refused(username):
    with pytest.raises(Refused, match="Tên đăng nhập"):
        people.create_user(by=None, username=username, full_name="A", role="liaison")


def test_a_username_is_taken_in_any_case(liaison):
    with pytest.raises(Refused, match="đã có người dùng"):
        people.create_user(by=None, username="TaiChinh", full_name="A", role="liaison")


def test_an_address_belongs_to_one_person(liaison, staff):
    with pytest.raises(Refused, match="đã thuộc về"):
        people.change_user(user=staff, by=None, email="TaiChinh@kttt.example")
    assert people.change_user(user=liaison, by=None, email="taichinh@KTTT.example") == []


def test_a_first_password_works_and_is_not_guessable(liaison, staff):
    password = people.set_first_password(user=liaison, by=staff)
    assert len(password) == 14
    assert User.objects.get(pk=liaison.pk).check_password(password)
    assert password != people.set_first_password(user=liaison, by=staff)


def test_a_new_account_cannot_sign_in_yet():
    assert not people.create_user(by=None, username="moi", full_name="A", role="liaison").has_usable_password()


def test_no_password_link_for_a_closed_account(liaison, staff):
    people.deactivate(user=liaison, by=staff)
    with pytest.raises(Refused, match="mở lại"):
        people.password_path(user=liaison, by=staff)


def test_the_history_says_who_did_what_and_when(agency, admin, staff, day):
    user = people.create_user(by=staff, username="moi", full_name="Lê A", role="liaison", day=day)
    grants.grant(agency=agency, user=user, by=staff, day=day)
    people.change_user(user=user, by=admin, agency=agency, title="Phó phòng", day=day)
    people.change_user(user=user, by=admin, role="leader", day=day)
    people.deactivate(user=user, by=admin, day=day)
    told = [(change.who, change.what) for change in changes_of(user)]
    assert {change.day for change in changes_of(user)} == {day}
    assert set(told) == {
        (str(staff), "đã tạo tài khoản"),
        (str(staff), "đã cấp quyền thay mặt Sở Tài chính"),
        (str(admin), "đã đổi chức vụ: (trống) → Phó phòng"),
        (str(admin), "đã đổi cơ quan công tác: (trống) → Sở Tài chính"),
        (str(admin), "đã đổi vai trò: Đầu mối → Lãnh đạo"),
        (str(admin), "đã thu hồi quyền thay mặt Sở Tài chính"),
        (str(admin), "đã khóa tài khoản"),
    }

"""The accounts to try the product with."""

import pytest

from agencies.demo import make_accounts
from agencies.errors import Refused
from agencies.models import AgencyUserPermission, Role, User
from agencies.registers import load_register

from .conftest import DISTRICTS

pytestmark = pytest.mark.django_db
LIAISONS = [*["lmhtx", "skhdt", "snnptnt", "skhcn", "stc", "sct", "sgtvt", "nhnn", "snb", "tgv", "btg"], *DISTRICTS]


@pytest.fixture
def register():
    load_register("quang-tri-2023")


def test_every_account_of_the_list_is_made(register):
    rows = make_accounts()
    assert [row.username for row in rows] == ["quantri", "thuongtruc", "lanhdao", *LIAISONS]
    assert User.objects.filter(is_illustrative=True, is_active=True).count() == 24
    assert len({row.full_name for row in rows}) == 24


def test_they_share_the_password_of_the_settings(register, settings):
    make_accounts()
    assert User.objects.get(username="huonghoa").check_password(settings.DEMO_PASSWORD)


def test_a_liaison_acts_for_the_agency_of_that_code(register):
    make_accounts()
    for code in LIAISONS:
        user = User.objects.get(username=code)
        assert [agency.code for agency in user.represented()] == [user.agency.code] == [code]


def test_officers_work_where_they_work(register):
    make_accounts()
    homes = {user.username: (user.role, user.agency.code) for user in User.objects.exclude(role=Role.LIAISON)}
    assert homes == {
        "quantri": ("admin", "lmhtx"), "thuongtruc": ("staff", "lmhtx"), "lanhdao": ("leader", "ubnd-tinh")
    }  # fmt: skip


def test_making_them_twice_changes_nothing(register):
    assert make_accounts() == make_accounts()
    assert (User.objects.count(), AgencyUserPermission.objects.count()) == (24, 21)


def test_a_new_password_reaches_the_old_accounts(register, settings):
    make_accounts()
    settings.DEMO_PASSWORD = "mot-mat-khau-khac"
    make_accounts()
    assert User.objects.get(username="conco").check_password("mot-mat-khau-khac")


def test_never_in_real_use(register, settings):
    settings.DEMO = False
    with pytest.raises(Refused, match="chạy thử"):
        make_accounts()


def test_never_beside_a_real_person_of_that_name(register, make_user):
    make_user("stc")
    with pytest.raises(Refused, match="tài khoản thật"):
        make_accounts()
    assert User.objects.count() == 1


def test_without_the_register_it_says_what_is_missing(db):
    with pytest.raises(Refused, match="conco"):
        make_accounts()


def test_a_real_installation_refuses_the_database_of_a_demonstration(make_user, settings):
    from django.core.checks import run_checks

    def errors():
        return [each.id for each in run_checks(tags=["database"], databases=["default"]) if each.id == "agencies.E001"]

    make_user("minhhoa", is_illustrative=True)
    assert errors() == []
    settings.DEMO = False
    assert errors() == ["agencies.E001"]

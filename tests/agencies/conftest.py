"""The cast: who works where in these tests."""

from datetime import date

import pytest

from agencies.models import Agency, Role, User

DAY = date(2023, 11, 20)
PASSWORD = "cay-tre-xanh-86"
# The codes of the ten districts and towns of 2023, in the order of the register.
DISTRICTS = [
    "dongha",
    "quangtri",
    "vinhlinh",
    "giolinh",
    "camlo",
    "trieuphong",
    "hailang",
    "huonghoa",
    "dakrong",
    "conco",
]


@pytest.fixture
def day():
    return DAY


@pytest.fixture
def agency(db):
    return Agency.objects.create(code="stc", name="Sở Tài chính", short_name="Sở Tài chính", sort_key="050-stc")


@pytest.fixture
def other_agency(db):
    return Agency.objects.create(code="sct", name="Sở Công Thương", short_name="Sở Công Thương", sort_key="060-sct")


@pytest.fixture
def group(db):
    return Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="900", is_group=True)


@pytest.fixture
def make_user(db, django_user_model):
    def make(username, role=Role.LIAISON, **fields):
        user = User(username=username, role=role, full_name=fields.pop("full_name", f"Người {username}"), **fields)
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def admin(make_user):
    return make_user("quantri", Role.ADMIN, full_name="Trần Minh Quang")


@pytest.fixture
def staff(make_user):
    return make_user("thuongtruc", Role.STAFF, full_name="Lê Thị Thanh Hà")


@pytest.fixture
def leader(make_user):
    return make_user("lanhdao", Role.LEADER, full_name="Nguyễn Hữu Phước")


@pytest.fixture
def liaison(make_user, agency):
    return make_user("taichinh", Role.LIAISON, full_name="Võ Quốc Bảo", agency=agency, email="taichinh@kttt.example")

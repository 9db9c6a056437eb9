"""Accounts to try the product with. They exist in demonstration mode only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from agencies import absences, grants
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import LEAD, Agency, Role, User

# username, invented name, role, code of the home agency. A liaison's username is the code of the agency.
OFFICERS = (
    ("quantri", "Trần Minh Quang", Role.ADMIN, "lmhtx"),
    ("thuongtruc", "Lê Thị Thanh Hà", Role.STAFF, "lmhtx"),
    ("lanhdao", "Nguyễn Hữu Phước", Role.LEADER, "ubnd-tinh"),
)
LIAISONS = {
    "lmhtx": "Hoàng Thị Lan Anh",
    "skhdt": "Nguyễn Văn An",
    "snnptnt": "Trần Đình Lâm",
    "skhcn": "Phan Thị Thu Hiền",
    "stc": "Võ Quốc Bảo",
    "sct": "Lê Thị Ngọc Mai",
    "sgtvt": "Đỗ Văn Thành",
    "nhnn": "Bùi Thị Kim Oanh",
    "snb": "Hồ Xuân Tùng",
    "tgv": "Dương Thị Hồng Nhung",
    "btg": "Trương Công Định",
    "dongha": "Nguyễn Thị Bích Ngọc",
    "quangtri": "Lê Quang Vinh",
    "vinhlinh": "Trần Thị Như Quỳnh",
    "giolinh": "Hoàng Đức Thắng",
    "camlo": "Phạm Thị Diệu Linh",
    "trieuphong": "Đoàn Văn Khánh",
    "hailang": "Văn Thị Thùy Trang",
    "huonghoa": "Hồ Văn Pả",
    "dakrong": "Hồ Thị Lan",
    "conco": "Ngô Văn Hải",
}
# Who also heads their agency, and who was away for a week with whom in their place.
HEAD, HEAD_SINCE = "dongha", date(2023, 4, 25)
AWAY, AWAY_SINCE, AWAY_UNTIL = ("lmhtx", "tgv"), date(2023, 10, 2), date(2023, 10, 6)
TITLES = {
    Role.ADMIN: "Quản trị hệ thống (minh hoạ)",
    Role.STAFF: "Cán bộ thường trực (minh hoạ)",
    Role.LEADER: "Lãnh đạo Ban Chỉ đạo (minh hoạ)",
}


@dataclass(frozen=True)
class Account:
    """One line of the list that a start prints."""

    username: str
    full_name: str
    role: str
    agency: str


def make_accounts() -> list[Account]:
    """Make what is missing of the demonstration accounts and their grants; the register must be loaded.

    Raises `Refused` outside demonstration mode, or where an account of the same name is a real person's.
    """
    if not settings.DEMO:
        raise Refused("Tài khoản minh hoạ chỉ được tạo khi chạy thử (KTTT_DEMO=1).")
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    wanted = [*OFFICERS, *((code, name, Role.LIAISON, code) for code, name in LIAISONS.items())]
    if missing := sorted({code for *_, code in wanted} - agencies.keys()):
        raise Refused(f"Danh mục cơ quan còn thiếu: {', '.join(missing)}.")
    with acting(None, "make_demo_accounts"):
        people = {user.username: user for user in User.objects.all()}
        password = _password(people.get(OFFICERS[0][0]))
        return [_account(people, password, agencies[code], name, who, role) for name, who, role, code in wanted]


def tell_delegation(people: dict[str, User], staff: User) -> None:
    """A head who names their people, and a hand-over that is past; illustrative."""
    head = people[HEAD]
    assert head.agency
    grants.grant(agency=head.agency, user=head, by=staff, day=HEAD_SINCE, right=LEAD)
    absences.record_absence(
        user=people[AWAY[0]],
        deputy=people[AWAY[1]],
        since=AWAY_SINCE,
        until=AWAY_UNTIL,
        reason="Đi học tập trung (minh hoạ)",
        by=staff,
        day=AWAY_SINCE,
    )


def _password(one: User | None) -> str:
    """One hash for all of them: hashing is slow by design, and the password is printed anyway."""
    if one and check_password(settings.DEMO_PASSWORD, one.password):
        return one.password
    return make_password(settings.DEMO_PASSWORD)


def _account(
    people: dict[str, User], password: str, agency: Agency, username: str, full_name: str, role: Role
) -> Account:
    user = people.get(username)
    if user and not user.is_illustrative:
        raise Refused(f"Tài khoản {username} là tài khoản thật; không tạo tài khoản minh hoạ trên dữ liệu thật.")
    if not user:
        user = _make(password, agency, username, full_name, role)
    elif user.password != password:
        User.objects.filter(pk=user.pk).update(password=password)
    return Account(username, user.full_name, str(Role(user.role).label), agency.short_name)


def _make(password: str, agency: Agency, username: str, full_name: str, role: Role) -> User:
    user = User.objects.create(
        username=username,
        full_name=full_name,
        title=TITLES.get(role, f"Đầu mối {agency.short_name} (minh hoạ)"),
        email=f"{username}@kttt.example",
        role=role,
        agency=agency,
        is_illustrative=True,
        password=password,
    )
    if role == Role.LIAISON:
        grants.grant(agency=agency, user=user, by=None)
    return user

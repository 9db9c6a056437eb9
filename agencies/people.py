"""People and their accounts: made, changed, closed and opened again, with the rules of who may do that."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from agencies import grants
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, Role, User

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")
# No 0/O, 1/l/I: a first password is read aloud over the telephone.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CHANGEABLE = ("full_name", "title", "email", "role", "agency")


def may_manage(by: User | None, role: str) -> bool:
    """Whether `by` (None: a command on the server) makes and changes people of this role."""
    return by is None or by.is_admin or (by.keeps_tasks and role == Role.LIAISON)


def create_user(
    *,
    by: User | None,
    username: str,
    full_name: str,
    role: str,
    agency: Agency | None = None,
    title: str = "",
    email: str = "",
    day: date | None = None,
    is_illustrative: bool = False,
) -> User:
    """A new person, who cannot sign in before a password is set. Raises `Refused` with the reason."""
    _check_role(by, role)
    user = new_account(username=username, full_name=full_name, role=role, agency=agency, title=title, email=email)
    user.is_illustrative = is_illustrative
    with acting(by, "create_user", day):
        save_new(user)
    return user


def new_account(
    *, username: str, full_name: str, role: str, agency: Agency | None, title: str = "", email: str = ""
) -> User:
    """A person by the rules of names and addresses, without a password, not yet written. Raises `Refused`."""
    username = _free_username(username)
    email = _free_email(email)
    user = User(username=username, full_name=_full_name(full_name), role=role, agency=agency, title=title, email=email)
    user.set_unusable_password()
    return user


def save_new(user: User) -> None:
    """Write a new person; `Refused` where somebody took the name or the address at the same moment."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        _free_username(user.username)
        _free_email(user.email)
        raise


def change_user(*, user: User, by: User | None, day: date | None = None, **changes: Any) -> list[str]:
    """Change some of `CHANGEABLE`; gives the names of what differed. A new role than liaison ends all grants."""
    with acting(by, "change_user", day):
        row = _locked(user)
        _check_role(by, row.role)
        cleaned = _cleaned(row, changes)
        differing = [name for name, value in cleaned.items() if getattr(row, name) != value]
        if "role" in differing:
            _check_new_role(row, cleaned["role"], by, day)
        for name, value in cleaned.items():
            setattr(row, name, value)
            setattr(user, name, value)
        if differing:
            row.save(update_fields=differing)
    return differing


def deactivate(*, user: User, by: User | None, day: date | None = None) -> None:
    """Close an account: its grants count for nothing from now on, and it is signed out everywhere."""
    with acting(by, "deactivate_user", day):
        row = _locked(user)
        _check_role(by, row.role)
        if by is not None and by.pk == row.pk:
            raise Refused("Không ai được tự khóa tài khoản của chính mình.")
        _keep_one_admin(row)
        row.is_active = user.is_active = False
        row.save(update_fields=["is_active"])
        end_sessions(row)
    user.__dict__.pop("represented_ids", None)


def reactivate(*, user: User, by: User | None, day: date | None = None) -> None:
    """Open a closed account again; its grants count again."""
    with acting(by, "reactivate_user", day):
        row = _locked(user)
        _check_role(by, row.role)
        row.is_active = user.is_active = True
        row.save(update_fields=["is_active"])
    user.__dict__.pop("represented_ids", None)


def set_first_password(*, user: User, by: User | None, day: date | None = None) -> str:
    """A random password, given back once for whoever asked: it is stored nowhere in the clear."""
    password = get_random_string(14, LETTERS)
    set_password(user=user, password=password, by=by, day=day)
    return password


def set_password(*, user: User, password: str, by: User | None, day: date | None = None) -> None:
    """Give a password; whoever is signed in with the old one is signed out."""
    _check_role(by, user.role)
    user.set_password(password)
    with acting(by, "set_password", day):
        user.save(update_fields=["password"])


def password_path(*, user: User, by: User | None) -> str:
    """The address where this person chooses a password: good once, for some days (PASSWORD_RESET_TIMEOUT)."""
    _check_role(by, user.role)
    if not user.is_active:
        raise Refused("Tài khoản đã bị khóa; cần mở lại tài khoản trước khi cấp đường dẫn đặt mật khẩu.")
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)


def end_sessions(user: User) -> None:
    """Sign a person out on every device."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _check_role(by: User | None, role: str) -> None:
    if role not in Role.values:
        raise Refused(f"Không có vai trò “{role}”.", "role")
    if not may_manage(by, role):
        why = "Chỉ quản trị viên được tạo hoặc thay đổi tài khoản quản trị, cán bộ thường trực, lãnh đạo."
        raise Refused(why, "role")


def _check_new_role(row: User, role: str, by: User | None, day: date | None) -> None:
    if by is not None and by.pk == row.pk:
        raise Refused("Không ai được tự thay đổi vai trò của chính mình.", "role")
    _check_role(by, role)
    _keep_one_admin(row)
    if row.is_liaison:
        grants.revoke_all(user=row, by=by, day=day)


def _keep_one_admin(row: User) -> None:
    """Two administrators who close each other at once: the lock lets only one of them."""
    admins = User.objects.select_for_update(no_key=True).filter(role=Role.ADMIN, is_active=True).order_by("pk")
    if {user.pk for user in admins} == {row.pk}:
        raise Refused("Đây là quản trị viên cuối cùng đang hoạt động; cần chỉ định người khác trước.", "role")


def _cleaned(row: User, changes: dict[str, Any]) -> dict[str, Any]:
    if unknown := changes.keys() - set(CHANGEABLE):
        raise TypeError(f"not changeable: {sorted(unknown)}")
    cleaned = dict(changes)
    if "email" in cleaned:
        cleaned["email"] = _free_email(cleaned["email"], but=row.pk)
    if "full_name" in cleaned:
        cleaned["full_name"] = _full_name(cleaned["full_name"])
    return cleaned


def _full_name(name: str) -> str:
    if not (name := " ".join(name.split())):
        raise Refused("Xin nhập họ và tên.", "full_name")
    return name


def _free_username(username: str) -> str:
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        why = "Tên đăng nhập gồm 2 đến 30 chữ cái không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới."
        raise Refused(why, "username")
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"Tên đăng nhập “{username}” đã có người dùng.", "username")
    return username


def _free_email(email: str, but: int = 0) -> str:
    email = email.strip().lower()
    if email and User.objects.filter(email__iexact=email).exclude(pk=but).exists():
        raise Refused(f"Địa chỉ thư {email} đã thuộc về một tài khoản khác.", "email")
    return email

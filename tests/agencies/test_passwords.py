"""The rules for passwords that the settings name: in Vietnamese, once, and on the page."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from agencies.models import User

from .conftest import PASSWORD

PERSON = User(username="taichinh", full_name="Võ Quốc Bảo", email="bao@kttt.example")
TOO_LIKE = "Mật khẩu quá giống tên đăng nhập, họ tên hoặc địa chỉ thư."
RULES = [
    "Không giống tên đăng nhập, họ tên hoặc địa chỉ thư.",
    "Có ít nhất 10 ký tự.",
    "Không phải mật khẩu thường gặp.",
    "Không chỉ gồm chữ số.",
]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngan", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ("chin-ky-t", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ("qwertyuiop", "Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác."),
        ("90817263540", "Mật khẩu không được chỉ gồm chữ số."),
        ("Vo Quoc Bao", TOO_LIKE),
        ("vo-quoc-bao", TOO_LIKE),
        ("taichinh12", TOO_LIKE),
    ],
)
def test_a_weak_password_is_refused_in_vietnamese(password, said):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, PERSON)
    assert refusal.value.messages == [said]


def test_a_good_password_is_taken():
    validate_password("song-thach-han-1972", PERSON)


def test_the_rules_are_told_beforehand():
    assert password_validators_help_texts() == RULES


@pytest.mark.django_db
def test_the_page_tells_each_rule_once(client, liaison):
    client.force_login(liaison)
    page = client.get("/doi-mat-khau/").content.decode()
    assert [page.count(rule) for rule in RULES] == [1, 1, 1, 1]
    assert page.count("10 ký tự") == page.count("chữ số") == 1


@pytest.mark.django_db
def test_the_page_refuses_the_name_without_tone_marks(client, liaison):
    client.force_login(liaison)
    typed = {"oldpassword": PASSWORD, "password1": "vo-quoc-bao", "password2": "vo-quoc-bao"}
    assert TOO_LIKE in client.post("/doi-mat-khau/", typed).content.decode()
    assert User.objects.get(pk=liaison.pk).check_password(PASSWORD)

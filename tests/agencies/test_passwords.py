"""The rules for passwords speak Vietnamese."""

import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from agencies.models import User

NAMES = ("NotLikeThePerson", "LongEnough", "NotCommon", "NotOnlyDigits")
PERSON = User(username="taichinh", full_name="Võ Quốc Bảo", email="bao@kttt.example")


@pytest.fixture(scope="module")
def rules():
    config = [{"NAME": f"agencies.passwords.{name}"} for name in NAMES]
    config[1]["OPTIONS"] = {"min_length": 10}
    return get_password_validators(config)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngan", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ("qwertyuiop", "Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác."),
        ("90817263540", "Mật khẩu không được chỉ gồm chữ số."),
        ("Vo Quoc Bao", "Mật khẩu quá giống tên đăng nhập, họ tên hoặc địa chỉ thư."),
        ("vo-quoc-bao", "Mật khẩu quá giống tên đăng nhập, họ tên hoặc địa chỉ thư."),
        ("taichinh12", "Mật khẩu quá giống tên đăng nhập, họ tên hoặc địa chỉ thư."),
    ],
)
def test_a_weak_password_is_refused_in_vietnamese(rules, password, said):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, PERSON, rules)
    assert refusal.value.messages == [said]


def test_a_good_password_is_taken(rules):
    validate_password("song-thach-han-1972", PERSON, rules)


def test_the_rules_are_told_beforehand(rules):
    assert [rule.get_help_text() for rule in rules][1] == "Có ít nhất 10 ký tự."

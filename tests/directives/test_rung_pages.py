"""The page of the rules: what it says they do, what it takes, refuses and keeps."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import Role
from directives.actions.rungs import CHANGEABLE, change_rungs
from directives.models import Office, Reason, RungRule
from directives.views.rung_rules import changes_of_rungs
from directives.views.rung_words import sentence
from tests.directives.conftest import person

pytestmark = pytest.mark.django_db
DAY = date(2023, 11, 20)
URL = "/thiet-lap/nhac-viec/"


@pytest.fixture
def admin(standing):
    return person("quantri", Role.ADMIN, standing)


@pytest.fixture
def as_admin(client, admin, settings):
    settings.TODAY = DAY
    client.force_login(admin)
    return client


@pytest.fixture
def filled(as_admin):
    """The form as it stands on the page, with what somebody types."""

    def filled(**typed):
        form = as_admin.get(URL).context["form"]
        shown = {name: form[name].value() for name in form.fields} | {
            name.replace("__", "-"): value for name, value in typed.items()
        }
        shown |= {name: form.fields[name].prepare_value(value) for name, value in shown.items()}
        sent = {name: value for name, value in shown.items() if value is not None and value is not False}
        return {name: "on" if value is True else value for name, value in sent.items()}

    return filled


def test_every_reason_stands_on_the_page_with_what_it_does(as_admin):
    page = as_admin.get(URL).text
    for reason in Reason:
        assert reason.label in page
        assert sentence(RungRule.initial(reason)) in page.replace("&quot;", '"')
    assert reverse("rung_rules") == URL


@pytest.mark.parametrize(
    ("reason", "values", "words"),
    [
        (Reason.BEFORE, {}, "Nhắc trước 7, 3, 1 ngày; gửi đầu mối."),
        (Reason.BEFORE, {"head_after": 0}, "Nhắc trước 7, 3, 1 ngày; gửi đầu mối, gửi thủ trưởng cơ quan."),
        (Reason.BEFORE, {"is_on": False}, "Không nhắc."),
        (
            Reason.AFTER,
            {},
            "Nhắc khi quá hạn 7 ngày, rồi 7 ngày một lần; gửi đầu mối, gửi thủ trưởng cơ quan; "
            "từ ngày thứ 14 báo cơ quan thường trực.",
        ),
        (
            Reason.AFTER,
            {"every": 0, "to_liaison": False, "head_after": None},
            "Nhắc khi quá hạn 7 ngày, một lần; từ ngày thứ 14 báo cơ quan thường trực.",
        ),
        (
            Reason.RETURNED,
            {"head_after": 3},
            "Báo vào sáng làm việc kế tiếp; nhắc trước hạn bổ sung 3, 1 ngày và trong ngày hạn; "
            "nhắc khi quá hạn bổ sung 7 ngày, rồi 7 ngày một lần; gửi đầu mối; từ ngày thứ 7 gửi thủ trưởng cơ quan.",
        ),
        (Reason.RETURNED, {"steps": [], "first": 0}, "Báo vào sáng làm việc kế tiếp; gửi đầu mối."),
        (Reason.ROUND_SOON, {"steps": [0]}, "Nhắc trong ngày hạn; gửi đầu mối."),
        (
            Reason.WAITING,
            {"leader_after": 10},
            "Nhắc khi đề nghị đã chờ 3 ngày, rồi 7 ngày một lần; báo cơ quan thường trực; từ ngày thứ 10 báo lãnh đạo; "
            "đề nghị của chính cơ quan thường trực thì báo lãnh đạo.",
        ),
    ],
)
def test_a_rule_says_in_one_sentence_what_it_does(reason, values, words):
    change_rungs(by=None, day=DAY, changes={reason: values})
    assert sentence(RungRule.current()[reason]) == words


@pytest.mark.parametrize("reason", Reason.values)
def test_only_what_means_something_is_asked(as_admin, reason):
    names = {name.split("-")[1] for name in as_admin.get(URL).context["form"].fields if name.startswith(f"{reason}-")}
    assert names == {*CHANGEABLE[reason], "initial"}


def test_sending_the_page_as_it_is_changes_nothing(as_admin, filled):
    answer = as_admin.post(URL, filled(), follow=True)
    assert "Không có gì thay đổi" in answer.text
    assert not RungRule.objects.exists()


def test_what_is_changed_holds_is_said_and_is_kept(as_admin, filled, admin):
    data = filled(before__steps="5; 2", received__head_after=True, after__leader_after="30", round_open__is_on=False)
    answer = as_admin.post(URL, data, follow=True)
    for words in ("“Sắp đến hạn”", "Nhắc trước 5, 2 ngày", "từ ngày thứ 30 báo lãnh đạo", "Không nhắc."):
        assert words in answer.text
    rules = RungRule.current()
    assert (rules[Reason.BEFORE].steps, rules[Reason.RECEIVED].head_after) == ([5, 2], 0)
    said = {change.what: (change.old, change.new) for change in changes_of_rungs()}
    assert said == {
        "Sắp đến hạn: Nhắc trước (ngày)": ("7, 3, 1", "5, 2"),
        "Mới được giao: Gửi thủ trưởng cơ quan": ("Không", "Cùng lúc"),
        "Quá hạn: Báo lãnh đạo": ("Không", "Từ ngày thứ 30"),
        "Mở kỳ báo cáo: Đang dùng": ("Có", "Không"),
    }
    assert {(change.who, change.day) for change in changes_of_rungs()} == {(str(admin), DAY)}


def test_every_fault_stands_at_its_field_and_what_was_typed_is_still_there(as_admin, filled):
    data = filled(before__steps="1, 9", after__first="", on_day__to_liaison=False, answered__leader_after=True)
    answer = as_admin.post(URL, data)
    assert answer.status_code == 422
    for field in ("before-steps", "after-first", "on_day-to_liaison"):
        assert f'href="#id_{field}"' in answer.text
    assert "Sắp đến hạn: Nhắc trước (ngày): Xin ghi các số ngày từ xa đến gần" in answer.text
    assert 'value="1, 9"' in answer.text
    assert answer.context["form"]["answered-leader_after"].value() is True
    assert not RungRule.objects.exists()


@pytest.mark.parametrize("typed", ["bảy", "7, ba", "7.5"])
def test_days_that_are_no_numbers_are_asked_for_again(as_admin, filled, typed):
    answer = as_admin.post(URL, filled(before__steps=typed))
    assert "cách nhau bằng dấu phẩy" in answer.text
    assert f'value="{typed}"' in answer.text


def test_what_the_office_began_with_comes_back_rule_by_rule(as_admin, filled):
    as_admin.post(URL, filled(before__steps="5", on_day__is_on=False))
    page = as_admin.get(URL).text
    assert page.count("Dùng lại giá trị ban đầu") == 2
    assert "Ban đầu: Nhắc trước 7, 3, 1 ngày; gửi đầu mối." in page
    as_admin.post(URL, filled(before__initial=True, before__steps="vô nghĩa"))
    rules = RungRule.current()
    assert (rules[Reason.BEFORE].steps, rules[Reason.ON_DAY].is_on) == ([7, 3, 1], False)


def test_two_who_change_at_once_are_told_of_each_other(as_admin, filled):
    data = filled(before__steps="5")
    change_rungs(by=None, day=DAY, changes={Reason.ON_DAY: {"is_on": False}})
    answer = as_admin.post(URL, data)
    assert answer.status_code == 422
    assert "Hệ thống đã thay đổi các mốc nhắc việc" in answer.text
    assert 'value="5"' in answer.text


@pytest.mark.parametrize("mails_heads", [True, False])
def test_the_page_says_how_heads_hear(as_admin, mails_heads):
    Office.objects.create(pk=1, mails_heads=mails_heads)
    assert ("chỉ thấy lời nhắc trong phần mềm" in as_admin.get(URL).text) is not mails_heads


def test_the_page_asks_as_much_after_many_changes(as_admin, django_assert_num_queries, filled):
    for steps in ("5", "6", "7"):
        as_admin.post(URL, filled(before__steps=steps, received__head_after=True, after__every="3"))
    with django_assert_num_queries(6):  # two of them are the session and the person
        as_admin.get(URL)


def test_the_page_of_reminders_leads_there_for_the_administrator_alone(as_admin, staff, client):
    assert URL in as_admin.get(reverse("reminder_list")).text
    client.force_login(staff)
    page = client.get(reverse("reminder_list")).text
    assert URL not in page
    assert reverse("pause_list") in page

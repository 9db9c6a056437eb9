"""Settings of the office: the administrator's, validated, with who changed what."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Role
from directives.actions.office import change_office
from directives.models import Office
from directives.views.office import changes_of_office

DAY = date(2023, 11, 20)
URL = "/thiet-lap/"


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture
def admin(standing):
    from tests.directives.conftest import person

    return person("quantri", Role.ADMIN, standing)


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


def filled(**changes):
    return {
        "parent_name": "UBND TỈNH QUẢNG TRỊ",
        "name": "LIÊN MINH HỢP TÁC XÃ TỈNH",
        "symbol": "BC-LMHTX",
        "place": "Quảng Trị",
        "signs_as": "KT. CHỦ TỊCH\r\nPHÓ CHỦ TỊCH\r\n",
        "signer": "Nguyễn Văn A",
        "recipients": "UBND tỉnh\r\n\r\n  Lưu   hồ sơ ",
        "soon_days": "7",
        "reminder_steps": "7, 3, 1, 0",
        "remind_late_every": "7",
        "climb_after": "14",
        "supplement_days": "5",
        "silent_after": "10",
        "extension_limit": "1",
        "urging_issuer": "own",
        "letter_symbol": "LMHTX-VP",
        "letter_recipients": "UBND tỉnh",
        "committee_name": "Ban Chỉ đạo",
        "committee_symbol": "BCĐ",
        "committee_signs_as": "TM. BAN CHỈ ĐẠO\r\nTRƯỞNG BAN",
        "chancery_name": "Văn phòng",
        "chancery_symbol": "VP",
        "chancery_signs_as": "CHÁNH VĂN PHÒNG",
    } | changes


def test_the_page_is_where_the_navigation_points():
    assert reverse("office_settings") == URL


@pytest.mark.parametrize("who", ["staff", "leader", "liaison"])
def test_nobody_but_the_administrator_finds_it(client, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 404
    assert client.post(URL, filled()).status_code == 404


def test_lists_are_one_entry_a_line(as_admin):
    assert as_admin.post(URL, filled()).status_code == 302
    office = Office.current()
    assert office.signs_as == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert office.recipients == ["UBND tỉnh", "Lưu hồ sơ"]
    assert "PHÓ CHỦ TỊCH" in as_admin.get(URL).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("symbol", "bc-lmhtx", "viết hoa"),
        ("symbol", "CV-LMHTX", "bắt đầu bằng BC"),
        ("name", "", "Xin điền"),
        ("reminder_steps", "1, 3", "từ xa đến gần"),
        ("reminder_steps", "bảy", "cách nhau bằng dấu phẩy"),
        ("reminder_steps", "90", "từ 0 đến 60"),
        ("remind_late_every", "0", "từ 1 đến 60"),
        ("soon_days", "-1", "từ 0 đến 60"),
        ("signs_as", "a\nb\nc\nd\ne", "Tối đa 4 dòng"),
        ("recipients", "x" * 201, "tối đa 200 ký tự"),
        ("letter_symbol", "CV-LMHTX", "không có chữ CV"),
        ("letter_symbol", "LMHTX-CV", "không có chữ CV"),
        ("committee_symbol", "bcđ", "viết hoa"),
        ("chancery_symbol", "VP-", "viết hoa"),
        ("urging_issuer", "ai", "hợp lệ"),
        ("committee_name", "", "Xin điền"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(as_admin, field, value, words):
    answer = as_admin.post(URL, filled(place="Đông Hà", **{field: value}))
    assert answer.status_code == 422
    assert words in answer.text
    assert Office.current().place == "Quảng Trị"


def test_no_reminders_before_a_deadline_is_a_choice(as_admin):
    as_admin.post(URL, filled(reminder_steps=""))
    assert Office.current().reminder_steps == []


def test_who_changed_what_is_kept_and_shown(as_admin, admin):
    Office.current()
    as_admin.post(URL, filled())
    as_admin.post(URL, filled(soon_days="10"))
    last = list(changes_of_office())[-1]
    assert (last.day, last.who, last.what, last.old, last.new) == (DAY, str(admin), "Sắp đến hạn (ngày)", "7", "10")
    assert "Sắp đến hạn (ngày)" in as_admin.get(URL).text


def test_who_issues_urging_letters_is_a_choice_told_in_words(as_admin):
    as_admin.post(URL, filled())
    as_admin.post(URL, filled(urging_issuer="committee"))
    assert Office.current().urging_issuer == "committee"
    assert "Soạn trình Ban Chỉ đạo ký" in list(changes_of_office())[-1].new


def test_saving_the_same_again_changes_nothing(as_admin, admin):
    as_admin.post(URL, filled())
    before = len(list(changes_of_office()))
    as_admin.post(URL, filled())
    assert len(list(changes_of_office())) == before


def test_the_verb_itself_refuses_others(staff):
    with pytest.raises(Refused, match="quản trị viên"):
        change_office(by=staff, day=DAY, place="Đông Hà")

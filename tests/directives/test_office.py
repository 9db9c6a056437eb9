"""Settings of the office: the administrator's, validated, with who changed what."""

from datetime import date, time

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
        "quiet_from": "19:00",
        "quiet_until": "06:00",
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
        ("quiet_from", "bảy giờ tối", "theo mẫu giờ:phút"),
        ("quiet_until", "", "cả giờ bắt đầu và giờ kết thúc"),
        ("quiet_until", "19:00", "khác nhau"),
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


@pytest.mark.parametrize("written", ["18:00", "18h00", "18h", "18"])
def test_an_hour_is_read_as_people_write_it(as_admin, written):
    as_admin.post(URL, filled(quiet_from=written))
    assert Office.current().quiet_from == time(18)
    assert 'value="18:00"' in as_admin.get(URL).text


def test_without_quiet_hours_both_are_empty(as_admin):
    assert as_admin.post(URL, filled(quiet_from="", quiet_until="")).status_code == 302
    office = Office.current()
    assert (office.quiet_from, office.quiet_until) == (None, None)


def test_hours_and_switches_change_in_words(as_admin):
    as_admin.post(URL, filled(mails_heads="on", quiet_from="20:30"))
    said = {change.what: (change.old, change.new) for change in changes_of_office()}
    assert said["Gửi thư nhắc việc cho thủ trưởng cơ quan"] == ("Không", "Có")
    assert said["Không gửi thư từ"] == ("19:00", "20:30")


def test_the_rules_of_reminders_are_one_step_away(as_admin):
    assert reverse("rung_rules") in as_admin.get(URL).text


def test_who_changed_what_is_kept_and_shown(as_admin, admin):
    Office.current()
    as_admin.post(URL, filled())
    as_admin.post(URL, filled(soon_days="10"))
    last = changes_of_office()[0]
    assert (last.day, last.who, last.what, last.old, last.new) == (DAY, str(admin), "Sắp đến hạn (ngày)", "7", "10")
    assert "Sắp đến hạn (ngày)" in as_admin.get(URL).text


def test_who_issues_urging_letters_is_a_choice_told_in_words(as_admin):
    as_admin.post(URL, filled())
    as_admin.post(URL, filled(urging_issuer="committee"))
    assert Office.current().urging_issuer == "committee"
    assert "Soạn trình Ban Chỉ đạo ký" in changes_of_office()[0].new


def test_saving_the_same_again_changes_nothing(as_admin, admin):
    as_admin.post(URL, filled())
    before = len(changes_of_office())
    as_admin.post(URL, filled())
    assert len(changes_of_office()) == before


def test_the_verb_itself_refuses_others(staff):
    with pytest.raises(Refused, match="quản trị viên"):
        change_office(by=staff, day=DAY, place="Đông Hà")

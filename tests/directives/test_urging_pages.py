"""Urging as its pages show it: the list, the form, the draft, the number from the clerk."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from directives.models import Office, Urging, UrgingLetter
from directives.reports.child import Limits
from directives.views import urging_letters

from .test_constant_queries import asked as queries
from .urging_cast import DAY, call, draft, party, urged


@pytest.fixture(autouse=True)
def pinned(settings, month, standing):
    settings.TODAY = DAY
    standing.kind = "standing"
    standing.save()


@pytest.fixture
def late(make_assignment):
    return make_assignment("dated", deadline=date(2023, 10, 31), position=1)


@pytest.fixture
def letter(late, agency, staff):
    return draft(agency, staff)


def url(name, *arguments):
    return reverse(f"urging_{name}", args=arguments)


def test_the_addresses_are_those_that_people_know(letter):
    assert url("list") == "/don-doc/"
    assert url("letter", letter.pk) == f"/don-doc/{letter.pk}/"


def test_the_list_says_how_long_and_how_the_agency_was_urged_last(late, agency, staff, signed_in):
    page = signed_in("staff").get(url("list")).text
    assert "1 nhiệm vụ</span>, lâu nhất 20 ngày" in page
    assert "Chưa có" in page
    assert url("letter_create", agency.code) in page
    call(agency, staff, on=date(2023, 11, 17))
    made = draft(agency, staff)
    page = signed_in("staff").get(url("list")).text
    assert "Điện thoại ngày 17/11/2023" in page
    assert "Xem dự thảo" in page
    assert url("letter", made.pk) in page


def test_a_leader_reads_and_is_offered_no_deed(letter, signed_in):
    page = signed_in("leader").get(url("list")).text
    assert "Soạn công văn" not in page
    assert "Ghi đã đôn đốc" not in page
    shown = signed_in("leader").get(url("letter", letter.pk)).text
    assert "Kính gửi: Sở Kế hoạch và Đầu tư" in shown
    assert "Ghi đã phát hành" not in shown


def test_what_is_asked_stands_apart_and_is_not_called_late(make_assignment, signed_in):
    make_assignment("dated", deadline=date(2023, 10, 31), agency=party())
    page = signed_in("staff").get(url("list")).text
    assert "Cơ quan được đề nghị thực hiện" in page
    assert "1 nội dung" in page
    assert "lâu nhất" not in page


def test_the_standing_agencys_own_work_goes_to_the_leader(make_assignment, standing, signed_in):
    make_assignment("dated", deadline=date(2023, 10, 31), agency=standing)
    client = signed_in("staff")
    assert "trình lãnh đạo" in client.get(url("list")).text
    answer = client.get(url("letter_create", standing.code), follow=True)
    assert answer.redirect_chain == [(url("list"), 302)]
    assert "xin trình lãnh đạo xem xét" in answer.text


def test_nothing_to_urge_is_said(agency, signed_in):
    client = signed_in("staff")
    assert "Không có cơ quan nào cần đôn đốc" in client.get(url("list")).text
    assert "không có nhiệm vụ nào cần đôn đốc" in client.get(url("letter_create", agency.code), follow=True).text


def test_the_form_has_everything_chosen_and_the_offices_choice(late, agency, signed_in):
    Office.locked()
    Office.objects.update(urging_issuer="committee")
    form = signed_in("staff").get(url("letter_create", agency.code)).context["form"]
    assert form["tasks"].value() == [late.pk]
    assert form["report_by"].value() == date(2023, 11, 27)
    assert form["issuer"].value() == "committee"


def sent(rows, **changes):
    given = {"tasks": rows, "report_by": "27/11/2023", "issuer": "own", "words": "", "submission": str(uuid.uuid4())}
    return given | changes


def test_a_double_press_makes_one_letter(late, agency, signed_in):
    client, form = signed_in("staff"), sent([late.pk])
    first = client.post(url("letter_create", agency.code), form)
    second = client.post(url("letter_create", agency.code), form)
    assert first["Location"] == second["Location"] == url("letter", UrgingLetter.objects.get().pk)


def test_what_is_refused_stands_at_its_field_and_the_words_are_kept(late, agency, signed_in):
    form = sent([late.pk], report_by="20/11/2023", words="Đoạn riêng của tôi")
    answer = signed_in("staff").post(url("letter_create", agency.code), form)
    assert answer.status_code == 422
    assert "phải sau hôm nay" in answer.context["form"].errors["report_by"][0]
    assert "Đoạn riêng của tôi" in answer.text


def test_the_draft_looks_as_it_will_and_the_clerks_number_ends_it(letter, signed_in):
    client = signed_in("staff")
    page = client.get(url("letter", letter.pk)).text
    for words in ("V/v đề nghị báo cáo", "Kính gửi: Sở Kế hoạch và Đầu tư", "- Như trên;", "Văn thư đã cấp số?"):
        assert words in page
    form = {"number": "7", "symbol": "LMHTX-VP", "issued_on": "20/11/2023"}
    wrong = client.post(url("letter_issue", letter.pk), form | {"symbol": "CV-LMHTX"})
    assert (wrong.status_code, "không có chữ CV" in wrong.text) == (422, True)
    assert client.post(url("letter_issue", letter.pk), form)["Location"] == url("letter", letter.pk)
    page = client.get(url("letter", letter.pk)).text
    assert "Số: 07/LMHTX-VP" in page
    assert "Văn thư đã cấp số?" not in page
    again = client.post(url("letter_issue", letter.pk), form | {"number": "8"})
    assert "không thay đổi được nữa" in again.text


def test_a_draft_that_says_what_is_no_longer_true_warns(letter, late, signed_in):
    assert "Nên bỏ dự thảo này" not in signed_in("staff").get(url("letter", letter.pk)).text
    late.life, late.completed_on = "done", DAY
    late.save()
    page = signed_in("staff").get(url("letter", letter.pk)).text
    assert "nhiệm vụ 1, 86/TB-UBND. Nên bỏ dự thảo này" in page


def test_a_dropped_draft_stays_in_the_list(letter, signed_in):
    client = signed_in("staff")
    assert "Đã bỏ dự thảo." in client.post(url("letter_withdraw", letter.pk), follow=True).text
    assert "Đã bỏ dự thảo" in client.get(url("list")).text


def test_a_call_is_logged_about_any_open_task(late, agency, make_assignment, signed_in):
    fresh = make_assignment("dated", deadline=date(2023, 12, 30), position=6, received_on=DAY)
    client = signed_in("staff")
    form = client.get(url("contact_create", agency.code)).context["form"]
    assert set(form["tasks"].value()) == {late.pk}
    told = {"tasks": [fresh.pk], "means": "zalo", "on": "17/11/2023", "spoken_to": "Bà B", "said": "Đã hẹn ngày gửi"}
    client.post(url("contact_create", agency.code), told | {"submission": str(uuid.uuid4())})
    made = Urging.objects.get()
    assert (made.means, made.on, list(made.assignments.all())) == ("zalo", date(2023, 11, 17), [fresh])


def test_the_agency_reads_what_was_sent_to_it_but_no_draft(letter, late, agency, staff, liaison, stranger, signed_in):
    call(agency, staff)
    client = signed_in("liaison")
    for name in ("letter", "letter_pdf", "letter_word"):
        assert client.get(url(name, letter.pk)).status_code == 404
    page = client.get(reverse("agency_detail", args=[agency.code])).text
    assert "Đề nghị gửi báo cáo." in page
    assert "Dự thảo công văn" not in page
    from directives.actions.urging import issue_letter

    issue_letter(letter=letter, number="7", symbol="LMHTX-VP", issued_on=DAY, by=staff, day=DAY)
    assert "Công văn số 07/LMHTX-VP" in client.get(reverse("agency_detail", args=[agency.code])).text
    assert "Công văn số 07/LMHTX-VP" in client.get(reverse("assignment_detail", args=[late.task_id, "skhdt"])).text
    shown = client.get(url("letter", letter.pk))
    assert shown.status_code == 200
    assert "Người soạn" not in shown.text
    assert signed_in("stranger").get(url("letter", letter.pk)).status_code == 404


def test_the_files_are_private_and_named(letter, signed_in):
    client = signed_in("staff")
    paper, word = client.get(url("letter_pdf", letter.pk)), client.get(url("letter_word", letter.pk))
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    assert b"".join(word.streaming_content).startswith(b"PK")
    for answer, ending in ((paper, ".pdf"), (word, ".docx")):
        assert "no-store" in answer["Cache-Control"]
        assert ending in answer["Content-Disposition"]


def test_a_page_that_cannot_be_typeset_leads_back_with_words(letter, signed_in, monkeypatch):
    monkeypatch.setattr(urging_letters, "LIMITS", Limits(cpu=20, wall=0.01))
    answer = signed_in("staff").get(url("letter_pdf", letter.pk), follow=True)
    assert answer.redirect_chain == [(url("letter", letter.pk), 302)]
    assert "tải bản Word" in answer.text


def test_the_list_asks_as_much_for_three_agencies_as_for_one(make_assignment, staff, signed_in, late, agency):
    from agencies.models import Agency, Role
    from directives.actions.urging import issue_letter
    from tests.directives.conftest import person
    from tests.directives.test_urging import reminded

    def tell(body, row, number):
        reminded(row, person(f"nguoi{number}", Role.LIAISON, body, [body]), date(2023, 11, 1))
        call(body, staff)
        issue_letter(letter=draft(body, staff), number=str(number), symbol="LMHTX", issued_on=DAY, by=staff, day=DAY)
        draft(body, staff)

    client = signed_in("staff")
    tell(agency, late, 1)
    client.get(url("list"))
    few = queries(client, url("list"))
    for number in (2, 3):
        body = Agency.objects.create(code=f"s{number}", name=f"Sở {number}", short_name=f"Sở {number}", sort_key="8")
        tell(body, make_assignment("dated", deadline=date(2023, 10, 31), position=number, agency=body), number)
    many = queries(client, url("list"))
    assert len(many) == len(few), "\n".join(each for each in many if many.count(each) > few.count(each))
    assert len(urged(agency)) == 1

"""Asking for more time or a release, and deciding, on the pages of those who do it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from agencies.succession_rules import NewBody
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.moves import move_work
from directives.actions.releases import ask_release
from directives.actions.succession import succeed
from directives.actions.tasks import set_deadline
from directives.models import Answer, Assignment, EvidenceView, Extension, Ground, Office, Release
from tests.directives.conftest import person
from tests.directives.test_extensions import DUE, LATER


@pytest.fixture
def on(settings, client, day):
    settings.TODAY = day

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def row(make_assignment):
    return make_assignment("dated", deadline=DUE)


def at(row, name):
    return reverse(name, args=[row.task_id, row.agency.code])


def waiting(row, liaison, day, **more):
    return ask_extension(assignment=row, asked_until=LATER, reason="Chờ góp ý", by=liaison, day=day, **more)


def test_a_liaison_asks_for_more_time_with_a_file(on, row, liaison):
    client = on(liaison)
    assert at(row, "extension_ask") in client.get(at(row, "assignment_detail")).content.decode()
    assert "tối đa 1 lần" in client.get(at(row, "extension_ask")).content.decode()
    file = SimpleUploadedFile("xin-gia-han.pdf", b"%PDF-1.4 x")
    data = {"asked_until": "29/12/2023", "reason": "Chờ góp ý", "attachment": file, "version": row.version}
    page = client.post(at(row, "extension_ask"), data, follow=True).content.decode()
    asked = Extension.objects.get()
    assert (asked.asked_until, asked.upload.name) == (LATER, "xin-gia-han.pdf")
    assert "Đang chờ quyết định" in page and "Xin gia hạn đến 29/12/2023" in page
    assert f'href="{at(row, "extension_ask")}"' not in page  # one at a time
    assert client.get(reverse("request_file", args=[asked.upload.uuid])).status_code == 200


def test_a_refused_form_keeps_its_words_and_its_file(on, row, liaison):
    file = SimpleUploadedFile("xin-gia-han.pdf", b"%PDF-1.4 x")
    data = {"asked_until": "01/11/2023", "reason": "Chờ góp ý", "attachment": file}
    answer = on(liaison).post(at(row, "extension_ask"), data)
    text = answer.content.decode()
    assert answer.status_code == 422 and "sau thời hạn hiện nay" in text and "Chờ góp ý" in text
    kept = answer.context["form"].upload
    data = {"asked_until": "29/12/2023", "reason": "Chờ góp ý", "kept": str(kept.uuid)}
    on(liaison).post(at(row, "extension_ask"), data)
    assert Extension.objects.get().upload == kept


def test_a_file_of_a_stranger_is_not_reached(on, row, liaison, stranger):
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.4 x")
    on(liaison).post(at(row, "extension_ask"), {"asked_until": "29/12/2023", "reason": "x", "attachment": file})
    address = reverse("request_file", args=[Extension.objects.get().upload.uuid])
    assert on(stranger).get(address).status_code == 404


def test_asking_late_says_so_before_and_after(on, row, liaison, settings):
    settings.TODAY = date(2023, 12, 5)
    client = on(liaison)
    settings.TODAY = date(2023, 12, 5)
    assert "vẫn xin gia hạn được" in client.get(at(row, "extension_ask")).content.decode()
    page = client.post(at(row, "extension_ask"), {"asked_until": "29/12/2023", "reason": "x"}, follow=True)
    assert "Xin sau khi đã quá hạn" in page.content.decode()


def test_a_leader_decides_in_the_queue_and_the_agency_reads_it(on, row, liaison, leader, staff, day):
    asked = waiting(row, liaison, day)
    client = on(leader)
    assert "chờ ông/bà quyết định: 1" in client.get(reverse("home")).content.decode()
    assert reverse("extension_decide", args=[asked.pk]) in client.get(reverse("request_list")).content.decode()
    data = {"answer": "shortened", "granted_until": "15/12/2023", "reason": "Cần trước kỳ họp"}
    client.post(reverse("extension_decide", args=[asked.pk]), data)
    home = on(liaison).get(reverse("home")).content.decode()
    assert "đồng ý, rút ngắn, đến 15/12/2023" in home and "Cần trước kỳ họp" in home
    assert "hạn đầu 30/11/2023, gia hạn 1 lần đến 15/12/2023" in home
    assert "ban đầu 30/11/2023, gia hạn 1 lần" in on(liaison).get(at(row, "assignment_detail")).content.decode()
    assert "Gia hạn: 1 lần, đang xin: 0" in on(staff).get(reverse("agency_detail", args=["skhdt"])).content.decode()
    assert "gia hạn: 1 lần, đang xin: 0" in on(staff).get(reverse("agency_list")).content.decode()


def test_what_is_refused_stands_in_the_form(on, row, liaison, leader, day):
    asked = waiting(row, liaison, day)
    answer = on(leader).post(reverse("extension_decide", args=[asked.pk]), {"answer": "refused"})
    assert answer.status_code == 422 and "Xin ghi lý do." in answer.content.decode()


def test_staff_see_who_decides_what_is_not_theirs(on, row, liaison, staff, day):
    asked = waiting(row, liaison, day)
    client = on(staff)
    page = client.get(reverse("request_list")).content.decode()
    assert "Do lãnh đạo xét." in page and reverse("extension_decide", args=[asked.pk]) not in page
    answer = client.post(reverse("extension_decide", args=[asked.pk]), {"answer": "approved"})
    assert answer.status_code == 422 and "do lãnh đạo xét gia hạn" in answer.content.decode()
    assert Assignment.objects.get().deadline == DUE


def test_the_second_decider_is_told_by_name(on, row, liaison, leader, day):
    asked = waiting(row, liaison, day)
    decide_extension(extension=asked, answer=Answer.APPROVED, by=leader, day=day)
    answer = on(leader).post(reverse("extension_decide", args=[asked.pk]), {"answer": "refused", "reason": "x"})
    assert "Người lanhdao đã xử lý đề nghị này" in answer.content.decode()


def test_what_is_mine_to_decide_stands_first(on, row, make_assignment, liaison, staff, day):
    waiting(row, liaison, date(2023, 11, 1))
    mine = make_assignment("dated", 2, deadline=DUE, task_fields={"deadline_by": staff})
    ask_extension(assignment=mine, asked_until=LATER, reason="x", by=liaison, day=day)
    page = on(staff).get(reverse("request_list"))
    assert [(each["row"].pk, each["mine"]) for each in page.context["rows"]] == [(mine.pk, True), (row.pk, False)]
    assert on(staff).get(reverse("home")).context["requests_waiting"] == 1


def test_a_request_is_taken_back(on, row, liaison, day):
    waiting(row, liaison, day)
    client = on(liaison)
    assert "Đã rút đề nghị." in client.post(at(row, "extension_withdraw"), follow=True).content.decode()
    again = client.post(at(row, "extension_withdraw"), follow=True).content.decode()
    assert "Không còn đề nghị nào đang chờ" in again


def test_a_release_from_asking_to_the_new_agency(on, row, liaison, staff, stranger, other_agency):
    client = on(liaison)
    data = {"ground": "not_ours", "to_agency": other_agency.pk, "reason": "Thuộc Sở Tài chính"}
    client.post(at(row, "release_ask"), data)
    asked = Release.objects.get()
    assert "Đang chờ quyết định" in client.get(at(row, "assignment_detail")).content.decode()
    answer = on(staff).post(reverse("release_decide", args=[asked.pk]), {"answer": "approved"})
    assert answer.status_code == 422  # without a reason
    data = {"answer": "approved", "to_agency": other_agency.pk, "reason": "Đúng chức năng"}
    on(staff).post(reverse("release_decide", args=[asked.pk]), data)
    page = on(liaison).get(at(row, "assignment_detail")).content.decode()
    assert "Đã chuyển cho Sở Tài chính" in page and "Đúng chức năng" in page
    home = on(liaison).get(reverse("home")).content.decode()
    assert "Thôi giao, đã chuyển (không tính vào tỷ lệ): <strong>1</strong>" in home
    new = Assignment.objects.get(agency=other_agency)
    assert "Nhận từ Sở Kế hoạch và Đầu tư" in on(stranger).get(at(new, "assignment_detail")).content.decode()


def test_the_new_agency_reads_the_evidence_of_the_old_one(row, liaison, other_agency, staff, stranger, day, on):
    from agencies.history import acting
    from directives.actions.notes import Said, report_progress
    from directives.models import Why

    report_progress(assignment=row, said=Said(result="Đã họp ba lần"), by=liaison, day=day)
    with acting(staff, "test", day):
        new = move_work(old=row, agency=other_agency, why=Why.SUCCESSION, instrument="NQ 1", by=staff, day=day)
    page = on(stranger).get(at(new, "assignment_detail")).content.decode()
    assert "Đã họp ba lần" in page and "trước đây: Sở KH&amp;ĐT" in page
    assert on(stranger).get(at(row, "assignment_detail")).status_code == 404


def test_a_correction_is_told_what_it_takes_back(on, row, liaison, leader, staff, day):
    decide_extension(extension=waiting(row, liaison, day), answer=Answer.APPROVED, by=leader, day=day)
    page = on(staff).get(reverse("task_edit", args=[row.task_id])).content.decode()
    assert "1 phân công đang được gia hạn sẽ theo thời hạn mới" in page


def test_a_returned_task_shows_why_on_the_first_page(on, row, liaison, staff, day):
    from directives.actions.reviews import ask_more
    from tests.directives.test_review_queue import claim

    claim(row, liaison, day)
    ask_more(assignment=row, reason="Thiếu danh sách", days=3, by=staff, day=day)
    home = on(liaison).get(reverse("home")).content.decode()
    assert "Thiếu danh sách" in home and "23/11/2023" in home


@pytest.mark.parametrize("who", ["staff", "leader"])
def test_as_many_queries_for_three_rows_as_for_one(on, who, request, make_assignment, liaison, staff, leader, day):
    from tests.directives.test_review_queue import claim

    client, counts = on(request.getfixturevalue(who)), []
    pages = ("request_list", "review_queue", "review_preview", "agency_list")
    for positions in ((1,), (2, 3)):
        for position in positions:
            asked = make_assignment("dated", position, deadline=DUE, task_fields={"deadline_by": staff})
            waiting(asked, liaison, day)
            ask_release(assignment=asked, ground=Ground.NOT_OURS, reason="x", by=liaison, day=day)
            claim(make_assignment(position=position + 10), liaison, day)
        chosen = {"chon": list(Assignment.objects.filter(life="awaiting").values_list("pk", flat=True))}
        client.get(reverse("request_list"))
        for name in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name), chosen).status_code == 200
            counts.append(len(queries))
    assert counts[: len(pages)] == counts[len(pages) :] and max(counts) <= 20


def test_a_file_of_a_request_is_previewed_and_every_look_is_kept(on, row, liaison, leader, stranger):
    file = SimpleUploadedFile("xin.pdf", b"%PDF-1.4 x")
    on(liaison).post(at(row, "extension_ask"), {"asked_until": "29/12/2023", "reason": "x", "attachment": file})
    upload = Extension.objects.get().upload
    preview, fetched = reverse("shelf_detail", args=[upload.uuid]), reverse("request_file", args=[upload.uuid])
    for address in (preview, fetched):
        assert on(stranger).get(address).status_code == 404
    client = on(leader)
    assert f'href="{preview}"' in client.get(reverse("request_list")).text
    assert "xin gia hạn 20/11/2023" in client.get(preview).text
    client.get(fetched)
    looks = EvidenceView.objects.filter(upload=upload).order_by("pk")
    assert list(looks.values_list("viewer", "is_download")) == [(leader.pk, False), (leader.pk, True)]


def test_the_decider_sees_how_often_and_by_which_instrument(on, row, liaison, leader, staff):
    set_deadline(task=row.task, deadline=date(2023, 12, 1), instrument="KH 05/KH-BCĐ", by=staff, day=date(2023, 11, 20))
    Office.objects.update_or_create(pk=1, defaults={"extension_limit": 3})
    for until in (date(2023, 12, 10), date(2023, 12, 20)):
        asked = ask_extension(assignment=row, asked_until=until, reason="x", by=liaison, day=date(2023, 11, 20))
        page = on(leader).get(reverse("request_list")).text
        if until.day == 10:
            assert "chưa gia hạn lần nào" in page
            decide_extension(extension=asked, answer="approved", by=leader, day=date(2023, 11, 20))
    for words in ("đã gia hạn 1 lần", "hạn đầu 30/11/2023", "theo KH 05/KH-BCĐ"):
        assert words in page


def test_no_form_is_shown_where_nothing_may_be_asked(on, row, make_assignment, liaison, day):
    """Two tabs, a kept address: nobody fills in a form that will be refused."""
    client = on(liaison)
    undated = make_assignment("undated", position=2)
    page = client.get(at(undated, "extension_ask"), follow=True)
    assert page.redirect_chain[0][0] == at(undated, "assignment_detail")
    assert "không có thời hạn nên không cần xin gia hạn" in page.content.decode()
    waiting(row, liaison, day)
    assert "đang chờ xét" in client.get(at(row, "extension_ask"), follow=True).content.decode()
    ask_release(assignment=row, ground=Ground.NOT_OURS, reason="Không thuộc", by=liaison, day=day)
    assert "thôi giao đang chờ xét" in client.get(at(row, "release_ask"), follow=True).content.decode()
    Assignment.objects.filter(pk=row.pk).update(life="done", completed_on=day)
    assert client.get(at(row, "release_ask")).status_code == 302


def test_the_queue_has_pages_of_what_one_decides_first(on, make_assignment, liaison, staff, monkeypatch, day):
    from directives.views import requests

    monkeypatch.setattr(requests, "PER_PAGE", 2)
    rows = [make_assignment("dated", position, deadline=DUE) for position in (1, 2, 3)]
    for row in rows[:2]:  # the text set these deadlines: the leaders decide
        waiting(row, liaison, day)
    for row in rows[1:]:
        ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=day)
    client = on(staff)
    first, second = (client.get(reverse("request_list"), {"trang": number}) for number in (1, 2))
    assert [(each["mine"], each["row"].task.position) for each in first.context["rows"]] == [(True, 2), (True, 3)]
    assert [(each["mine"], each["row"].task.position) for each in second.context["rows"]] == [(False, 1), (False, 2)]
    assert "Chờ quyết định: 4, trong đó ông/bà xét 2" in first.text
    assert "Trang <strong>1</strong>/2" in first.text


def test_an_old_page_takes_back_no_other_request_than_it_shows(on, row, liaison, leader, agency, day):
    first = waiting(row, liaison, day)
    decide_extension(extension=first, answer=Answer.REFUSED, reason="Không", by=leader, day=day)
    colleague = person("dongnghiep", "liaison", agency, [agency])
    second = waiting(row, colleague, day)
    page = on(liaison).post(at(row, "extension_withdraw"), {"de-nghi": first.pk}, follow=True).text
    assert "đề nghị đang chờ là một đề nghị khác" in page
    assert not hasattr(Extension.objects.get(pk=second.pk), "decision")
    assert f'name="de-nghi" value="{second.pk}"' in page


def test_a_body_that_was_renamed_since_is_offered_under_its_new_name(on, row, liaison, staff, other_agency, day):
    wanted = {"ground": Ground.NOT_OURS, "reason": "Của Sở TC", "to_agency": other_agency}
    ask_release(assignment=row, by=liaison, day=day, **wanted)
    succeed(shape="rename", old=[other_agency], new=[NewBody("Sở Mới")], on=day, instrument="1", by=staff, day=day)
    form = on(staff).get(reverse("request_list")).context["rows"][0]["form"]
    assert form["to_agency"].value() == Agency.objects.get(name="Sở Mới").pk

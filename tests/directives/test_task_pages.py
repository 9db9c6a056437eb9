"""The pages of a task: what stands there, what each role is offered, and the verbs of staff."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from directives.actions.notes import Cited, Said, report_progress
from directives.models import Assignment

DUE = date(2023, 11, 30)


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def row(make_assignment):
    return make_assignment(clock="dated", deadline=DUE)


def at(row, name="assignment_detail", *more):
    return reverse(name, args=[row.task_id, row.agency.code, *more])


def claim(row, by, day):
    said = Said(result="Đã ban hành.", claims_completion=True, documents=[Cited("12/BC-SKHĐT")])
    return report_progress(assignment=row, said=said, by=by, day=day)


def labels(page):
    return [each["verb"].label for each in page.context["verbs"]]


def test_a_liaison_is_offered_to_start_and_to_report(signed_in, liaison, row):
    page = signed_in("liaison").get(at(row))
    assert labels(page) == ["Bắt đầu thực hiện"] and page.context["may_report"]


def test_staff_are_offered_their_verbs_for_the_state(signed_in, staff, liaison, row, day):
    assert labels(signed_in("staff").get(at(row))) == ["Bắt đầu thực hiện", "Tạm dừng", "Hủy nhiệm vụ"]
    claim(row, liaison, day)
    assert labels(signed_in("staff").get(at(row))) == [
        "Xác nhận hoàn thành",
        "Đề nghị bổ sung",
        "Tạm dừng",
        "Hủy nhiệm vụ",
    ]


def test_a_leader_decides_and_changes_nothing_else(signed_in, leader, liaison, row, day):
    assert labels(signed_in("leader").get(at(row))) == []
    claim(row, liaison, day)
    assert labels(signed_in("leader").get(at(row))) == ["Xác nhận hoàn thành", "Đề nghị bổ sung"]


@pytest.mark.parametrize(
    ("verb", "data", "life"),
    [
        ("bat-dau", {}, "in_progress"),
        ("tam-dung", {"reason": "Chờ hướng dẫn"}, "suspended"),
        ("huy", {"reason": "Không còn phù hợp"}, "cancelled"),
    ],
)
def test_staff_use_a_verb_and_the_timeline_says_who(signed_in, staff, row, verb, data, life):
    page = signed_in("staff").post(at(row, "assignment_verb", verb), data | {"version": row.version}, follow=True)
    row.refresh_from_db()
    assert row.life == life
    entry = page.context["entries"][0]
    assert entry.who == "Người thuongtruc" and data.get("reason", "") in entry.text


def test_confirming_from_the_queue_leads_back_to_it(signed_in, staff, liaison, row, day):
    claim(row, liaison, day)
    client, queue = signed_in("staff"), reverse("review_queue")
    assert "Đã ban hành." in client.get(queue).content.decode()
    row.refresh_from_db()
    answer = client.post(at(row, "assignment_verb", "xac-nhan"), {"version": row.version, "ve": queue})
    assert (answer.status_code, answer["Location"]) == (302, queue)
    assert Assignment.objects.get().life == "done"
    assert "Không có đề nghị nào" in client.get(queue).content.decode()


def test_nobody_is_led_to_another_site(signed_in, staff, row):
    for address in ("https://evil.example/", "//evil.example/", "foo"):
        answer = signed_in("staff").post(at(row, "assignment_verb", "tam-dung"), {"ve": address, "reason": "Chờ"})
        assert answer["Location"] == at(row)
        signed_in("staff").post(at(row, "assignment_verb", "mo-lai"), {"reason": "Tiếp"})


def test_asking_for_more_without_a_reason_is_refused_on_the_page(signed_in, staff, liaison, row, day):
    claim(row, liaison, day)
    answer = signed_in("staff").post(at(row, "assignment_verb", "de-nghi-bo-sung"), {"reason": " "})
    assert answer.status_code == 422 and "Xin ghi lý do." in answer.content.decode()
    assert Assignment.objects.get().life == "awaiting"


def test_a_returned_claim_shows_its_reason_to_the_liaison_on_their_first_page(signed_in, staff, liaison, row, day):
    claim(row, liaison, day)
    signed_in("staff").post(at(row, "assignment_verb", "de-nghi-bo-sung"), {"reason": "Thiếu phụ lục số liệu"})
    home = signed_in("liaison").get(reverse("home")).content.decode()
    assert "Được đề nghị bổ sung" in home and "27/11/2023" in home and "Thiếu phụ lục số liệu" in home
    assert "Thiếu phụ lục số liệu" in signed_in("liaison").get(at(row)).content.decode()


def test_the_second_editor_is_told_and_nothing_is_overwritten(signed_in, staff, row):
    client, seen = signed_in("staff"), row.version
    client.post(at(row, "assignment_verb", "bat-dau"), {"version": seen})
    answer = client.post(at(row, "assignment_verb", "tam-dung"), {"version": seen, "reason": "Chờ vốn"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "đã bắt đầu thực hiện" in page and "Chờ vốn" in page
    assert Assignment.objects.get().life == "in_progress"


@pytest.mark.parametrize(("who", "status"), [("liaison", 404), ("stranger", 404), ("leader", 404), ("staff", 200)])
def test_only_staff_edit_a_task(signed_in, row, who, status):
    assert signed_in(who).get(reverse("task_edit", args=[row.task_id])).status_code == status


def test_verbs_that_are_not_ours_do_not_exist(signed_in, staff, row):
    assert signed_in("staff").post(at(row, "assignment_verb", "xoa")).status_code == 404


def test_a_liaison_cannot_post_a_verb_of_staff(signed_in, liaison, row):
    answer = signed_in("liaison").post(at(row, "assignment_verb", "huy"), {"reason": "x"})
    assert answer.status_code == 422 and Assignment.objects.get().life == "not_started"


def edit(client, row, part, **fields):
    data = {"phan": part} | {f"{part}-{name}": value for name, value in fields.items()}
    return client.post(reverse("task_edit", args=[row.task_id]), data, follow=True)


def test_lead_product_and_follower_are_set_and_told(signed_in, staff, row, other_agency):
    client = signed_in("staff")
    edit(client, row, "thong-tin", lead=other_agency.pk, product="Báo cáo", follower=staff.pk, version=1)
    entry = client.get(at(row)).context["entries"][0]
    assert "sản phẩm: (trống) → Báo cáo" in entry.text and "chủ trì: Sở KH&ĐT → Sở Tài chính" in entry.text
    assert "người theo dõi: (trống) → Người thuongtruc" in entry.text


def test_a_deadline_without_its_instrument_is_refused(signed_in, staff, row):
    answer = edit(signed_in("staff"), row, "thoi-han", deadline="31/12/2023", instrument="", version=1)
    assert answer.status_code == 422 and "31/12/2023" in answer.content.decode()
    assert Assignment.objects.get().deadline == DUE


def test_a_new_deadline_stands_beside_the_first_one(signed_in, staff, row):
    client = signed_in("staff")
    edit(client, row, "thoi-han", deadline="31/12/2023", instrument="KH 9/KH-BCĐ ngày 15/11/2023", version=1)
    page = client.get(at(row)).content.decode()
    assert "31/12/2023" in page and "ban đầu 30/11/2023" in page and "KH 9/KH-BCĐ" in page


def test_a_clock_is_changed(signed_in, staff, row):
    edit(signed_in("staff"), row, "loai-thoi-han", clock="standing", instrument="CV 9/UBND", version=1)
    row.task.refresh_from_db()
    assert row.task.clock == "standing"


def test_a_stale_edit_tells_who_was_faster(signed_in, staff, row):
    client = signed_in("staff")
    edit(client, row, "thong-tin", product="Một", version=1)
    answer = edit(client, row, "thong-tin", product="Hai", version=1)
    page = answer.content.decode()
    assert answer.status_code == 422 and "đã sửa thông tin nhiệm vụ" in page and 'value="Hai"' in page
    row.task.refresh_from_db()
    assert row.task.product == "Một"


def test_a_group_task_says_how_many_are_done(signed_in, staff, row, other_agency):
    Assignment.objects.create(
        task=row.task, agency=other_agency, deadline=DUE, life="done", completed_on=date(2023, 11, 10)
    )
    page = signed_in("staff").get(reverse("task_detail", args=[row.task_id])).content.decode()
    assert "1/2 đơn vị đã hoàn thành" in page and "Sở Kế hoạch và Đầu tư" in page


def test_a_single_assignment_is_the_task_page(signed_in, staff, row):
    assert signed_in("staff").get(reverse("task_detail", args=[row.task_id]))["Location"] == at(row)


def test_reminders_that_went_out_stand_in_the_timeline(signed_in, staff, liaison, row, day):
    from django.utils import timezone

    from directives.models import Reminder

    Reminder.objects.create(
        recipient=liaison,
        assignment=row,
        reason="before",
        deadline=DUE,
        rung=day,
        planned_on=day,
        state="sent",
        sent_at=timezone.now(),
        digest=uuid.uuid4(),
    )
    titles = [entry.title for entry in signed_in("staff").get(at(row)).context["entries"]]
    assert "Đã gửi nhắc việc: sắp đến hạn" in titles

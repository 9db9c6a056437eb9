"""The pages where staff record that a body takes over from others, and where its codes stand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.codes import clean_code, set_code
from agencies.errors import Refused
from agencies.models import Agency, AgencyCode, Scheme, Shape, Succession
from agencies.succession_rules import NewBody
from directives.actions.succession import succeed
from directives.models import Assignment, Life

pytestmark = pytest.mark.django_db
LIST, CREATE = "/co-quan/ke-thua/", "/co-quan/ke-thua/moi/"


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def typed(agency):
    return {
        "shape": "split",
        "on": "1/11/2023",
        "instrument": "NQ 1/NQ-HĐND",
        "old": [agency.pk],
        "new_lines": "Sở Kế hoạch; Sở KH\nSở Đầu tư",
    }


@pytest.fixture
def renamed(staff, day, agency):
    given = {"on": date(2023, 11, 1), "instrument": "NQ 1/NQ-HĐND", "by": staff, "day": day, "is_verified": False}
    succeed(shape=Shape.RENAME, old=[agency], new=[NewBody("Sở Kế hoạch")], **given)
    return Agency.objects.get(name="Sở Kế hoạch")


def test_an_empty_book_says_what_to_do_and_offers_what_is_shipped(signed_in):
    page = signed_in("staff").get(LIST).content.decode()
    assert "Chưa ghi việc kế thừa nào" in page
    assert "Sắp xếp tổ chức bộ máy và đơn vị hành chính tỉnh Quảng Trị năm 2025" in page


def test_a_preview_shows_what_moves_and_writes_nothing(signed_in, typed, make_assignment, liaison, day):
    row = make_assignment()
    waits = make_assignment(position=2, life=Life.AWAITING, submitted_on=day)
    answer = signed_in("staff").post(CREATE, typed | {"buoc": "xem"})
    shown = answer.content.decode()
    assert f'name="viec-{row.pk}"' in shown
    assert f'name="viec-{waits.pk}"' not in shown
    assert "giữ tên cũ đến khi xét xong" in shown
    assert "Cần cử đầu mối" in shown
    assert not Succession.objects.exists()


def test_the_preview_names_what_the_heir_had_finished_and_will_open_again(
    signed_in, typed, make_assignment, agency, other_agency, day
):
    row = make_assignment()
    done = {"life": Life.DONE, "completed_on": date(2023, 10, 2), "submitted_on": day}
    Assignment.objects.create(task=row.task, agency=other_agency, **done)
    make_assignment(position=2, agency=other_agency, **done)  # nothing of it comes from the old body
    merged = typed | {"shape": "merge", "new_lines": "", "new": [other_agency.pk], "buoc": "xem"}
    answer = signed_in("staff").post(CREATE, merged)
    assert [each.task for each in answer.context["reopening"]] == [row.task]
    assert "hoàn thành ngày 02/10/2023" in answer.content.decode()


def test_the_preview_names_the_claims_of_the_heir_that_are_decided_first(
    signed_in, typed, make_assignment, other_agency, day
):
    row = make_assignment()
    claim = Assignment.objects.create(task=row.task, agency=other_agency, life=Life.AWAITING, submitted_on=day)
    make_assignment(position=2, agency=other_agency, life=Life.AWAITING, submitted_on=day)  # nothing is to go there
    merged = typed | {"shape": "merge", "new_lines": "", "new": [other_agency.pk]}
    answer = signed_in("staff").post(CREATE, merged | {"buoc": "xem"})
    assert list(answer.context["first"]) == [claim]
    assert "nên chưa ghi được việc kế thừa" in answer.content.decode()
    refused = signed_in("staff").post(CREATE, merged | {"buoc": "ghi"})
    assert refused.status_code == 422 and "xin xét trước" in refused.content.decode()
    assert not Succession.objects.exists()


def test_what_is_ticked_is_done(signed_in, typed, make_assignment):
    row, other = make_assignment(), make_assignment(position=2)
    ticks = {f"viec-{row.pk}": ["1"], f"viec-{row.pk}-co": "1"}
    client = signed_in("staff")
    assert client.post(CREATE, typed | ticks | {"buoc": "ghi"}).status_code == 302
    now = Assignment.objects.unfinished()
    assert now.get(task=row.task).agency.short_name == "Sở Đầu tư"
    assert now.filter(task=other.task).count() == 2  # the preview did not show it: nobody is left without
    page = client.get(LIST).content.decode()
    assert "NQ 1/NQ-HĐND" in page


def test_a_second_press_finds_the_first(signed_in, typed, make_assignment):
    make_assignment()
    client = signed_in("staff")
    for _ in range(2):
        answer = client.post(CREATE, typed | {"buoc": "ghi"}, follow=True)
    assert "đã có trong sổ" in answer.content.decode()
    assert Succession.objects.count() == 1


def test_a_transfer_is_completed_by_recording_it_again(signed_in, typed, make_assignment, other_agency):
    client, rows = signed_in("staff"), [make_assignment(), make_assignment(position=2)]
    form = typed | {"shape": "transfer", "function": "Tôn giáo", "new_lines": "", "new": [other_agency.pk]}
    for row in rows:
        preview = client.post(CREATE, form | {"buoc": "xem"}).content.decode()
        assert f'name="viec-{row.pk}"' in preview
        ticked = form | {f"viec-{row.pk}-co": "1", f"viec-{row.pk}": ["0"], "buoc": "ghi"}
        page = client.post(CREATE, ticked, follow=True).content.decode()
    assert "đã có trong sổ; thêm 1 phân công được chuyển" in page
    assert Assignment.objects.unfinished().filter(agency=other_agency).count() == 2


def test_what_is_refused_stands_at_its_field_and_stays_typed(signed_in, typed):
    answer = signed_in("staff").post(CREATE, typed | {"on": "1/12/2023", "buoc": "xem"})
    assert answer.status_code == 422
    assert "còn ở phía trước" in str(answer.context["form"].errors["on"])
    assert "Sở Kế hoạch; Sở KH" in answer.content.decode()


def test_back_to_the_form_from_the_preview(signed_in, typed):
    answer = signed_in("staff").post(CREATE, typed | {"buoc": "sua"})
    assert answer.status_code == 200
    assert not answer.context["form"].errors


def test_both_pages_of_the_bodies_tell_each_other(signed_in, renamed, agency):
    client = signed_in("staff")
    old = client.get(reverse("agency_detail", args=[agency.code])).content.decode()
    new = client.get(reverse("agency_detail", args=[renamed.code])).content.decode()
    assert "Cơ quan này đã kết thúc từ ngày 01/11/2023" in old
    assert "Được kế thừa bởi" in old
    assert "Kế thừa từ" in new
    for page in (old, new):
        assert "01/11/2023" in page
        assert "NQ 1/NQ-HĐND" in page
        assert "Chưa đối chiếu" in page


def test_an_ended_body_is_marked_and_not_offered_for_new_work(
    signed_in, renamed, agency, make_assignment, other_agency
):
    row = make_assignment(agency=other_agency)
    client = signed_in("staff")
    form = client.get(reverse("task_edit", args=[row.task_id])).context["forms"]["thong_tin"]
    offered = set(form.fields["lead"].queryset)
    assert agency not in offered
    assert renamed in offered
    offered = client.get(CREATE).context["form"]
    assert agency.pk not in {pk for pk, _ in offered.fields["old"].widget.choices}
    Assignment.objects.create(task=row.task, agency=agency, life=Life.CANCELLED)
    assert "Đến trước 01/11/2023" in client.get(reverse("agency_list")).content.decode()


def test_the_liaison_sees_the_living_body_first(signed_in, liaison, renamed, agency, make_assignment):
    context = signed_in("liaison").get("/").context
    assert context["agency"] == renamed
    assert [tab["label"] for tab in context["tabs"]] == ["Sở Kế hoạch", "Sở KH&ĐT (đến trước 01/11/2023)"]


def test_a_reorganisation_that_lies_ahead_is_said(signed_in):
    answer = signed_in("staff").post("/co-quan/ke-thua/ap-dung/", {"ten": "sap-xep-2025"})
    assert answer.status_code == 200
    assert "chưa đến ngày có hiệu lực" in answer.content.decode()
    assert not Succession.objects.exists()


@pytest.mark.parametrize(
    ("scheme", "text", "code"),
    [
        (Scheme.NEW, "h50", "H50"),
        (Scheme.NEW, " H50.12 ", "H50.12"),
        (Scheme.NEW, "H50.12.3A", "H50.12.3A"),
        (Scheme.OLD, "000.00.00.H50", "000.00.00.H50"),
    ],
)
def test_codes_of_both_forms(scheme, text, code):
    assert clean_code(scheme, text) == code


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        (Scheme.NEW, "000.00.00.H50"),
        (Scheme.OLD, "H50"),
        (Scheme.NEW, "50H"),
        (Scheme.NEW, "H50."),
        (Scheme.NEW, "H50.Đ1"),
        (Scheme.NEW, "H50." + "1" * 32),
    ],
)
def test_what_is_no_code(scheme, text):
    with pytest.raises(Refused):
        clean_code(scheme, text)


def test_codes_are_shown_and_edited_on_their_page(signed_in, agency):
    client, url = signed_in("staff"), reverse("agency_codes", args=[agency.code])
    data = {"scheme": "qd20", "code": "H50.12", "since": "15/9/2020"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data | {"until": "1/7/2025", "is_verified": "on"}).status_code == 302
    row = AgencyCode.objects.get()
    assert (row.until, row.is_verified) == (date(2025, 7, 1), True)
    assert "H50.12" in client.get(reverse("agency_detail", args=[agency.code])).content.decode()
    assert client.post(url, data | {"code": "12"}).status_code == 422
    client.post(url, {"bo": row.pk})
    assert not AgencyCode.objects.exists()


def test_one_code_of_a_form_at_a_time(agency, staff, day):
    given = {"agency": agency, "scheme": Scheme.NEW, "is_verified": True, "by": staff, "day": day}
    set_code(code="H50.1", since=None, until=date(2023, 1, 1), **given)
    set_code(code="H50.2", since=date(2023, 1, 1), until=None, **given)
    with pytest.raises(Refused, match="còn hiệu lực"):
        set_code(code="H50.3", since=date(2022, 1, 1), until=None, **given)


def test_codes_end_with_their_body(agency, staff, day):
    AgencyCode.objects.create(agency=agency, scheme=Scheme.NEW, code="H50.1")
    given = {"on": date(2023, 11, 1), "instrument": "NQ 1", "by": staff, "day": day}
    succeed(shape=Shape.RENAME, old=[agency], new=[NewBody("Sở Kế hoạch")], **given)
    assert not AgencyCode.objects.on(date(2023, 11, 1)).exists()


def test_the_list_asks_the_same_for_one_and_three(signed_in, staff, day, standing):
    client, counts = signed_in("staff"), []
    for number in range(3):
        old = Agency.objects.create(code=f"a{number}", name=f"Sở {number}", short_name=f"S{number}", sort_key="9")
        given = {"on": date(2023, 11, 1), "instrument": "NQ 1", "by": staff, "day": day}
        succeed(shape=Shape.RENAME, old=[old], new=[NewBody(f"Sở mới {number}")], **given)
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        counts.append(len(seen))
    assert counts[1] == counts[2]

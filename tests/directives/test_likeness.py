"""A new task that says again what is still being done: pairs from real notices, and the warning on the draft's page."""

import pytest
from django.urls import reverse

from agencies.models import Agency
from agencies.succession_rules import NewBody
from directives.actions.instructions import give_instruction
from directives.actions.succession import succeed
from directives.models import Addressee, Assignment, Directive, Task
from directives.search.likeness import ALIKE, alike, likeness, pairs
from directives.views.duplicates import likely_duplicates

from .conftest import DAY

# Chỉ thị 07/CT-TTg (2012), Kế hoạch 617/KH-UBND (Đồng Tháp), Công điện 228/CĐ-TTg, Thông báo 86/TB-UBND.
SAME = [
    (
        "Xây dựng, trình Thủ tướng Chính phủ Đề án kiện toàn tổ chức bộ máy của hệ thống cơ quan quản lý Nhà nước đối với "
        "KKT, KCN từ Trung ương tới địa phương.",
        "Chủ trì, phối hợp với Bộ Kế hoạch và Đầu tư và các Bộ, ngành và địa phương liên quan xây dựng, trình Thủ tướng "
        "Chính phủ Đề án kiện toàn tổ chức bộ máy của hệ thống cơ quan quản lý Nhà nước đối với KKT, KCN từ Trung ương "
        "tới địa phương.",
    ),
    (
        "Tổ chức xúc tiến đầu tư, mời gọi các nhà đầu tư trong nước và ngoài nước có tiềm lực, thương hiệu mạnh trong các "
        "lĩnh vực công nghệ cao, công nghệ thông tin, chuyển đổi số.",
        "Tổ chức xúc tiến đầu tư, thu hút, mời gọi các nhà đầu tư trong và ngoài nước có tiềm lực, thương hiệu mạnh trong "
        "các lĩnh vực công nghệ cao, công nghệ thông tin, chuyển đổi số.",
    ),
    (
        "Xây dựng, nâng cấp nền tảng đào tạo trực tuyến mở đại trà, cung cấp miễn phí kiến thức về khoa học, công nghệ, "
        "đổi mới sáng tạo, kỹ năng số, công nghệ số cơ bản cho người dân, doanh nghiệp.",
        "TRIỂN KHAI nền tảng đào tạo trực tuyến mở đại trà, cung cấp kiến thức, kỹ năng số, công nghệ số cơ bản cho người "
        "dân, doanh nghiệp.",
    ),
]
OTHER = [
    (
        "Yêu cầu và đôn đốc các doanh nghiệp kinh doanh bảo hiểm khẩn trương có phương án giải quyết nhanh, dứt điểm việc "
        "chi trả, bồi thường thiệt hại cho các khách hàng tham gia bảo hiểm là người dân, doanh nghiệp chịu ảnh hưởng bởi "
        "lũ lụt, với thủ tục nhanh chóng, thuận lợi nhất, bảo đảm kịp thời, đầy đủ, đúng quy định pháp luật về kinh doanh "
        "bảo hiểm và quy định pháp luật có liên quan.",
        "Bộ Nội vụ theo chức năng, nhiệm vụ được giao chủ trì, phối hợp với Bộ Tài chính và các địa phương liên quan chỉ "
        "đạo việc giải quyết quyền lợi về bảo hiểm thất nghiệp đối với người tham gia bảo hiểm thất nghiệp chịu ảnh hưởng "
        "bởi lũ lụt với thủ tục nhanh chóng, thuận lợi, bảo đảm kịp thời, đầy đủ, đúng quy định pháp luật về việc làm và "
        "quy định pháp luật có liên quan.",
    ),
    (
        "Triển khai thực hiện có hiệu quả các nội dung được phân công tại Quyết định số 281/QĐ-UBND của UBND tỉnh ngày "
        "17/2/2023 về việc ban hành kế hoạch thực hiện Chương trình hành động số 47-CTr/TU ngày 01/12/2022 của Ban Chấp "
        "hành đảng bộ tỉnh khóa XVII và Quyết định số 3011/QĐ-UBND ngày 24/11/2022 của UBND tỉnh Quảng Trị.",
        "Chỉ đạo đẩy mạnh công tác tuyên truyền Chương trình hành động số 47-CTr/TU, ngày 01/12/2022 của Ban Chấp hành "
        "Tỉnh ủy về thực hiện Nghị quyết số 20.",
    ),
    (
        "Triển khai đánh giá mức độ chuyển đổi số trong các doanh nghiệp trên địa bàn Tỉnh.",
        "Cập nhật, hoàn thiện bộ tiêu chí đánh giá mức độ chuyển đổi số doanh nghiệp và triển khai các chương trình hỗ "
        "trợ, thúc đẩy doanh nghiệp, nhất là DNNVV, HTX, HKD chuyển đổi số.",
    ),
    ("Báo cáo kết quả thực hiện.", "Báo cáo kết quả thực hiện."),  # too few words to be about anything
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_says_the_same_is_alike(one, other):
    assert likeness(pairs(one), pairs(other)) >= ALIKE
    assert list(alike([(1, one)], [(2, OTHER[0][0]), (3, other)])) == [(1, 3)]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_shares_only_the_words_of_the_office_is_not(one, other):
    assert likeness(pairs(one), pairs(other)) < ALIKE


def test_a_task_is_like_itself_without_marks():
    text = SAME[1][0]
    assert likeness(pairs(text), pairs(text.upper())) == 1


@pytest.fixture
def draft(make_assignment, agency):
    """A published directive with an open task; a draft that repeats it for the same agency."""
    make_assignment()
    Task.objects.update(text=SAME[1][0])
    draft = Directive.objects.create(
        number="12", symbol="TB-UBND", doc_type="Thông báo", issued_on=DAY, title="x", text="x" * 90, created_on=DAY
    )
    part = Addressee.objects.create(
        directive=draft, position=1, number="1", name=agency.name, agency=agency, start=0, end=9
    )
    for position, text in enumerate((SAME[1][1], OTHER[0][0]), start=1):
        task = Task.objects.create(
            directive=draft, addressee=part, position=position, text=text, start=10 * position, end=10 * position + 9
        )
        Assignment.objects.create(task=task, agency=agency)
    return draft


def twins(draft):
    return [(twin.new.position, twin.known.directive.code) for twin in likely_duplicates(draft)]


def test_the_draft_names_the_open_task_that_it_repeats(client, staff, draft):
    assert twins(draft) == [(1, "86/TB-UBND")]
    client.force_login(staff)
    page = client.get(f"/van-ban/{draft.pk}/").content.decode()
    assert "Có thể trùng với việc đang làm (1)" in page
    assert f"/nhiem-vu/{Task.objects.get(directive__number='86').pk}/" in page


def test_finished_work_is_not_repeated_nor_that_of_others_in_other_words(draft, other_agency):
    Assignment.objects.filter(task__directive__number="86").update(life="done", completed_on=DAY)
    assert twins(draft) == []
    Assignment.objects.filter(task__directive__number="86").update(life="not_started", completed_on=None)
    Assignment.objects.filter(task__directive__number="86").update(agency=other_agency)
    assert twins(draft) == []


def test_what_another_agency_is_doing_is_repeated_word_for_word(client, draft, other_agency, staff):
    """Two agencies at the same work: nobody finds out but here."""
    Assignment.objects.filter(task__directive__number="86").update(agency=other_agency)
    Task.objects.filter(directive__number="86").update(text=SAME[1][1].rstrip(".") + ";")
    assert twins(draft) == [(1, "86/TB-UBND")]
    client.force_login(staff)
    known = Task.objects.get(directive__number="86")
    assert f"({known.addressee.name}, chưa xong)" in client.get(f"/van-ban/{draft.pk}/").content.decode()


def test_each_task_that_says_the_same_is_warned_of_however_its_text_ends(client, draft, other_agency, staff):
    Assignment.objects.filter(task__directive__number="86").update(agency=other_agency)
    words = SAME[1][0].rstrip(" .")
    draft.tasks.update(text=f"{words}\xa0.")
    Task.objects.filter(directive__number="86").update(text=f"{words};")
    assert twins(draft) == [(1, "86/TB-UBND"), (2, "86/TB-UBND")]
    client.force_login(staff)
    assert client.get(f"/van-ban/{draft.pk}/").status_code == 200


def rename(agency, staff):
    return succeed(
        shape="rename", on=DAY, instrument="QĐ 1", old=[agency], new=[NewBody(name="Sở Mới")], by=staff, day=DAY
    )


def test_a_body_that_took_over_is_warned_of_what_the_old_one_was_given(draft, agency, staff):
    rename(agency, staff)
    assert twins(draft) == [(1, "86/TB-UBND")]  # the draft stands under the heir
    heir = Agency.objects.get(name="Sở Mới")
    draft.addressees.update(agency=heir)
    assert twins(draft) == [(1, "86/TB-UBND")]


def test_an_old_document_is_compared_with_the_work_of_the_heirs(draft, agency, staff):
    rename(agency, staff)
    draft.tasks.get(position=1).assignments.update(agency=agency)
    assert twins(draft) == [(1, "86/TB-UBND")]


def test_what_a_member_carries_of_a_group_is_compared_with_its_own(draft, agency, other_agency):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="9", is_group=True)
    Addressee.objects.filter(directive__number="86").update(agency=group)
    known = Task.objects.get(directive__number="86")
    Assignment.objects.create(task=known, agency=other_agency, received_on=DAY)
    assert twins(draft) == [(1, "86/TB-UBND")]


def test_a_task_made_of_an_instruction_is_warned_about_too(client, draft, agency, staff, leader):
    row = Assignment.objects.get(task__directive__number="86")
    said = give_instruction(assignment=row, text=SAME[1][1], by=leader, day=DAY)
    client.force_login(staff)
    address = reverse("instruction_task", args=[said.pk])
    data = {"agency": agency.pk, "text": SAME[1][1], "directive": row.task.directive_id}
    answer = client.post(address, data)
    assert answer.status_code == 200
    assert "Có thể trùng với việc đang làm" in answer.content.decode()
    assert not said.tasks.exists()
    given = data | {"trung": answer.context["twin"].pk}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 302  # a double click is the same task
    assert said.tasks.count() == 1
    assert client.post(address, data | {"text": OTHER[0][0]}).status_code == 302  # says something else


def test_a_published_directive_is_not_warned_about(draft, django_assert_num_queries):
    with django_assert_num_queries(3):
        likely_duplicates(draft)
    draft.published_on = DAY
    with django_assert_num_queries(0):
        assert likely_duplicates(draft) == []

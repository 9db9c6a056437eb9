"""The page of notice 86/TB-UBND: its text beside its tasks, as each role sees it, and publishing it."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Role
from directives.actions.import_notice import import_notice
from directives.actions.life import cancel, suspend
from directives.actions.publish import publish
from directives.actions.tasks import set_deadline
from directives.deadlines import Life
from directives.models import Assignment, Directive
from directives.views.directive_page import DirectivePage

from .conftest import person

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "directives/demo/86-TB-UBND.txt"
RECEIVED = date(2023, 4, 25)
DAY = date(2023, 11, 20)


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture(scope="module")
def imported(begin_with):
    return begin_with(lambda: import_notice(text=FILE.read_text(), name=FILE.name, by=None, day=RECEIVED).directive.pk)


@pytest.fixture
def draft(imported):
    return Directive.objects.get(pk=imported)


@pytest.fixture
def notice(draft):
    return publish(directive=draft, by=None, day=RECEIVED)


@pytest.fixture
def staff(draft):
    return person("thuongtruc", Role.STAFF, Agency.objects.get(code="lmhtx"))


@pytest.fixture
def liaison_of(draft):
    def make(*codes):
        agencies = list(Agency.objects.filter(code__in=codes))
        return person("-".join(codes), Role.LIAISON, agencies[0], agencies)

    return make


@pytest.fixture
def show(client):
    def get(user, directive):
        client.force_login(user)
        return client.get(reverse("directive_detail", args=[directive.pk]))

    return get


def finish(task, codes, on=date(2023, 9, 1)):
    found = Assignment.objects.filter(task__position=task, agency__code__in=codes)
    found.update(life=Life.DONE, submitted_on=on, completed_on=on)


def words_of(answer):
    """What stands on the page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def entry(answer, position):
    """The words of one task beside the text."""
    page = answer.content.decode()
    start = page.index(f'id="nv-{position}"')
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[start : page.index("</li>", start)]))


def test_every_number_leads_from_the_text_to_its_task_and_back(show, staff, notice):
    page = show(staff, notice).content.decode()
    for position in range(1, 27):
        assert f'id="doan-{position}"><a class="task__number" href="#nv-{position}"' in page
        assert re.search(rf'id="nv-{position}">\s*<a class="entry__number" href="#doan-{position}"', page)


def test_the_marked_text_is_the_whole_text(staff, notice):
    pieces = DirectivePage(notice, staff, DAY).text()
    assert "".join(piece["text"] for piece in pieces) == notice.text.lstrip()


def test_the_facts_of_the_document(show, staff, notice):
    words = words_of(show(staff, notice))
    for fact in (
        "Thông báo 86/TB-UBND",
        "Quảng Trị, 24/04/2023",
        "Ủy ban nhân dân tỉnh Quảng Trị",
        "Phó Chủ tịch thường trực UBND tỉnh Hà Sỹ Đồng, 04/04/2023",
        "Nguyễn Cửu (TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG)",
        "Như thành phần dự họp",
        "tệp 86-TB-UBND.txt",
    ):
        assert fact in words


def test_the_checksum_is_folded_away(show, staff, notice):
    page = show(staff, notice).content.decode()
    folded = page[page.index('<details class="disclosure') : page.index("</details>", page.index("Chi tiết kỹ thuật"))]
    assert f"SHA-256 của tệp gốc: {notice.source_sha256}" in folded
    assert page.count(notice.source_sha256) == 1


def test_addressees_stand_in_order_and_who_is_asked_is_marked(show, staff, notice):
    answer = show(staff, notice)
    assert [str(block.addressee.position) for block in answer.context["blocks"]] == [str(n) for n in range(1, 13)]
    headings = re.findall(r'<h3 class="addressee">(.*?)</h3>', answer.content.decode(), re.S)
    assert ["Đề nghị" in heading for heading in headings] == [n == 11 for n in range(1, 13)]


def test_the_clock_lead_coordinators_and_parts_in_words(show, staff, notice):
    instrument = "Kế hoạch 05/KH-BCĐ ngày 15/5/2023"
    task = notice.tasks.get(position=8)
    set_deadline(task=task, deadline=date(2023, 6, 30), instrument=instrument, by=staff, day=RECEIVED)
    notice.tasks.filter(position=6).update(clock="undated")
    answer = show(staff, notice)
    assert f"Hạn 30/06/2023 – theo: {instrument}" in entry(answer, 8)
    assert "Theo kỳ năm 2023, hết 31/12/2023" in entry(answer, 2)
    assert "Thường xuyên" in entry(answer, 5)
    assert "Không ấn định thời hạn" in entry(answer, 6)
    assert "Chủ trì: Sở KH&amp;ĐT · Phối hợp: các sở, ban, ngành; UBND cấp huyện" in entry(answer, 8)
    assert "4 đầu việc" in entry(answer, 1)


def test_the_first_deadline_stays_visible(show, staff, notice):
    task = notice.tasks.get(position=8)
    for deadline in (date(2023, 6, 30), date(2023, 12, 15)):
        set_deadline(task=task, deadline=deadline, instrument="Công văn 12", by=staff, day=RECEIVED)
    assert "Hạn 15/12/2023, ban đầu 30/06/2023" in entry(show(staff, notice), 8)


def test_a_single_task_shows_life_and_time(show, staff, notice):
    set_deadline(
        task=notice.tasks.get(position=8), deadline=date(2023, 6, 30), instrument="CV 12", by=staff, day=RECEIVED
    )
    assert re.search(r"Chưa thực hiện\s+Quá hạn", entry(show(staff, notice), 8))


def test_a_group_task_says_who_is_missing(show, staff, notice):
    finish(21, ["dongha", "quangtri", "vinhlinh", "giolinh", "camlo", "trieuphong", "hailang"])
    words = entry(show(staff, notice), 21)
    assert "7/10 đã hoàn thành, còn thiếu: Huyện Hướng Hóa, Huyện Đakrông, Huyện đảo Cồn Cỏ" in words


def test_late_members_are_counted_and_released_ones_are_in_no_base(show, staff, notice):
    set_deadline(
        task=notice.tasks.get(position=21), deadline=date(2023, 9, 30), instrument="CV 12", by=staff, day=RECEIVED
    )
    finish(21, ["dongha", "quangtri"])
    carried = {row.agency.code: row for row in Assignment.objects.filter(task__position=21)}
    cancel(assignment=carried["conco"], reason="Không có xã", by=staff, day=DAY)
    suspend(assignment=carried["dakrong"], reason="Sáp nhập", by=staff, day=DAY)
    words = entry(show(staff, notice), 21)
    assert "2/9 đã hoàn thành, còn thiếu: Huyện Vĩnh Linh" in words
    assert "Cồn Cỏ" not in words
    assert "(6 đơn vị quá hạn)" in words
    assert "1 đơn vị đã hủy hoặc chuyển" in words


def test_a_group_that_has_not_begun_needs_no_ten_names(show, staff, notice):
    assert "0/10 đã hoàn thành, còn thiếu cả 10 đơn vị" in entry(show(staff, notice), 22)


def test_overseers_count_tasks(show, staff, notice):
    answer = show(staff, notice)
    assert (answer.context["figures"].total, answer.context["task_count"]) == (26, 26)
    assert "tỷ lệ tính trên tất cả 26 nhiệm vụ" in words_of(answer)


def test_a_liaison_reads_everything_but_finds_only_their_own_tasks(show, liaison_of, notice):
    answer = show(liaison_of("skhdt"), notice)
    page = answer.content.decode()
    assert "Chủ trì, phối hợp cùng với các sở, ban, ngành" in page
    assert re.findall(r'id="nv-(\d+)"', page) == ["7", "8", "9", "10"]
    assert re.findall(r'class="task__number" href="#nv-(\d+)"', page) == ["7", "8", "9", "10"]
    assert '<mark class="task" id="doan-1"><span class="task__number">1</span>' in page
    assert "tỷ lệ tính trên tất cả 4 phân công" in words_of(answer)
    assert "Phân công của đơn vị trong văn bản này" in page


def test_a_member_of_a_group_sees_its_own_state_and_no_other(show, liaison_of, notice):
    finish(21, ["dongha"])
    answer = show(liaison_of("vinhlinh"), notice)
    assert "Chưa thực hiện" in entry(answer, 21)
    assert "đã hoàn thành, còn thiếu" not in words_of(answer)
    assert answer.context["figures"].total == 6


def test_who_acts_for_two_members_sees_each_by_name(show, liaison_of, notice):
    words = entry(show(liaison_of("dongha", "vinhlinh"), notice), 21)
    assert "TP Đông Hà" in words and "Huyện Vĩnh Linh" in words and "Gio Linh" not in words


def test_cited_documents_name_the_tasks_that_cite_them(show, staff, liaison_of, notice):
    def row(answer, number):
        page = answer.content.decode()
        start = page.index(f"<span>{number}</span>")
        return page[start : page.index("</tr>", start)]

    by_staff = row(show(staff, notice), "Quyết định 3011/QĐ-UBND")
    assert re.findall(r'href="#nv-(\d+)"', by_staff) == ["4", "12", "18"]
    assert "24/11/2022" in by_staff and "UBND tỉnh" in by_staff
    by_liaison = row(show(liaison_of("snnptnt"), notice), "Quyết định 3011/QĐ-UBND")
    assert re.findall(r'href="#nv-(\d+)"', by_liaison) == ["12"]


def test_illustrative_data_says_so(show, staff, notice):
    said = "Dữ liệu minh hoạ: văn bản có thật, tiến độ là giả định"
    assert said not in words_of(show(staff, notice))
    Directive.objects.update(is_illustrative=True)
    assert said in words_of(show(staff, notice))


@pytest.mark.parametrize(("who", "reports"), [("staff", True), ("leader", True), ("liaison", False)])
def test_overseers_may_make_a_report_and_see_how_it_was_read(show, request, liaison_of, notice, who, reports):
    user = liaison_of("skhdt") if who == "liaison" else request.getfixturevalue(who)
    page = show(user, notice).content.decode()
    assert (f"{reverse('report_create')}?van-ban={notice.pk}" in page) is reports
    assert (reverse("directive_text", args=[notice.pk]) in page) is reports


def test_tasks_lead_to_their_own_page(show, staff, notice):
    page = show(staff, notice).content.decode()
    assert all(reverse("task_detail", args=[task.pk]) in page for task in notice.tasks.all())


@pytest.mark.parametrize("who", ["leader", "liaison"])
@pytest.mark.parametrize("name", ["directive_detail", "directive_text"])
def test_a_draft_does_not_exist_for_others(client, leader, liaison_of, draft, who, name):
    client.force_login(leader if who == "leader" else liaison_of("skhdt"))
    assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_foreign_directive_does_not_exist_for_a_liaison(show, liaison_of, notice):
    assert show(liaison_of("snb"), notice).status_code == 404


def test_a_draft_says_what_publishing_will_do(show, staff, draft):
    words = words_of(show(staff, draft))
    assert "Bản nháp: các đơn vị chưa thấy văn bản này" in words
    assert "21 đơn vị nhận 80 phân công, kể từ hôm nay" in words
    assert "không gửi thư hàng loạt" in words


def test_a_draft_names_bodies_that_nobody_has_checked(show, staff, draft):
    Agency.objects.filter(code="nhnn").update(is_verified=False)
    answer = show(staff, draft)
    assert "“Ngân hàng Nhà nước Chi nhánh Quảng Trị” chưa có trong danh mục" in words_of(answer)
    assert answer.content.decode().count('class="task task--unsure"') == 1


def test_staff_publish_a_draft(client, show, staff, liaison_of, draft):
    client.force_login(staff)
    answer = client.post(reverse("directive_publish", args=[draft.pk]), follow=True)
    assert "Đã công bố 86/TB-UBND: 21 đơn vị nhận 80 phân công" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.published_on == DAY
    assert show(liaison_of("dongha"), draft).status_code == 200


def test_publishing_twice_changes_nothing(client, staff, notice):
    client.force_login(staff)
    answer = client.post(reverse("directive_publish", args=[notice.pk]), follow=True)
    assert "đã được công bố từ trước" in answer.content.decode()
    notice.refresh_from_db()
    assert notice.published_on == RECEIVED


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_only_staff_publish(client, leader, liaison_of, draft, who):
    client.force_login(leader if who == "leader" else liaison_of("skhdt"))
    assert client.post(reverse("directive_publish", args=[draft.pk])).status_code == 404
    draft.refresh_from_db()
    assert draft.published_on is None


def test_reading_the_address_publishes_nothing(client, staff, draft):
    client.force_login(staff)
    assert client.get(reverse("directive_publish", args=[draft.pk])).status_code == 405


@pytest.mark.parametrize("who", ["staff", "liaison"])
def test_the_whole_page_takes_few_queries(client, show, staff, liaison_of, notice, who):
    show(staff if who == "staff" else liaison_of("dongha"), notice)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("directive_detail", args=[notice.pk]))
    assert len(queries) < 15, [query["sql"][:80] for query in queries]

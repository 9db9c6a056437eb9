"""A draft before it is published: what is checked, what can be put right, and how it is thrown away."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Membership, Role, User
from directives.actions.drafts import CORRECTABLE, HANGS_ON_A_BODY, correct_draft, discard_draft, fingerprint
from directives.actions.import_notice import import_notice
from directives.actions.locking import Stale
from directives.actions.publish import publish
from directives.actions.tasks import set_deadline
from directives.models import (
    Addressee,
    Assignment,
    CitedDocument,
    Coordinator,
    Decision,
    Directive,
    Part,
    Task,
)

from .conftest import person

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "directives/demo/86-TB-UBND.txt"
SAMPLES = ROOT / "tests/notices/samples"
DAY = date(2023, 11, 20)


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


@pytest.fixture(scope="module")
def imported(begin_with):
    return begin_with(lambda: import_notice(text=FILE.read_text(), name=FILE.name, by=None, day=DAY).directive.pk)


@pytest.fixture
def draft(imported):
    return Directive.objects.get(pk=imported)


@pytest.fixture
def keeper(draft):
    return person("thuongtruc", Role.STAFF, Agency.objects.get(code="lmhtx"))


def receivers():
    return Agency.objects.filter(assignments__isnull=False).single().distinct()


@pytest.fixture
def reachable(draft):
    """One liaison who may act for everybody who is given something; nobody may for a group."""
    return person("dau-moi", Role.LIAISON, grants=receivers())


@pytest.fixture
def show(client, keeper, draft):
    client.force_login(keeper)
    return lambda directive=draft: client.get(reverse("directive_detail", args=[directive.pk]))


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def fields(directive, **changes):
    """What the form sends, as it was shown."""
    shown = {name: getattr(directive, name) for name in CORRECTABLE}
    shown |= {"issued_on": f"{directive.issued_on:%d/%m/%Y}", "version": fingerprint(directive)}
    return shown | changes


# What is checked.


def test_a_draft_in_order_has_nothing_to_check(show, reachable):
    named = Agency.objects.get(code="stc")
    for row in Assignment.objects.filter(agency__is_group=True).select_related("agency"):
        Membership.objects.get_or_create(group=row.agency, member=named, since=DAY)
        Assignment.objects.filter(pk=row.pk).update(agency=named)
    assert "Cần kiểm tra trước khi công bố" not in words_of(show())


def test_a_date_ahead_is_told_and_publishing_is_not_offered(show, reachable, draft):
    Directive.objects.update(issued_on=date(2025, 11, 25))
    answer = show()
    assert "Ngày ban hành 25/11/2025 sau ngày hôm nay; xin kiểm tra lại." in words_of(answer)
    assert reverse("directive_publish", args=[draft.pk]) not in answer.content.decode()


def test_a_document_of_a_day_to_come_is_not_published(client, keeper, draft):
    Directive.objects.update(issued_on=date(2023, 11, 21))
    client.force_login(keeper)
    answer = client.post(reverse("directive_publish", args=[draft.pk]), follow=True)
    assert "Ngày ban hành 21/11/2023 sau ngày hôm nay (20/11/2023), nên chưa thể công bố" in words_of(answer)
    assert Directive.objects.get().published_on is None
    publish(directive=draft, by=keeper, day=date(2023, 11, 21))
    assert Directive.objects.get().is_published


def test_tasks_that_would_be_late_at_once_are_counted(show, reachable, draft):
    Task.objects.filter(position__in=(8, 21)).update(
        clock="dated", first_deadline=date(2023, 11, 19), deadline=date(2023, 11, 19)
    )
    Assignment.objects.filter(task__position__in=(8, 21)).update(deadline=date(2023, 11, 19))
    assert "2 nhiệm vụ sẽ quá hạn ngay khi công bố." in words_of(show())


def test_due_today_is_not_late(show, reachable, draft):
    Task.objects.filter(position=8).update(clock="dated", first_deadline=DAY, deadline=DAY)
    Assignment.objects.filter(task__position=8).update(deadline=DAY)
    assert "quá hạn ngay" not in words_of(show())


def test_agencies_that_nobody_acts_for_are_named(show, draft):
    words = words_of(show())
    assert "“Sở Kế hoạch và Đầu tư”, “Sở Nông nghiệp và Phát triển nông thôn”" in words
    assert "và 10 đơn vị khác chưa có đầu mối nên chưa ai nhận được nhiệm vụ." in words
    group = "“Các sở, ban, ngành, đoàn thể liên quan” là nhóm cơ quan chưa nêu thành viên nên chưa ai nhận được"
    assert group in words


def test_a_closed_account_receives_nothing(show, reachable, draft):
    agency = Agency.objects.get(code="stc")
    assert "chưa có đầu mối" not in words_of(show())
    User.objects.filter(pk=reachable.pk).update(is_active=False)
    person("moi", Role.LIAISON, grants=receivers().exclude(pk=agency.pk))
    assert "“Sở Tài chính” chưa có đầu mối nên chưa ai nhận được nhiệm vụ." in words_of(show())


def test_many_unknown_bodies_take_one_line(show, reachable, draft):
    Agency.objects.filter(addressed__isnull=False).update(is_verified=False)
    words = words_of(show())
    assert words.count("chưa có trong danh mục cơ quan đã đối chiếu") == 1
    assert "và 2 đơn vị khác chưa có trong danh mục" in words


def test_nothing_falls_due_in_a_draft(show, draft, keeper):
    set_deadline(
        task=draft.tasks.get(position=8), deadline=date(2023, 6, 30), instrument="Kế hoạch 05", by=keeper, day=DAY
    )
    page = show().content.decode()
    assert "badge--overdue" not in page and "badge--not_started" not in page
    assert "đã hoàn thành, còn thiếu" not in page
    assert "Sẽ giao cho 10 đơn vị: TP Đông Hà," in words_of(show())


def test_a_long_draft_costs_as_many_queries_as_a_short_one(show, client, draft):
    def cost(directive):
        with CaptureQueriesContext(connection) as queries:
            show(directive)
        return len(queries)

    long = import_notice(text=(SAMPLES / "033-kh-617-ubnd-dong-thap.txt").read_text(), by=None, day=DAY).directive
    show()
    assert cost(long) == cost(draft) < 23


# What can be put right.


def edit(client, keeper, directive, **changes):
    client.force_login(keeper)
    return client.post(reverse("directive_edit", args=[directive.pk]), fields(directive, **changes), follow=True)


def test_the_form_shows_what_was_read(client, keeper, draft):
    client.force_login(keeper)
    page = client.get(reverse("directive_edit", args=[draft.pk])).content.decode()
    for value in ("86", "TB-UBND", "Thông báo", "24/04/2023", "Quảng Trị", "Nguyễn Cửu"):
        assert f'value="{value}"' in page
    assert (
        reverse("directive_edit", args=[draft.pk])
        in client.get(reverse("directive_detail", args=[draft.pk])).content.decode()
    )


def test_a_draft_is_put_right_and_history_tells_who(client, keeper, draft):
    answer = edit(client, keeper, draft, number="87", issued_on="25/04/2023", title="Kết luận\r\nvề hợp tác xã")
    assert "Đã lưu thông tin văn bản." in words_of(answer)
    draft.refresh_from_db()
    assert (draft.code, draft.issued_on, draft.title) == ("87/TB-UBND", date(2023, 4, 25), "Kết luận về hợp tác xã")
    event = Directive.pgh_event_model.objects.filter(pgh_obj_id=draft.pk).latest("pk")
    assert (event.pgh_context["verb"], event.pgh_context["user"]) == ("correct_draft", keeper.pk)
    assert (event.number, draft.tasks.count()) == ("87", 26)


def test_the_same_identity_as_another_is_refused_at_the_field(client, keeper, draft):
    other = import_notice(text=FILE.read_text().replace("Số: 86", "Số: 99"), by=None, day=DAY).directive
    answer = edit(client, keeper, other, number="86")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"number": ["86/TB-UBND ngày 24/04/2023 đã có trong sổ (bản nháp)."]}
    assert answer.context["form"]["number"].value() == "86"
    other.refresh_from_db()
    assert other.number == "99"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("number", "", "Xin ghi số của văn bản."),
        ("number", "86/TB", "Chỉ ghi số đứng trước dấu gạch chéo"),
        ("symbol", " / ", "Xin ghi ký hiệu"),
        ("issued_on", "31/02/2023", "Không có ngày này"),
        ("issued_on", "24/04/0203", "Xin kiểm tra lại năm"),
        ("title", "", "Xin ghi trích yếu"),
    ],
)
def test_what_cannot_stand_on_a_document_is_told_at_its_field(client, keeper, draft, field, typed, words):
    answer = edit(client, keeper, draft, **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in answer.context["form"].errors[field][0]
    assert Directive.objects.get().code == "86/TB-UBND"


def test_the_second_of_two_writers_is_told_and_may_send_again(client, keeper, draft):
    seen = fields(draft, signer="Nguyễn Văn Cửu")
    correct_draft(directive=draft, by=keeper, day=DAY, place="Đông Hà")
    client.force_login(keeper)
    address = reverse("directive_edit", args=[draft.pk])
    answer = client.post(address, seen)
    assert answer.status_code == 422
    assert "người khác đã sửa thông tin của văn bản này" in words_of(answer)
    assert Directive.objects.get().signer == "Nguyễn Cửu"
    again = client.post(address, seen | {"version": answer.context["form"]["version"].value()})
    assert again.status_code == 302
    assert Directive.objects.get().signer == "Nguyễn Văn Cửu"


def test_the_verb_is_for_keepers_drafts_and_known_fields(draft, keeper, leader):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        correct_draft(directive=draft, by=leader, day=DAY, number="1")
    with pytest.raises(TypeError):
        correct_draft(directive=draft, by=keeper, day=DAY, text="khác")
    with pytest.raises(Stale):
        correct_draft(directive=draft, by=keeper, day=DAY, version=fingerprint(draft) + 1, number="1")
    publish(directive=draft, by=None, day=DAY)
    with pytest.raises(Refused, match="đã được công bố"):
        correct_draft(directive=draft, by=keeper, day=DAY, number="1")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_published_directive_says_why_it_has_no_form(client, keeper, draft, method):
    publish(directive=draft, by=None, day=DAY)
    client.force_login(keeper)
    answer = getattr(client, method)(reverse("directive_edit", args=[draft.pk]), fields(draft, number="1"), follow=True)
    assert "86/TB-UBND đã được công bố, nên không còn sửa hoặc bỏ được." in words_of(answer)
    assert "Sửa thông tin văn bản" not in words_of(answer)
    assert Directive.objects.get().number == "86"


def test_a_text_whose_number_was_corrected_is_not_loaded_twice(draft, keeper):
    correct_draft(directive=draft, by=keeper, day=DAY, number="87")
    again = import_notice(text=FILE.read_text(), by=keeper, day=DAY)
    assert (again.directive, again.created) == (draft, False)


# How it is thrown away.


def discard(client, keeper, directive):
    client.force_login(keeper)
    return client.post(reverse("directive_discard", args=[directive.pk]), follow=True)


def test_a_discarded_draft_leaves_nothing_but_its_history(client, keeper, draft):
    agencies = Agency.objects.count()
    answer = discard(client, keeper, draft)
    assert answer.redirect_chain == [(reverse("directive_list"), 302)]
    assert "Đã bỏ bản nháp 86/TB-UBND" in words_of(answer)
    for model in (Directive, Addressee, Task, Part, Coordinator, Assignment, CitedDocument):
        assert not model.objects.exists(), model
    assert Agency.objects.count() == agencies
    event = Directive.pgh_event_model.objects.get(pgh_label="delete")
    assert (event.number, event.pgh_context["verb"], event.pgh_context["user"]) == ("86", "discard_draft", keeper.pk)
    assert Task.pgh_event_model.objects.filter(pgh_label="delete").count() == 26


def test_another_draft_keeps_everything(keeper, draft):
    other = import_notice(text=(SAMPLES / "021-ct-06-ubnd-quang-tri.txt").read_text(), by=None, day=DAY).directive
    discard_draft(directive=other, by=keeper, day=DAY)
    assert (draft.tasks.count(), Assignment.objects.count(), draft.cited_documents.count()) == (26, 80, 7)


def test_it_may_be_loaded_again(keeper, draft):
    discard_draft(directive=draft, by=keeper, day=DAY)
    again = import_notice(text=FILE.read_text(), by=keeper, day=DAY)
    assert again.created and again.directive.tasks.count() == 26


def test_bodies_that_only_it_brought_in_go_with_it(keeper, draft):
    before = set(Agency.objects.values_list("pk", flat=True))
    plan = import_notice(text=(SAMPLES / "033-kh-617-ubnd-dong-thap.txt").read_text(), by=None, day=DAY).directive
    made = Agency.objects.exclude(pk__in=before)
    assert made.count() == 4
    discard_draft(directive=plan, by=keeper, day=DAY)
    assert set(Agency.objects.values_list("pk", flat=True)) == before


def _verify(body, draft):
    Agency.objects.filter(pk=body.pk).update(is_verified=True)


def _employ(body, draft):
    person("nguoi-o-do", Role.STAFF, body)


def _grant(body, draft):
    person("dau-moi-o-do", Role.LIAISON, grants=[body])


def _join(body, draft):
    Membership.objects.create(group=Agency.objects.get(code="ubnd-cap-huyen"), member=body, since=DAY)


def _lead(body, draft):
    draft.tasks.filter(position=1).update(lead=body)


def _coordinate(body, draft):
    Coordinator.objects.filter(task__directive=draft).update(agency=body)


def _bind(body, draft):
    Part.objects.filter(task__directive=draft).first().binds.set([body])


def _give(body, draft):
    Assignment.objects.create(task=draft.tasks.first(), agency=body)


@pytest.mark.parametrize("use", [_verify, _employ, _grant, _join, _lead, _coordinate, _bind, _give])
def test_a_body_that_is_used_elsewhere_stays(keeper, draft, use):
    plan = import_notice(text=(SAMPLES / "033-kh-617-ubnd-dong-thap.txt").read_text(), by=None, day=DAY).directive
    body = plan.addressees.filter(agency__is_verified=False, agency__is_group=False).first().agency
    use(body, draft)
    discard_draft(directive=plan, by=keeper, day=DAY)
    assert Agency.objects.filter(sort_key__startswith="900-").count() in (0, 1)
    assert Agency.objects.filter(pk=body.pk).exists()


def test_whatever_may_hang_on_a_body_is_looked_at():
    hanging = {relation.name for relation in Agency._meta.related_objects}
    assert hanging - {"events"} == set(HANGS_ON_A_BODY)


def test_a_published_directive_is_not_thrown_away(client, keeper, draft):
    publish(directive=draft, by=None, day=DAY)
    answer = discard(client, keeper, draft)
    assert "86/TB-UBND đã được công bố" in words_of(answer)
    assert "Bỏ bản nháp" not in words_of(answer)
    assert Assignment.objects.count() == 80


def test_a_deadline_fixed_on_a_draft_does_not_keep_it(client, keeper, draft):
    task = draft.tasks.get(position=8)
    set_deadline(task=task, deadline=date(2023, 12, 30), instrument="Kế hoạch 05", by=keeper, day=DAY)
    assert not Decision.objects.exists()
    discard(client, keeper, draft)
    assert not Task.objects.exists() and not Directive.objects.exists()


def test_twice_is_told(keeper, draft):
    discard_draft(directive=draft, by=keeper, day=DAY)
    for verb in (discard_draft, correct_draft, publish):
        with pytest.raises(Refused, match="vừa được bỏ"):
            verb(directive=draft, by=keeper, day=DAY)


def test_reading_the_address_throws_nothing_away(client, keeper, draft):
    client.force_login(keeper)
    assert client.get(reverse("directive_discard", args=[draft.pk])).status_code == 405


@pytest.mark.parametrize("name", ["directive_edit", "directive_discard"])
def test_a_leader_finds_no_draft(client, leader, draft, name):
    client.force_login(leader)
    assert client.post(reverse(name, args=[draft.pk])).status_code == 404
    assert Directive.objects.exists()

"""The reorganisations of 2025 on the real notice: twelve addressees carried to their successors, nothing lost.

Import and application are made once for the module, inside a transaction that is rolled back at its end.
"""

from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from agencies import registers
from agencies.errors import Refused
from agencies.grants import grant
from agencies.models import Agency, AgencyCode, Membership, Role, Succession, User
from directives import figures, notices
from directives.actions.import_notice import import_notice
from directives.actions.life import suspend
from directives.actions.notes import Said, report_progress
from directives.actions.publish import publish
from directives.actions.reorganise import apply_reorganisation
from directives.actions.reviews import ask_more, confirm
from directives.demo.seed import SOURCE
from directives.models import Assignment, Life, Move, Part, Report, Task
from directives.reports.content import checksum, compose
from tests.agencies.conftest import DISTRICTS

pytestmark = pytest.mark.django_db
NAME = "sap-xep-2025"
RECEIVED, SHOWN, AFTER = date(2023, 4, 25), date(2023, 11, 20), date(2025, 7, 2)
# Who carries the work of whom afterwards; of those that are not here the sources say nothing.
HEIRS = {
    "skhdt": {"stc-2025"},
    "stc": {"stc-2025"},
    "snnptnt": {"snnmt"},
    "skhcn": {"skhcn-2025"},
    "sgtvt": {"sxd-2025"},
    "btg": {"btgdv"},
}
STAYS = {"lmhtx", "sct", "nhnn", "tgv", "so-ban-nganh"}
CAM_LO = {"xa-cam-lo", "xa-hieu-giang"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The notice published in 2023, with people."""
    with django_db_blocker.unblock(), transaction.atomic():
        text = notices.text_of(SOURCE, SOURCE.name)
        made = import_notice(text=text, name=SOURCE.name, by=None, day=RECEIVED)
        notice = publish(directive=made.directive, by=None, day=RECEIVED)
        home = Agency.objects.get(code="lmhtx")
        staff = User.objects.create(username="tt", full_name="Lê Thị Thanh Hà", role=Role.STAFF, agency=home)
        people = {code: _liaison(code) for code in ("stc", "camlo")}
        yield SimpleNamespace(notice=notice, staff=staff, people=people)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def after(loaded, django_db_blocker):
    """Some of the work is done, waits or stands still; then everything of 2025 is applied."""
    with django_db_blocker.unblock(), transaction.atomic():
        claim = {"claims_completion": True, "no_evidence_reason": "không có"}
        stc, camlo = loaded.people["stc"], loaded.people["camlo"]
        report_progress(assignment=the("stc", 14), said=Said("Đã xong", **claim), by=stc, day=date(2023, 8, 1))
        confirm(assignment=the("stc", 14), by=loaded.staff, day=date(2023, 8, 2))
        report_progress(assignment=the("camlo", 22), said=Said("Đã xong", **claim), by=camlo, day=date(2025, 6, 20))
        suspend(assignment=the("camlo", 24), reason="chờ", by=loaded.staff, day=date(2023, 8, 1))
        report = _report(loaded)
        tasks = figures.of_tasks(Task.objects.all(), AFTER)
        before = list(Assignment.objects.select_related("agency").order_by("pk"))
        done = apply_reorganisation(name=NAME, by=loaded.staff, day=AFTER)
        yield SimpleNamespace(**vars(loaded), done=done, before=before, report=report, tasks=tasks)
        transaction.set_rollback(True)


def _liaison(code):
    agency = Agency.objects.get(code=code)
    user = User.objects.create(username=code, full_name=f"Người {code}", role=Role.LIAISON, agency=agency)
    grant(agency=agency, user=user, by=None)
    return User.objects.get(pk=user.pk)


def _report(loaded):
    """A published report, as its row stands in the database."""
    report = Report.objects.create(as_of=SHOWN, made_on=SHOWN, made_by=loaded.staff, state="ready")
    report.directives.set([loaded.notice])
    shown = compose(report)
    Report.objects.filter(pk=report.pk).update(figures=shown, figures_sha256=checksum(shown))
    return Report.objects.values().get(pk=report.pk)


def the(code, task):
    return Assignment.objects.get(agency__code=code, task__position=task)


def carriers(task, **more):
    return set(Assignment.objects.filter(task=task, **more).values_list("agency__code", flat=True))


def test_the_command_says_each_step_and_a_dry_run_writes_nothing(loaded):
    # Stands first: `loaded` is as it was before anything was applied.
    out = StringIO()
    call_command("apply_reorganisation", NAME, day=date(2025, 3, 5), dry_run=True, stdout=out)
    said = out.getvalue()
    assert "Sở Kế hoạch và Đầu tư, Sở Tài chính → Sở Tài chính (chưa đối chiếu): đã ghi, chuyển" in said
    assert "01/03/2025, hợp nhất, sáp nhập: Sở Kế hoạch" in said
    only = "chuyển một chức năng (Quản lý nhà nước về giáo dục nghề nghiệp): Sở Lao động"
    assert only in said
    assert "01/07/2025, hợp nhất, sáp nhập: Ủy ban nhân dân tỉnh Quảng Trị → Ủy ban nhân dân tỉnh Quảng Trị" in said
    assert "UBND huyện Vĩnh Linh → UBND xã Vĩnh Linh" in said
    assert "bỏ qua: chưa đến ngày có hiệu lực" in said
    assert "chưa có nguồn cho biết khu vực của Quảng Trị" in said
    assert not Succession.objects.exists()
    assert not Agency.objects.filter(code="stc-2025").exists()


def test_the_first_press_shows_the_steps_and_the_second_applies_them(loaded, client, settings):
    settings.TODAY = AFTER
    client.force_login(loaded.staff)
    address = reverse("agency_reorganise")
    answer = client.post(address, {"ten": NAME})
    page = answer.content.decode()
    assert "chưa có gì được ghi" in page
    assert "01/03/2025, hợp nhất, sáp nhập: Sở Kế hoạch và Đầu tư, Sở Tài chính → Sở Tài chính" in page
    counted = [(step.open, step.moved) for step in answer.context["done"].steps if "UBND huyện Cam Lộ" in step.words]
    carried = Assignment.objects.filter(agency__code="camlo").count()
    assert counted == [(carried, 2 * carried)]
    assert f"Sẽ ghi; chuyển {carried} việc đang làm, thành {2 * carried} phân công" in page
    assert not Succession.objects.exists()
    with transaction.atomic():
        page = client.post(address, {"ten": NAME, "buoc": "ghi"}).content.decode()
        assert f"Đã ghi; chuyển {carried} việc đang làm" in page
        assert Succession.objects.count() == 20
        transaction.set_rollback(True)


def test_every_open_task_has_one_owner_for_each_successor(after):
    assert len(after.before) == 80
    assert {step.state for step in after.done.steps} == {"done"}
    split = {
        code: set(Agency.objects.filter(predecessions__old__code=code).values_list("code", flat=True))
        for code in DISTRICTS
    }
    assert sum(map(len, split.values())) == 37
    heirs = HEIRS | split
    moved = {}
    for move in Move.objects.select_related("new__agency"):
        moved.setdefault(move.old_id, []).append(move)
    now = Assignment.objects.in_bulk()
    for row in after.before:
        if row.agency.code in STAYS or row.life in (Life.DONE, Life.AWAITING):
            assert now[row.pk].life == row.life
            assert row.pk not in moved
            continue
        assert now[row.pk].life == Life.TRANSFERRED
        assert {move.new.agency.code for move in moved[row.pk]} == heirs[row.agency.code]
        assert all(move.new.task_id == row.task_id and move.instrument for move in moved[row.pk])


def test_nothing_is_left_behind_and_nothing_appears_from_nowhere(after):
    left = Assignment.objects.unfinished().filter(agency__ended_on__isnull=False)
    assert [(row.agency.code, row.life) for row in left] == [("camlo", Life.AWAITING)]
    came = set(Assignment.objects.exclude(pk__in=[row.pk for row in after.before]))
    assert came == {move.new for move in Move.objects.select_related("new")}
    for task in Task.objects.filter(addressee__agency__code="ubnd-cap-huyen").exclude(position__in=(22, 24)):
        assert len(carriers(task, life=Life.NOT_STARTED)) == 37


def test_closed_work_and_a_published_report_keep_the_old_names(after):
    row = the("stc", 14)
    assert row.life == Life.DONE
    assert row.agency.label == "Sở Tài chính (đến trước 01/03/2025)"
    kept = Report.objects.values().get(pk=after.report["id"])
    assert kept == after.report
    assert checksum(kept["figures"]) == kept["figures_sha256"]
    assert "Sở Kế hoạch và Đầu tư" in str(kept["figures"])


def test_whoever_acted_for_a_merged_body_goes_on(after):
    liaison = User.objects.get(username="stc")
    assert {agency.code for agency in liaison.represented()} == {"stc", "stc-2025"}
    assert liaison.agency.code == "stc-2025"
    # Of a district that is divided nobody is taken over: the communes name their own.
    assert {agency.code for agency in User.objects.get(username="camlo").represented()} == {"camlo"}


def test_the_figures_recount(after):
    counted = figures.of_assignments(Assignment.objects.all(), AFTER)
    left, came = (Move.objects.values(side).distinct().count() for side in ("old", "new"))
    assert counted.released == left
    assert counted.total == 80 - left + came
    assert figures.of_tasks(Task.objects.all(), AFTER) == after.tasks


def test_what_stands_still_stands_still_there_too(after):
    assert carriers(the("camlo", 24).task, life=Life.SUSPENDED) == CAM_LO


def test_a_claim_that_waits_moves_when_it_is_sent_back(after):
    row = the("camlo", 22)
    ask_more(assignment=row, reason="thiếu danh sách", by=after.staff, day=AFTER)
    row.refresh_from_db()
    assert row.life == Life.TRANSFERRED
    assert carriers(row.task, life=Life.IN_PROGRESS) == CAM_LO


def test_a_claim_that_is_confirmed_stays_under_the_old_name(after):
    row = the("camlo", 22)
    confirm(assignment=row, by=after.staff, day=AFTER)
    row.refresh_from_db()
    assert (row.life, row.completed_on) == (Life.DONE, date(2025, 6, 20))
    assert not row.moved_to.exists()


def test_a_part_that_binds_a_district_binds_its_communes(after):
    part = Part.objects.filter(binds__code="huonghoa").first()
    bound = set(part.binds.values_list("code", flat=True))
    assert {"xa-lao-bao", "xa-khe-sanh", "xa-la-lay", "xa-dakrong", "huonghoa"} <= bound
    assert "xa-vinh-linh" not in bound


def test_the_groups_have_the_communes_from_that_day(after):
    group = Agency.objects.get(code="ubnd-cap-huyen")
    assert len(Agency.objects.members_of(group, date(2025, 6, 30))) == 10
    assert len(Agency.objects.members_of(group, date(2025, 7, 1))) == 37
    communes = Agency.objects.get(code="ubnd-cap-xa")
    assert len(Agency.objects.members_of(communes, AFTER)) == 78
    assert not Agency.objects.members_of(communes, date(2025, 6, 30)).exists()


def test_the_code_of_the_province_holds_until_the_merger_and_is_unsure_afterwards(after):
    old = AgencyCode.objects.on(date(2025, 6, 30)).filter(agency__code="ubnd-tinh")
    assert {(code.code, code.is_verified) for code in old} == {("H50", True), ("000.00.00.H50", True)}
    new = AgencyCode.objects.on(AFTER).filter(agency__code="ubnd-tinh-2025")
    assert {(code.code, code.is_verified) for code in new} == {("H50", False), ("000.00.00.H50", False)}
    assert not AgencyCode.objects.on(AFTER).filter(agency__code="ubnd-tinh").exists()


def test_names_are_found_by_the_day_of_the_document(after):
    then, now = registers.directory(date(2023, 4, 24)), registers.directory(date(2026, 1, 5))
    assert registers.find("Sở Tài chính", known=then).code == "stc"
    assert registers.find("Sở Tài chính", known=now).code == "stc-2025"
    assert registers.find("Sở Tài chính").code == "stc-2025"
    assert registers.find("UBND tỉnh Quảng Trị", known=then).code == "ubnd-tinh"
    assert registers.find("huyện Vĩnh Linh", known=then).code == "vinhlinh"
    assert registers.find("xã Vĩnh Linh", known=now).code == "xa-vinh-linh"
    assert registers.find("UBND các xã, phường, đặc khu", known=now).code == "ubnd-cap-xa"


def test_twice_changes_nothing(after):
    counts = [model.objects.count() for model in (Agency, Assignment, Move, Succession, Membership)]
    again = apply_reorganisation(name=NAME, by=after.staff, day=AFTER)
    assert {step.state for step in again.steps} == {"there"}
    assert [model.objects.count() for model in (Agency, Assignment, Move, Succession, Membership)] == counts


def test_an_unknown_reorganisation_is_refused(db):
    with pytest.raises(Refused, match=NAME):
        apply_reorganisation(name="quang-tri-2023", by=None, day=AFTER)

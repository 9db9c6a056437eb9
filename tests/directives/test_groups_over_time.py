"""A group keeps its work when it is renamed, merged or split, and while its directive is closed."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Membership, Shape
from agencies.succession_rules import NewBody
from directives.actions.closing import Decided, close_directive, reopen_directive
from directives.actions.groups import join_group, leave_group
from directives.actions.life import call_off
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.reviews import ask_more
from directives.actions.succession import succeed
from directives.models import Assignment, Life, Verdict

pytestmark = pytest.mark.django_db
SPRING, ON = date(2023, 1, 1), date(2023, 11, 1)
CLAIM = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def given(make_task, group, agency, other_agency):
    """A task of a group with two members."""
    task = make_task(addressee=group)
    for each in (agency, other_agency):
        Membership.objects.create(group=group, member=each, since=SPRING)
        Assignment.objects.create(task=task, agency=each, received_on=date(2023, 4, 25))
    return task


@pytest.fixture
def act(staff, day):
    """Gives the body, or the bodies, that took over."""

    def act(shape, old, *names, on=ON):
        new = [NewBody(name) for name in names]
        succeed(shape=shape, on=on, instrument="NQ 1", old=old, new=new, by=staff, day=day)
        made = [Agency.objects.get(name=name, ended_on=None) for name in names]
        return made[0] if len(made) == 1 else made

    return act


@pytest.fixture
def join(staff, day):
    return lambda group, *agencies: join_group(group=group, agencies=agencies, since=day, by=staff, day=day)


@pytest.fixture
def leave(staff, day):
    return lambda group, agency: leave_group(group=group, agency=agency, until=day, reason="Sắp xếp", by=staff, day=day)


@pytest.fixture
def send_back(staff, day):
    def send_back(row):
        row.refresh_from_db()
        ask_more(assignment=row, reason="Thiếu số liệu", by=staff, day=day)
        row.refresh_from_db()
        return row

    return send_back


def carriers():
    return set(Assignment.objects.unfinished().values_list("agency__name", flat=True))


# Renamed, merged, split


def test_members_that_a_renamed_group_names_get_its_work(make_assignment, group, agency, act, join):
    make_assignment(agency=group)
    join(act(Shape.RENAME, [group], "UBND các xã"), agency)
    assert carriers() == {agency.name}


def test_a_late_member_of_a_group_renamed_twice_inherits(given, group, agency, other_agency, district, act, join):
    renamed = act(Shape.RENAME, [group], "UBND các xã")
    join(act(Shape.RENAME, [renamed], "UBND các phường", on=date(2023, 11, 10)), district)
    assert carriers() == {agency.name, other_agency.name, district.name}


def test_whoever_leaves_a_merged_group_gives_back_the_work_of_both(
    given, make_assignment, group, agency, other_agency, act, leave
):
    second = Agency.objects.create(
        code="nhom2", name="Các thị xã", short_name="Các thị xã", sort_key="91", is_group=True
    )
    Membership.objects.create(group=second, member=agency, since=SPRING)
    task = make_assignment(agency=second, position=2).task
    task.assignments.update(agency=agency)
    merged = act(Shape.MERGE, [group, second], "UBND các xã")
    leave(merged, agency)
    assert carriers() == {other_agency.name, merged.name}


def test_whoever_leaves_one_half_of_a_split_group_owes_what_the_other_half_owes(
    given, group, agency, other_agency, act, leave
):
    north, south = act(Shape.SPLIT, [group], "Các xã phía bắc", "Các xã phía nam")
    leave(north, agency)
    assert carriers() == {agency.name, other_agency.name}
    leave(south, agency)
    assert carriers() == {other_agency.name}


def test_a_claim_sent_back_stays_with_whoever_is_a_member_of_the_renamed_group(
    given, group, agency, act, liaison, staff, day, send_back
):
    row = given.assignments.get(agency=agency)
    report_progress(assignment=row, said=CLAIM, by=liaison, day=day)
    act(Shape.RENAME, [group], "UBND các xã")
    assert send_back(row).life == Life.IN_PROGRESS


def test_a_claim_of_whoever_left_the_renamed_group_is_sent_back_to_the_others(
    given, group, agency, other_agency, act, leave, liaison, day, send_back
):
    row = given.assignments.get(agency=agency)
    report_progress(assignment=row, said=CLAIM, by=liaison, day=day)
    leave(act(Shape.RENAME, [group], "UBND các xã"), agency)
    assert send_back(row).life == Life.CANCELLED
    assert carriers() == {other_agency.name}


def test_a_claim_of_an_ended_member_is_sent_back_past_an_heir_that_has_left(
    given, group, agency, other_agency, act, leave, liaison, day, send_back
):
    row = given.assignments.get(agency=agency)
    report_progress(assignment=row, said=CLAIM, by=liaison, day=day)
    leave(group, act(Shape.RENAME, [agency], "Sở Mới"))
    send_back(row)
    assert carriers() == {other_agency.name}


def test_the_last_claim_sent_back_after_the_group_was_renamed_goes_to_the_group_of_now(
    given, group, agency, other_agency, act, leave, liaison, staff, day, send_back
):
    row = given.assignments.get(agency=agency)
    report_progress(assignment=row, said=CLAIM, by=liaison, day=day)
    call_off(assignment=given.assignments.get(agency=other_agency), reason="Nhầm", by=staff, day=day)
    leave(group, agency)
    renamed = act(Shape.RENAME, [group], "UBND các xã", on=day)
    send_back(row)
    assert carriers() == {renamed.name}


def test_the_page_of_a_renamed_group_shows_its_work(client, make_assignment, group, act, staff):
    make_assignment(agency=group)
    renamed = act(Shape.RENAME, [group], "UBND các xã")
    client.force_login(staff)
    page = client.get(reverse("agency_members", args=[renamed.code]))
    assert (page.context["unnamed"], len(page.context["tasks"])) == (1, 1)


def test_a_member_whose_claim_waits_is_not_handed_the_work_of_its_group(
    given, group, agency, other_agency, join, leave, liaison, day
):
    """Left while its claim waited, and back before it was decided: the confirmation would end what the group owes."""
    report_progress(assignment=given.assignments.get(agency=agency), said=CLAIM, by=liaison, day=day)
    leave(group, agency)
    Membership.objects.filter(member=agency).delete()
    Assignment.objects.create(task=given, agency=group, received_on=day)
    with pytest.raises(Refused, match="xin xét trước"):
        join(group, agency)


def test_a_draft_for_a_renamed_group_does_not_say_that_its_members_have_changed(
    client, given, directive, group, district, act, join, staff
):
    directive.published_on = None
    directive.save()
    renamed = act(Shape.RENAME, [group], "UBND các xã")
    client.force_login(staff)
    address = reverse("directive_detail", args=[directive.pk])
    assert "đã thay đổi từ khi đọc văn bản" not in client.get(address).text
    join(renamed, district)
    page = client.get(address).text
    assert "đã thay đổi từ khi đọc văn bản" in page
    assert reverse("agency_members", args=[renamed.code]) in page


# Closed meanwhile


@pytest.fixture
def close(given, directive, staff, day):
    def close():
        missed = {row.pk: Decided(Verdict.NOT_ACHIEVED, "Chưa xong") for row in Assignment.objects.unfinished()}
        close_directive(directive=directive, decisions=missed, instrument="BC 12", by=staff, day=day)

    return close


@pytest.fixture
def follow_again(directive, staff, day):
    return lambda: reopen_directive(directive=directive, reason="Nhầm", by=staff, day=day)


def test_who_joined_while_the_directive_was_closed_inherits(
    close, follow_again, group, agency, other_agency, district, join
):
    close()
    join(group, district)
    follow_again()
    assert carriers() == {agency.name, other_agency.name, district.name}


def test_who_left_while_the_directive_was_closed_owes_nothing(close, follow_again, group, agency, other_agency, leave):
    close()
    leave(group, agency)
    follow_again()
    assert carriers() == {other_agency.name}


def test_when_all_left_and_one_joined_meanwhile_it_goes_on_with_their_work(
    close, follow_again, group, agency, other_agency, district, join, leave
):
    close()
    for each in (agency, other_agency):
        leave(group, each)
    join(group, district)
    follow_again()
    assert carriers() == {district.name}


def test_the_heir_of_a_member_that_was_done_is_no_newcomer(close, given, follow_again, agency, other_agency, act, day):
    given.assignments.filter(agency=agency).update(life=Life.DONE, completed_on=day)
    close()
    act(Shape.RENAME, [agency], "Sở Mới", on=day)
    follow_again()
    assert carriers() == {other_agency.name}


def test_what_a_member_was_freed_of_stays_so_when_the_directive_is_followed_again(
    close, given, follow_again, agency, other_agency, staff, day
):
    call_off(assignment=given.assignments.get(agency=agency), reason="Không thuộc", by=staff, day=day)
    close()
    follow_again()
    assert carriers() == {other_agency.name}


# Pages that were opened before


def scope_of(client, task, rows):
    sent = {f"{row.pk}-{name}": value for row, scope in rows for name, value in (("version", 1), ("scope", scope))}
    return client.post(reverse("task_scope", args=[task.pk]), sent)


def test_a_part_typed_for_a_member_that_was_renamed_meanwhile_is_shown_again_and_nothing_is_saved(
    client, given, agency, other_agency, act, staff
):
    old, other = given.assignments.get(agency=agency), given.assignments.get(agency=other_agency)
    act(Shape.RENAME, [agency], "Sở Một")
    act(Shape.RENAME, [Agency.objects.get(name="Sở Một")], "Sở Hai", on=date(2023, 11, 10))
    client.force_login(staff)
    page = scope_of(client, given, [(old, "phần đã gõ"), (other, "phần kia")])
    shown = page.content.decode()
    assert page.status_code == 422
    assert f"{agency.short_name.replace('&', '&amp;')}: việc vừa được chuyển, nay do Sở Hai thực hiện" in shown
    assert "“phần đã gõ”" in shown and 'value="phần kia"' in shown
    other.refresh_from_db()
    assert other.scope == ""
    assert scope_of(client, given, [(other, "phần kia")]).status_code == 302


def test_a_part_that_nobody_changed_does_not_stop_the_others(client, given, agency, other_agency, act, staff):
    old, other = given.assignments.get(agency=agency), given.assignments.get(agency=other_agency)
    Assignment.objects.filter(pk=old.pk).update(scope="phần cũ")
    act(Shape.RENAME, [agency], "Sở Mới")
    client.force_login(staff)
    assert scope_of(client, given, [(old, "phần cũ"), (other, "phần kia")]).status_code == 302
    other.refresh_from_db()
    assert other.scope == "phần kia"


def test_why_a_member_that_was_renamed_meanwhile_cannot_leave_is_said(client, given, group, agency, act, staff):
    act(Shape.RENAME, [agency], "Sở Mới")
    client.force_login(staff)
    sent = {"phan": "ra", "co-quan": agency.code, "until": "20/11/2023", "reason": "lý do đã gõ"}
    page = client.post(reverse("agency_members", args=[group.code]), sent)
    shown = page.content.decode()
    assert page.status_code == 422
    for words in ("không còn là thành viên của nhóm", "Nay là Sở Mới", "“lý do đã gõ”"):
        assert words in shown


def test_why_nobody_leaves_a_group_that_was_renamed_meanwhile_is_said(client, given, group, agency, act, staff):
    act(Shape.RENAME, [group], "UBND các xã")
    client.force_login(staff)
    sent = {"phan": "ra", "co-quan": agency.code, "until": "20/11/2023", "reason": "lý do đã gõ"}
    shown = client.post(reverse("agency_members", args=[group.code]), sent).content.decode()
    assert "không phải là một nhóm cơ quan đang hoạt động" in shown and "“lý do đã gõ”" in shown

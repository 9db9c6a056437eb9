"""A head names people; rights end with all that hangs on them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import absences, delegation, grants, invitations
from agencies.errors import Refused
from agencies.models import APPROVE, LEAD, REPRESENT, Absence, Agency, Shape, Succession, SuccessionLink, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(make_user, agency):
    user = make_user("thutruong", full_name="Bùi Văn Trưởng", agency=agency)
    grants.grant(agency=agency, user=user, by=None, right=LEAD)
    return user


def holds(user, agency):
    return {right for right in (REPRESENT, APPROVE, LEAD) if Agency.objects.led_by(user, right).filter(pk=agency.pk)}


@pytest.mark.parametrize(
    ("who", "may"),
    [("admin", {"represent", "approve", "lead"}), ("staff", {"represent", "approve", "lead"}), ("leader", set()),
     ("head", {"represent", "approve"}), ("liaison", set())],
)  # fmt: skip
def test_who_gives_which_right(request, who, may, agency, make_user, day):
    by, given = request.getfixturevalue(who), set()
    for right in (REPRESENT, APPROVE, LEAD):
        try:
            delegation.give_right(agency=agency, user=make_user(right, agency=agency), right=right, by=by, day=day)
            given.add(right)
        except Refused:
            pass
    assert given == may


def test_a_head_names_only_people_of_the_agency(head, agency, other_agency, make_user, day):
    outsider = make_user("ngoai", agency=other_agency)
    with pytest.raises(Refused, match="mời bằng đường dẫn"):
        delegation.give_right(agency=agency, user=outsider, right=REPRESENT, by=head, day=day)
    with pytest.raises(Refused, match="thủ trưởng"):
        delegation.give_right(agency=other_agency, user=outsider, right=REPRESENT, by=head, day=day)


def test_nobody_is_named_at_a_body_that_has_ended(staff, liaison, agency, day):
    Agency.objects.filter(pk=agency.pk).update(ended_on=day)
    agency.refresh_from_db()
    with pytest.raises(Refused, match="kết thúc hoạt động"):
        delegation.give_right(agency=agency, user=liaison, right=REPRESENT, by=staff, day=day)


def test_one_right_ends_and_the_other_stays(head, liaison, agency, day):
    for right in (REPRESENT, APPROVE):
        grants.grant(agency=agency, user=liaison, by=None, right=right)
    assert delegation.end_rights(agency=agency, user=liaison, by=head, day=day, rights=[APPROVE])
    assert holds(liaison, agency) == {REPRESENT}


def test_a_head_does_not_end_another_head_but_may_go(head, agency, make_user, day):
    second = make_user("thutruong2")
    grants.grant(agency=agency, user=second, by=None, right=LEAD)
    with pytest.raises(Refused, match="thủ trưởng khác"):
        delegation.end_rights(agency=agency, user=second, by=head, day=day)
    assert delegation.end_rights(agency=agency, user=head, by=head, day=day)
    assert holds(head, agency) == set()


def test_a_liaison_leaves_but_ends_nobody_elses_rights(head, liaison, agency, day):
    grants.grant(agency=agency, user=liaison, by=None)
    with pytest.raises(Refused):
        delegation.end_rights(agency=agency, user=head, by=liaison, day=day)
    assert delegation.end_rights(agency=agency, user=liaison, by=liaison, day=day)
    assert not delegation.end_rights(agency=agency, user=liaison, by=liaison, day=day)
    told = apps.get_model("agencies", "AgencyUserPermissionEvent").objects.filter(pgh_label="delete").get()
    assert told.pgh_context["user"] == liaison.pk


def successors(day, old, *new):
    succession = Succession.objects.create(shape=Shape.SPLIT, on=day, instrument="NQ 1", recorded_on=day)
    for each in new:
        SuccessionLink.objects.create(succession=succession, old=old, new=each)
    Agency.objects.filter(pk=old.pk).update(ended_on=day)


def test_whoever_leaves_leaves_the_predecessors_too(liaison, agency, other_agency, staff, day):
    oldest = Agency.objects.create(code="cu", name="Cũ", short_name="Cũ", sort_key="1")
    for body in (oldest, agency, other_agency):
        grants.grant(agency=body, user=liaison, by=None)
    successors(day, oldest, agency)
    successors(day, agency, other_agency)
    delegation.end_rights(agency=other_agency, user=liaison, by=staff, day=day)
    assert not grants.granted_to(liaison).exists()


def test_the_common_past_stays_for_whoever_stays_in_the_other_half(liaison, agency, other_agency, staff, day):
    half = Agency.objects.create(code="nua", name="Nửa", short_name="Nửa", sort_key="1")
    for body in (agency, other_agency, half):
        grants.grant(agency=body, user=liaison, by=None)
    successors(day, agency, other_agency, half)
    delegation.end_rights(agency=other_agency, user=liaison, by=staff, day=day)
    assert set(grants.granted_to(liaison)) == {agency, half}


def test_leaving_withdraws_invitations_and_ends_standing_in(head, liaison, agency, staff, day):
    made, _ = invitations.invite(agency=agency, right=REPRESENT, by=head, day=day, full_name="A")
    grants.grant(agency=agency, user=liaison, by=None)
    away = absences.record_absence(user=liaison, deputy=head, since=day, until=day + timedelta(9), by=liaison, day=day)
    later = day + timedelta(2)
    delegation.end_rights(agency=agency, user=head, by=staff, day=later)
    made.refresh_from_db()
    assert made.withdrawn_at
    assert Absence.objects.get(pk=away.pk).until == later - timedelta(1)


@pytest.fixture
def away(head, liaison, agency, other_agency, staff, day):
    """The liaison is away, the head stands in; both have rights on the agency, the liaison on another one too."""
    for each in (agency, other_agency):
        grants.grant(agency=each, user=liaison, by=None)
    return absences.record_absence(user=liaison, deputy=head, since=day, until=day + timedelta(9), by=liaison, day=day)


def test_who_moves_away_takes_no_deputy_along(away, head, liaison, agency, other_agency, staff, day, settings):
    settings.TODAY = day
    delegation.end_rights(agency=agency, user=liaison, by=staff, day=day)
    assert not Absence.objects.filter(pk=away.pk)
    assert not Agency.objects.represented_by(head).filter(pk=other_agency.pk)


def test_who_stands_in_goes_on_where_another_agency_ties_the_two(away, head, liaison, agency, other_agency, staff, day):
    grants.grant(agency=other_agency, user=head, by=None)
    delegation.end_rights(agency=agency, user=liaison, by=staff, day=day)
    assert Absence.objects.filter(pk=away.pk)


def test_who_stands_in_goes_on_where_they_work_at_what_is_left(away, head, liaison, agency, other_agency, staff, day):
    delegation.end_rights(agency=other_agency, user=liaison, by=staff, day=day)
    grants.revoke(agency=agency, user=head, by=staff, day=day)
    assert Absence.objects.filter(pk=away.pk)


def test_one_right_of_several_that_ends_ends_no_absence(away, liaison, agency, staff, day):
    grants.grant(agency=agency, user=liaison, by=None, right=APPROVE)
    delegation.end_rights(agency=agency, user=liaison, by=staff, day=day, rights=[APPROVE])
    assert Absence.objects.filter(pk=away.pk)


def test_approval_wants_somebody_who_approves(staff, liaison, head, agency, day):
    grants.grant(agency=agency, user=liaison, by=None)
    with pytest.raises(Refused):
        delegation.set_approval(agency=agency, on=True, by=liaison, day=day)
    assert delegation.set_approval(agency=agency, on=True, by=head, day=day)
    assert not delegation.set_approval(agency=agency, on=True, by=staff, day=day)
    delegation.set_approval(agency=agency, on=False, by=staff, day=day)
    delegation.end_rights(agency=agency, user=head, by=staff, day=day)
    with pytest.raises(Refused, match="cử người"):
        delegation.set_approval(agency=agency, on=True, by=staff, day=day)


def test_the_page_tells_who_holds_what_and_who_is_away(client, head, liaison, agency, settings, day):
    settings.TODAY = day
    grants.grant(agency=agency, user=liaison, by=None)
    absences.record_absence(user=liaison, deputy=head, since=day, until=day, by=head, day=day)
    client.force_login(head)
    page = client.get(reverse("agency_people", args=[agency.code])).content.decode()
    for words in ("Bùi Văn Trưởng", "Thủ trưởng", "Võ Quốc Bảo", "Đầu mối", "Vắng đến hết 20/11/2023"):
        assert words in page


def test_naming_and_ending_by_the_page(client, head, liaison, agency):
    client.force_login(head)
    client.post(reverse("people_give", args=[agency.code]), {"cu-user": liaison.pk, "cu-right": APPROVE})
    assert holds(liaison, agency) == {APPROVE}
    client.post(reverse("people_end", args=[agency.code, liaison.pk]), {f"thoi-{liaison.pk}-right": ""})
    assert holds(liaison, agency) == set()
    refused = client.post(reverse("people_give", args=[agency.code]), {"cu-user": liaison.pk, "cu-right": LEAD})
    assert refused.status_code == 422
    assert "Quyền này không chọn được" in refused.content.decode()


def test_ending_somebody_elses_lead_by_the_page_is_refused_in_words(client, head, agency, make_user):
    second = make_user("thutruong2")
    grants.grant(agency=agency, user=second, by=None, right=LEAD)
    client.force_login(head)
    address = reverse("people_end", args=[agency.code, second.pk])
    for typed in ("", LEAD):
        page = client.post(address, {f"thoi-{second.pk}-right": typed}, follow=True).content.decode()
        assert "không kết thúc" in page.lower() or "Chỉ cán bộ thường trực" in page
    assert holds(second, agency) == {LEAD}


def test_after_leaving_the_next_page_does_not_exist_and_the_session_stays(client, liaison, agency):
    grants.grant(agency=agency, user=liaison, by=None)
    client.force_login(liaison)
    address = reverse("agency_detail", args=[agency.code])
    assert client.get(address).status_code == 200
    assert client.post(reverse("agency_leave", args=[agency.code])).status_code == 302
    assert client.get(address).status_code == 404
    assert "chưa có quyền" in client.get(reverse("absence_list")).content.decode()


def test_the_page_asks_as_much_for_three_as_for_one(client, head, liaison, agency, staff, make_user, day, settings):
    settings.TODAY = day
    client.force_login(staff)
    address = reverse("agency_people", args=[agency.code])

    def more(number):
        user = make_user(f"nguoi{number}")
        grants.grant(agency=agency, user=user, by=None)
        absences.record_absence(user=user, deputy=head, since=day, until=day, by=staff, day=day)
        invitations.invite(agency=agency, right=REPRESENT, by=head, day=day, full_name=f"Mời {number}")

    more(0)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    more(1), more(2)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(few)
    assert "Mời 2" in page


FIELDS = {"full_name": "Võ Quốc Bảo", "title": "", "email": "", "role": "liaison"}


@pytest.mark.parametrize(("ends", "left"), [(True, {"sct"}), (False, {"sct", "stc"})])
def test_moving_to_another_agency_asks_whether_the_rights_end(client, staff, liaison, agency, other_agency, ends, left):
    grants.grant(agency=agency, user=liaison, by=None)
    client.force_login(staff)
    address = reverse("user_edit", args=[liaison.pk])
    assert client.get(address).context["form"]["ends_rights"].value() is True
    typed = FIELDS | {"agency": other_agency.pk, "grants": [agency.pk, other_agency.pk]}
    client.post(address, typed | ({"ends_rights": "on"} if ends else {}))
    assert {body.code for body in grants.granted_to(liaison)} == left


def test_staying_ends_nothing(client, staff, liaison, agency):
    grants.grant(agency=agency, user=liaison, by=None, right=LEAD)
    client.force_login(staff)
    typed = FIELDS | {"agency": agency.pk, "grants": [agency.pk], "ends_rights": "on"}
    client.post(reverse("user_edit", args=[liaison.pk]), typed)
    assert holds(User.objects.get(pk=liaison.pk), agency) == {LEAD}

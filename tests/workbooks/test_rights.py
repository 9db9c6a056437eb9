"""Who may: whoever may report for the agency, a deputy as long as they stand in, and nobody through borrowed eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.models import Absence, Role
from directives.models import ProgressNote, WorkbookUpload
from tests.directives.conftest import person

from .cast import download, fill, hand_in, looked_through, saved, write


@pytest.fixture
def deputy(db):
    return person("captuong", Role.LIAISON)


def test_a_deputy_writes_in_their_own_name(client, agency, tasks, liaison, deputy, day):
    Absence.objects.create(user=liaison, deputy=deputy, since=day, until=day, recorded_by=liaison)
    client.force_login(deputy)
    _, address = looked_through(client, agency, fill(download(client, agency), 1, result="thay mặt"))
    write(client, address)
    assert ProgressNote.objects.get().author == deputy


def test_after_the_absence_the_deputy_finds_nothing(client, agency, tasks, liaison, deputy, day, settings):
    Absence.objects.create(user=liaison, deputy=deputy, since=day, until=day, recorded_by=liaison)
    client.force_login(deputy)
    _, address = looked_through(client, agency, fill(download(client, agency), 1, result="thay mặt"))
    settings.TODAY = day + timedelta(days=1)
    assert client.get(reverse("agency_workbook", args=[agency.code])).status_code == 404
    assert client.post(address, {"viec": "ghi"}).status_code == 404
    assert not ProgressNote.objects.exists()


def test_through_borrowed_eyes_nothing_is_handed_in_or_written(client, agency, tasks, liaison, staff):
    client.force_login(liaison)
    content = saved(fill(download(client, agency), 1, result="được"))
    _, address = looked_through(client, agency, content)
    client.logout()
    client.force_login(staff)
    client.post(reverse("user_look", args=[liaison.pk]), {"reason": "Không nộp được bảng"})
    assert client.get(address).status_code == 200
    assert client.post(address, {"viec": "ghi"}).status_code == 403
    assert hand_in(client, agency, content).status_code == 403
    assert not ProgressNote.objects.exists() and WorkbookUpload.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "leader", "staff"])
def test_others_are_told_that_there_is_no_such_page(client, request, agency, tasks, who):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("agency_detail", args=[agency.code]))
    assert page.status_code == 404 or "Tải bảng Excel để điền" not in page.content.decode()
    for name in ("agency_workbook", "agency_workbook_send"):
        assert client.get(reverse(name, args=[agency.code])).status_code == 404


def test_work_that_is_not_published_is_not_in_the_workbook(client, agency, tasks, liaison):
    tasks[0].task.directive.__class__.objects.update(published_on=None)
    client.force_login(liaison)
    assert download(client, agency).worksheets[0].max_row <= 5

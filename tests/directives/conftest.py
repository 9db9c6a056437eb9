"""A small cast: one directive, one task, one agency; each test changes what it is about."""

from datetime import date

import pytest
from django.db import transaction

from agencies.models import Agency, Role, User
from directives.models import Addressee, Assignment, Directive, Round, RoundRule, Task

DAY = date(2023, 11, 20)


@pytest.fixture
def day():
    return DAY


@pytest.fixture
def agency(db):
    return Agency.objects.create(code="skhdt", name="Sở Kế hoạch và Đầu tư", short_name="Sở KH&ĐT", sort_key="2")


@pytest.fixture
def other_agency(db):
    return Agency.objects.create(code="stc", name="Sở Tài chính", short_name="Sở Tài chính", sort_key="5")


@pytest.fixture
def group(db):
    return Agency.objects.create(
        code="nhom", name="UBND các huyện", short_name="Các huyện", sort_key="9", is_group=True
    )


@pytest.fixture
def district(db):
    return Agency.objects.create(code="camlo", name="UBND huyện Cam Lộ", short_name="Cam Lộ", sort_key="95")


@pytest.fixture
def standing(db):
    return Agency.objects.create(code="lmhtx", name="Liên minh HTX tỉnh", short_name="Liên minh HTX", sort_key="1")


@pytest.fixture(scope="module")
def begin_with(django_db_setup, django_db_blocker):
    """Does once what every test of a module begins with, in a transaction around theirs: each is rolled back to it.

    Only for modules whose every test of the database wants it, and none really commits.
    """
    around = transaction.atomic()
    around._from_testcase = True  # as Django's TestCase marks its own: a durable block may stand inside

    def begin(make):
        with django_db_blocker.unblock():
            return make()

    begin(around.__enter__)
    yield begin
    begin(lambda: (transaction.set_rollback(True), around.__exit__(None, None, None)))


def person(username, role, home=None, grants=()):
    from agencies.grants import grant

    user = User.objects.create(
        username=username, full_name=f"Người {username}", role=role, agency=home, email=f"{username}@kttt.example"
    )
    for each in grants:
        grant(agency=each, user=user, by=None)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def staff(standing):
    return person("thuongtruc", Role.STAFF, standing)


@pytest.fixture
def leader(db):
    return person("lanhdao", Role.LEADER)


@pytest.fixture
def liaison(agency):
    return person("skhdt", Role.LIAISON, agency, [agency])


@pytest.fixture
def stranger(other_agency):
    return person("stc", Role.LIAISON, other_agency, [other_agency])


@pytest.fixture
def month(db):
    """The office has chosen monthly reports since the spring."""
    return RoundRule.objects.create(cadence="month", is_on=True, since=date(2023, 4, 15))


@pytest.fixture
def november(db):
    """The round that has closed on the day of these tests, and not been sent yet."""
    return Round.objects.create(
        cadence="month",
        start=date(2023, 10, 15),
        end=date(2023, 11, 14),
        due_local=date(2023, 11, 17),
        due_agency=date(2023, 11, 22),
        due_standing=date(2023, 11, 25),
    )


@pytest.fixture
def directive(db):
    return Directive.objects.create(
        number="86",
        symbol="TB-UBND",
        doc_type="Thông báo",
        issued_on=date(2023, 4, 24),
        title="Kết luận về kinh tế tập thể",
        text="Sở Kế hoạch và Đầu tư: rà soát chính sách.",
        created_on=date(2023, 4, 25),
        published_on=date(2023, 4, 25),
    )


@pytest.fixture
def make_task(directive, agency):
    def make(position=1, addressee=agency, **fields):
        part = Addressee.objects.create(
            directive=directive,
            position=position,
            number=str(position),
            name=addressee.name,
            agency=addressee,
            start=0,
            end=22,
        )
        return Task.objects.create(
            directive=directive,
            addressee=part,
            position=position,
            text="rà soát chính sách",
            start=24,
            end=42,
            lead=addressee,
            **fields,
        )

    return make


@pytest.fixture
def make_assignment(make_task, agency):
    def make(clock="undated", position=1, agency=agency, deadline=None, task_fields=None, **fields):
        task_fields = dict(task_fields or {})
        if clock == "dated":
            task_fields.setdefault("first_deadline", deadline)
            task_fields.setdefault("deadline", deadline)
        task = make_task(position=position, addressee=agency, clock=clock, **task_fields)
        fields.setdefault("received_on", date(2023, 4, 25))
        return Assignment.objects.create(task=task, agency=agency, deadline=deadline, **fields)

    return make

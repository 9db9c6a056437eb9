"""A state machine over the life of assignments: every verb, by everybody, on any day, against plain Python.

What the plain model allows must succeed and what it forbids must be refused, with nothing changed. `EXPLORE=500` looks
farther than the fixed examples of every run.
"""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from agencies.errors import Refused
from agencies.models import Agency, Role
from directives import figures
from directives.actions import life, releases, tasks
from directives.actions.closing import Decided, close_directive
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Assignment, Ground, RoundRule, Verdict
from tests.directives.conftest import person
from tests.directives.life_bodies import Bodies
from tests.directives.life_invariants import STEPS, snapshot
from tests.directives.life_requests import Requests
from tests.directives.life_stage import PAPER
from tests.directives.life_work import Working
from tests.directives.plain_life import ISSUED

EXPLORE = int(os.environ.get("EXPLORE", 0))
SETTINGS = settings(
    max_examples=EXPLORE or 10,
    stateful_step_count=25,
    deadline=None,
    derandomize=not EXPLORE,
    database=None,
    print_blob=False,
    # Shrinking takes minutes.
    phases=[Phase.generate, Phase.shrink] if os.environ.get("SHRINK") else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def world(directive, standing, agency, other_agency, staff, leader, liaison, stranger):
    """Six assignments of four tasks; all people and bodies by short keys."""
    third = Agency.objects.create(code="sct", name="Sở Công Thương", short_name="Sở CT", sort_key="6")
    office = person("vanphong", Role.STAFF)
    own = person("lmhtx", Role.LIAISON, standing, [standing])
    RoundRule.objects.create(cadence="month", is_on=True, since=date(2023, 4, 15))
    bodies = {each.code: each.pk for each in (standing, agency, other_agency, third)}
    people = {"staff": staff, "office": office, "leader": leader, "a": liaison, "b": stranger, "own": own}
    return {
        "directive": directive,
        "office": office,
        "bodies": bodies,
        "people": {key: each.pk for key, each in people.items()},
        "belongs": {
            "staff": {"lmhtx"},
            "office": set(),
            "leader": set(),
            "a": {"skhdt"},
            "b": {"stc"},
            "own": {"lmhtx"},
        },
        "done": Counter(),
    }


class Machine(Working, Requests, Bodies):
    """One example: every rule of all three, in any order."""


def test_whatever_happens_the_rules_hold(world):
    run_state_machine_as_test(lambda: Machine(world), settings=SETTINGS)
    missing = set(STEPS) - set(world["done"])
    assert len(missing) <= 3, f"too little happened, never {missing}"


def test_what_was_missed_in_time_keeps_its_figure_whatever_the_day(make_assignment, directive, staff, day):
    """The directive was closed over it: nothing more falls due."""
    row = make_assignment("dated", deadline=day + timedelta(days=10))
    missed = {row.pk: Decided(Verdict.NOT_ACHIEVED, "Không còn cần")}
    close_directive(directive=directive, decisions=missed, instrument="BC 12", by=staff, day=day)
    later = figures.of_assignments(Assignment.objects.all(), day + timedelta(days=60))
    assert (later.open_in_time, later.open_overdue) == (1, 0)


@pytest.mark.parametrize("verb", ["set_deadline", "set_clock"])
def test_nothing_changes_in_a_closed_directive(make_assignment, directive, staff, day, verb):
    row = make_assignment("dated", deadline=date(2023, 11, 1))
    missed = {row.pk: Decided(Verdict.NOT_ACHIEVED, "Chưa xong")}
    close_directive(directive=directive, decisions=missed, instrument="BC 12", by=staff, day=day)
    before = snapshot()
    more = {"set_deadline": {"deadline": date(2023, 12, 29)}, "set_clock": {"clock": "undated"}}[verb]
    with pytest.raises(Refused, match="kết thúc theo dõi"):
        getattr(tasks, verb)(task=row.task, instrument=PAPER, by=staff, day=day, **more)
    assert snapshot() == before


def test_an_old_claim_is_no_claim_of_what_came_from_another_agency(
    make_assignment, agency, other_agency, liaison, stranger, staff, day
):
    """Cancelled with its claim, then given the work of another: put aside and reopened, it goes on as work to do."""
    row = make_assignment()
    there = Assignment.objects.create(task=row.task, agency=other_agency, received_on=ISSUED)
    said = Said("Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=there, said=said, by=stranger, day=day)
    life.cancel(assignment=there, reason="Nhầm", by=staff, day=day)
    asked = releases.ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=day)
    given = {"answer": "approved", "reason": "Đúng", "to_agency": other_agency}
    releases.decide_release(release=asked, by=staff, day=day, **given)
    life.suspend(assignment=there, reason="Chờ", by=staff, day=day)
    assert life.reopen(assignment=there, reason="Làm tiếp", by=staff, day=day).life == "in_progress"

"""The demonstration tells every kind of ending, and telling it twice changes nothing."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from directives.models import Assignment, ProgressNote, Review

DAY = date(2023, 11, 20)


def states():
    return set(Assignment.objects.with_status(DAY).values_list("figure", flat=True))


def test_the_story_has_every_kind_of_ending_and_is_told_once(db, capsys):
    call_command("seed_demo")
    notes, reviews = ProgressNote.objects.count(), Review.objects.count()
    call_command("seed_demo")
    assert (ProgressNote.objects.count(), Review.objects.count()) == (notes, reviews)
    assert Assignment.objects.count() == 80
    assert {"done_on_time", "done_late", "open_in_time", "open_overdue", "open_no_deadline", "suspended"} <= states()
    assert Assignment.objects.filter(life="awaiting").count() == 1
    assert Assignment.objects.exclude(supplement_due_on=None).count() == 1
    assert Assignment.objects.filter(notes=None).count() > 30
    assert "thuongtruc" in capsys.readouterr().out


def test_a_real_installation_gets_no_demonstration(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="chế độ minh hoạ"):
        call_command("seed_demo")

"""What holds after every step of `test_life_machine`, whatever was done (design, section 3)."""

from collections import Counter
from dataclasses import fields

from django.db import connection
from hypothesis.stateful import invariant

from directives import figures
from directives.actions.words import VERBS
from directives.models import Assignment
from tests.directives.plain_life import OPEN, TO_DO

# Life before → after of what a verb changed, apart from moves to a successor.
STEPS = {
    "start": {("not_started", "in_progress")},
    "report_progress": {("not_started", "in_progress")},
    "enter_for_agency": {("not_started", "in_progress"), ("not_started", "awaiting"), ("in_progress", "awaiting")},
    "claim_completion": {("not_started", "awaiting"), ("in_progress", "awaiting")},
    "confirm": {("awaiting", "done")},
    "ask_more": {("awaiting", "in_progress"), ("awaiting", "transferred")},
    "suspend": {(each, "suspended") for each in OPEN},
    "cancel": {(each, "cancelled") for each in (*OPEN, "suspended")},
    "reopen": {
        (each, after)
        for each in ("done", "suspended", "cancelled")
        for after in ("in_progress", "awaiting", "transferred")
    },
    "decide_release": {(each, after) for each in (*TO_DO, "suspended") for after in ("cancelled", "transferred")},
    "succeed": {(each, "transferred") for each in (*TO_DO, "suspended")},
    "close_directive": {(each, after) for each in (*TO_DO, "suspended") for after in ("cancelled", "done")},
}
STEPS["send_round"] = STEPS["report_progress"] | STEPS["claim_completion"]
MOVING = {"decide_release", "succeed", "ask_more", "reopen"}

APPENDED = "progressnote evidence review decision extension extensiondecision release releasedecision move closing"
EVENTS = ("assignmentevent", "taskevent")
CHANGING = ("assignment", "task", "directive", "submission", "entry")


def snapshot():
    """Every row that a verb here may touch, in the order in which it was written."""
    parts = [
        f"SELECT '{name}', (SELECT json_agg(x ORDER BY {key}) FROM directives_{name} x)"
        for names, key in (((*APPENDED.split(), *CHANGING), "id"), (EVENTS, "pgh_id"))
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} UNION ALL SELECT 'bodies', json_agg(x) FROM agencies_agency x")
        return {name: rows or [] for name, rows in cursor.fetchall()}


class Invariants:
    """`old` and `rows`: snapshots before and after the last step; `verb`, `who`: what succeeded in it."""

    @invariant()
    def holds(self):
        self.the_rows_are_what_the_plain_model_says()
        self.the_official_numbers_are_a_recount()
        self.only_dated_work_is_overdue_and_waiting_makes_nobody_late()
        self.life_changes_only_as_the_verb_allows()
        self.what_was_written_stays_and_versions_only_grow()
        self.whoever_did_it_is_named()
        self.nobody_decides_on_their_own()
        self.every_piece_of_work_has_one_owner()
        self.no_request_waits_about_work_that_is_over()

    def the_rows_are_what_the_plain_model_says(self):
        names = {key: code for code, key in self.bodies.items()}
        said = {(self.task_keys[work.duty], work.owner): plain_row(work) for work in self.plain.works}
        stands = {(row["task_id"], names[row["agency_id"]]): stored(row) for row in self.rows["assignment"]}
        assert stands == said
        for duty, key in self.task_keys.items():
            task = next(row for row in self.rows["task"] if row["id"] == key)
            assert task["first_deadline"] == text(duty.first), "the first deadline never changes"
            assert (task["clock"], task["deadline"]) == (duty.clock, text(duty.deadline))

    def the_official_numbers_are_a_recount(self):
        counted = {}
        for work in self.plain.works:
            counted.setdefault(self.bodies[work.owner], Counter())[work.figure(self.day)] += 1
        found = figures.by_agency(Assignment.objects.all(), self.day)
        assert {key: as_counter(each) for key, each in found.items()} == counted
        total = sum(found.values(), figures.Figures())
        assert total.total + total.released == len(self.plain.works), "released work is in no base, and counted apart"
        self.steps += 1
        if self.steps % 4 == 0:  # dear
            assert figures.of_assignments(Assignment.objects.all(), self.day) == total

    def only_dated_work_is_overdue_and_waiting_makes_nobody_late(self):
        names = ("task__clock", "life", "submitted_on", "due", "closed_on")
        for clock, life_, submitted, due, closed in Assignment.objects.overdue(self.day).values_list(*names):
            assert clock == "dated" and life_ in OPEN and closed is None
            assert life_ != "awaiting" or submitted > due

    def life_changes_only_as_the_verb_allows(self):
        before = {row["id"]: row for row in self.old["assignment"]}
        steps = STEPS.get(self.verb, set())
        for row in self.rows["assignment"]:
            was = before.get(row["id"])
            if was is None:
                assert self.verb in MOVING or self.verb is None
            elif was["life"] != row["life"]:
                taken_in = any(move["new_id"] == row["id"] for move in self.rows["move"]) and self.verb in MOVING
                assert (was["life"], row["life"]) in steps or taken_in, (self.verb, was["life"], row["life"])

    def what_was_written_stays_and_versions_only_grow(self):
        for name in (*APPENDED.split(), *EVENTS):
            assert self.rows[name][: len(self.old[name])] == self.old[name], name
        for name in ("assignment", "task"):
            now = {row["id"]: row for row in self.rows[name]}
            for row in self.old[name]:
                assert row["id"] in now, "nothing is lost"
                assert now[row["id"]] == row or now[row["id"]]["version"] > row["version"]

    def whoever_did_it_is_named(self):
        if self.verb is None:
            return
        who, actors = self.people[self.who], ("asked_by_id", "decided_by_id", "author_id", "moved_by_id")
        new = {name: rows[len(self.old.get(name, ())) :] for name, rows in self.rows.items()}
        told = [row["pgh_context"] for name in EVENTS for row in new[name]]
        for words in told:
            assert words["user"] == who and words["verb"] in VERBS and words["day"] == self.day.isoformat()
        written = [row[key] for name in APPENDED.split() for row in new[name] for key in actors if key in row]
        # What was asked waits for the heir as it was asked.
        handed_on = [row["asked_by_id"] for row in [*new["extension"], *new["release"]] if self.verb in MOVING]
        assert set(written) <= {who, *handed_on}
        twice = self.verb in ("start", "ask_extension", "succeed")  # nothing more to do, or nothing to move
        assert told or written or twice or self.verb in ("set_deadline", "close_directive", "reopen_directive")

    def nobody_decides_on_their_own(self):
        """Their own agency's claims, those that they entered themselves."""
        if self.verb not in ("confirm", "ask_more"):
            return
        review = self.rows["review"][-1]
        note = next(row for row in self.rows["progressnote"] if row["id"] == review["note_id"])
        assert note["author_id"] != review["decided_by_id"] == self.people[self.who]
        row = next(row for row in self.rows["assignment"] if row["id"] == note["assignment_id"])
        assert row["agency_id"] not in {self.bodies[code] for code in self.belongs[self.who]}

    def every_piece_of_work_has_one_owner(self):
        """Along the moves from where it was given first, also of what has taken in other work since; and nobody carries
        what nobody gave them.
        """
        rows = {row["id"]: row for row in self.rows["assignment"]}
        gone = {}
        for move in self.rows["move"]:
            gone.setdefault(move["old_id"], set()).add(move["new_id"])
        carriers = set()
        for pk, row in rows.items():
            if (row["task_id"], row["agency_id"]) not in self.originals:
                continue
            reached, nearest = {pk}, {pk}
            while nearest:
                further = {new for each in nearest for new in gone.get(each, ())}
                nearest = further - reached
                reached |= nearest
            assert row["life"] != "transferred" or gone[pk]
            ends = {each for each in reached if rows[each]["life"] != "transferred"}
            assert ends, "moved work is carried by somebody"
            carriers |= ends
        assert carriers == {pk for pk, row in rows.items() if row["life"] != "transferred"}

    def no_request_waits_about_work_that_is_over(self):
        rows = {row["id"]: row for row in self.rows["assignment"]}
        for name, answers in (("extension", "extensiondecision"), ("release", "releasedecision")):
            answered = {row[f"{name}_id"] for row in self.rows[answers]}
            for asked in self.rows[name]:
                row = rows[asked["assignment_id"]]
                if asked["id"] not in answered:
                    assert row["life"] in (*OPEN, "suspended") and row["closed_on"] is None, name


def text(day):
    return day.isoformat() if day else None


def plain_row(work):
    days = (work.deadline, work.extended, work.started, work.submitted, work.completed, work.supplement, work.grace)
    return work.life, *(text(each) for each in (*days, work.closed))


COLUMNS = "deadline extended_until started_on submitted_on completed_on supplement_due_on grace_until closed_on"


def stored(row):
    return row["life"], *(row[name] for name in COLUMNS.split())


def as_counter(found):
    return Counter({each.name: count for each in fields(found) if (count := getattr(found, each.name))})

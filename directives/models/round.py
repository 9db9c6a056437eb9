"""The reporting rounds that the office has chosen, and what each agency prepares and sends in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform
from django.utils.functional import cached_property

from agencies.models import Agency, Kind
from directives import rounds
from directives.models.assignment import Assignment, notes_in
from directives.models.note import ProgressNote
from directives.models.obstacle import ProgressNoteQuerySet
from directives.rounds import CUT_OFF, Cadence, Window

SHORTEST_MONTH = timedelta(days=28)  # the cut-off day lies within it, so no move of it leaves out as many days
_DAY_OF_MONTH = [MinValueValidator(1), MaxValueValidator(28)]


@pghistory.track()
class RoundRule(models.Model):
    """What the office has chosen for one cadence; without a row, or with `is_on` false, it is not in use.

    The due days are days of the month in which the window closes. A report is never due before the second working
    day after the cut-off (Decree 09/2019, Art. 8(5): at least one working day between closing and sending).
    """

    cadence = models.CharField("kỳ", max_length=12, choices=Cadence.choices, unique=True)
    is_on = models.BooleanField("đang áp dụng", default=False)
    since = models.DateField("áp dụng từ ngày", null=True, blank=True)
    cut_off = models.PositiveSmallIntegerField("ngày chốt số liệu", default=CUT_OFF, validators=_DAY_OF_MONTH)
    due_local = models.PositiveSmallIntegerField(
        "cấp xã, huyện gửi chậm nhất ngày", default=17, validators=_DAY_OF_MONTH
    )
    due_agency = models.PositiveSmallIntegerField("sở, ngành gửi chậm nhất ngày", default=19, validators=_DAY_OF_MONTH)
    due_standing = models.PositiveSmallIntegerField(
        "cơ quan thường trực gửi chậm nhất ngày", default=25, validators=_DAY_OF_MONTH
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "quy định kỳ báo cáo"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(is_on=False) | Q(since__isnull=False), name="round_rule_has_its_start"),
            models.CheckConstraint(
                condition=Q(cut_off__lt=F("due_local"), due_local__lte=F("due_agency"))
                & Q(due_agency__lte=F("due_standing")),
                name="round_rule_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.get_cadence_display()


class RoundQuerySet(models.QuerySet["Round"]):
    """Adjectives for rounds."""

    def closed(self, day: date) -> RoundQuerySet:
        """Those whose figures were closed before `day`, the latest first."""
        return self.filter(end__lt=day).order_by("-end")

    def over(self, day: date) -> RoundQuerySet:
        """Those that take no late report any more."""
        # Until the next round, of whatever cadence, has gone up to the superiors: till then what comes late still
        # finds its way into something that they read; afterwards it would change a past that they were told of.
        later = Round.objects.filter(end__gt=models.OuterRef("end"), due_standing__lt=day)
        return self.filter(models.Exists(later))

    def to_report(self, day: date) -> Round | None:
        """The round that agencies report on now: the last closed one; before any has closed, the running one."""
        return self.closed(day).first() or self.filter(start__lte=day).order_by("end").first()


class Round(models.Model):
    """Kỳ báo cáo: one window with the days that held when it was opened. One for each cut-off day.

    Where several cadences close on one day (month, quarter, year), the round is that of the longest.
    """

    cadence = models.CharField("kỳ", max_length=12, choices=Cadence.choices)
    start = models.DateField("từ ngày")
    end = models.DateField("chốt số liệu ngày", unique=True)
    due_local = models.DateField("cấp xã, huyện gửi chậm nhất")
    due_agency = models.DateField("sở, ngành gửi chậm nhất")
    due_standing = models.DateField("cơ quan thường trực gửi chậm nhất")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-end"]
        verbose_name = "kỳ báo cáo"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start"), due_local__gt=F("end")), name="round_days_in_order")
        ]

    def __str__(self) -> str:
        return f"Kỳ {self.name}"

    @property
    def window(self) -> Window:
        return Window(self.start, self.end, Cadence(self.cadence))

    @property
    def name(self) -> str:
        return self.window.name

    @cached_property
    def judged(self) -> Window:
        """What counts as reported in it: whatever came since the round before closed. One query."""
        before = Round.objects.closed(self.end).first()
        return judged_windows([self, *([before] if before else [])])[0]

    def due_of(self, agency: Agency) -> date:
        """The last day on which this agency's report is on time."""
        if agency.kind in (Kind.DISTRICT, Kind.COMMUNE):
            return self.due_local
        return self.due_standing if agency.kind == Kind.STANDING else self.due_agency

    def is_late(self, agency: Agency, day: date) -> bool:
        """Whether what the agency sends on `day` is late; a late report still counts in this round."""
        return day > self.due_of(agency)

    def came_late(self, day: date, assignment: Assignment) -> bool:
        """Whether what came on `day` for one assignment was late in it; what was only asked never is."""
        return self.is_late(assignment.agency, day) and not assignment.task.addressee.is_asked

    def is_over(self, day: date) -> bool:
        """Whether it takes no late report any more. One query."""
        return Round.objects.over(day).filter(pk=self.pk).exists()


def only_asked(agencies: Iterable[int]) -> set[int]:
    """Of these agencies (keys) those that everything they carry was asked of, not ordered: nobody calls them late.

    One query.
    """
    carried = Assignment.objects.published().filter(agency=models.OuterRef("pk"))
    ordered = carried.filter(task__addressee__is_asked=False)
    found = Agency.objects.filter(models.Exists(carried), ~models.Exists(ordered), pk__in=agencies)
    return set(found.values_list("pk", flat=True))


def judged_windows(opened: Sequence[Round]) -> list[Window]:
    """What each of the rounds (the latest first, without a gap) judges: what was reported since the one before.

    The year's report stands where the month's of December would: a note of January is no report of December.
    """
    before = [*(each.end for each in opened[1:]), date.min]
    return [
        Window(_judged_from(each.start, end + timedelta(days=1)), each.end, Cadence(each.cadence))
        for each, end in zip(opened, before, strict=False)
    ]


def _judged_from(start: date, after: date) -> date:
    """The day `after` the round before, also where the cut-off day was moved or is another for its cadence.

    Days in between that make a month are another thing: no report was asked for then.
    """
    return after if start - after < SHORTEST_MONTH else start


def last_closed_window(day: date) -> Window | None:
    """The window by which "chưa báo cáo kỳ này" is judged on `day`: the one that closed last, of the cadences that the
    office has on; of two that closed together the shorter.

    Where its round was opened, the days of the round hold, whatever the office has chosen since. None while no
    cadence is on, or none of its windows has closed since it is on. Two queries.
    """
    rules = list(RoundRule.objects.filter(is_on=True))
    closed = [(rounds.last_closed(day, Cadence(rule.cadence), rule.cut_off), rule.since) for rule in rules]
    windows = [window for window, since in closed if since and window.end >= since]
    if not windows:
        return None
    lengths = list(Cadence)
    window = max(windows, key=lambda each: (each.end, -lengths.index(each.cadence)))
    months = {month for rule in rules for month in rounds.closing_months(Cadence(rule.cadence))}
    judged = judged_windows(list(Round.objects.closed(day).filter(end__month__in=months)[:2]))
    return judged[0] if judged and judged[0].end >= window.end.replace(day=1) else window


class SubmissionState(models.TextChoices):
    """How far an agency's report of a round has come."""

    DRAFT = "draft", "Đang soạn"
    AWAITING_HEAD = "awaiting", "Chờ thủ trưởng duyệt"
    SENT = "sent", "Đã gửi"


@pghistory.track()
class Submission(models.Model):
    """An agency's report of one round: its entries are drafts until it is sent, then each is a ProgressNote."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions", verbose_name="kỳ báo cáo")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="submissions", verbose_name="cơ quan")
    state = models.CharField("tình trạng", max_length=8, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    prepared_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình"
    )
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    sent_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi"
    )
    is_late = models.BooleanField("gửi muộn", default=False)
    # Why the head sent it back to be prepared again; empty once it is handed in anew.
    returned_because = models.TextField("lý do thủ trưởng trả lại", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["round", "agency__sort_key"]
        verbose_name = "báo cáo kỳ của cơ quan"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="submission_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False, sent_by__isnull=False), name="sent_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} – {self.agency.short_name}"

    @property
    def is_sent(self) -> bool:
        return self.state == SubmissionState.SENT

    @property
    def waits_for_head(self) -> bool:
        """In the hands of the agency's head; where the step was taken away since, it waits for nobody."""
        return self.state == SubmissionState.AWAITING_HEAD and self.agency.needs_approval

    def notes(self) -> ProgressNoteQuerySet:
        """What the agency has sent by this report."""
        return ProgressNote.objects.filter(round=self.round_id, assignment__agency=self.agency_id).select_related(
            "author"
        )

    def counted_notes(self) -> ProgressNoteQuerySet:
        """For each task the last note that counts in this round: of this report, or one of its own."""
        counted = notes_in(self.round.judged).filter(assignment__agency=self.agency_id)
        last = counted.order_by("assignment_id", "-pk").distinct("assignment_id")
        ordered = ("assignment__task__directive", "assignment__task__position")
        return ProgressNote.objects.filter(pk__in=last.values("pk")).order_by(*ordered)


class Entry(models.Model):
    """One line of a round in preparation: what was typed, as typed, be it right or not; `version` for two at once."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="entries", verbose_name="báo cáo kỳ")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries", verbose_name="phân công")
    # Names of the fields of the line's form, without prefix: strings, lists of strings, booleans.
    typed = models.JSONField("nội dung đang soạn", default=dict)
    edited_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người soạn")
    edited_at = models.DateTimeField("soạn lúc", auto_now=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["submission", "pk"]
        verbose_name = "dòng đang soạn"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["submission", "assignment"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.assignment_id}"


class _Each(models.Func):
    """The texts of a list in JSON, a row each."""

    function = "jsonb_array_elements_text"
    set_returning = True
    output_field = models.TextField()


def kept_in_drafts(agencies: Iterable[int]) -> models.QuerySet:
    """The files (`uuid` as text) that lie with what these agencies have typed and not yet sent."""
    drafts = Entry.objects.order_by().filter(submission__agency__in=agencies)
    return drafts.annotate(file=_Each(KeyTransform("kept", "typed"))).values("file")

"""The filters of the list of work: they live in the address."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from agencies.models import Agency, User
from directives.deadlines import Clock, Life, TimeState
from directives.forms.base import ActionForm
from directives.forms.tasks import AgencyByName
from directives.models import CitedDocument, Directive, Task
from directives.models.assignment import AssignmentQuerySet
from directives.search.words import MOST_CHARACTERS, Matches, folded, parse, words

LISTED = 200
# A short name of 60 letters with both of its dates.
LONGEST = 110


class _Choice(forms.ModelChoiceField):
    """Rows of the database; a list too long for a page shows its first LISTED, and what is chosen."""

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        self.words = words
        super().__init__(*args, required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, self.words))[:LONGEST]

    def shorten(self, chosen: str) -> None:
        assert self.queryset is not None
        rows = list(self.queryset[:LISTED])
        key = self.to_field_name or "pk"
        if chosen and chosen not in {str(getattr(row, key)) for row in rows}:
            with suppress(ValueError, OverflowError, self.queryset.model.DoesNotExist):
                rows.append(self.queryset.get(**{key: chosen}))
        listed = [(str(getattr(row, key)), self.label_from_instance(row)) for row in rows]
        self.widget.choices = [("", self.empty_label or ""), *listed]  # type: ignore[attr-defined]


def _choices(all_words: str, values: Any) -> list[tuple[str, str]]:
    return [("", all_words), *values]


class WorklistForm(forms.Form):
    """What is asked of the list. A value that is none is left out, and said at its field."""

    def __init__(self, data: Mapping[str, Any], *, by: User, figures: Mapping[str, str]) -> None:
        super().__init__(data, label_suffix="")
        self.by = by
        published = Directive.objects.visible_to(by).published().defer("text", "segments")
        fields: dict[str, forms.Field] = {
            "q": forms.CharField(label="Từ khoá", max_length=MOST_CHARACTERS, required=False),
            "van-ban": _Choice(label="Văn bản", queryset=published, empty_label="Tất cả", words="code"),
            "co-quan": _Choice(
                label="Cơ quan",
                queryset=Agency.objects.visible_to(by).single(),
                to_field_name="code",
                empty_label="Tất cả",
                words="short_label",
            ),
            "so": _one("Con số tổng hợp", figures.items()),
            "tinh-trang": _one("Tình trạng", Life.choices),
            "thoi-gian": _one("Thời gian", TimeState.choices),
            "loai": _one("Loại thời hạn", Clock.choices),
            "theo-doi": _Choice(label="Người theo dõi", queryset=_followers(), empty_label="Tất cả", words="full_name"),
            "vien-dan": forms.CharField(label="Viện dẫn văn bản số", max_length=60, required=False),
            "gia-han": forms.BooleanField(label="Có gia hạn", required=False),
            "bo-sung": forms.BooleanField(label="Quá hạn bổ sung", required=False),
        }
        if not by.oversees:
            del fields["theo-doi"]
        self.fields.update(fields)
        for name in ("van-ban", "co-quan", "theo-doi"):
            if field := self.fields.get(name):
                field.shorten(str(data.get(name, "")).replace("\0", ""))  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The filters that hold, by their name in the address."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}

    def narrow(self, assignments: AssignmentQuerySet) -> AssignmentQuerySet:
        """The assignments (with their status) that meet all filters but `so`, which the page applies."""
        for name, value in self.chosen().items():
            if name in CONDITIONS:
                assignments = assignments.filter(CONDITIONS[name](value))
        return assignments

    def chips(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and value in words of each filter that holds."""
        for name, value in self.chosen().items():
            field = self.fields[name]
            yield name, str(field.label), _said(field, value)


def _one(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_choices("Tất cả", choices), required=False)


def _followers() -> Any:
    return User.objects.filter(Exists(Task.objects.filter(follower=OuterRef("pk")))).order_by("full_name")


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(field, _Choice):
        return field.label_from_instance(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])  # type: ignore[arg-type]
    return "có" if value is True else str(value)


def _keyword(value: str) -> Q | Matches:
    query = parse(value)
    return Matches("task__text", query) if query else Q(pk__in=[])


def cites(number: str) -> Q:
    """Tasks (behind assignments) that cite the document of this number, however it is spaced or marked."""
    alike = CitedDocument.objects.annotate(folded=folded("number")).filter(folded=" ".join(words(number)))
    return Q(task__in=Task.cites.through.objects.filter(citeddocument__in=alike).values("task"))


CONDITIONS: dict[str, Any] = {
    "q": _keyword,
    "van-ban": lambda value: Q(task__directive=value),
    "co-quan": lambda value: Q(agency=value),
    "tinh-trang": lambda value: Q(life=value),
    "thoi-gian": lambda value: Q(time_state=value),
    "loai": lambda value: Q(task__clock=value),
    "theo-doi": lambda value: Q(task__follower=value),
    "vien-dan": cites,
    "gia-han": lambda value: Q(extended_until__isnull=False),
    "bo-sung": lambda value: Q(supplement_late=True),
}


class SavedViewForm(ActionForm):
    """A name for a list."""

    name = forms.CharField(label="Tên bộ lọc", max_length=80, error_messages={"required": "Xin đặt tên cho bộ lọc."})
    query = forms.CharField(required=False, widget=forms.HiddenInput)


class FeedForm(ActionForm):
    """Which deadlines a calendar shows."""

    agency = AgencyByName(label="Lịch của", queryset=Agency.objects.none(), required=False)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "initial": {"submission": uuid.uuid4()}, **kwargs})
        field = self.fields["agency"]
        field.queryset = Agency.objects.visible_to(by).single()  # type: ignore[attr-defined]
        words = "Tất cả cơ quan" if by.oversees else "Tất cả cơ quan tôi phụ trách"
        field.empty_label = words  # type: ignore[attr-defined]

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

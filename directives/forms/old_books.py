"""The forms on the way of an old tracking workbook: the file, what its columns hold, what its words mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from agencies.errors import Refused
from agencies.forms_base import VerbForm
from agencies.models import Agency, User
from directives.actions.old_books import keep_old_book, match_old_book
from directives.actions.workbooks import shown_name
from directives.models import Directive, OldBook
from directives.workbooks.archive import MAX_BYTES
from directives.workbooks.legacy import states
from directives.workbooks.legacy.fields import LABELS, NEEDED, TOGETHER
from directives.workbooks.legacy.grid import dump, pages
from directives.workbooks.legacy.heads import Head
from directives.workbooks.legacy.mapping import Matching, propose
from directives.workbooks.legacy.words import Word, Words
from directives.workbooks.reading import read_workbook

NOT_THERE = ("", "– Không có –")


class OldBookForm(VerbForm):
    """The file. The bytes of a refused one are not kept anywhere; of another only what its cells say."""

    file = forms.FileField(
        label="Tệp sổ theo dõi",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-bytes": str(MAX_BYTES)}),
        help_text=f"Bảng Excel (.xlsx), tối đa {MAX_BYTES // 1024**2} MB. Không đưa văn bản mật vào đây.",
        error_messages={"required": "Xin chọn tệp sổ theo dõi."},
    )

    def save(self, *, by: User, day: date) -> OldBook | None:
        """The draft; None where the file was refused."""
        file: UploadedFile = self.cleaned_data["file"]
        content, name = file.read(MAX_BYTES + 1), shown_name(file.name or "so-theo-doi.xlsx")
        try:
            cells = dump(read_workbook(content, name))
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return None
        matching, head_key = propose(pages(cells))
        return self.carry_out(
            keep_old_book,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            cells=cells,
            head_key=head_key,
            mapping=matching.dump(),
            by=by,
            day=day,
        )


class DirectiveByCode(forms.ModelChoiceField):
    """Directives by number and date."""

    def label_from_instance(self, row: Directive) -> str:  # type: ignore[override]
        return f"{row.doc_type} {row.code} ngày {row.issued_on:%d/%m/%Y}"


class ColumnsForm(VerbForm):
    """Which column holds what; the sheet and the rows of its head travel along."""

    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    first = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    last = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    fills = forms.BooleanField(
        label="Ô trống nghĩa là “như dòng trên”",
        required=False,
        help_text="Áp dụng cho văn bản giao việc và cơ quan; thời hạn, tình trạng để trống thì vẫn là trống.",
    )
    directive = DirectiveByCode(
        label="Dòng không ghi văn bản thì thuộc văn bản",
        queryset=Directive.objects.none(),
        required=False,
        empty_label="– Báo lỗi các dòng đó –",
    )

    def __init__(self, *args: Any, book: OldBook, matching: Matching, head: Head, **kwargs: Any) -> None:
        filled = matching.dump() | {f"col_{name}": column for name, column in matching.columns.items()}
        super().__init__(*args, **{"initial": filled, "label_suffix": "", **kwargs})
        self.book = book
        self.fields["directive"].queryset = _taking().defer("text", "segments")  # type: ignore[attr-defined]
        letters = [(column, _column(column, words)) for column, words in sorted(head.words.items())]
        for name, label in LABELS.items():
            needed = name in NEEDED
            self.fields[f"col_{name}"] = forms.TypedChoiceField(
                label=label,
                choices=[NOT_THERE, *letters],
                coerce=int,
                empty_value=None,
                required=needed,
                error_messages={"required": f"Xin chọn cột “{label}”.", "invalid_choice": "Xin chọn một cột của bảng."},
            )

    @property
    def columns(self) -> Iterator[forms.BoundField]:
        return (self[f"col_{name}"] for name in LABELS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: dict[int, str] = {}
        for name in LABELS:
            column = data.get(f"col_{name}")
            if column in taken and not {name, taken[column]} <= TOGETHER:
                self.add_error(f"col_{name}", f"Cột này đã chọn cho “{LABELS[taken[column]]}”.")
            elif column:
                taken[column] = name
        return data

    def save(self, *, by: User, day: date, head_key: str) -> OldBook | None:
        data = self.cleaned_data
        columns = {name: data[f"col_{name}"] for name in LABELS if data[f"col_{name}"]}
        before = Matching.of(self.book)
        if before.sheet != data["sheet"]:
            before = replace(before, left=[], taken=[])  # rows of another sheet
        matching = replace(
            before,
            sheet=data["sheet"],
            first=data["first"],
            last=data["last"],
            columns=columns,
            fills=data["fills"],
            directive=data["directive"].pk if data["directive"] else None,
        )
        return self.carry_out(
            match_old_book, book=self.book, mapping=matching.dump(), head_key=head_key, by=by, day=day
        )


class WordsForm(VerbForm):
    """What each word for a state means, and who each unknown name is. Nobody is made up: a name is chosen."""

    def __init__(self, *args: Any, book: OldBook, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.book, self.words = book, words
        agencies = [("", "– Chọn cơ quan –"), *((str(each.pk), each.label) for each in Agency.objects.all())]
        self.states = list(self._ask(words.states, "s", [("", "– Chọn –"), *states.CHOICES], "(để trống)"))
        self.names = list(self._ask(words.names, "n", agencies, "(không có chữ)"))

    def _ask(self, words: list[Word], kind: str, choices: Sequence[tuple[str, str]], blank: str) -> Iterator[str]:
        for word in words:
            name = f"{kind}_{hashlib.sha1(word.key.encode(), usedforsecurity=False).hexdigest()[:12]}"
            self.fields[name] = forms.ChoiceField(
                label=f"“{word.written}”" if word.written else blank,
                choices=choices,
                initial=word.means,
                required=False,
                help_text=_rows(word.rows),
            )
            yield name

    @property
    def state_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.states]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    def save(self, *, by: User, day: date) -> OldBook | None:
        data, matching = self.cleaned_data, Matching.of(self.book)
        said = {word.key: data[name] for word, name in zip(self.words.states, self.states, strict=True)}
        named = {word.key: data[name] for word, name in zip(self.words.names, self.names, strict=True)}
        chosen = {key: int(pk) for key, pk in named.items() if pk}
        kept = {key: pk for key, pk in matching.agencies.items() if key not in named}
        matching = replace(
            matching,
            states={key: means for key, means in (matching.states | said).items() if means},
            agencies=kept | chosen,
        )
        head_key = self.book.head_key
        return self.carry_out(
            match_old_book, book=self.book, mapping=matching.dump(), head_key=head_key, by=by, day=day
        )


def _taking() -> Any:
    """Directives that still take tasks."""
    return Directive.objects.published().filter(closed_on=None)


def _column(column: int, words: str) -> str:
    return f"Cột {get_column_letter(column)}: {words[:60]}"


def _rows(numbers: tuple[int, ...]) -> str:
    said = ", ".join(str(each) for each in numbers[:5])
    more = f" và {len(numbers) - 5} dòng khác" if len(numbers) > 5 else ""
    return f"Dòng {said}{more}."

"""What an agency says: the liaison's form, and the one of staff who enter a letter for an agency."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from agencies.errors import Refused
from agencies.models import User
from directives.actions.notes import Cited, Letter, Said, cited, enter_for_agency, parts_of, report_progress
from directives.actions.uploads import ALLOWED, is_uuid, store
from directives.forms.base import ActionForm, Day, LongText
from directives.models import Assignment, Evidence, Part, ProgressNote, RaisedTo, Round, Upload

MAX_FILES = 10
OFFERED = 200  # pieces of the shelf, the latest
ROUNDS = 6  # that a letter may still report on
MEGABYTES = settings.MAX_UPLOAD_BYTES // 1024 // 1024


class ManyFilesInput(forms.FileInput):
    """Lets the person choose several at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files; each is judged when it is put on the shelf (`actions.uploads`)."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data or ())


class PartBoxes(forms.ModelMultipleChoiceField):
    """The duties of a task, each with its words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, part: Part) -> str:  # type: ignore[override]
        return part.text


class ShelfFiles(forms.ModelMultipleChoiceField):
    """Files that lie on the agency's shelf already."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, upload: Upload) -> str:  # type: ignore[override]
        return f"{upload.name} ({filesizeformat(upload.size)})"


class ShelfDocuments(forms.ModelMultipleChoiceField):
    """Result documents that the agency has cited before."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, evidence: Evidence) -> str:  # type: ignore[override]
        on = f" ngày {evidence.document_on:%d/%m/%Y}" if evidence.document_on else ""
        return f"{evidence.document_number}{on}"


class Rounds(forms.ModelChoiceField):
    """Rounds, each with the day on which its figures were closed."""

    def label_from_instance(self, round: Round) -> str:  # type: ignore[override]
        return f"Kỳ {round.name}, chốt số liệu {round.end:%d/%m/%Y}"


class NoteForm(ActionForm):
    """Kết quả, khó khăn, kiến nghị, đầu việc, tệp; perhaps "đề nghị hoàn thành"."""

    result = LongText(
        label="Kết quả thực hiện",
        rows=5,
        help_text="Đã làm được gì, số liệu cụ thể, sản phẩm nào.",
        error_messages={"required": "Xin ghi kết quả thực hiện."},
    )
    parts = PartBoxes(label="Đầu việc đã xong", queryset=Part.objects.none(), required=False)
    percent = forms.IntegerField(
        label="Tỷ lệ đạt chỉ tiêu (%)", required=False, error_messages={"invalid": "Xin ghi một số từ 0 đến 100."}
    )
    obstacle = LongText(label="Khó khăn, vướng mắc", rows=3, required=False)
    proposal = LongText(label="Đề xuất, kiến nghị", rows=3, required=False)
    raised_to = forms.ChoiceField(
        label="Gửi tới",
        choices=[("", "– Cơ quan thường trực, nếu không chọn –"), *RaisedTo.choices],
        required=False,
    )
    proposal_to = forms.CharField(
        label="Cơ quan khác: tên",
        max_length=200,
        required=False,
        help_text="Chỉ cần khi gửi tới cơ quan khác. Cơ quan hoặc người có thẩm quyền giải quyết, ví dụ: UBND tỉnh.",
    )
    clears_obstacles = forms.BooleanField(
        label="Vướng mắc trước đã được tháo gỡ",
        required=False,
        help_text="Vướng mắc nào còn, xin ghi lại nguyên văn ở trên: số ngày chờ vẫn tính từ lần nêu đầu.",
    )
    shelf_files = ShelfFiles(
        label="Tệp đã có trong kho minh chứng", queryset=Upload.objects.none(), required=False, to_field_name="uuid"
    )
    shelf_documents = ShelfDocuments(
        label="Văn bản đã viện dẫn trước đây", queryset=Evidence.objects.none(), required=False
    )
    claims_completion = forms.BooleanField(
        label="Đề nghị hoàn thành nhiệm vụ",
        required=False,
        help_text="Cơ quan thường trực sẽ xem minh chứng rồi xác nhận; ngày gửi hôm nay là ngày được tính.",
    )
    attachments = ManyFiles(
        label="Tệp minh chứng",
        required=False,
        help_text=f"Nhận {ALLOWED}; mỗi tệp tối đa {MEGABYTES} MB, tối đa {MAX_FILES} tệp.",
    )
    document_number = forms.CharField(
        label="Hoặc văn bản kết quả: số, ký hiệu", max_length=60, required=False, help_text="Ví dụ: 212/BC-SKHĐT."
    )
    document_on = Day(label="Ngày văn bản", required=False)
    document_signer = forms.CharField(label="Người ký văn bản", max_length=100, required=False)
    document_summary = forms.CharField(label="Trích yếu văn bản", max_length=500, required=False)
    no_evidence_reason = forms.CharField(
        label="Lý do không có minh chứng",
        max_length=1000,
        required=False,
        help_text="Chỉ cần khi đề nghị hoàn thành mà không kèm tệp hay văn bản nào.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, assignment: Assignment, by: User, day: date, **kwargs: Any) -> None:
        initial = {"submission": uuid.uuid4(), "version": assignment.version, "parts": _ticked(assignment)}
        super().__init__(*args, **{"initial": initial, "label_suffix": "", **kwargs})
        self.assignment, self.by = assignment, by
        self.uploads: list[Upload] = []
        self.fields["attachments"].widget.attrs["data-max-bytes"] = str(settings.MAX_UPLOAD_BYTES)
        self.fields["parts"].queryset = parts_of(assignment)  # type: ignore[attr-defined]
        if not assignment.task.takes_percent:
            del self.fields["percent"]
        if not self.fields["parts"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["parts"]
        self.standing = list(ProgressNote.objects.of_work(assignment.pk).naming_obstacles(day))
        if not self.standing:
            del self.fields["clears_obstacles"]
        self._offer("shelf_files", Upload.objects.of_agency(assignment.agency).pieces())
        self._offer("shelf_documents", Evidence.objects.of_agency(assignment.agency).documents())

    def _offer(self, name: str, pieces: QuerySet) -> None:
        """The latest of what lies on the shelf; no field where nothing does."""
        keys = set(pieces.order_by("-pk").values_list("pk", flat=True)[:OFFERED])
        keys |= self._chosen(name)
        if keys:
            self.fields[name].queryset = pieces.model.objects.filter(pk__in=keys).order_by("-pk")  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def _chosen(self, name: str) -> set[int]:
        """What was chosen when the form was shown may be an older row of its piece by now."""
        posted = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        if name == "shelf_files":
            uuids = [each for each in posted if is_uuid(each)]
            files = Upload.objects.of_agency(self.assignment.agency).filter(uuid__in=uuids)
            return set(files.values_list("pk", flat=True)) if uuids else set()
        numbers = [int(each) for each in posted if each.isdecimal() and len(each) < 19]
        documents = Evidence.objects.of_agency(self.assignment.agency).exclude(document_number="")
        return set(documents.filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()

    def keep_files(self) -> None:
        """Store what was uploaded, even where the rest is refused: nobody should have to send a file twice."""
        kept = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
        uuids = [each for each in kept if is_uuid(each)]
        self.uploads = list(Upload.objects.filter(uuid__in=uuids, uploaded_by=self.by))
        sent = self.cleaned_data.get("attachments", [])
        if len(sent) + len(self.uploads) > MAX_FILES:
            self.add_error("attachments", f"Mỗi lần nhận tối đa {MAX_FILES} tệp. Các tệp vừa chọn chưa được nhận.")
            return
        for file in sent:
            try:
                self.uploads.append(store(file, by=self.by))
            except Refused as refusal:
                self.add_error("attachments", str(refusal))

    def save(self, day: date) -> ProgressNote | None:
        """The note; None where it was refused."""
        return self.send(report_progress, day=day)

    def send(self, verb: Callable[..., ProgressNote], **arguments: Any) -> ProgressNote | None:
        """Carry out the verb; a form whose key was used for something else gets a new one."""
        said = self.said()
        note = self.carry_out(verb, assignment=self.assignment, said=said, by=self.by, **arguments)
        if note is None and ProgressNote.objects.filter(submission=said.submission).exists():
            self.renew("submission", uuid.uuid4())
        return note

    def said(self) -> Said:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        documents = cited(data)
        for each in data.get("shelf_documents", ()):
            documents.append(Cited(each.document_number, each.document_on, each.signer, each.summary))
        uploads = {each.sha256: each for each in (*data.get("shelf_files", ()), *self.uploads)}
        return Said(
            result=data["result"],
            obstacle=data["obstacle"],
            proposal=data["proposal"],
            raised_to=data["raised_to"],
            proposal_to=data["proposal_to"],
            clears_obstacles=data.get("clears_obstacles", False),
            percent=data.get("percent"),
            parts=list(data.get("parts", ())),
            claims_completion=data["claims_completion"],
            no_evidence_reason=data["no_evidence_reason"],
            uploads=list(uploads.values()),
            documents=documents,
            submission=data["submission"],
        )


class LetterForm(NoteForm):
    """Nhập hộ: the same, from a letter that arrived on paper."""

    letter_number = forms.CharField(
        label="Số, ký hiệu công văn đã nhận",
        max_length=60,
        error_messages={"required": "Xin ghi số công văn đã nhận."},
    )
    letter_on = Day(label="Ngày công văn", error_messages={"required": "Xin ghi ngày của công văn."})
    letter_arrived_on = Day(label="Ngày đến", error_messages={"required": "Xin ghi ngày công văn đến."})
    round = Rounds(
        label="Kỳ báo cáo",
        queryset=Round.objects.none(),
        required=False,
        empty_label="Không gửi cho kỳ nào (tính vào kỳ của ngày công văn)",
        help_text="Công văn đến sau ngày gửi của kỳ được ghi là gửi muộn.",
    )

    field_order = ["letter_number", "letter_on", "letter_arrived_on", "round"]

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self._offer_rounds(day)
        files, claim = self.fields["attachments"], self.fields["claims_completion"]
        files.help_text = f"Bản chụp công văn và tài liệu kèm theo. {files.help_text}"
        claim.help_text = (
            "Ngày được tính là ngày của văn bản kết quả nếu ghi ở dưới, nếu không là ngày của công văn; "
            "người khác phải xác nhận, không phải người nhập hộ."
        )
        reason = self.fields["no_evidence_reason"]
        reason.label = "Lý do không có bản chụp công văn"
        reason.help_text = "Chỉ cần khi không đính kèm tệp nào."

    def _offer_rounds(self, day: date) -> None:
        """The last that have closed, and the one that agencies report on now, which is meant unless staff say else."""
        now = Round.objects.to_report(day)
        if now is None:
            del self.fields["round"]
            return
        keys = {now.pk, *Round.objects.closed(day).values_list("pk", flat=True)[:ROUNDS]}
        self.fields["round"].queryset = Round.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        self.initial["round"] = now.pk

    def save(self, day: date) -> ProgressNote | None:
        data = self.cleaned_data
        letter = Letter(data["letter_number"], data["letter_on"], data["letter_arrived_on"])
        return self.send(enter_for_agency, letter=letter, round=data.get("round"), day=day)


def _ticked(assignment: Assignment) -> list[int]:
    last = ProgressNote.objects.of_work(assignment.pk).order_by("-pk").first()
    return list(last.parts.values_list("pk", flat=True)) if last else []

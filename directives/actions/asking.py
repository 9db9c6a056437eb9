"""What is common to everything that an agency asks for: who may ask, about what, and that it is answered once."""

from __future__ import annotations

from agencies.errors import Refused
from agencies.models import User
from directives.deadlines import Life
from directives.models import Assignment, Extension, ExtensionDecision, Release, ReleaseDecision, Upload

CHANGE_IT = "Xin đợi quyết định; muốn sửa, hay kèm thêm tệp, xin rút đề nghị đó rồi gửi lại."


def require_speaker(by: User, assignment: Assignment) -> None:
    """Only who may act for the agency asks in its name, or takes a request back."""
    if not (by.is_active and by.represents(assignment.agency_id)):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")


def is_same(waiting: Extension | Release, by: User, upload: Upload | None) -> bool:
    """Whether the same person asks again, with the same file or with none."""
    files = [each.sha256 if each else None for each in (waiting.upload, upload)]
    return waiting.asked_by_id == by.pk and files[0] == files[1]


def require_to_do(row: Assignment, wish: str) -> None:
    """One asks about work that one still owes."""
    if row.life == Life.AWAITING:
        raise Refused(f"Đề nghị hoàn thành đang chờ xác nhận nên không cần {wish}.")
    if not (row.task.directive.is_published and row.is_to_do):
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không thể {wish}.")


def require_other_agency(by: User, assignment: Assignment) -> None:
    """Nobody decides what their own agency asks for (design, section 3.9)."""
    if by.belongs_to(assignment.agency_id):
        raise Refused("Ông/bà không tự xét đề nghị của chính cơ quan mình.")


def require_unanswered(request: Extension | Release) -> None:
    """Under the lock of the assignment. The second of two people at once is told what the first one did."""
    found: ExtensionDecision | ReleaseDecision | None
    if isinstance(request, Extension):
        found = ExtensionDecision.objects.select_related("decided_by").filter(extension=request).first()
    else:
        found = ReleaseDecision.objects.select_related("decided_by").filter(release=request).first()
    if found:
        who = f"{found.decided_by} đã" if found.decided_by else "Đã"
        raise Refused(f"{who} xử lý đề nghị này ngày {found.decided_on:%d/%m/%Y}: {found.get_answer_display()}.")
